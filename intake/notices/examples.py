"""Example letters of every kind, for those who edit the templates."""

from __future__ import annotations

from datetime import date, datetime

from intake.notices.composing import compose, forwarded, receipt, result
from intake.notices.letter import CaseHead, Office
from models.case import (
    Applicant,
    Assessment,
    Decision,
    DecisionValue,
    Finding,
    Notice,
    NoticeKind,
    Severity,
    Submission,
)
from models.catalogue import Catalogue
from models.document import Document, PagePlace
from models.mail import Attachment, Message, PartStatus
from models.office import BAKU
from models.reference import registration_number

_MAIN = "citizenship_acquisition"
_ELSEWHERE = "driving_licence_replacement"
_REFERENCE = "QBL-7K3M9-X2P4A"
_APPLICANT = "Səfərova Nigar Elçin qızı"
_RECEIVED = datetime(2026, 11, 23, 14, 2, tzinfo=BAKU)
_ISSUED = datetime(2026, 11, 23, 14, 5, tzinfo=BAKU)

_REFUSALS = (
    Finding("missing_document", Severity.REFUSAL, "REG28 2.6.1.6", "language_certificate",
            text="Dövlət dilini bilməsi barədə Təhsil Nazirliyindən arayış təqdim olunmamışdır (Reqlamentin 2.6.1.6-cı "
                 "yarımbəndi). Həmin sənədi müraciətə əlavə edin."),
    Finding("form_incomplete", Severity.REFUSAL, "REG28 2.6.1", field="purpose",
            text="Ərizə-anketin 20-ci bəndində tələb olunan məlumat göstərilməmişdir: vətəndaşlığa qəbul olunmaqda "
                 "məqsəd (Reqlamentin 2.6.1-ci yarımbəndi). Həmin bəndi doldurun."),
    Finding("form_unsigned", Severity.REFUSAL, "REG28 2.6.1", field="signature_present",
            text="Ərizə-anket imzalanmamışdır (Reqlamentin 2.6.1-ci yarımbəndi). Ərizə-anketi şəxsən imzalayın."),
)  # fmt: skip
_DEFICIENCIES = (
    Finding("duty_insufficient", Severity.DEFICIENCY, "REG28 2.6.1.4", "state_duty_receipt",
            text="Ödənilmiş dövlət rüsumu müəyyən edilmiş məbləğdən azdır: tələb olunan məbləğ 110 manat, ödənilmiş "
                 "məbləğ 60 manatdır (Reqlamentin 2.6.1.4-cü yarımbəndi). Qalan məbləği ödəyin və ödəniş sənədini "
                 "təqdim edin."),
    Finding("photo_nonconforming", Severity.DEFICIENCY, "REG28 2.6.1.2", "photo_3x4",
            text="Təqdim olunmuş fotoşəkil tələblərə uyğun deyil: bir nəfərin üzü öndən görünməlidir (Reqlamentin "
                 "2.6.1.2-ci yarımbəndi). Tələblərə uyğun fotoşəkil təqdim edin."),
)  # fmt: skip
_FINDINGS = {NoticeKind.REFUSAL: _REFUSALS, NoticeKind.DEFICIENCY: _DEFICIENCIES}
_DECISIONS = {
    NoticeKind.ACCEPTANCE: DecisionValue.ACCEPTED,
    NoticeKind.REFUSAL: DecisionValue.REFUSED,
    NoticeKind.DEFICIENCY: DecisionValue.DEFICIENCY,
    NoticeKind.REDIRECT: DecisionValue.REDIRECTED,
}


def preview(kind: NoticeKind, catalogue: Catalogue, office: Office) -> Notice:
    """The notice of a kind with the data of a person who does not exist."""
    number = registration_number(catalogue.procedures[_MAIN].series, _ISSUED.year, 17)
    case = CaseHead("nigar.seferova@example.com", _REFERENCE, _MAIN, number, _APPLICANT, _RECEIVED)
    if kind is NoticeKind.FORWARDED:
        return forwarded(case, catalogue, issued_at=_ISSUED, office=office)
    if kind is NoticeKind.RESULT:
        return result(case, catalogue, granted=True, order_date=date(2026, 11, 20), issued_at=_ISSUED, office=office)
    assessment = Assessment(
        Decision(_DECISIONS.get(kind, DecisionValue.REVIEW)),
        procedure=_ELSEWHERE if kind is NoticeKind.REDIRECT else _MAIN,
        received_on=_RECEIVED.date(),
        applicant=Applicant(_APPLICANT, confidence=1.0),
        findings=_FINDINGS.get(kind, ()),
        unconsidered=("arxa-tərəf.jpg",) if kind is NoticeKind.ACCEPTANCE else (),
    )
    if kind is NoticeKind.RECEIPT:
        notice = receipt(
            _submission(), catalogue, reference=_REFERENCE, issued_at=_ISSUED, office=office, assessment=assessment
        )
    else:
        notice = compose(
            assessment,
            _submission(),
            catalogue,
            reference=_REFERENCE,
            registration=number,
            issued_at=_ISSUED,
            office=office,
            due=date(2026, 11, 28),
            next_working_day=date(2026, 11, 30),
        )
    assert notice is not None  # the example has an address
    return notice


def _submission() -> Submission:
    def file(name: str, pages: int = 1, status: PartStatus = PartStatus.OK) -> Attachment:
        return Attachment(name, "", 0, "application/pdf", status, pages=pages)

    def document(key: str, name: str, *pages: int, subtype: str | None = None) -> Document:
        return Document(key, tuple(PagePlace(name, page) for page in pages), subtype)

    scan = "sənədlər.pdf"
    return Submission(
        Message("example.eml", sender="nigar.seferova@example.com", received_at=_RECEIVED),
        (file("ərizə-anket.pdf", 4), file(scan, 3), file("foto.jpg"), file("arxa-tərəf.jpg"),
         file("imza.png", status=PartStatus.SKIPPED)),
        (document("application_form_acquisition", "ərizə-anket.pdf", 1, 2, 3, 4),
         document("passport", scan, 1), document("state_duty_receipt", scan, 2),
         document("income_proof", scan, 3, subtype="employment_certificate"), document("photo_3x4", "foto.jpg", 1),
         document("unknown", "arxa-tərəf.jpg", 1)),
    )  # fmt: skip
