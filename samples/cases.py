"""The table of applications: a few lines of law and packing each.

Every expected decision and finding is argued from procedures.md and casework.md; nothing here is computed.
"""

# ruff: noqa: E501 - a table of cases reads better in whole lines

from __future__ import annotations

from datetime import date

from samples.expect import Found
from samples.scenarios import FORM, Case

F = Found
_MISSING_LANGUAGE = F("missing_document", "language_certificate", clause="REG28 2.6.1.6", count=1)
_MISSING_INCOME = F("missing_document", "income_proof", clause="REG28 2.6.1.8", count=1)

ACCEPTED: dict[str, Case] = {
    "accepted-clean-official": Case(quality="clean", layout="official"),
    "accepted-clean-landscape": Case(quality="clean", layout="landscape", card_in="form", receipt="portal", received=date(2025, 2, 3)),
    "accepted-office-one-pdf": Case(wrapper="one_pdf", layout="borderless", card_in="card", receipt="payment_order"),
    "accepted-shuffled-pages": Case(wrapper="one_pdf_shuffled", layout="ruled", receipt="bank_slip", income="pension_certificate"),
    "accepted-blank-pages": Case(wrapper="one_pdf_blanks", layout="grid", card_in="form", income="tax_income_certificate"),
    "accepted-text-pdf": Case(container="text", paper_container="text", layout="retyped", receipt="internet_bank", nation="tr"),
    "accepted-acroform": Case(container="form", layout="official", receipt="internet_bank", containers={"state_duty_receipt": "text"},
                              qualities={"passport": "phone"}, income="scholarship_certificate"),
    "accepted-own-blank": Case(container="blank", receipt="terminal", qualities={"state_duty_receipt": "phone"}, card_in="form"),
    "accepted-docx": Case(container="docx", layout="official", quality="clean", income="guardian_income_certificate"),
    "accepted-phone-photos": Case(quality="phone", container="jpg", paper_container="jpg", layout="official", exif=6, receipt="terminal",
                                  naming="plain"),
    "accepted-heic": Case(quality="phone", paper_container="heic", layout="borderless", qualities={FORM: "office"}, card_in="form",
                          income="alimony_certificate"),
    "accepted-fax-tiff": Case(quality="fax", container="tif", paper_container="tif", layout="official",
                              qualities={"passport": "office"}, containers={"passport": "jpg"}),
    "accepted-zip-png": Case(quality="clean", container="png", paper_container="png", wrapper="zip", layout="retyped",
                             containers={"passport": "jpg"}, income="inheritance_certificate"),
    "accepted-nested-message": Case(wrapper="nested", layout="grid", naming="rfc2047", receipt="post_office"),
    "accepted-refugee-2020": Case(category="refugee", nation="af", received=date(2020, 1, 17), drop=("passport",), add=("refugee_card",),
                                  layout="official", about="Qaçqın statusu almış şəxsəm", income="social_aid_certificate"),
    "accepted-stateless-court-2021": Case(category="stateless_by_court", stateless=True, nation="ga", received=date(2021, 6, 9), card_in="none",
                                          drop=("passport",), add=("court_decision_statelessness",), layout="ruled",
                                          about="Heç bir dövlətin vətəndaşı olmadığım məhkəmənin qətnaməsi ilə müəyyən edilib"),
    "accepted-achiever-2022": Case(category="high_achiever", nation="ua", received=date(2022, 10, 4), add=("state_body_motion",),
                                   layout="borderless", wrapper="inline"),
    "accepted-2017": Case(received=date(2017, 6, 1), card_in="card", drop=("passport",), layout="official",
                          add=("family_composition_certificate", "residence_certificate"), receipt="bank_slip"),
    "accepted-2018-after-repeal": Case(received=date(2018, 3, 5), layout="retyped", wrapper="octet", receipt="post_office"),
    "accepted-unneeded-papers": Case(add=("marriage_certificate", "foreign_authority_attitude"), layout="grid", nation="ru", sex="F",
                                     quality="office", html=True),
    "accepted-handwritten-clean": Case(handwritten=True, quality="clean", layout="ruled", style={"pen_colour": "#15308a"}),
    "accepted-handwritten-office": Case(handwritten=True, layout="grid", card_in="form"),
    "accepted-handwritten-phone": Case(handwritten=True, quality="phone", container="jpg", layout="official", paper_container="jpg"),
}  # fmt: skip

REFUSED: dict[str, Case] = {
    "refused-no-language-certificate": Case(
        decision="refused", drop=("language_certificate",), layout="retyped", findings=(_MISSING_LANGUAGE,)),
    "refused-no-form": Case(
        decision="refused", drop=(FORM,), quality="clean", findings=(F("missing_form", FORM, clause="REG28 2.6.1"),),
        card_in="card"),
    "refused-unsigned-unanswered": Case(
        decision="refused", blank=("education",), signed=False, layout="official", quality="clean",
        findings=(F("form_incomplete", None, "education", "REG28 2.6.1"), F("form_unsigned", None, "signature_present", "REG28 2.6.1"))),
    "refused-undated": Case(
        decision="refused", dated=False, layout="grid", quality="fax", qualities={"passport": "office"}, findings=(F("form_undated", None, "signed_on", "REG28 2.6.1"),)),
    "refused-no-card-number": Case(
        decision="refused", card_in="none", layout="borderless", quality="phone", container="webp", paper_container="webp",
        findings=(F("missing_datum", None, "residence_card_number", "REG28 2.6.1.1"),)),
    "refused-impossible-date": Case(
        decision="refused", layout="official", container="text", spoiled={"birth_date": ("31.02.1985", None)},
        findings=(F("form_invalid", None, "birth_date", "REG28 2.6.1"),)),
    "refused-2018-before-repeal": Case(
        decision="refused", received=date(2018, 1, 15), layout="official", wrapper="one_pdf_turned",
        findings=(F("missing_document", "family_composition_certificate", clause="REG28 2.6.1.3", count=1),
                  F("missing_document", "residence_certificate", clause="REG28 2.6.1.5", count=1))),
    "refused-three-missing-2020": Case(
        decision="refused", received=date(2020, 1, 8), drop=("passport", "income_proof", "state_duty_receipt"), layout="ruled",
        containers={"language_certificate": "bmp"}, qualities={"language_certificate": "fax"},
        findings=(F("missing_document", "state_duty_receipt", clause="REG28 2.6.1.4", count=1),
                  F("missing_document", "passport", clause="REG28 2.6.1.7", count=1), _MISSING_INCOME)),
    "refused-and-expired": Case(
        decision="refused", drop=("language_certificate",), passport={"until": date(2024, 3, 1)}, layout="landscape",
        findings=(_MISSING_LANGUAGE, F("document_expired", "passport"))),
}  # fmt: skip

DEFICIENT: dict[str, Case] = {
    "deficiency-duty-short": Case(
        decision="deficiency", duty={"amount": 30.0}, receipt="bank_slip", layout="grid", wrapper="one_pdf_blanks",
        findings=(F("duty_insufficient", "state_duty_receipt", clause="REG28 2.6.1.4"),)),
    "deficiency-wrong-account": Case(
        decision="deficiency", duty={"voen": "1403006271"}, receipt="payment_order", layout="official", quality="clean",
        findings=(F("duty_wrong_account", "state_duty_receipt", clause="REG28 2.2.2"),)),
    "deficiency-passport-expired": Case(
        decision="deficiency", passport={"until": date(2024, 3, 20)}, layout="retyped", container="text",
        findings=(F("document_expired", "passport"),)),
    "deficiency-two-faces": Case(
        decision="deficiency", photo="two", layout="official", wrapper="same_names", findings=(F("photo_nonconforming", "photo_3x4", clause="REG28 2.6.1.2"),)),
    "deficiency-photo-shape": Case(
        decision="deficiency", photo="wide", layout="borderless", wrapper="wrong_endings",
        findings=(F("photo_nonconforming", "photo_3x4", clause="REG28 2.6.1.2"),)),
    "deficiency-other-surname": Case(
        decision="deficiency", nation="ge", passport={"surname": "Papaşvili"}, layout="official", quality="clean",
        findings=(F("identity_mismatch", "passport", "surname"),)),
    "deficiency-encrypted-file": Case(
        decision="deficiency", spoil={"language_certificate": "encrypted"}, layout="grid",
        findings=(F("file_unreadable", clause="REG28 2.6.1", file="dil arayışı.pdf"),)),
    "deficiency-damaged-file": Case(
        decision="deficiency", spoil={"income_proof": "damaged"}, paper_container="jpg", layout="official",
        findings=(F("file_unreadable", clause="REG28 2.6.1", file="gəlir arayışı.jpg"),)),
    "deficiency-blurred-certificate": Case(
        decision="deficiency", spoil={"language_certificate": "blurred"}, layout="official", quality="office",
        findings=(F("document_illegible", "language_certificate"),)),
}  # fmt: skip

REVIEWED: dict[str, Case] = {
    "review-unknown-page-and-missing": Case(
        decision="review", drop=("income_proof",), add=("diploma",), layout="official", reasons=("unknown_page",)),
    "review-number-without-series": Case(decision="review", card_in="number_only", layout="retyped", quality="phone"),
    "review-cannot-sign": Case(
        decision="review", signed=False, layout="official", reasons=("cannot_sign",),
        about="Görmə əlilliyim olduğu üçün ərizəni imzalaya bilmirəm"),
    "review-two-applicants": Case(decision="review", second_form=True, layout="grid", nation="uz", reasons=("several_applicants",)),
    "review-refugee-only-in-letter": Case(
        decision="review", nation="af", received=date(2020, 2, 11), drop=("passport",), layout="borderless",
        letter_add="Mən Azərbaycanda qaçqın statusu almışam.", reasons=("category_unclear",)),
    "review-photo-only-in-box": Case(decision="review", photo="in_form", layout="official", quality="clean"),
    "review-first-of-two-mails": Case(
        decision="review", drop=("language_certificate", "state_duty_receipt"), layout="ruled", subject="Vətəndaşlıq sənədləri 1/2",
        letter_add="Faylların ölçüsü böyük olduğundan qalan sənədlər ikinci məktubda olacaq."),
    "review-no-declarations": Case(decision="review", layout="retyped", style={"declarations": False, "service_notes": False}, container="text"),
    "review-active-pdf": Case(
        decision="review", unsafe=True, layout="official", reasons=("unsafe_file",), findings=(F("file_unsafe", file="anket_əlavə.pdf"),)),
}  # fmt: skip

CASES: dict[str, Case] = {**ACCEPTED, **REFUSED, **DEFICIENT, **REVIEWED}

#: Cases that the generator knows but that are not committed, to keep the checkout and the demo small.
NOT_COMMITTED = (
    "accepted-clean-landscape", "accepted-blank-pages", "accepted-unneeded-papers", "accepted-handwritten-office",
    "accepted-handwritten-phone", "refused-and-expired", "deficiency-damaged-file", "review-first-of-two-mails",
    "review-photo-only-in-box",
)  # fmt: skip
