"""The cases: who applies, with what, in which packing, and what must be decided.

The expected decision is written down by hand from the law (procedures.md, casework.md), never computed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from samples import letters, papers
from samples.answers import Answers, Choices, answers
from samples.degrade import Degraded, degrade
from samples.envelope import BAKU, Envelope, File
from samples.expect import Expectation, Found
from samples.forms import Style, form, style_for
from samples.papers import Paper
from samples.parcel import Parcel, Sheaf, sheaf
from samples.people import Person, person
from samples.photos import portrait
from samples.prints import to_pixels

FORM = "application_form_acquisition"


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
    change: Callable[[Parcel, Random], None] | None = None


@dataclass(frozen=True)
class Made:
    """What ``message`` gives: bytes and expectation."""

    raw: bytes
    expectation: dict[str, Any]


def build(case: Case, key: str, seed: int) -> Made:
    """The message of a case for a seed."""
    rng = Random(f"{key}/{seed}")
    who = person(rng, case.received, case.nation, case.sex, case.stateless)
    parcel = Parcel()
    sentence = _fill(parcel, case, who, rng, seed)
    if case.change:
        case.change(parcel, rng)
    files, nested = _wrapped(parcel, case, who, rng)
    at = datetime(case.received.year, case.received.month, case.received.day, rng.randint(8, 20), rng.randint(0, 59), tzinfo=BAKU)
    text = letters.letter(who, rng, " ".join(part for part in (sentence, case.letter_add) if part))
    envelope = Envelope(
        f"{who.given_name} {who.surname}", who.email, case.subject or letters.subject(who, rng), at, text,
        f"<html><body><p>{text.replace(chr(10), '<br>')}</p></body></html>" if case.html else "", tuple(files), nested, key=key,
    )  # fmt: skip
    expectation = Expectation(
        kind="application", procedure="citizenship_acquisition", name=who.full_name, category=case.category,
        card=_expected_card(case, who), decision=case.decision, findings=case.findings, reasons=case.reasons,
        attachments=tuple(parcel.attachments), documents=tuple(parcel.documents), received=case.received,
        made_with={"quality": case.quality, "layout": case.layout, "form_container": case.container,
                   "paper_container": case.paper_container, "wrapper": case.wrapper, "handwritten": case.handwritten},
    )  # fmt: skip
    return Made(envelope.to_bytes(), expectation.to_json())


def _expected_card(case: Case, who: Person) -> str | None:
    return who.card if case.card_in in ("letter", "form", "card") else None


# --- filling ---------------------------------------------------------------------------------------------------------


def _fill(parcel: Parcel, case: Case, who: Person, rng: Random, seed: int) -> str:
    """All files of the case; the sentence for the letter."""
    sheaves: list[tuple[str, Sheaf, str]] = []
    if FORM not in case.drop:
        sheaves.append((rng.choice(("ərizə-anket", "Anket", "erize anket", "Ərizə")), _form(case, who, rng, seed), case.container))
    for name, paper in _papers(case, who, rng, seed):
        sheaves.append((name, sheaf(paper, case.quality, rng), case.paper_container))
    photo = _photo(case, who, rng, seed)
    if case.wrapper.startswith("one_pdf"):
        _one_pdf(parcel, [one for _, one, _ in sheaves] + ([photo] if photo else []), case, rng)
    else:
        for name, one, container in sheaves:
            parcel.put(name, [one], container, case.naming)
        if photo:
            parcel.put(rng.choice(("şəkil", "foto", "3x4", "IMG_2041")), [photo], "jpg", case.naming, quality=85)
    if case.card_in == "letter":
        return letters.card_sentence(who.card_series, who.card_number, "refugee" if case.category == "refugee" else "permanent", rng)
    if case.card_in == "number_only":
        return f"Daimi yaşamaq üçün icazə vəsiqəmin nömrəsi {who.card_number}."
    return ""


def _form(case: Case, who: Person, rng: Random, seed: int) -> Sheaf:
    filled = answers(who, Choices(case.received - timedelta(days=rng.randint(0, 6)), case.signed, case.dated,
                                  case.card_in == "form", case.about), rng)  # fmt: skip
    filled = filled.without(*case.blank)
    for key, (shown, value) in case.spoiled.items():
        filled = filled.with_answer(key, shown, value)
    style = replace(style_for(case.layout, rng, case.handwritten), **case.style)
    glued = portrait(seed + 1, 300, 400, sex=who.sex) if case.photo == "in_form" or rng.random() < 0.25 else None
    if case.container == "docx":
        from samples.wordfile import form_docx

        return Sheaf(FORM, (), None, _form_truth(filled, False), docx=form_docx(filled, style, rng))
    printed = form(filled, style, rng.getrandbits(32), glued if style.photo_box else None, fillable=case.container == "form")
    paper = Paper(FORM, printed, None, _form_truth(filled, glued is not None and style.photo_box))
    return sheaf(paper, case.quality, rng)


def _form_truth(filled: Answers, photo: bool) -> dict[str, Any]:
    return {**filled.expected, "photo_present": photo}


def _papers(case: Case, who: Person, rng: Random, seed: int) -> list[tuple[str, Paper]]:
    """The papers asked for on the day, less what is dropped, plus what is added; in a person's order."""
    day = papers.recent(rng, case.received)
    paid = papers.duty(who, papers.recent(rng, case.received, 20), **case.duty)
    makers: dict[str, tuple[str, Callable[[], Paper]]] = {
        "passport": ("pasport", lambda: papers.passport(who, rng, seed, **case.passport)),
        "language_certificate": ("dil arayışı", lambda: papers.language_certificate(who, rng, day)),
        "state_duty_receipt": ("rüsum qəbzi", lambda: papers.receipt(paid, rng, case.receipt)),
        "income_proof": ("gəlir arayışı", lambda: papers.income_proof(who, rng, day, case.income)),
    }
    out = [(name, make()) for key, (name, make) in makers.items() if key not in case.drop]
    if case.card_in == "card":
        out.append(("vəsiqə", papers.residence_card(who, rng, seed)))
    out += [(papers.NAMES.get(kind, kind), papers.more(kind, who, rng, day, seed)) for kind in case.add]
    rng.shuffle(out)
    return out


def _photo(case: Case, who: Person, rng: Random, seed: int) -> Sheaf | None:
    if case.photo in ("none", "in_form") or "photo_3x4" in case.drop:
        return None
    sizes = {"good": (472, 630), "two": (0, 600), "profile": (472, 630), "wide": (900, 520), "tiny": (45, 60)}
    width, height = sizes[case.photo]
    image = portrait(seed + 1, width or 450, height, profile=case.photo == "profile", faces=2 if case.photo == "two" else 1, sex=who.sex)
    truth = {"faces": 2 if case.photo == "two" else 1, "conforming": case.photo == "good"}
    return Sheaf("photo_3x4", (Degraded(to_pixels(image), 300, jpeg=85),), None, truth)


def _one_pdf(parcel: Parcel, sheaves: list[Sheaf], case: Case, rng: Random) -> None:
    """Everything in one PDF: in order, with blank pages between, or with all pages shuffled."""
    name = rng.choice(("scan", "Scan_20240513", "sənədlər", "doc00231"))
    pages: list[tuple[Degraded, int, int]] = [(leaf, number, n) for number, one in enumerate(sheaves) for n, leaf in enumerate(one.leaves)]
    if case.wrapper == "one_pdf_shuffled":
        rng.shuffle(pages)
    if case.wrapper == "one_pdf_blanks":
        empty = to_pixels(_blank_page())
        for place in sorted(rng.sample(range(1, len(pages)), 2), reverse=True):
            pages.insert(place, (degrade(empty, case.quality, rng.getrandbits(32)), -1, 0))
    from samples import containers

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
    from PIL import Image

    return Image.new("RGB", (2480, 3508), (255, 255, 255))


# --- wrapping --------------------------------------------------------------------------------------------------------


def _wrapped(parcel: Parcel, case: Case, who: Person, rng: Random) -> tuple[list[File], tuple[Envelope, ...]]:
    """The files as they are attached, paths in the expectation adjusted."""
    from samples import containers

    files = parcel.files
    if case.wrapper == "zip":
        name = "sənədlər.zip"
        _move(parcel, {file.name: f"{name}/{file.name}" for file in files})
        parcel.attachments.insert(0, {"file": name, "status": "ok"})
        return [File(name, containers.zip_bytes([(f.name, f.content) for f in files]), "application/zip", case.naming)], ()
    if case.wrapper == "octet":
        return [replace(f, media_type="application/octet-stream") for f in files], ()
    if case.wrapper == "inline":
        return [replace(f, disposition="inline") for f in files], ()
    if case.wrapper == "wrong_endings":
        wrong = {f.name: f.name.rpartition(".")[0] + rng.choice((".pdf", ".doc", ".jpg", "")) for f in files}
        wrong = {old: new if list(wrong.values()).count(new) == 1 else old for old, new in wrong.items()}
        _move(parcel, wrong)
        return [replace(f, name=wrong[f.name], media_type="application/octet-stream") for f in files], ()
    if case.wrapper == "nested":
        half = files[:2]
        _move(parcel, {f.name: f"message.eml/{f.name}" for f in half})
        parcel.attachments.insert(0, {"file": "message.eml", "status": "ok"})
        inner = Envelope(f"{who.given_name} {who.surname}", who.email, "sənədlər", datetime(case.received.year, case.received.month, case.received.day, 7, 30, tzinfo=BAKU),
                         "Sənədlərin birinci hissəsi.", files=tuple(half), received=False, key="inner")  # fmt: skip
        return files[2:], (inner,)
    return files, ()


def _move(parcel: Parcel, names: Mapping[str, str]) -> None:
    for document in parcel.documents:
        for place in document["pages"]:
            place["file"] = names.get(place["file"], place["file"])
    for attachment in parcel.attachments:
        attachment["file"] = names.get(attachment["file"], attachment["file"])
