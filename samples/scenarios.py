"""The cases: who applies, with what, in which packing, and what must be decided.

The expected decision is written down by hand from the law (procedures.md, casework.md), never computed.
"""

# ruff: noqa: E501 - sentences and tables read better in whole lines

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from PIL import Image

from samples import containers, further_papers, identity_papers, letters, papers, receipts
from samples.answers import Answers, Choices, answers
from samples.blanks import own_form_pdf
from samples.degrade import Degraded, degrade, stamped
from samples.envelope import BAKU, Envelope, File
from samples.expect import Expectation, Found
from samples.forms import form, style_for
from samples.papers import Paper
from samples.parcel import Parcel, Sheaf, active_pdf, blurred, damaged, encrypted, sheaf
from samples.people import Person, person
from samples.photos import portrait
from samples.prints import Pixels, to_pixels
from samples.wordfile import form_docx

FORM = "application_form_acquisition"

_SPOILERS = {"blurred": blurred}
_BREAKERS = {"encrypted": encrypted, "damaged": damaged}


@dataclass(frozen=True)
class Case:
    """One application by e-mail. Defaults make a complete one of a foreigner in 2024."""

    decision: str = "accepted"
    findings: tuple[Found, ...] = ()
    reasons: tuple[str, ...] = ()
    received: date = date(2024, 5, 14)
    category: str = "foreigner"
    nation: str | None = None
    sex: str | None = None
    stateless: bool = False
    # the form
    layout: str = "official"
    handwritten: bool = False
    container: str = "pdf"
    style: Mapping[str, Any] = field(default_factory=dict)
    blank: tuple[str, ...] = ()
    spoiled: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    signed: bool = True
    dated: bool = True
    about: str | None = None
    # the papers
    quality: str = "office"
    paper_container: str = "pdf"
    containers: Mapping[str, str] = field(default_factory=dict)  # document type -> container, where it differs
    qualities: Mapping[str, str] = field(default_factory=dict)  # document type -> quality, where it differs
    exif: int = 1
    drop: tuple[str, ...] = ()
    add: tuple[str, ...] = ()
    income: str = "employment_certificate"
    receipt: str | None = None
    duty: Mapping[str, Any] = field(default_factory=dict)
    passport: Mapping[str, Any] = field(default_factory=dict)
    card_in: str = "letter"  # letter, form, card, number_only, none
    photo: str = "good"  # good, two, profile, wide, tiny, none, in_form
    # the mail
    wrapper: str = ""
    naming: str = "rfc2231"
    letter_add: str = ""
    subject: str = ""
    html: bool = False
    spoil: Mapping[str, str] = field(default_factory=dict)  # document type -> encrypted, damaged, blurred, tiny
    second_form: bool = False
    unsafe: bool = False


@dataclass(frozen=True)
class Made:
    """What ``message`` gives: bytes and expectation."""

    raw: bytes
    expectation: dict[str, Any]


def build(case: Case, key: str, seed: int) -> Made:
    """The message of a case for a seed."""
    rng = Random(f"{key}/{seed}")
    who = person(rng, case.received, case.nation, case.sex, case.stateless)
    if case.category == "refugee":
        who = replace(who, card_series=rng.choice(("Q", "QV", "R")))
    if case.card_in == "card":
        who = replace(who, card_series=rng.choice(("AA", "DY", "PR")))  # a zone has room for two letters
    parcel = Parcel()
    sentence = _fill(parcel, case, who, rng, rng.getrandbits(16))
    files, nested = _wrapped(parcel, case, who, rng)
    at = datetime(
        case.received.year, case.received.month, case.received.day, rng.randint(8, 20), rng.randint(0, 59), tzinfo=BAKU
    )
    text = letters.letter(who, rng, " ".join(part for part in (sentence, case.letter_add) if part))
    envelope = Envelope(
        f"{who.given_name} {who.surname}", who.email, case.subject or letters.subject(who, rng), at, text,
        f"<html><body><p>{text.replace(chr(10), '<br>')}</p></body></html>" if case.html else "", tuple(files), nested, key=key,
    )  # fmt: skip
    expectation = Expectation(
        kind="application", procedure="citizenship_acquisition", name=who.full_name, category=None if "category_unclear" in case.reasons else case.category,
        card=_expected_card(case, who), decision=case.decision, findings=case.findings, reasons=case.reasons,
        attachments=tuple(parcel.attachments), documents=tuple(parcel.documents), received=case.received,
        made_with={"quality": case.quality, "layout": case.layout, "form_container": case.container,
                   "paper_container": case.paper_container, "wrapper": case.wrapper, "handwritten": case.handwritten, **parcel.made},
    )  # fmt: skip
    return Made(envelope.to_bytes(), expectation.to_json())


def _expected_card(case: Case, who: Person) -> str | None:
    return who.card if case.card_in in ("letter", "form", "card") else None


# --- filling ---------------------------------------------------------------------------------------------------------


def _fill(parcel: Parcel, case: Case, who: Person, rng: Random, seed: int) -> str:
    """All files of the case; the sentence for the letter."""
    sheaves: list[tuple[str, Sheaf]] = []
    if FORM not in case.drop:
        sheaves.append((rng.choice(("ərizə-anket", "Anket", "erize anket", "Ərizə")), _form(case, who, rng, seed)))
    if case.second_form:
        other = person(rng, case.received, case.nation)
        sheaves.append(("anket 2", _form(case, other, rng, seed + 77)))
    for name, paper in _papers(case, who, rng, seed):
        quality = case.qualities.get(paper.type, case.quality)
        sheaves.append((name, sheaf(paper, quality, rng, _SPOILERS.get(case.spoil.get(paper.type, "")))))
    photo = _photo(case, who, seed)
    if case.wrapper.startswith("one_pdf"):
        _one_pdf(parcel, [one for _, one in sheaves] + ([photo] if photo else []), case, rng)
    else:
        for name, one in sheaves:
            _put(parcel, name, one, case)
        if photo:
            parcel.put(rng.choice(("şəkil", "foto", "3x4", "IMG_2041")), [photo], "jpg", case.naming, quality=85)
    if case.unsafe:
        parcel.files.append(File("anket_əlavə.pdf", active_pdf(), "application/pdf", case.naming))
        parcel.note("anket_əlavə.pdf", "unsafe")
    return _card_words(case, who, rng)


def _put(parcel: Parcel, name: str, one: Sheaf, case: Case) -> None:
    container = case.containers.get(one.type, case.container if one.type == FORM else case.paper_container)
    parcel.put(name, [one], container, case.naming, **({"exif": case.exif} if container == "jpg" else {}))
    breaker = _BREAKERS.get(case.spoil.get(one.type, ""))
    if breaker:
        broken = replace(parcel.files[-1], content=breaker(parcel.files[-1].content))
        parcel.files[-1] = broken
        parcel.documents.pop()
        parcel.attachments[-1]["status"] = "unreadable"


def _card_words(case: Case, who: Person, rng: Random) -> str:
    if case.card_in == "letter":
        kind = "refugee" if case.category == "refugee" else "permanent"
        return letters.card_sentence(who.card_series, who.card_number, kind, rng)
    if case.card_in == "number_only":
        return f"Daimi yaşamaq üçün icazə vəsiqəmin nömrəsi {who.card_number}."
    return ""


def _form(case: Case, who: Person, rng: Random, seed: int) -> Sheaf:
    filled = answers(who, Choices(case.received - timedelta(days=rng.randint(0, 6)), case.signed, case.dated,
                                  case.card_in == "form", case.about, _attached(case, rng), bool(case.spoiled)), rng)  # fmt: skip
    filled = filled.without(*case.blank)
    for key, (shown, value) in case.spoiled.items():
        filled = filled.with_answer(key, shown, value)
    style = replace(style_for(case.layout, rng, case.handwritten), **case.style)
    made = {"edition": style.edition, "font": style.font, "pen": style.pen}
    glued = portrait(seed, 300, 400, sex=who.sex) if case.photo == "in_form" or rng.random() < 0.25 else None
    if case.container == "docx":
        return Sheaf(FORM, (), None, _form_truth(filled, False), docx=form_docx(filled, style, rng), made=made)
    if case.container == "blank":
        return Sheaf(FORM, (), None, _form_truth(filled, False), pdf=own_form_pdf(filled, rng))  # its print is our own
    printed = form(
        filled, style, rng.getrandbits(32), glued if style.photo_box else None, fillable=case.container == "form"
    )
    paper = Paper(FORM, printed, None, _form_truth(filled, glued is not None and style.photo_box))
    seal = rng.random() < 0.4 and case.qualities.get(FORM, case.quality) in ("office", "phone")
    one = sheaf(paper, case.qualities.get(FORM, case.quality), rng, partial(_sealed, rng=rng) if seal else None)
    return replace(one, made=made)


def _sealed(pixels: Pixels, rng: Random) -> Pixels:
    """Now and then somebody has put a stamp on the page before scanning it."""
    return stamped(pixels, rng.getrandbits(32), incoming=True) if rng.random() < 0.5 else pixels


_CALLED = {
    "photo_3x4": ("3x4 sm fotoşəkil", "şəkil"), "state_duty_receipt": ("rüsum qəbzi", "dövlət rüsumunun ödənilməsi haqqında sənəd"),
    "language_certificate": ("dil bilməsi barədə arayış", "dil arayışı"), "passport": ("pasportun surəti", "pasport"),
    "income_proof": ("gəlir barədə arayış", "gəlir mənbəyini təsdiq edən arayış"), "court_decision_statelessness": ("məhkəmə qətnaməsi",) * 2,
    "refugee_card": ("qaçqın vəsiqəsinin surəti",) * 2, "state_body_motion": ("nazirliyin vəsatəti",) * 2,
    "family_composition_certificate": ("ailə tərkibi haqqında arayış",) * 2, "residence_certificate": ("yaşayış yerindən arayış",) * 2,
    "marriage_certificate": ("nikah şəhadətnaməsi",) * 2, "foreign_authority_attitude": ("konsulluğun məktubu",) * 2,
    "diploma": ("diplom",) * 2,
}  # fmt: skip


def _attached(case: Case, rng: Random) -> str:
    """Answer 18: what the person encloses."""
    base = ("photo_3x4", "state_duty_receipt", "language_certificate", "passport", "income_proof")
    names = [rng.choice(_CALLED[key]) for key in (*base, *case.add) if key not in case.drop and key in _CALLED]
    rng.shuffle(names)
    if rng.random() < 0.3:
        return " ".join(f"{n}) {name}" for n, name in enumerate(names, 1))
    return rng.choice((", ", "; ")).join(names)


def _form_truth(filled: Answers, photo: bool) -> dict[str, Any]:
    return {**filled.expected, "photo_present": photo}


def _papers(case: Case, who: Person, rng: Random, seed: int) -> list[tuple[str, Paper]]:
    """The papers asked for on the day, less what is dropped, plus what is added; in a person's order."""
    day = papers.recent(rng, case.received)
    by_phone = case.qualities.get("passport", case.quality) == "phone"
    paid = receipts.duty(who, papers.recent(rng, case.received, 20), **case.duty)
    makers: dict[str, tuple[str, Callable[[], Paper]]] = {
        "passport": (
            "pasport",
            lambda: identity_papers.passport(who, rng, seed, **{"alone": by_phone, **case.passport}),
        ),
        "language_certificate": ("dil arayışı", lambda: papers.language_certificate(who, rng, day)),
        "state_duty_receipt": ("rüsum qəbzi", lambda: receipts.receipt(paid, rng, case.receipt)),
        "income_proof": ("gəlir arayışı", lambda: papers.income_proof(who, rng, day, case.income)),
    }
    out = [(name, make()) for key, (name, make) in makers.items() if key not in case.drop]
    if case.card_in == "card":
        out.append(("vəsiqə", identity_papers.residence_card(who, rng, seed)))
    out += [(further_papers.NAMES.get(kind, kind), further_papers.more(kind, who, rng, day, seed)) for kind in case.add]
    rng.shuffle(out)
    return out


def _photo(case: Case, who: Person, seed: int) -> Sheaf | None:
    if case.photo in ("none", "in_form") or "photo_3x4" in case.drop:
        return None
    height = 60 if case.photo == "tiny" else 630
    image = portrait(seed, height * 3 // 4, height, case.photo == "profile", 2 if case.photo == "two" else 1, who.sex)
    if case.photo == "wide":
        wide = Image.new("RGB", (1180, 630), image.getpixel((4, 4)))
        wide.paste(image, (350, 0))
        image = wide
    truth = {"faces": 2 if case.photo == "two" else 1, "conforming": case.photo == "good"}
    return Sheaf("photo_3x4", (Degraded(to_pixels(image), 300, jpeg=85),), None, truth)


def _one_pdf(parcel: Parcel, sheaves: list[Sheaf], case: Case, rng: Random) -> None:
    """Everything in one PDF: in order, with blank pages between, or with all pages shuffled."""
    name = rng.choice(("scan", "Scan_20240513", "sənədlər", "doc00231"))
    pages: list[tuple[Degraded, int, int]] = [
        (leaf, number, n) for number, one in enumerate(sheaves) for n, leaf in enumerate(one.leaves)
    ]
    if case.wrapper == "one_pdf_shuffled":
        rng.shuffle(pages)
    if case.wrapper == "one_pdf_blanks":
        empty = to_pixels(_blank_page())
        for place in sorted(rng.sample(range(1, len(pages)), 2), reverse=True):
            pages.insert(place, (degrade(empty, case.quality, rng.getrandbits(32)), -1, 0))
    turns = [rng.choice((0, 0, 0, 90, 180)) if case.wrapper == "one_pdf_turned" else 0 for _ in pages]
    content = containers.image_pdf([leaf for leaf, _, _ in pages], rotate=turns)
    parcel.files.append(File(f"{name}.pdf", content, "application/pdf", case.naming))
    parcel.note(f"{name}.pdf")
    for number, one in enumerate(sheaves):
        where = sorted((n, place + 1) for place, (_, owner, n) in enumerate(pages) if owner == number)
        parcel.expect(one, [(f"{name}.pdf", place) for _, place in where])
    for place, (_, owner, _) in enumerate(pages):
        if owner == -1:
            parcel.expect(Sheaf("unknown", (), "blank"), [(f"{name}.pdf", place + 1)])


def _blank_page() -> Any:
    return Image.new("RGB", (2480, 3508), (255, 255, 255))


# --- wrapping --------------------------------------------------------------------------------------------------------


def _wrapped(parcel: Parcel, case: Case, who: Person, rng: Random) -> tuple[list[File], tuple[Envelope, ...]]:
    """The files as they are attached, paths in the expectation adjusted."""
    files = parcel.files
    if case.wrapper == "zip":
        name = "sənədlər.zip"
        _move(parcel, {file.name: f"{name}/{file.name}" for file in files})
        parcel.attachments.insert(0, {"file": name, "status": "ok"})
        return [
            File(name, containers.zip_bytes([(f.name, f.content) for f in files]), "application/zip", case.naming)
        ], ()
    if case.wrapper == "octet":
        return [replace(f, media_type="application/octet-stream") for f in files], ()
    if case.wrapper == "inline":
        return [replace(f, disposition="inline") for f in files], ()
    if case.wrapper == "wrong_endings":
        wrong = {f.name: f.name.rpartition(".")[0] + rng.choice((".pdf", ".doc", ".jpg", "")) for f in files}
        wrong = {old: new if list(wrong.values()).count(new) == 1 else old for old, new in wrong.items()}
        _move(parcel, wrong)
        return [replace(f, name=wrong[f.name], media_type="application/octet-stream") for f in files], ()
    if case.wrapper == "same_names":
        return _same_names(parcel), ()
    if case.wrapper == "nested":
        half = files[:2]
        _move(parcel, {f.name: f"message.eml/{f.name}" for f in half})
        parcel.attachments.insert(0, {"file": "message.eml", "status": "ok"})
        inner = Envelope(f"{who.given_name} {who.surname}", who.email, "sənədlər", datetime(case.received.year, case.received.month, case.received.day, 7, 30, tzinfo=BAKU),
                         "Sənədlərin birinci hissəsi.", files=tuple(half), received=False, key="inner")  # fmt: skip
        return files[2:], (inner,)
    return files, ()


def _same_names(parcel: Parcel) -> list[File]:
    """Every PDF is called scan.pdf; the contract numbers the later ones."""
    names: dict[str, str] = {}
    out = []
    for file in parcel.files:
        ending = file.name.rpartition(".")[2]
        earlier = sum(name.endswith(ending) for name in names.values())
        names[file.name] = f"scan.{ending}" if not earlier else f"scan ({earlier + 1}).{ending}"
        out.append(replace(file, name=f"scan.{ending}"))
    _move(parcel, names)
    return out


def _move(parcel: Parcel, names: Mapping[str, str]) -> None:
    for document in parcel.documents:
        for place in document["pages"]:
            place["file"] = names.get(place["file"], place["file"])
    for attachment in parcel.attachments:
        attachment["file"] = names.get(attachment["file"], attachment["file"])
