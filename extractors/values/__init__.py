"""From words on paper to values (fields.md): dates, phones, choices, denials, amounts. Pure functions on strings.

Nothing here corrects, translates or shortens: a text answer stays the applicant's own words with white space folded.
"""

from extractors.values.choices import SEX_WORDS, boolean, choose, citizenship, marital_status, sex
from extractors.values.days import Precision, is_ongoing, month_number, parse_date, parse_month, split_period
from extractors.values.numbers import amount, email, integer
from extractors.values.telephones import phones, split_phones
from extractors.values.texts import is_dash, is_denial, is_hollow, squeeze, without_leaders

__all__ = [
    "SEX_WORDS",
    "Precision",
    "amount",
    "boolean",
    "choose",
    "citizenship",
    "email",
    "integer",
    "is_dash",
    "is_denial",
    "is_hollow",
    "is_ongoing",
    "marital_status",
    "month_number",
    "parse_date",
    "parse_month",
    "phones",
    "sex",
    "split_period",
    "split_phones",
    "squeeze",
    "without_leaders",
]
