"""People beside the foreigner who wants citizenship: citizens, former citizens, children, hosts with their guests."""

# ruff: noqa: E501 - word lists and one-line templates

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from samples.people import HOME, Kin, Person, person, written_date

_SCHOOL = (
    "{n} nömrəli tam orta məktəbin şagirdi",
    "Bakı şəhəri {n} saylı məktəbin şagirdidir",
    "Orta məktəbdə oxuyur ({n} saylı məktəb)",
)


@dataclass(frozen=True)
class Leaver:
    """A citizen who leaves citizenship; ``passport_words`` is the answer to the passport line of Annex 2."""

    person: Person
    obligations: str
    military: str
    issued_by: str


@dataclass(frozen=True)
class Companion:
    surname: str
    given_name: str
    birth: date
    relationship: str
    sex: str  # M, F


@dataclass(frozen=True)
class Stay:
    """A host, the address, the guest and when the guest came."""

    host: Person
    guest: Person
    legal_entity: bool
    entry: date
    days: int
    companions: tuple[Companion, ...]


def citizen(rng: Random, today: date, sex: str | None = None) -> Person:
    """A citizen of Azerbaijan, born and living here."""
    who = person(rng, today, HOME.key, sex)
    return replace(who, foreign_work=None, arrival=who.birth_date)


def leaver(rng: Random, today: date) -> Leaver:
    """A citizen who asks to be released; a man was drafted, most women were not."""
    who = citizen(rng, today)
    drafted = ("Hərbi xidmət keçmişəm, ehtiyatda olan sıravi", "Hərbi mükəlləfəm, çavuş", "hərbi mükəlləf, leytenant")
    military = rng.choice(drafted if who.sex == "M" else ("yoxdur", "hərbi uçotda olan tibb işçisi"))
    return Leaver(who, rng.choice(("yoxdur", "Yoxdur", "xeyr", "-", "öhdəliyim yoxdur")), military,
                  rng.choice(("Daxili İşlər Nazirliyi", "Nəsimi RPŞ", "ASAN xidmət 1", "Yasamal RPİ", "DİN BPQMİ")))  # fmt: skip


def former_citizen(rng: Random, today: date) -> Person:
    """Somebody born in Azerbaijan who lost its citizenship, lived abroad and came back."""
    who = person(rng, today, rng.choice(("ru", "tr", "ua", "ge")))
    at_home = person(rng, today, HOME.key, who.sex)
    return replace(who, surname=at_home.surname, given_name=at_home.given_name, patronymic=at_home.patronymic, former_surname=None,
                   birth_place=at_home.birth_place, children=(), kin=at_home.kin,
                   nation=replace(who.nation, ethnicity="azərbaycanlı"))  # fmt: skip


def child(rng: Random, today: date, ages: tuple[int, int], parent: Person) -> Person:
    """A child of ``parent`` of an age in ``ages``; its name is its own, its family the parents."""
    like = person(rng, today, parent.nation.key)
    years = rng.randint(*ages)
    birth = date(today.year - years - 1, 1, 1) + timedelta(days=rng.randint(0, 364))
    if (today.month, today.day) >= (birth.month, birth.day):
        birth = birth.replace(year=birth.year + 1, day=min(birth.day, 28))
    families = next((pair for pair in parent.nation.surnames if parent.surname in pair), (parent.surname,) * 2)
    father = parent.given_name if parent.sex == "M" and parent.nation.fathers == "oğlu" else rng.choice(HOME.men)
    patronymic = (
        f"{father} {'oğlu' if like.sex == 'M' else 'qızı'}" if parent.nation.fathers == "oğlu" else like.patronymic
    )
    one = Kin("ata" if parent.sex == "M" else "ana", parent.full_name, parent.nation.ethnicity, parent.citizenship,
              parent.kin[0].work, f"Azərbaycan, {parent.address}")  # fmt: skip
    other = next((k for k in parent.kin if k.relationship in ("ər", "arvad")), parent.kin[0])
    two = replace(other, relationship="ana" if parent.sex == "M" else "ata")
    school = (
        rng.choice(_SCHOOL).format(n=rng.randint(2, 290))
        if years > 6
        else rng.choice(("uşaq bağçasına gedir", "Təhsil almır, azyaşlıdır"))
    )
    return replace(like, surname=families[0 if like.sex == "M" else 1], patronymic=patronymic, former_surname=None,
                   birth_date=birth, birth_place=rng.choice(("Azərbaycan, Bakı şəhəri", *parent.nation.places)), marital="single", arrival=birth,
                   education=school, jobs=(), foreign_work=None, kin=(one, two), children=(), address=parent.address,
                   phones=parent.phones, passport_until=date(today.year + 3, 5, 17))  # fmt: skip


def stay(rng: Random, today: date, late: bool = False, companions: int = 0, legal_entity: bool = False) -> Stay:
    """A host, a guest who came a few days (``late``: some weeks) ago, and who came along."""
    guest = person(rng, today, rng.choice(("ru", "tr", "ge", "ua", "ir", "uz", "gb", "pk")))
    ago = rng.randint(14, 60) if late else rng.randint(0, 7)
    family = next(pair for pair in guest.nation.surnames if guest.surname in pair)
    along = []
    for number in range(companions):
        kind = (
            rng.choice((("oğul", "M"), ("qız", "F")))
            if number
            else (("həyat yoldaşı", "F") if guest.sex == "M" else ("həyat yoldaşı", "M"))
        )
        names = guest.nation.men if kind[1] == "M" else guest.nation.women
        born = date(
            guest.birth_date.year + (24 + rng.randint(0, 6) if number else rng.randint(-4, 4)),
            rng.randint(1, 12),
            rng.randint(1, 28),
        )
        along.append(Companion(family[0 if kind[1] == "M" else 1], rng.choice(names), born, *kind))
    return Stay(
        citizen(rng, today),
        guest,
        legal_entity,
        today - timedelta(days=ago),
        rng.choice((15, 20, 30, 45, 60, 90)),
        tuple(along),
    )


def passport_line(leaving: Leaver, rng: Random) -> tuple[str, dict[str, str]]:
    """The passport line of Annex 2 as people fill it in, and its three parts."""
    who, style = leaving.person, rng.choice(("dots", "dots", "words", "dots_il"))
    number = rng.choice((who.passport, f"AZE № {who.passport[1:]}", f"{who.passport[0]} {who.passport[1:]}"))
    day = written_date(who.passport_from, style)
    text = rng.choice((
        f"{number}, {leaving.issued_by}, {day}",
        f"{number}, {leaving.issued_by} tərəfindən {day} verilmişdir",
        f"{number}, {day}, {leaving.issued_by}",
    ))  # fmt: skip
    return text, {"series_number": number, "issued_by": leaving.issued_by, "issued_on": who.passport_from.isoformat()}
