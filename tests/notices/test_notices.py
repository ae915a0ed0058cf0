"""What an applicant reads: complete, in Azerbaijani, about nobody else, and on one page of paper."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from intake.notices import CaseHead, Office, compose, preview, receipt, result
from intake.notices.foreign import display_file, display_name
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
from models.catalogue import Authority, Catalogue, Condition, Fee, Procedure, Requirement, Term
from models.document import Document, Field, PagePlace
from models.grammar import clause_words
from models.mail import Attachment, Message, PartStatus
from rules.catalogue import load_catalogue

REFERENCE = "QBL-7K3M9-X2P4A"
ISSUED = datetime(2026, 11, 22, 10, 5, tzinfo=UTC)  # 14:05 in Baku
CLAUSES = ("REG28 2.6.1", "REG28 2.6.1.1", "REG28 2.6.1.2", "REG28 2.6.1.4", "REG28 2.6.1.6", "REG28 2.6.1.7",
           "REG28 2.6.1.8", "REG28 2.6.1.8-1", "REG28 2.6.1.9", "REG28 2.6.1.10")  # fmt: skip
ENGLISH = re.compile(
    r"\b(the|and|of|to|your|you|is|are|not|was|for|with|from|pages?|files?|documents?|form|none|null|true|false|unknown|"
    r"missing|notice|application|applicant|passport|receipt|error|undefined|unreadable|skipped|refused|accepted|"
    r"deficiency|review|name|number|signature|please|dear)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def office(catalogue: Catalogue) -> Office:
    return Office(catalogue.authorities["dmx"])


@pytest.fixture(scope="module")
def previews(catalogue: Catalogue, office: Office) -> dict[NoticeKind, Notice]:
    return {kind: preview(kind, catalogue, office) for kind in NoticeKind}


@pytest.fixture
def without_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of wording: laying out paper takes most of a letter's time."""
    monkeypatch.setattr("intake.notices.wording.one_page", lambda _: b"")


def pdf_text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join("\n".join(page.get_textpage().get_text_bounded() for page in document).replace("￾", "-").split())


def submission(*files: Attachment, documents: tuple[Document, ...] = ()) -> Submission:
    message = Message("m.eml", sender="person@example.com", received_at=datetime(2026, 11, 22, 10, 2, tzinfo=UTC))
    return Submission(message, files or (Attachment("ərizə.pdf", "", 9, "application/pdf", pages=3),), documents)


def findings(number: int, severity: Severity) -> tuple[Finding, ...]:
    text = "-ci tələb üzrə çatışmazlıq vardır; sənədi aydın oxunan şəkildə yenidən skan edib müraciətə əlavə edin."
    return tuple(
        Finding("form_incomplete", severity, CLAUSES[i % len(CLAUSES)], text=f"{i + 1}{text}") for i in range(number)
    )


def assessed(value: DecisionValue, *found: Finding, name: str | None = "Əliyev Şahin İlqar oğlu") -> Assessment:
    return Assessment(
        Decision(value), procedure="citizenship_acquisition", received_on=date(2026, 11, 22),
        applicant=Applicant(name, confidence=1.0), findings=found,
    )  # fmt: skip


def composed(assessment: Assessment, catalogue: Catalogue, office: Office, **more: object) -> Notice:
    given: dict[str, object] = {"registration": None, "reference": REFERENCE, "issued_at": ISSUED, "office": office}
    sub = more.pop("submission", None) or submission()
    notice = compose(assessment, sub, catalogue, **(given | more))  # type: ignore[arg-type]
    assert notice is not None
    return notice


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_is_a_whole_letter(kind: NoticeKind, previews: dict[NoticeKind, Notice]) -> None:
    """Each kind names case, person, procedure, time and contacts, in text, HTML and PDF, without any leftover."""
    notice = previews[kind]
    paper = pdf_text(notice.pdf)
    html = " ".join(notice.html.split())
    assert REFERENCE in notice.subject
    for wanted in (REFERENCE, "Səfərova Nigar Elçin qızı", "23 noyabr 2026-cı il, saat 14:05", "info@migration.gov.az"):
        assert wanted in notice.text
        assert wanted in html
        assert wanted in paper
    assert "(+99412) 919" in notice.text
    for leftover in ("{", "}", "None", "  \n", "()", " .", "…"):
        assert leftover not in notice.text
    assert not re.search(r"\b[a-z]+_[a-z_]+\b", notice.text), "an internal key"
    assert not ENGLISH.search(notice.text)


@pytest.mark.parametrize("kind", NoticeKind)
def test_paper_is_one_page_with_its_fonts(kind: NoticeKind, previews: dict[NoticeKind, Notice]) -> None:
    """The PDF has one page, tagged, in Azerbaijani, and every font is embedded."""
    pdf = previews[kind].pdf
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
        assert opened.Root.Lang == "az"
        assert "/StructTreeRoot" in opened.Root
        fonts = [font for page in opened.pages for font in page.Resources.Font.values()]
        assert fonts
        for font in fonts:
            assert {"/FontFile2", "/FontFile3"} & set(font.DescendantFonts[0].FontDescriptor.keys())


@pytest.mark.parametrize(
    ("decision", "severity"),
    [(DecisionValue.REFUSED, Severity.REFUSAL), (DecisionValue.DEFICIENCY, Severity.DEFICIENCY)],
)
@pytest.mark.parametrize(("number", "files"), [(1, 3), (20, 8), (35, 120)])
def test_every_finding_with_its_clause_on_one_page(
    decision: DecisionValue, severity: Severity, number: int, files: int, catalogue: Catalogue, office: Office
) -> None:
    """However many findings there are, each stands in text, HTML and PDF with its clause, on one page of paper."""
    many = tuple(Attachment(f"şəkil {i}.jpg", "", 9, "image/jpeg", pages=1) for i in range(files))
    found = findings(number, severity)
    notice = composed(assessed(decision, *found), catalogue, office, submission=submission(*many))
    paper = pdf_text(notice.pdf)
    assert len(pypdfium2.PdfDocument(notice.pdf)) == 1
    for finding in found:
        sentence = f"{finding.text.rstrip('.')} ({clause_words(finding.clause or '')})."
        assert sentence in notice.text
        assert sentence in notice.html
        assert sentence in paper
    assert f"şəkil {files - 1}.jpg" in notice.text


@pytest.mark.usefixtures("without_paper")
def test_a_clause_that_the_sentence_names_is_not_repeated(catalogue: Catalogue, office: Office) -> None:
    """The rules' sentences name their clause; the letter adds it only where one does not."""
    text = f"İmza yoxdur ({clause_words('REG28 2.6.1')})."
    finding = Finding("form_unsigned", Severity.REFUSAL, "REG28 2.6.1", text=text)
    notice = composed(assessed(DecisionValue.REFUSED, finding), catalogue, office)
    assert "1. İmza yoxdur (Reqlamentin 2.6.1-ci yarımbəndi).\n" in notice.text


@pytest.mark.usefixtures("without_paper")
def test_nothing_is_sent_for_review_and_ignored(catalogue: Catalogue, office: Office) -> None:
    """What a clerk decides and what is no application gets no notice; nor does a message without an address."""
    nowhere = replace(submission(), message=Message("m.eml"))
    for value, sent in (
        (DecisionValue.REVIEW, submission()), (DecisionValue.IGNORED, submission()), (DecisionValue.ACCEPTED, nowhere),
    ):  # fmt: skip
        notice = compose(
            assessed(value, *findings(2, Severity.REFUSAL)), sent, catalogue,
            reference=REFERENCE, registration=None, issued_at=ISSUED, office=office,
        )  # fmt: skip
        assert notice is None


@pytest.mark.usefixtures("without_paper")
@pytest.mark.parametrize("value", [DecisionValue.ACCEPTED, DecisionValue.DEFICIENCY, DecisionValue.REFUSED])
def test_registration_number(value: DecisionValue, catalogue: Catalogue, office: Office) -> None:
    """Printed where the case is registered and the number known; a refused one never is registered."""
    given = assessed(value, *findings(1, Severity.DEFICIENCY))
    with_number = composed(given, catalogue, office, registration="V-2026/17")
    without = composed(given, catalogue, office)
    registered = value is not DecisionValue.REFUSED
    assert ("V-2026/17" in with_number.text) is registered
    assert (with_number.registration is not None) is registered
    assert "Qeydiyyat nömrəsi" not in without.text


@pytest.mark.usefixtures("without_paper")
def test_refusal_names_the_rights(catalogue: Catalogue, office: Office) -> None:
    """The source's own words, the right to apply again and to complain, each with its clause; no word of DEC189 30."""
    text = composed(assessed(DecisionValue.REFUSED, *findings(2, Severity.REFUSAL)), catalogue, office).text
    assert "aşağıdakı çatışmazlıqlar aşkar edildiyindən sorğunun yerinə yetirilməsindən imtina edilir:" in text
    assert "yenidən müraciət etməyinizə mane olmur" in text
    for clause in ("REG28 3.2.1.1", "REG28 3.2.1.2", "REG28 3.5.1", "REG28 3.5.2", "REG28 3.5.3"):
        assert clause_words(clause) in text
    assert "74-cü maddəsinə" in text
    assert "45-ci və 46-cı maddələrinə" in text
    assert "Əsasnamə" not in text


@pytest.mark.usefixtures("without_paper")
def test_deficiency_says_until_when(catalogue: Catalogue, office: Office) -> None:
    """The last day and, where it is no working day, the next one beside it."""
    given = assessed(DecisionValue.DEFICIENCY, *findings(1, Severity.DEFICIENCY))
    notice = composed(given, catalogue, office, due=date(2026, 11, 28), next_working_day=date(2026, 11, 30))
    assert "Onları 5 gün müddətində aradan qaldırmağınız xahiş olunur." in notice.text
    assert "28 noyabr 2026-cı il tarixinədək (həmin gün daxil olmaqla)" in notice.text
    assert "30 noyabr 2026-cı ildir" in notice.text
    assert "qeyri-iş gününə" not in composed(given, catalogue, office, due=date(2026, 11, 27)).text


@pytest.mark.usefixtures("without_paper")
def test_acceptance_is_not_citizenship(catalogue: Catalogue, office: Office) -> None:
    """It says that the documents were accepted and what was not considered, and that it decides nothing else."""
    given = replace(
        assessed(DecisionValue.ACCEPTED), unconsidered=("foto#1", "b.pdf#2", "b.pdf#3", "b.pdf#5", "c.jpg#1")
    )
    sent = submission(
        *(Attachment(name, "", 9, "x/y", pages=n) for name, n in (("foto#1", 0), ("b.pdf", 9), ("c.jpg", 1)))
    )
    text = composed(given, catalogue, office, submission=sent).text
    assert "Reqlamentin 2.6.1-ci yarımbəndində göstərilənlərə uyğun olduğundan sorğunuz qəbul olunmuşdur." in text
    assert "müraciətin nəticəsi barədə qərar deyil" in text
    assert "- foto#1\n- b.pdf (2–3-cü, 5-ci səhifələr)\n- c.jpg\n" in text
    assert not re.search(r"vətəndaşlı\w+ qəbul (edil|olun)", text)


@pytest.mark.usefixtures("without_paper")
def test_received_files_one_by_one(catalogue: Catalogue, office: Office) -> None:
    """Each file with what it was recognised as; an opened container does not stand beside its own files."""
    files = (
        Attachment("paket.zip", "", 9, "application/zip"),
        Attachment("paket.zip/a.pdf", "", 9, "application/pdf", pages=4),
        Attachment("b.pdf", "", 9, "application/pdf", PartStatus.UNREADABLE, "encrypted"),
        Attachment("logo.png", "", 9, "image/png", PartStatus.SKIPPED, "signature logo"),
    )  # fmt: skip
    name = "paket.zip/a.pdf"
    documents = (
        Document("passport", (PagePlace(name, 1), PagePlace(name, 2))), Document("photo_3x4", (PagePlace(name, 3),)),
        Document("photo_3x4", (PagePlace(name, 3),)), Document("unknown", (PagePlace(name, 4),), "blank"),
    )  # fmt: skip
    sent = submission(*files, documents=documents)
    text = composed(assessed(DecisionValue.ACCEPTED), catalogue, office, submission=sent).text
    passport = "pasport və ya digər sərhədkeçmə sənədi (1–2-ci səhifələr)"
    assert f"- paket.zip/a.pdf: {passport}; 3x4 sm ölçüdə fotoşəkil – 2 ədəd (3-cü səhifə)\n" in text
    assert "- b.pdf: fayl açılmadığından nəzərə alınmamışdır\n" in text
    assert "- logo.png: sənəd hesab edilməmişdir\n" in text
    assert "- paket.zip:" not in text
    assert "encrypted" not in text


def test_no_field_of_anybody_is_told(catalogue: Catalogue, office: Office) -> None:
    """Numbers, payers and relatives that were read stay out of the letter."""
    fields = {"document_number": Field("P7654321"), "payer": Field("Quliyev Rauf"), "birth_date": Field("1985-03-12")}
    documents = (Document("passport", (PagePlace("ərizə.pdf", 1),), fields=fields),)
    given = assessed(DecisionValue.REFUSED, *findings(1, Severity.REFUSAL))
    notice = composed(given, catalogue, office, submission=submission(documents=documents))
    for text in (notice.text, notice.html, pdf_text(notice.pdf)):
        assert not re.search("P7654321|Quliyev|1985", text)


@pytest.mark.usefixtures("without_paper")
@pytest.mark.parametrize(
    "name", ["www.example.com", "Gəlin http://x.example", "<b>Ad</b>", "A" * 90, "Ad 123", "", None]
)
def test_what_cannot_be_a_name_is_not_repeated(name: str | None, catalogue: Catalogue, office: Office) -> None:
    """Nobody can make the office send strangers a text of his own in place of a name."""
    assert display_name(name) is None
    text = composed(assessed(DecisionValue.ACCEPTED, name=name), catalogue, office).text
    assert "Hörmətli müraciət edən şəxs!" in text


@pytest.mark.parametrize(
    "name", ["Əliyev Şahin İlqar oğlu", "O'Brien Mary-Ann", "Иванов Иван", "Smith J. R.", "Jeanne d’Arc"]
)
def test_names_stay_as_read(name: str) -> None:
    """Names of any script and shape are kept."""
    assert display_name(name) == name


@pytest.mark.usefixtures("without_paper")
def test_file_names_cannot_do_harm(catalogue: Catalogue, office: Office) -> None:
    """No mark-up, no line breaks, no reversed direction, no endless name."""
    hostile = "a<script>\n\u202egpj.exe" + "x" * 300
    shown = display_file(hostile)
    assert len(shown) <= 71
    assert "\n" not in shown
    assert "\u202e" not in shown
    sent = submission(Attachment(hostile, "", 9, "image/png", pages=1))
    finding = Finding(
        "file_unreadable", Severity.DEFICIENCY, "REG28 2.6.1", file=hostile, text=f"“{hostile}” açılmadı."
    )
    notice = composed(assessed(DecisionValue.DEFICIENCY, finding), catalogue, office, submission=sent)
    assert "<script" not in notice.html
    assert "\u202e" not in notice.text
    assert f"1. “{shown}” açılmadı (Reqlamentin 2.6.1-ci yarımbəndi).\n" in notice.text


@pytest.mark.usefixtures("without_paper")
def test_an_office_changes_the_wording_without_code(catalogue: Catalogue, office: Office, tmp_path: Path) -> None:
    """A file in the office's folder replaces the shipped one; all other files stay."""
    (tmp_path / "acceptance").mkdir()
    (tmp_path / "acceptance" / "subject.txt").write_text("{{ letter.reference }} – təşəkkür edirik\n", encoding="utf-8")
    notice = preview(NoticeKind.ACCEPTANCE, catalogue, replace(office, templates=tmp_path))
    assert notice.subject == f"{REFERENCE} – təşəkkür edirik"
    assert notice.text == preview(NoticeKind.ACCEPTANCE, catalogue, office).text


def test_the_same_letter_is_the_same_bytes(
    previews: dict[NoticeKind, Notice], catalogue: Catalogue, office: Office
) -> None:
    """Rendering is repeatable, so that a second attempt sends what the first one would have."""
    assert previews[NoticeKind.REFUSAL] == preview(NoticeKind.REFUSAL, catalogue, office)


def elsewhere(catalogue: Catalogue) -> Catalogue:
    """The catalogue with one more procedure, of another authority."""
    procedure = Procedure(
        "permit", "icazənin verilməsi", "permit", "other", "QA", "QA",
        requirements=(
            Requirement("a", "QA", ("passport",)), Requirement("b", "QA", name="arayış", count=2, guidance="varsa"),
        ),
        fees=(Fee("18", Condition("is", "relatives", True), note="xidmət haqqı 3 manat"),),
        terms=(Term("t", 3, "working_days"),),
    )  # fmt: skip
    ministry = "Daxili İşlər Nazirliyi"
    authority = Authority("other", ministry, name_dative=f"{ministry}nə", name_genitive=f"{ministry}nin")
    return replace(
        catalogue,
        procedures={**catalogue.procedures, "permit": procedure},
        authorities={**catalogue.authorities, "other": authority},
    )


@pytest.mark.usefixtures("without_paper")
def test_redirect_says_where_what_how_much_and_how_long(catalogue: Catalogue, office: Office) -> None:
    """Another authority's matter: who decides, which documents, fee and term, and that nothing was registered."""
    given = replace(assessed(DecisionValue.REDIRECTED), procedure="permit")
    notice = composed(given, elsewhere(catalogue), office, registration="V-1")
    for wanted in (
        "Daxili İşlər Nazirliyinin səlahiyyətinə aiddir", "Daxili İşlər Nazirliyinə təqdim etməyiniz",
        "qeydiyyata alınmamışdır", "- pasport və ya digər sərhədkeçmə sənədi\n", "- arayış – 2 ədəd (varsa)\n",
        "- 18 manat (yaxın qohumlar arasında; xidmət haqqı 3 manat)\n", "- icra müddəti – 3 iş günü\n",
    ):  # fmt: skip
        assert wanted in notice.text
    assert "V-1" not in notice.text
    assert "Şikayət" not in notice.text


@pytest.mark.usefixtures("without_paper")
def test_payment_details_are_those_of_the_day(catalogue: Catalogue, office: Office) -> None:
    """Where the duty is at fault the letter says where to pay, by the requisites of the day of receipt."""
    duty = Finding("duty_wrong_account", Severity.DEFICIENCY, "REG28 2.2.2", text="Hesab yanlışdır.")
    given = assessed(DecisionValue.DEFICIENCY, duty)
    now = composed(given, catalogue, office).text
    before = composed(replace(given, received_on=date(2017, 1, 9)), catalogue, office).text
    assert "Büdcə təsnifatının kodu: 142234" in now
    assert "Büdcə təsnifatının kodu: 142213" in before
    other = assessed(DecisionValue.DEFICIENCY, *findings(1, Severity.DEFICIENCY))
    assert "Alan bank" not in composed(other, catalogue, office).text


@pytest.mark.usefixtures("without_paper")
def test_receipt_promises_nothing(catalogue: Catalogue, office: Office) -> None:
    """A receipt says that the message arrived and that this is no acceptance; it has no registration number."""
    notice = receipt(submission(), catalogue, reference=REFERENCE, issued_at=ISSUED, office=office)
    assert notice is not None
    assert "qəbul edildiyini təsdiq etmir" in notice.text
    assert notice.registration is None


@pytest.mark.usefixtures("without_paper")
def test_rejected_petition(catalogue: Catalogue, office: Office) -> None:
    """A petition rejected by the Commission may be brought again (DEC189 30), which no intake refusal says."""
    case = CaseHead("person@example.com", REFERENCE, "citizenship_acquisition", "V-1", "Əliyev Şahin")
    text = result(case, catalogue, granted=False, issued_at=ISSUED, office=office).text
    assert "rədd edilmişdir" in text
    assert "Əsasnamənin 30-cu bəndi" in text
    assert "Əsasnamə – “Azərbaycan Respublikasının vətəndaşlığı məsələlərinə" in text


@pytest.mark.usefixtures("without_paper")
def test_a_child_is_not_addressed(catalogue: Catalogue, office: Office) -> None:
    """In a child's case the letter goes to the adult who wrote."""
    procedure = replace(catalogue.procedures["citizenship_acquisition"], applicant="child")
    children = replace(catalogue, procedures={"citizenship_acquisition": procedure})
    text = composed(assessed(DecisionValue.ACCEPTED), children, office).text
    assert "Hörmətli müraciət edən şəxs!" in text
    assert "Ərizəçi: Əliyev Şahin İlqar oğlu" in text


def test_every_clause_of_the_catalogue_has_words(catalogue: Catalogue) -> None:
    """Whatever a finding or a letter cites can be written out."""
    for procedure in catalogue.procedures.values():
        clauses = {procedure.clause, *procedure.clauses.values(), *procedure.automatic.values()}
        clauses |= {each.clause for each in procedure.requirements} | {each.clause for each in procedure.requisites}
        for clause in filter(None, clauses):
            assert clause_words(clause)


@pytest.mark.usefixtures("without_paper")
@pytest.mark.parametrize("key", sorted(load_catalogue().procedures))
@pytest.mark.parametrize("value", [DecisionValue.ACCEPTED, DecisionValue.REDIRECTED, DecisionValue.REFUSED])
def test_every_procedure_has_its_letters(key: str, value: DecisionValue, catalogue: Catalogue, office: Office) -> None:
    """No procedure of the catalogue leaves a gap, an English word or another procedure's law in a letter."""
    given = replace(assessed(value), procedure=key)
    text = composed(given, catalogue, office).text
    assert not ENGLISH.search(text)
    assert not re.search(r"\(\s*\)|  |None|[{}]", text)
    if catalogue.procedures[key].source != "REG28":
        assert "Reqlament" not in text


@pytest.mark.parametrize(
    ("procedure", "name"),
    [
        ("child_citizenship", "Əbdülrəhmanzadə-Hacıməmmədova Gülnarə-Xanım Əbdülməcid qızı"),
        ("place_of_stay_registration", "“Şərq-Qərb” mehmanxanası"),
        ("citizenship_acquisition", "Məhəmmədəli Əbülfəzl Şəmsəddin oğlu Hacı-Zeynalabdinov-Əliyarbəyli"),
    ],
)
def test_long_names_children_and_hosts_fit(procedure: str, name: str, catalogue: Catalogue, office: Office) -> None:
    """Every finding of a long list stands in the text, the HTML and on the one page, whoever the letter is about."""
    given = replace(
        assessed(DecisionValue.DEFICIENCY, *findings(25, Severity.DEFICIENCY), name=name), procedure=procedure
    )
    notice = composed(given, catalogue, office, registration="VƏ-2026/00017", due=date(2026, 11, 28))
    paper = pdf_text(notice.pdf)
    assert len(pypdfium2.PdfDocument(notice.pdf)) == 1
    for number in range(1, 26):
        sentence = f"{number}-ci tələb üzrə çatışmazlıq vardır"
        assert sentence in notice.text and sentence in notice.html and sentence in paper
    assert not ENGLISH.search(notice.text) and "None" not in notice.text and "{" not in notice.text


@pytest.mark.parametrize("kind", NoticeKind)
def test_html_can_be_heard(kind: NoticeKind, previews: dict[NoticeKind, Notice]) -> None:
    """A screen reader knows the language, one main heading and no skipped level, what each table is and whose header a
    cell has; nothing is told by a picture or by colour alone, and nothing is fetched."""
    html = previews[kind].html
    assert '<html lang="az">' in html and html.count("<main>") == html.count("<h1>") == 1
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels))
    tables = re.findall(r"<table.*?</table>", html, re.DOTALL)
    assert tables and all("<caption>" in table and 'scope="' in table for table in tables)
    assert not re.search(r"<th(?! scope=)(?!ead)", html)
    assert not re.search(r"<(img|script|iframe|link|object)\b|src=|url\(|https?://", html)
