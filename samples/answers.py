"""What a person writes into Annex 1 and what each answer must be read as."""

# ruff: noqa: E501 - sentences in whole lines

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from models.azerbaijani import MONTHS
from samples.people import Person, written_date, year_suffix

DENIALS = ("xeyr", "Xeyr", "yox", "yoxdur", "Xeyr, olmamışam", "olmamışam", "-", "Yox")
EMPLOYMENT = ("from", "to", "organisation_position", "address")
RELATIVES = ("relationship", "full_name", "ethnicity", "citizenship", "workplace_position", "country_address")
CHILDREN = ("relation", "full_name", "birth", "birth_place", "note")


@dataclass(frozen=True)
class Answers:
    """``printed`` is what stands on the paper by field key; tables are lists of rows; ``expected`` the true values."""

    printed: dict[str, Any]
    expected: dict[str, Any] = field(default_factory=dict)

    def with_answer(self, key: str, printed: Any, expected: Any) -> Answers:
        return Answers({**self.printed, key: printed}, {**self.expected, key: expected})

    def without(self, *keys: str) -> Answers:
        """The same form with questions left empty."""
        gone = self
        for key in keys:
            empty: Any = [] if key in ("employment", "relatives", "children") else ""
            gone = gone.with_answer(key, empty, None)
        return gone


@dataclass(frozen=True)
class Choices:
    """How this form is filled; every None is drawn from the seed."""

    signed_on: date
    signed: bool = True
    dated: bool = True
    card_in_form: bool = False
    about: str | None = None
    attached: str | None = None
    full_dates: bool = False


def shown_phone(number: str, rng: Random) -> str:
    """An E.164 number as people write it."""
    if not number.startswith("+994"):
        return number
    code, rest = number[4:6], number[6:]
    return rng.choice((
        f"(0{code}) {rest[:3]}-{rest[3:5]}-{rest[5:]}", f"+994 {code} {rest[:3]} {rest[3:5]} {rest[5:]}",
        f"0{code} {rest[:3]} {rest[3:5]} {rest[5:]}", f"(+994 {code}) {rest[:3]}-{rest[3:5]}-{rest[5:]}", f"0{code}{rest}",
    ))  # fmt: skip


def _month(value: str | None, style: str, rng: Random) -> str:
    if value is None:
        return rng.choice(("hal-hazırda", "indiyədək", "h/h", "-"))
    year, month = value.split("-")
    return {
        "dots": f"{month}.{year}",
        "words": f"{MONTHS[int(month) - 1]} {year}",
        "slashes": f"{month}/{year}",
        "il": f"{MONTHS[int(month) - 1]} {year}-{year_suffix(int(year))} il",
    }[style]


def _marital(person: Person, rng: Random) -> str:
    words = {
        "married": ("nikahda", "Nikahdayam", "evli", "evliyəm"),
        "single": ("subay", "Subayam", "subay"),
        "widowed": ("dul", "Dulam"),
        "divorced": ("boşanmış", "boşanmışam"),
    }
    return rng.choice(words[person.marital])


def answers(person: Person, choices: Choices, rng: Random) -> Answers:
    """A complete, correctly filled form."""
    style = rng.choice(("dots", "dots", "slashes", "words", "quotes", "short", "dots_il"))
    months = rng.choice(("dots", "dots", "words", "slashes", "il"))
    printed: dict[str, Any] = {}
    expected: dict[str, Any] = {}

    def put(key: str, shown: Any, value: Any = ...) -> None:
        printed[key] = shown
        expected[key] = shown if value is ... else value

    put("surname", person.surname)
    put("given_name", person.given_name)
    put("patronymic", person.patronymic or "", person.patronymic)
    former = (
        f"Əvvəlki soyadım {person.former_surname} olub, nikahla əlaqədar dəyişmişəm" if person.former_surname else ""
    )
    put("former_names", former, former or None)
    put("birth_date", written_date(person.birth_date, style), person.birth_date.isoformat())
    put("birth_place", person.birth_place)
    put("ethnicity", person.nation.ethnicity)
    put("marital_status", _marital(person, rng), person.marital)
    if person.stateless:
        put("citizenship", rng.choice(("vətəndaşlığı olmayan şəxs", "Vətəndaşlığım yoxdur")), "stateless")
    else:
        put("citizenship", person.citizenship)
    _put_history(person, choices, rng, style, put)
    put("employment", [
        {"from": _month(job.start, months, rng), "to": _month(job.end, months, rng), "organisation_position": job.post,
         "address": job.address} for job in person.jobs],
        [{"from": job.start, "to": job.end, "organisation_position": job.post, "address": job.address}
         for job in person.jobs])  # fmt: skip
    rows = [dict(zip(RELATIVES, (k.relationship, k.full_name, k.ethnicity, k.citizenship, k.work, k.address), strict=True))
            for k in person.kin]  # fmt: skip
    put("relatives", rows)
    _put_children(person, rng, put)
    put("address", person.address)
    put("phones", [shown_phone(number, rng) for number in person.phones], list(person.phones))
    _put_ending(person, choices, rng, style, put)
    return Answers(printed, expected)


def _put_history(person: Person, choices: Choices, rng: Random, style: str, put: Any) -> None:
    put("other_citizenships", rng.choice(DENIALS), "none")
    arrival = person.arrival
    precision = 1.0 if choices.full_dates else rng.random()
    if precision > 0.35:
        put("arrival_date", written_date(arrival, style), arrival.isoformat())
    elif precision > 0.15:
        put("arrival_date", f"{MONTHS[arrival.month - 1]} {arrival.year}", f"{arrival:%Y-%m}")
    else:
        put("arrival_date", f"{arrival.year}-{year_suffix(arrival.year)} il", f"{arrival.year}")
    put("arrival_reason", person.arrival_reason)
    if rng.random() < 0.4:
        year = arrival.year - rng.randint(1, 3)
        put("previous_visits", f"{year}-{year_suffix(year)} ilin iyul ayında 10 gün qonaq kimi olmuşam")
    else:
        put("previous_visits", rng.choice(DENIALS), "none")
    put("convictions", rng.choice((*DENIALS, "cəlb olunmamışam", "Xeyr, mühakimə olunmamışam")), "none")
    put("education", person.education)
    if person.foreign_work:
        put("work_abroad", person.foreign_work)
    else:
        put("work_abroad", rng.choice(("işləməmişəm", "xeyr", "Xeyr, işləməmişəm", "-")), "none")


def _put_children(person: Person, rng: Random, put: Any) -> None:
    if not person.children:
        denies = rng.random() < 0.5
        put("children", [{"relation": "yoxdur"}] if denies else [], "none" if denies else None)
        return
    full = rng.random() < 0.5
    shown, true = [], []
    for child in person.children:
        base = {"relation": child.relation, "full_name": child.full_name, "birth_place": child.birth_place}
        shown.append({**base, "birth": f"{child.birth:%d.%m.%Y}" if full else f"{child.birth:%m.%Y}", "note": ""})
        true.append({**base, "birth": child.birth.isoformat() if full else f"{child.birth:%Y-%m}", "note": None})
    put("children", shown, true)


def _put_ending(person: Person, choices: Choices, rng: Random, style: str, put: Any) -> None:
    if choices.about is not None:
        put("about", choices.about, choices.about or None)
    elif choices.card_in_form:
        put("about", rng.choice((
            f"Daimi yaşamaq üçün icazə vəsiqəm: seriya {person.card_series} № {person.card_number}",
            f"Daimi yaşayış icazəsi vəsiqəsinin seriya və nömrəsi {person.card_series} {person.card_number}",
            f"{person.card_series} seriyalı, {person.card_number} nömrəli daimi yaşamaq üçün icazə vəsiqəsinə malikəm",
        )))  # fmt: skip
    elif rng.random() < 0.5:
        put("about", rng.choice(DENIALS), "none")
    else:
        put("about", rng.choice(("Ailəmlə birlikdə Bakıda yaşayıram", "Həyat yoldaşım Azərbaycan vətəndaşıdır",
                                 "Uşaqlarım burada məktəbə gedir")))  # fmt: skip
    put("attached_documents", choices.attached or "pasport, şəkil, qəbz, dil arayışı, iş yerindən arayış")
    put("purpose", rng.choice((
        "Ailəmlə birlikdə Azərbaycanda daimi yaşamaq və bu ölkənin tamhüquqlu vətəndaşı olmaq",
        "Uzun müddətdir ki, burada yaşayıram, Azərbaycanı öz vətənim hesab edirəm",
        "daimi yaşamaq və işləmək", "Övladlarımın gələcəyini Azərbaycanla bağlayıram",
    )))  # fmt: skip
    put("signed_on", written_date(choices.signed_on, "quotes" if style == "quotes" else style) if choices.dated else "",
        choices.signed_on.isoformat() if choices.dated else None)  # fmt: skip
    put("signature_present", choices.signed)


def name_line(given: Answers) -> str:
    """Question 1 as one answer."""
    shown = given.printed
    line = " ".join(part for part in (shown["surname"], shown["given_name"], shown["patronymic"]) if part)
    return f"{line}. {shown['former_names']}" if shown["former_names"] else line
