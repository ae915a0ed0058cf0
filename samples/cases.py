"""The table of applications: one line of law and packing each."""

from __future__ import annotations

from datetime import date

from samples.expect import Found
from samples.scenarios import Case

F = Found
FORM = "application_form_acquisition"

CASES: dict[str, Case] = {
    "accepted-clean-official": Case(quality="clean", layout="official"),
    "accepted-office-one-pdf": Case(wrapper="one_pdf", layout="borderless", card_in="card", receipt="payment_order"),
    "accepted-text-pdf": Case(container="text", paper_container="text", layout="retyped", receipt="internet_bank", nation="tr"),
    "refused-no-language-certificate": Case(
        decision="refused", drop=("language_certificate",), layout="retyped",
        findings=(F("missing_document", "language_certificate", clause="REG28 2.6.1.6", count=1),),
    ),
    "deficiency-duty-short": Case(
        decision="deficiency", duty={"amount": 30.0}, receipt="bank_slip", layout="grid",
        findings=(F("duty_insufficient", "state_duty_receipt", "amount", "REG28 2.6.1.4"),),
    ),
}  # fmt: skip
