"""Samples on demand: single pages in memory, whole messages, and ``python -m samples.make``.

python -m samples.make --seed 7 --count 12 --out DIR          the first 12 cases, all their chances drawn from seed 7
python -m samples.make --seed 7 --case refused-no-form --out DIR
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from samples.answers import Choices, answers
from samples.cases import CASES
from samples.cases import NOT_COMMITTED as CASES_NOT_COMMITTED
from samples.degrade import boxes_after, degrade
from samples.faces import exchanged
from samples.forms import form, style_for
from samples.further_papers import more
from samples.identity_papers import passport
from samples.matters import MATTER_MAKERS, MATTERS, form_paper
from samples.matters import NOT_COMMITTED as MATTERS_NOT_COMMITTED
from samples.others import OTHERS
from samples.papers import Paper, income_proof, language_certificate, recent
from samples.people import Person, person
from samples.photos import portrait
from samples.prints import Leaf, Pixels, to_pixels
from samples.receipts import duty, receipt
from samples.scenarios import Made, build

TODAY = date(2024, 5, 14)
COMMITTED_SEED = 1

#: Every scenario by name.
MAKERS: dict[str, Callable[[int], Made]] = {
    **{key: partial(build, case, key) for key, case in CASES.items()},
    **OTHERS,
    **MATTER_MAKERS,
}
NOT_COMMITTED = (*CASES_NOT_COMMITTED, *MATTERS_NOT_COMMITTED)


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
    elif kind in {matter.form for matter in MATTERS.values()}:
        paper = form_paper(kind, layout, rng, handwritten)
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
    return makers[kind]() if kind in makers else more(kind, who, rng, day, seed)


def _seen(leaf: Leaf, number: int, paper: Paper, quality: str, rng: Random) -> Page:
    seen = degrade(leaf.pixels, quality, rng.getrandbits(32))
    truth = {
        "type": paper.type, "subtype": paper.subtype, "language": paper.language, "page": number, "quality": quality,
        "dpi": seen.dpi, "fields": paper.fields, "perspective": seen.perspective.rows,
        "boxes": {key: tuple(box) for key, box in boxes_after(leaf.boxes, seen).items()},
    }  # fmt: skip
    return seen.pixels, truth


def message(seed: int, scenario: str) -> tuple[bytes, dict[str, Any]]:
    """A whole message and its expectation; the same seed and scenario give the same bytes."""
    made = MAKERS[scenario](seed)
    return made.raw, made.expectation


def write(seed: int, scenario: str, folder: Path, name: str = "", faces: Path | None = None) -> Path:
    """``message`` into ``NAME.eml`` and ``NAME.json``; ``faces`` is a folder of typefaces to use instead of ours."""
    if faces:
        with exchanged(faces, Random(f"{scenario}/{seed}")) as stand_ins:
            raw, expectation = message(seed, scenario)
        made = expectation["made_with"]
        made |= {key: stand_ins.get(made[key], made[key]) for key in ("font", "pen") if made.get(key)}
    else:
        raw, expectation = message(seed, scenario)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name or scenario}.eml"
    path.write_bytes(raw)
    text = json.dumps({"scenario": scenario, "seed": seed, **expectation}, ensure_ascii=False, indent=1)
    path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
    return path


def main() -> None:
    """Write messages into a folder."""
    parser = argparse.ArgumentParser(description="make synthetic messages")
    parser.add_argument("--seed", type=int, default=COMMITTED_SEED)
    parser.add_argument("--count", type=int, default=0, help="0: the committed set")
    parser.add_argument("--case", choices=sorted(MAKERS), action="append")
    parser.add_argument("--faces", type=Path, help="set in the typefaces of this folder, see README.md")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    names = given.case or [name for name in MAKERS if given.count or name not in NOT_COMMITTED]
    for number in range(given.count or len(names)):
        scenario, seed = names[number % len(names)], given.seed + number // len(names)
        name = scenario if seed == COMMITTED_SEED else f"{scenario}-{seed}"
        path = write(seed, scenario, given.out, name, given.faces)
        print(f"{path.stat().st_size / 1e6:6.2f} MB  {path}", flush=True)


if __name__ == "__main__":
    main()
