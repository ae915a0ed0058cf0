"""What people write in the mail itself."""

# ruff: noqa: E501 - sentences in whole lines

from __future__ import annotations

from random import Random

from samples.people import Person

SUBJECTS = (
    "Vətəndaşlıq üçün müraciət", "Azərbaycan Respublikası vətəndaşlığına qəbul", "Vətəndaşlığın əldə edilməsi - {name}",
    "ərizə-anket və sənədlər", "Fwd: vətəndaşlıq", "Müraciət", "vetendasliq ucun senedler", "Sənədlər ({name})",
)  # fmt: skip
_OPENINGS = (
    "Salam.",
    "Hörmətli Dövlət Miqrasiya Xidməti!",
    "Salam, hörmətli əməkdaşlar,",
    "Hər vaxtınız xeyir.",
    "Salamlar",
)
_ASKING = (
    "Azərbaycan Respublikası vətəndaşlığına qəbul olunmaq üçün ərizə-anketi və sənədləri göndərirəm.",
    "Əlavədə vətəndaşlıq üçün ərizə-anket və tələb olunan sənədlərin surətlərini təqdim edirəm.",
    "Vətəndaşlığa qəbul edilməyim üçün lazım olan bütün sənədlər əlavə olunub, baxmağınızı xahiş edirəm.",
)  # fmt: skip
_CLOSINGS = (
    "Hörmətlə,\n{name}\n{phone}",
    "Öncədən təşəkkür edirəm.\n{name}",
    "Hörmətlə, {name}",
    "{name}\nTel: {phone}",
)


def card_sentence(series: str, number: str, kind: str, rng: Random) -> str:
    """The number of the card as it stands in a letter."""
    what = {"permanent": "Daimi yaşamaq üçün icazə vəsiqəm", "refugee": "Qaçqın vəsiqəm"}[kind]
    return rng.choice((
        f"{what}: {series} № {number}.", f"{what}in seriyası {series}, nömrəsi {number}.", f"{what}in seriya və nömrəsi: {series} {number}",
        f"{what} - {series}{number}",
    ))  # fmt: skip


def subject(who: Person, rng: Random) -> str:
    return rng.choice(SUBJECTS).format(name=f"{who.surname} {who.given_name}")


def letter(who: Person, rng: Random, sentence: str = "") -> str:
    """A short covering text."""
    end = rng.choice(_CLOSINGS).format(name=f"{who.given_name} {who.surname}", phone=who.phones[-1])
    return "\n\n".join(part for part in (rng.choice(_OPENINGS), rng.choice(_ASKING), sentence, end) if part)
