"""Notices: what the office answers, worded by templates, as text, HTML, a one-page PDF and an e-mail.

``compose`` answers a decision; ``receipt``, ``forwarded`` and ``result`` tell of the other steps of a case; ``preview``
shows a kind with example data; ``to_message`` makes the e-mail.
"""

from intake.notices.composing import compose, forwarded, receipt, result
from intake.notices.examples import preview
from intake.notices.letter import CaseHead, Office
from intake.notices.mime import bounce_address, to_message

__all__ = ["CaseHead", "Office", "bounce_address", "compose", "forwarded", "preview", "receipt", "result", "to_message"]
