"""Samples on demand: single pages in memory, whole messages, and ``python -m samples.make``."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from samples.answers import Choices, answers
from samples.degrade import boxes_after, degrade
from samples.forms import form, style_for
from samples.people import person
from samples.prints import Pixels

TODAY = date(2024, 5, 14)


def form_pages(
    layout: str = "official", quality: str = "clean", seed: int = 0, handwritten: bool = False
) -> list[tuple[Pixels, dict[str, Any]]]:
    """All pages of one filled Annex 1 with their truth (see ``page``)."""
    rng = Random(f"form/{layout}/{seed}")
    who = person(rng, TODAY)
    filled = answers(who, Choices(TODAY - timedelta(days=rng.randint(0, 9))), rng)
    printed = form(filled, style_for(layout, rng, handwritten), rng.getrandbits(32))
    out = []
    for number, leaf in enumerate(printed.leaves):
        seen = degrade(leaf.pixels, quality, rng.getrandbits(32))
        truth = {
            "type": "application_form_acquisition", "layout": layout, "quality": quality, "page": number + 1,
            "pages": len(printed.leaves), "dpi": seen.dpi, "fields": filled.expected, "printed": filled.printed,
            "boxes": {key: tuple(box) for key, box in boxes_after(leaf.boxes, seen).items()},
            "perspective": seen.perspective.rows,
        }  # fmt: skip
        out.append((seen.pixels, truth))
    return out
