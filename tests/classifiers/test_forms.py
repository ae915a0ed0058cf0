"""Which form the pages show: the sentence with the request tells for the pages that several forms share."""

from __future__ import annotations

import pytest

from classifiers.forms import as_one_form
from rules.catalogue import load_catalogue
from tests.classifiers.pages import sheet

REQUESTS = {key: form.requests for key, form in load_catalogue().forms.items()}
ACQUISITION, CHILD, RENUNCIATION, RESTORATION, STAY = sorted(REQUESTS)
ANNEX_1 = {ACQUISITION: 0.66, CHILD: 0.66, RENUNCIATION: 0.36, RESTORATION: 0.66, STAY: 0.0}


def shown(*texts: str) -> list[str]:
    pages = [sheet(text, page=number) for number, text in enumerate(texts, start=1)]
    return [max(page, key=lambda key: page[key]) for page in as_one_form(pages, [ANNEX_1] * len(pages), REQUESTS)]


@pytest.mark.parametrize(
    ("request_", "form"),
    [
        ("Azərbaycan Respublikası vətəndaşlığına bərpa olunmağımı xahiş edirəm.", RESTORATION),
        ("Azərbaycan Respublikası vətəndaşlığına qəbul olunmağımı xahiş edirəm.", ACQUISITION),
        ("Xahiş edirəm, mənim Azərbaycan Respublikası vətəndaşlığıma xitam verəsiniz.", RENUNCIATION),
        ("Xahiş edirəm, övladımı Azərbaycan Respublikasının vətəndaşlığına qəbul edəsiniz.", CHILD),
    ],
)
def test_the_request_tells_which_form_its_pages_are_of(request_: str, form: str) -> None:
    """Also where it stands at the sentence's end, and for pages that other forms print alike."""
    table = "16. Yaxın qohumlarınız\nata Popal Hamidulla"
    others = (
        "19. Mənimlə eyni zamanda yetkinlik yaşına çatmayan uşaqlarımı vətəndaşlığa qəbul etməyi xahiş edirəm\n"
        "20. Vətəndaşlığa qəbul olunmaqda məqsədiniz"
    )
    assert shown(f"Prezidentinə\nƏRİZƏ-ANKET\n{request_}\n1. Soyadınız", table, others) == [form] * 3


def test_without_a_request_the_pages_together_tell() -> None:
    """The form with the highest scores over all pages takes those that fit several."""
    first = {**ANNEX_1, ACQUISITION: 0.9}
    found = as_one_form([sheet("1. Soyadınız"), sheet("ata", page=2)], [first, ANNEX_1], REQUESTS)
    assert [max(page, key=lambda key: page[key]) for page in found] == [ACQUISITION] * 2
