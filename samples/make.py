"""Samples on demand: single pages in memory, whole messages, and ``python -m samples.make``."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from samples.answers import Choices, answers
from samples.degrade import boxes_after, degrade
from samples.forms import form, style_for
from samples.papers import Paper, duty, income_proof, language_certificate, passport, receipt, recent
from samples.people import Person, person
from samples.photos import portrait
from samples.prints import Leaf, Pixels, to_pixels

TODAY = date(2024, 5, 14)


Page = tuple[Pixels, dict[str, Any]]


def page(kind: str, layout: str = "", quality: str = "clean", seed: int = 0, number: int = 1) -> Page:
    """One page as it arrives and its truth: type, subtype, fields, boxes (fractions of the picture), perspective.

    ``kind`` is a document type, ``form``, or ``income_proof/SUBTYPE``; ``layout`` a form layout or a receipt design.
    """
    return pages(kind, layout, quality, seed)[number - 1]


def pages(kind: str, layout: str = "", quality: str = "clean", seed: int = 0, handwritten: bool = False) -> list[Page]:
    """All pages of one document (see ``page``)."""
    rng = Random(f"{kind}/{layout}/{seed}")
    who = person(rng, TODAY)
    if kind in ("form", "application_form_acquisition"):
        paper = _form_paper(who, layout or "official", handwritten, rng)
    elif kind == "photo_3x4":
        pixels = to_pixels(portrait(seed, 600, 800))
        return [(degrade(pixels, quality, seed).pixels, {"type": kind, "fields": {"faces": 1}, "boxes": {}})]
    else:
        paper = a_paper(kind, who, layout, rng, seed)
    return [_seen(leaf, n, paper, quality, rng) for n, leaf in enumerate(paper.printed.leaves, 1)]


def _form_paper(who: Person, layout: str, handwritten: bool, rng: Random) -> Paper:
    filled = answers(who, Choices(TODAY - timedelta(days=rng.randint(0, 9))), rng)
    printed = form(filled, style_for(layout, rng, handwritten), rng.getrandbits(32))
    return Paper("application_form_acquisition", printed, None, filled.expected)


def a_paper(kind: str, who: Person, design: str, rng: Random, seed: int) -> Paper:
    """A correct paper of a type for a person."""
    day = recent(rng, TODAY)
    kind, _, subtype = kind.partition("/")
    makers = {
        "passport": lambda: passport(who, rng, seed, alone=design == "alone"),
        "language_certificate": lambda: language_certificate(who, rng, day),
        "income_proof": lambda: income_proof(who, rng, day, subtype or "employment_certificate"),
        "state_duty_receipt": lambda: receipt(duty(who, day), rng, design or None),
    }
    return makers[kind]()


def _seen(leaf: Leaf, number: int, paper: Paper, quality: str, rng: Random) -> Page:
    seen = degrade(leaf.pixels, quality, rng.getrandbits(32))
    truth = {
        "type": paper.type, "subtype": paper.subtype, "language": paper.language, "page": number, "quality": quality,
        "dpi": seen.dpi, "fields": paper.fields, "perspective": seen.perspective.rows,
        "boxes": {key: tuple(box) for key, box in boxes_after(leaf.boxes, seen).items()},
    }  # fmt: skip
    return seen.pixels, truth
