"""The generator of synthetic people, pages and messages."""

from __future__ import annotations

from datetime import date
from random import Random

import cv2
import numpy as np
import pytest

from samples.answers import Choices, answers
from samples.cases import CASES
from samples.degrade import degrade
from samples.forms import LAYOUTS
from samples.identity_papers import check_digit, td1, td3
from samples.make import MAKERS, message, page
from samples.people import NATIONS, person, year_suffix
from samples.photos import portrait
from samples.receipts import RECEIPTS

TODAY = date(2024, 5, 14)


@pytest.mark.parametrize("nation", [n.key for n in NATIONS])
def test_a_life_fits_together(nation: str) -> None:
    """Nobody arrives before growing up, works before school or holds a card that ended."""
    for seed in range(8):
        who = person(Random(seed), TODAY, nation)
        assert who.birth_date.year + 18 < who.arrival.year <= TODAY.year
        assert who.passport_until > TODAY and who.card_until > TODAY > who.card_from
        starts = [job.start for job in who.jobs]
        assert starts == sorted(starts)
        assert all(job.end is None or job.start <= job.end for job in who.jobs)


def test_a_complete_form_answers_every_required_question() -> None:
    """The default form leaves nothing open that must be answered."""
    optional = {"patronymic", "former_names", "phones", "about", "children"}
    for seed in range(10):
        rng = Random(seed)
        filled = answers(person(rng, TODAY), Choices(TODAY), rng)
        assert [key for key, value in filled.expected.items() if not value and key not in optional] == []


def test_a_machine_readable_zone_carries_true_check_digits() -> None:
    """The specimen of ICAO 9303 part 4 comes out letter by letter, and a card has three lines of thirty."""
    lines = td3("UTO", "UTO", "ERIKSSON", "ANNA MARIA", "L898902C3", date(1974, 8, 12), "F", date(2012, 4, 15))
    assert lines[0] == "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
    assert lines[1].startswith("L898902C36UTO7408122F1204159")
    assert check_digit("520727") == "3"
    card = td1("IR", "AZE", "RUS", "BELOV", "OLEG", "AA1234567", "7ABCDEF", date(1974, 8, 12), "M", date(2030, 1, 2))
    assert [len(line) for line in card] == [30, 30, 30]


@pytest.mark.parametrize(
    ("year", "ending"), [(1985, "ci"), (2003, "cü"), (2006, "cı"), (2010, "cu"), (1999, "cu"), (2000, "ci")]
)
def test_years_are_written_with_their_ending(year: int, ending: str) -> None:
    """Vowel harmony of the last spoken numeral decides the ending."""
    assert year_suffix(year) == ending


@pytest.mark.story
@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_every_layout_shows_every_answer(layout: str) -> None:
    """Each printed answer of each layout has its place on some page."""
    from samples.make import pages

    found: set[str] = set()
    for _, truth in pages("form", layout, "clean", 5):
        found |= set(truth["boxes"])
    assert {"surname", "birth_date", "convictions", "employment.0.from", "relatives.0.full_name", "address", "purpose",
            "signed_on"} <= found  # fmt: skip


@pytest.mark.story
@pytest.mark.parametrize("design", sorted(RECEIPTS))
def test_every_receipt_shows_sum_account_and_payer(design: str) -> None:
    """A receipt's truth names what is printed on it, with its place."""
    _, truth = page("state_duty_receipt", design, "clean", 3)
    assert truth["fields"]["amount"] == 110.0
    assert {"amount", "account", "voen", "payer"} <= set(truth["boxes"])


@pytest.mark.parametrize("quality", ["clean", "office", "phone", "fax"])
def test_boxes_follow_the_paper(quality: str) -> None:
    """A black patch on the flat page is found inside its box after scanner, phone and fax."""
    flat = np.full((1754, 1240, 3), 255, np.uint8)
    flat[850:900, 450:750] = 0
    seen = degrade(flat, quality, 11, dpi=150)
    x, y = seen.perspective.point(600 / 1240, 875 / 1754)
    height, width = seen.pixels.shape[:2]
    assert seen.pixels[int(y * height), int(x * width)].max() < 110
    assert set(np.unique(seen.pixels)) <= {0, 255} if quality == "fax" else True


def test_portraits_have_one_face() -> None:
    """The drawn people look human enough for a face detector."""
    finder = cv2.CascadeClassifier(f"{cv2.__path__[0]}/data/haarcascade_frontalface_default.xml")
    faces = [
        len(finder.detectMultiScale(np.asarray(portrait(seed, 300, 400).convert("L")), 1.1, 4)) for seed in range(4)
    ]
    assert faces == [1, 1, 1, 1]


@pytest.mark.parametrize("scenario", ["ignored-bounce", "review-question", "ignored-vacation-reply"])
def test_the_same_seed_gives_the_same_letter(scenario: str) -> None:
    """A message can be made again exactly from its scenario and seed; another seed gives another."""
    assert message(4, scenario) == message(4, scenario)
    assert message(4, scenario)[0] != message(5, scenario)[0]


@pytest.mark.story
@pytest.mark.parametrize("scenario", ["refused-undated", "accepted-own-blank", "accepted-docx"])
def test_the_same_seed_gives_the_same_bytes(scenario: str) -> None:
    """Scans, fillable PDFs and Word files come out alike byte by byte."""
    assert message(4, scenario) == message(4, scenario)


def test_every_case_has_a_maker() -> None:
    """No case is forgotten by the command."""
    assert set(CASES) <= set(MAKERS)
