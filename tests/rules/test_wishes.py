"""What the words of a message ask for, in the languages and spellings of people."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from models.case import Submission
from models.mail import Message, MessageKind
from rules import Policy
from rules.intent import intent_of
from rules.wishes import CLEAR, wishes
from tests.rules.build import CATALOGUE, passport

ASKED = [
    ("citizenship_acquisition", "men 10 ildir Bakida yasayiram ve Azerbaycan vetendasligini qebul etmek isteyirem."),
    ("citizenship_acquisition", "Мән Азәрбајҹан вәтәндашлығына гәбул олунмағымы хаһиш едирәм."),
    ("citizenship_acquisition", "Прошу принять меня в гражданство Азербайджанской Республики."),
    ("citizenship_acquisition", "Azerbaycan vatandaşı olmak istiyorum, belgelerim ektedir."),
    ("citizenship_acquisition", "Vətəndşlığa qəbull olunmağım üçün sənədləri təqdim edirəm."),
    ("citizenship_restoration", "İndi vətəndaşlığımın bərpa edilməsini xahiş edirəm."),
    ("citizenship_restoration", "I was a citizen of Azerbaijan until 2005. I ask you to restore it."),
    ("citizenship_renunciation", "Almaniya vətəndaşlığını aldığım üçün vətəndaşlıqdan çıxmağımı xahiş edirəm."),
    ("child_citizenship", "8 yaşlı oğlum Tibetin vətəndaşlığa qəbul edilməsini xahiş edirəm."),
    ("child_citizenship", "Прошу принять в гражданство Азербайджана моего несовершеннолетнего сына."),
    ("child_renunciation", "Çocuğumun Azerbaycan vatandaşlığından çıkarılması için başvuruyorum."),
    ("place_of_stay_registration", "Гонағымын олдуғу јер үзрә гејдијјата алынмасыны хаһиш едирәм."),
    ("driving_licence_replacement", "Sürücülük vəsiqəmin vaxtı bitib, yenisini almaq istəyirəm."),
]  # fmt: skip


@pytest.mark.parametrize(("key", "text"), ASKED)
def test_a_wish_is_heard_in_other_words(key: str, text: str) -> None:
    """One procedure is asked for plainly, and no other."""
    found = wishes("Müraciət", text, CATALOGUE)
    assert [each for each, weight in found.items() if weight >= CLEAR] == [key]


@pytest.mark.parametrize(
    "text",
    [
        "Azərbaycan vətəndaşlığında olub-olmamağım barədə arayış verməyinizi xahiş edirəm.",
        "Türkiyə vətəndaşlığını almaq istəyirəm.",
        "Daimi yaşamaq üçün icazə vəsiqəsinin müddətinin uzadılmasını xahiş edirəm.",
        "Я потерял карту постоянного жительства.",
    ],
)
def test_what_nobody_asks_for_is_not_heard(text: str) -> None:
    """Another state's citizenship, a certificate and a permit are none of the procedures."""
    assert max(wishes("Müraciət", text, CATALOGUE).values()) < CLEAR


def test_two_sentences_may_ask_for_two_things() -> None:
    """Then both are heard, for a clerk to ask."""
    found = wishes("Vətəndaşlıqdan çıxmaq", "Oğlumu isə vətəndaşlığa qəbul edin.", CATALOGUE)
    heard = {each for each, weight in found.items() if weight >= CLEAR}
    assert heard == {"citizenship_renunciation", "child_citizenship"}


LETTERS = [
    (key, letter)
    for key, letters in yaml.safe_load((Path(__file__).parent / "letters.yaml").read_text(encoding="utf-8")).items()
    for letter in letters
]


@pytest.mark.parametrize(("key", "letter"), LETTERS)
def test_a_letter_is_understood_or_left_to_a_clerk(key: str, letter: str) -> None:
    """Never is it certain that a message asks for what it does not ask for."""
    subject, text = letter.split(" || ")
    message = Message("m.eml", subject=subject, text=text, kind=MessageKind.APPLICATION)
    found = intent_of(Submission(message, (), (passport(),)), CATALOGUE, Policy())
    assert found.procedure == key or found.confidence < Policy().procedure_certainty
