"""Matters other than acquisition: restoration, a child's citizenship, renunciation, place of stay.

DEC189 and STAY give no intake refusal and no five days: what is complete is accepted (DEC189 27; STAY), anything else
goes to a clerk. The expected decisions are written by hand, never computed.
"""

# ruff: noqa: E501 - sentences and tables read better in whole lines

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from models.catalogue import FormDescription
from rules.catalogue import load_catalogue
from samples import further_papers, identity_papers, papers, receipts
from samples.answers import Answers, Choices
from samples.degrade import Degraded
from samples.described import described_form, is_labelled
from samples.envelope import BAKU, Envelope
from samples.expect import Expectation, Found
from samples.forms import Style, form, style_for
from samples.lives import Leaver, child, citizen, former_citizen, leaver, stay
from samples.matter_papers import NAMES, Family, matter_paper
from samples.papers import Paper
from samples.parcel import Parcel, Sheaf, sheaf
from samples.people import Person
from samples.photos import portrait
from samples.prints import to_pixels
from samples.replies import leaving, of_child, restored, staying
from samples.scenarios import Made
from samples.wordfile import described_docx, form_docx

RENUNCIATION = "application_form_renunciation"
RESTORATION = "application_form_restoration"
CHILD = "application_form_child"
STAY = "application_form_stay"

_ADULT_RENUNCIATION = ("family_composition_certificate", "no_obligations_certificate", "state_duty_receipt", "passport")
_RESTORATION = (
    "family_composition_certificate",
    "termination_document",
    "health_certificate",
    "state_duty_receipt",
    "passport",
)
_CHILD = ("parents_citizenship_documents", "family_composition_certificate", "notarised_consent", "birth_certificate")


@dataclass(frozen=True)
class Matter:
    """One such application. ``papers`` are types in the order they are attached, photographs left out."""

    procedure: str
    form: str
    papers: tuple[str, ...]
    decision: str = "accepted"
    findings: tuple[Found, ...] = ()
    reasons: tuple[str, ...] = ()
    received: date = date(2024, 5, 14)
    ground: str = "parent"
    photos: int = 4
    layout: str = "official"
    quality: str = "office"
    container: str = "pdf"
    paper_quality: str = "fax"
    handwritten: bool = False
    late: bool = False
    companions: int = 0
    legal_entity: bool = False
    blank: tuple[str, ...] = ()
    style: Mapping[str, Any] = field(default_factory=dict)


_child_care = (*_CHILD[:1], "adoption_guardianship_document", *_CHILD[1:])

MATTERS: dict[str, Matter] = {
    "accepted-renunciation": Matter("citizenship_renunciation", RENUNCIATION, _ADULT_RENUNCIATION, quality="fax"),
    "accepted-renunciation-docx": Matter("citizenship_renunciation", RENUNCIATION, _ADULT_RENUNCIATION, container="docx", layout="retyped"),
    "review-renunciation-three-photos": Matter("citizenship_renunciation", RENUNCIATION, _ADULT_RENUNCIATION, decision="review", photos=3, layout="grid", container="text"),
    "review-renunciation-no-certificate": Matter("citizenship_renunciation", RENUNCIATION, tuple(p for p in _ADULT_RENUNCIATION if not p.startswith("no_")),
                                                 decision="review", layout="ruled", container="text"),
    "accepted-restoration": Matter("citizenship_restoration", RESTORATION, _RESTORATION, layout="official", quality="fax"),
    "review-restoration-no-termination": Matter("citizenship_restoration", RESTORATION, tuple(p for p in _RESTORATION if p != "termination_document"),
                                                decision="review", layout="borderless", container="text"),
    "accepted-child-parent": Matter("child_citizenship", CHILD, _CHILD, layout="retyped", container="text"),
    "accepted-child-adoption": Matter("child_citizenship", CHILD, _child_care, ground="adoption", layout="official", quality="clean", container="docx"),
    "accepted-child-guardianship": Matter("child_citizenship", CHILD, _child_care, ground="guardianship", layout="grid", quality="fax"),
    "review-child-no-consent": Matter("child_citizenship", CHILD, tuple(p for p in _CHILD if p != "notarised_consent"), decision="review", container="text", layout="ruled"),
    "accepted-child-renunciation": Matter("child_renunciation", RENUNCIATION, _CHILD, layout="borderless", quality="fax"),
    "accepted-stay": Matter("place_of_stay_registration", STAY, ("passport",), layout="table", quality="office", photos=0, paper_quality="phone"),
    "accepted-stay-companions": Matter("place_of_stay_registration", STAY, ("passport",), layout="portal", quality="phone", container="jpg", companions=2, photos=0,
                                       paper_quality="office"),
    "accepted-stay-late": Matter("place_of_stay_registration", STAY, ("passport",), layout="lines", late=True, photos=0, quality="fax",
                                 paper_quality="office", findings=(Found("registration_late", None, "entry_date", "EMB"),)),
    "accepted-stay-hotel-docx": Matter("place_of_stay_registration", STAY, ("passport",), layout="table", container="docx", legal_entity=True, companions=1, photos=0,
                                       paper_quality="office"),
    "review-stay-no-scan": Matter("place_of_stay_registration", STAY, (), decision="review", layout="pairs", photos=0),
    "review-stay-no-entry-date": Matter("place_of_stay_registration", STAY, ("passport",), decision="review", layout="typed", container="text", photos=0,
                                        blank=("entry_date",), paper_quality="office"),
}  # fmt: skip

#: Matters that are not committed, to keep the checkout and the demo small.
NOT_COMMITTED = (
    "accepted-renunciation-docx", "review-renunciation-three-photos", "review-restoration-no-termination", "review-child-no-consent",
    "accepted-stay-companions", "review-stay-no-scan", "review-stay-no-entry-date",
)  # fmt: skip

_WORDS = {
    "citizenship_renunciation": ("Vətəndaşlıqdan çıxma", "Azərbaycan Respublikası vətəndaşlığından çıxmaq üçün ərizə-anketi və sənədləri göndərirəm."),
    "citizenship_restoration": ("Vətəndaşlığın bərpası", "Azərbaycan Respublikası vətəndaşlığımın bərpası üçün sənədləri təqdim edirəm."),
    "child_citizenship": ("Uşağın vətəndaşlığı", "{why} Uşağımın vətəndaşlığa qəbulu üçün ərizə-anket və sənədlər əlavədədir."),
    "child_renunciation": ("Uşağın vətəndaşlıqdan çıxarılması", "Uşağımın vətəndaşlıqdan çıxarılması üçün sənədləri göndərirəm. {why}"),
    "place_of_stay_registration": ("Olduğu yer üzrə qeydiyyat", "Qonağımın olduğu yer üzrə qeydiyyata alınması üçün müraciət formasını göndərirəm."),
}  # fmt: skip
_WHY = {
    "parent": "Mən Azərbaycan Respublikasının vətəndaşlığını əldə etmişəm.", "adoption": "Uşağı övladlığa götürmüşük.",
    "guardianship": "Uşaq mənim qəyyumluğumdadır.",
}  # fmt: skip


@dataclass(frozen=True)
class _People:
    """Who writes the mail, whom the papers name, and the filled form."""

    sender: Person
    family: Family
    guest: Person
    filled: Answers


def build(matter: Matter, key: str, seed: int) -> Made:
    """The message of a matter for a seed."""
    rng = Random(f"{key}/{seed}")
    people = _people(matter, rng)
    parcel = Parcel()
    _fill(parcel, matter, people, rng)
    at = datetime(
        matter.received.year,
        matter.received.month,
        matter.received.day,
        rng.randint(9, 18),
        rng.randint(0, 59),
        tzinfo=BAKU,
    )
    subject, sentence = _WORDS[matter.procedure]
    who = people.sender
    text = f"Salam.\n\n{sentence.format(why=_WHY[matter.ground])}\n\nHörmətlə,\n{who.full_name}\n{who.phones[-1]}"
    envelope = Envelope(
        f"{who.given_name} {who.surname}", who.email, subject, at, text, files=tuple(parcel.files), key=key
    )
    name = people.sender.full_name if matter.form == STAY else people.family.applicant.full_name
    expectation = Expectation(
        kind="application", procedure=matter.procedure, name=name, decision=matter.decision, findings=matter.findings,
        reasons=matter.reasons, attachments=tuple(parcel.attachments), documents=tuple(parcel.documents), received=matter.received,
        made_with={"quality": matter.quality, "layout": matter.layout, "form_container": matter.container, "paper_container": "pdf",
                   "wrapper": "", "handwritten": matter.handwritten, **parcel.made},
    )  # fmt: skip
    return Made(envelope.to_bytes(), expectation.to_json())


def _people(matter: Matter, rng: Random) -> _People:
    day = matter.received
    choices = Choices(day - timedelta(days=rng.randint(0, 6)))
    if matter.form == STAY:
        life = stay(rng, day, matter.late, matter.companions, matter.legal_entity)
        return _People(life.host, Family(life.host, life.host), life.guest, staying(life, rng).without(*matter.blank))
    if matter.form == RESTORATION:
        who = former_citizen(rng, day)
        return _People(who, Family(who, who), who, restored(who, choices, rng))
    if matter.procedure == "citizenship_renunciation":
        leaves = leaver(rng, day)
        return _People(
            leaves.person, Family(leaves.person, leaves.person), leaves.person, leaving(leaves, choices, rng)
        )
    parent = citizen(rng, day)
    young = child(rng, day, (2, 12), parent)
    family = Family(young, parent, matter.ground)
    if matter.form == CHILD:
        return _People(parent, family, young, of_child(young, matter.ground, choices, rng))
    drafted = Leaver(young, "yoxdur", "yoxdur", "Daxili İşlər Nazirliyi")
    return _People(parent, family, young, leaving(drafted, choices, rng, about_child=True))


def _fill(parcel: Parcel, matter: Matter, people: _People, rng: Random) -> None:
    parcel.put(
        "Müraciət" if matter.form == STAY else "ərizə-anket",
        [filled_form(matter, people.filled, rng)],
        matter.container,
    )
    day = papers.recent(rng, matter.received)
    for kind in matter.papers:
        name, paper = _paper(kind, people, rng, day)
        parcel.put(name, [sheaf(paper, matter.paper_quality, rng)], "jpg" if matter.paper_quality == "phone" else "pdf")
    face, sex = rng.getrandbits(16), people.family.applicant.sex
    for number in range(1, matter.photos + 1):
        image = portrait(face, 360, 480, sex=sex)
        photo = Sheaf("photo_3x4", (Degraded(to_pixels(image), 300, jpeg=85),), None, {"faces": 1, "conforming": True})
        parcel.put(f"foto {number}", [photo], "jpg", quality=70)


def _paper(kind: str, people: _People, rng: Random, day: date) -> tuple[str, Paper]:
    if kind == "passport":
        return "pasport", identity_papers.passport(people.guest, rng, rng.getrandbits(16))
    if kind == "state_duty_receipt":
        paid = receipts.duty(people.sender, day)
        return "rüsum qəbzi", receipts.receipt(paid, rng, rng.choice(("bank_slip", "internet_bank")))
    if kind == "family_composition_certificate":
        return "ailə tərkibi", further_papers.family_certificate(people.family.applicant, rng, day)
    return NAMES[kind], matter_paper(kind, people.family, rng, day)


def filled_form(matter: Matter, filled: Answers, rng: Random) -> Sheaf:
    """The form of a matter on scanned paper or in Word."""
    style = _style(matter, rng)
    made = {"font": style.font, "pen": style.pen}
    if matter.container == "docx":
        word = (
            described_docx(_description(matter), filled, style, rng)
            if _is_described(matter)
            else form_docx(filled, style, rng)
        )
        return Sheaf(matter.form, (), None, _truth(matter, filled), docx=word, made=made)
    return replace(sheaf(_printed(matter, filled, style, rng), matter.quality, rng), made=made)


def form_paper(key: str, layout: str, rng: Random, handwritten: bool = False) -> Paper:
    """One such form on paper, for measuring; ``key`` is its document type."""
    matter = next(matter for matter in MATTERS.values() if matter.form == key)
    matter = replace(
        matter, layout=layout or matter.layout, handwritten=handwritten, companions=rng.choice((0, 1, 2, 3))
    )
    return _printed(matter, _people(matter, rng).filled, _style(matter, rng), rng)


def _description(matter: Matter) -> FormDescription:
    return load_catalogue().forms[matter.form]


def _is_described(matter: Matter) -> bool:
    """Restoration and child forms are Annex 1 with another request."""
    return matter.form not in (CHILD, RESTORATION)


def _style(matter: Matter, rng: Random) -> Style:
    style = replace(style_for(matter.layout, rng, matter.handwritten), **matter.style)
    ground = {"parent": 0, "adoption": 2, "guardianship": 3}[matter.ground] if matter.form == CHILD else 0
    return style if _is_described(matter) else replace(style, request=_description(matter).requests[ground])


def _truth(matter: Matter, filled: Answers) -> dict[str, Any]:
    return {**filled.expected, **({} if is_labelled(_description(matter)) else {"photo_present": False})}


def _printed(matter: Matter, filled: Answers, style: Style, rng: Random) -> Paper:
    seed = rng.getrandbits(32)
    printed = (
        described_form(_description(matter), filled, style, seed)
        if _is_described(matter)
        else form(filled, style, seed)
    )
    return Paper(matter.form, printed, None, _truth(matter, filled))


#: Makers by name, as ``samples.make`` wants them.
MATTER_MAKERS: dict[str, Callable[[int], Made]] = {key: partial(build, matter, key) for key, matter in MATTERS.items()}
