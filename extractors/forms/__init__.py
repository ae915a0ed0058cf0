"""Forms: from the read sheets of one form to its fields, whatever its layout.

``printed`` finds the form's own texts, ``building`` makes pages of them, ``continuing`` puts these in order, ``pages``
says which words answer which question, ``grids`` parts tables into records, ``written`` reads answers once more where
that helps, ``answers`` makes values of them.
"""

from extractors.forms.reading import FormReading, read_form
from extractors.forms.recognition import QuestionHit, form_score, questions_on

__all__ = ["FormReading", "QuestionHit", "form_score", "questions_on", "read_form"]
