"""What people write into the forms other than the one for acquisition, and what each answer must be read as."""

# ruff: noqa: E501 - sentences in whole lines

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from samples.answers import DENIALS, Answers, Choices, answers, shown_phone
from samples.lives import Leaver, Stay, passport_line
from samples.people import Person, written_date, year_suffix

_SEXES = {"M": ("male", "Kişi"), "F": ("female", "Qadın")}
_CHILD_ABOUT = {
    "parent": ("Mən uşağın valideyniyəm, Azərbaycan Respublikasının vətəndaşlığını əldə etmişəm",
               "Anası Azərbaycan vətəndaşlığını əldə etmişdir, atası əcnəbidir"),
    "adoption": ("Uşaq mənim tərəfimdən övladlığa götürülüb", "Bu uşağı həyat yoldaşımla birlikdə övladlığa götürmüşük"),
    "guardianship": ("Uşaq mənim qəyyumluğumdadır, vətəndaşlığını saxlamasını istəyirəm",
                     "Valideynləri vətəndaşlıqdan çıxıb, uşağın qəyyumuyam"),
}  # fmt: skip


def restored(who: Person, choices: Choices, rng: Random) -> Answers:
    """Annex 1 as a former citizen fills it in."""
    year = who.arrival.year - rng.randint(1, 4)
    lost = f"Azərbaycan Respublikasının vətəndaşı olmuşam, {year}-{year_suffix(year)} ildə vətəndaşlıqdan çıxmışam"
    filled = answers(who, choices, rng).with_answer("other_citizenships", lost, lost)
    purpose = rng.choice(
        ("Doğma vətənimin vətəndaşlığını bərpa etmək", "Vətəndaşlığımı bərpa edib ailəmlə Azərbaycanda yaşamaq")
    )
    return filled.with_answer("purpose", purpose, purpose)


def of_child(who: Person, ground: str, choices: Choices, rng: Random) -> Answers:
    """Annex 1 in a child's name, filled in by parent, adopter or guardian."""
    filled = answers(who, replace(choices, about=rng.choice(_CHILD_ABOUT[ground]), full_dates=True), rng)
    denied = rng.choice(("yoxdur", "işləməyib", "-"))
    filled = filled.with_answer(
        "employment",
        [{"from": denied}]
        if denied != "-"
        else [dict.fromkeys(("from", "to", "organisation_position", "address"), "-")],
        "none",
    )
    filled = (
        filled.with_answer("children", [], None)
        .with_answer("work_abroad", "yox", "none")
        .with_answer("previous_visits", "olmayıb", "none")
    )
    reason = rng.choice(("valideynləri ilə birlikdə gəlib", "burada anadan olub"))
    purpose = rng.choice(("Uşağın Azərbaycan vətəndaşı olması", "Ailənin bütün üzvlərinin eyni vətəndaşlıqda olması"))
    return filled.with_answer("arrival_reason", reason, reason).with_answer("purpose", purpose, purpose)


def leaving(life: Leaver, choices: Choices, rng: Random, about_child: bool = False) -> Answers:
    """Annex 2; ``about_child`` when it is filled in in a child's name."""
    who = life.person
    base = answers(who, choices, rng)
    keys = ("surname", "given_name", "patronymic", "former_names", "birth_date", "birth_place", "ethnicity", "marital_status", "convictions",
            "education", "employment", "relatives", "address", "children", "attached_documents", "signed_on", "signature_present")  # fmt: skip
    printed, expected = ({key: held[key] for key in keys} for held in (base.printed, base.expected))
    filled = Answers(printed, expected)
    text, passport = passport_line(life, rng)
    year = who.birth_date.year + 18
    other = rng.choice((*DENIALS[:4], f"Başqa vətəndaşlığım olmayıb, {year}-{year_suffix(year)} ildən vətəndaşam"))
    filled = filled.with_answer("other_citizenships", other, "none" if other in DENIALS else other)
    filled = filled.with_answer("obligations", life.obligations, "none").with_answer("passport", text, passport)
    military = "yoxdur" if about_child else life.military
    filled = filled.with_answer("military", military, "none" if military == "yoxdur" else military)
    if about_child:
        filled = filled.with_answer("employment", [{"from": "yoxdur"}], "none").with_answer("children", [], None)
    return filled


def staying(life: Stay, rng: Random) -> Answers:
    """The request for registration at the place of stay."""
    style = rng.choice(("dots", "dots", "dots", "slashes", "short"))
    printed: dict[str, Any] = {}
    expected: dict[str, Any] = {}

    def put(key: str, shown: str, value: Any = ...) -> None:
        printed[key] = shown
        expected[key] = (shown or None) if value is ... else value

    def day(key: str, when: date | None) -> None:
        put(key, written_date(when, style) if when else "", when.isoformat() if when else None)

    def maybe(key: str, shown: str) -> None:
        put(key, shown if rng.random() < 0.6 else "")

    def sex(key: str, who: str) -> None:
        put(key, _SEXES[who][1], _SEXES[who][0])

    _host(life, rng, put, day, sex)
    _address(life.host, rng, put, maybe)
    _guest(life, rng, put, day, maybe, sex)
    rows = [
        {"surname": one.surname, "given_name": one.given_name, "relationship": one.relationship}
        for one in life.companions
    ]
    shown = [
        {**row, "birth_date": written_date(one.birth, style), "sex": _SEXES[one.sex][1]}
        for row, one in zip(rows, life.companions, strict=True)
    ]
    truth = [
        {**row, "birth_date": one.birth.isoformat(), "sex": _SEXES[one.sex][0]}
        for row, one in zip(rows, life.companions, strict=True)
    ]
    denied = not rows and rng.random() < 0.5
    printed["companions"], expected["companions"] = (
        ([{"surname": "yoxdur"}], "none") if denied else (shown, truth or None)
    )
    return Answers(printed, expected)


def _host(life: Stay, rng: Random, put: Any, day: Any, sex: Any) -> None:
    host = life.host
    kind = ("Hüquqi şəxs", "legal_entity") if life.legal_entity else ("Fiziki şəxs", "individual")
    put("host_type", *kind)
    put(
        "host_document_type",
        rng.choice(("Şəxsiyyət vəsiqəsi", "Vətəndaşın şəxsiyyət vəsiqəsi", "Ümumvətəndaş pasportu")),
    )
    put(
        "host_document_number",
        rng.choice((f"AZE {host.card_number}9"[:12], f"AA{host.card_number}", f"AZE № {host.card_number}1")),
    )
    day("host_document_issued_on", host.passport_from)
    day("host_document_valid_until", host.passport_until if rng.random() < 0.8 else None)
    put("host_document_issued_by", rng.choice(("Daxili İşlər Nazirliyi", "ASAN xidmət 3", "Nərimanov RPŞ", "")))
    put("host_document_scan", "", None)
    for key, value in (
        ("surname", host.surname),
        ("given_name", host.given_name),
        ("patronymic", host.patronymic or ""),
    ):
        put(f"host_{key}", value)
    sex("host_sex", host.sex)
    put("host_citizenship", host.citizenship)
    day("host_birth_date", host.birth_date)
    put("host_birth_country", "Azərbaycan")
    put("host_birth_place", rng.choice((host.birth_place, "Bakı şəhəri", "")))
    home = f"+99412{rng.randint(4000000, 5999999)}" if rng.random() < 0.5 else ""
    put("host_home_phone", shown_phone(home, rng) if home else "", home or None)
    put("host_mobile_phone", shown_phone(host.phones[-1], rng), host.phones[-1])
    put("host_email", host.email)


def _address(host: Person, rng: Random, put: Any, maybe: Any) -> None:
    town, _, rest = host.address.partition(", ")
    put("city_district", town)
    maybe("inner_district", rng.choice(("Nəsimi", "Nizami rayonu", "8-ci mikrorayon", "Xətai")))
    maybe("settlement", rng.choice(("Bakıxanov qəsəbəsi", "Mərdəkan", "Zığ qəsəbəsi")))
    put("street", next((part for part in rest.split(", ") if "küç" in part or "pr" in part), "Nizami küçəsi"))
    put("building", str(rng.randint(1, 180)))
    for key, top in (("entrance", 6), ("block", 4), ("floor", 16)):
        maybe(key, str(rng.randint(1, top)))
    put("apartment", str(rng.randint(1, 140)))


def _guest(life: Stay, rng: Random, put: Any, day: Any, maybe: Any, sex: Any) -> None:
    guest = life.guest
    put("guest_document_number", guest.passport)
    put("guest_document_country", guest.nation.country)
    day("guest_document_issued_on", guest.passport_from)
    day("guest_document_valid_until", guest.passport_until if rng.random() < 0.8 else None)
    maybe("guest_document_issued_by", rng.choice(("MIA 3521", "Daxili İşlər Nazirliyi", "FMS 77013")))
    put("guest_document_scan", "", None)
    put("visa_included", *rng.choice((("☒", True), ("☐", False), ("bəli", True), ("xeyr", False), ("", None))))
    put("guest_surname", guest.surname)
    put("guest_given_name", guest.given_name)
    put("guest_citizenship", guest.citizenship)
    put("guest_birth_country", guest.nation.country)
    day("guest_birth_date", guest.birth_date)
    sex("guest_sex", guest.sex)
    maybe("permanent_residence_country", guest.nation.country)
    put("arrived_from", rng.choice((guest.nation.country, "Türkiyə", "Gürcüstan")))
    maybe("arrival_reason", rng.choice(("turizm", "qohumlarımı görmək", "işgüzar səfər", "müalicə")))
    day("entry_date", life.entry)
    put("stay_days", rng.choice((str(life.days), f"{life.days} gün")), life.days)
    maybe(
        "comment",
        rng.choice(("Qonaq ailəmizlə birlikdə qalacaq", "Bilet ayın sonuna alınıb", "Tələbədir, iyulda qayıdacaq")),
    )
