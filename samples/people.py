"""Synthetic people with consistent lives: names, birth, arrival, work, family, papers. Nobody here exists."""

# ruff: noqa: E501 - word lists and one-line templates

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from models.azerbaijani import MONTHS, plain


@dataclass(frozen=True)
class Nation:
    """Where somebody comes from and how people are called there (Azerbaijani spelling)."""

    key: str
    country: str
    citizenship: str
    state: str  # alpha-3
    ethnicity: str
    men: tuple[str, ...]
    women: tuple[str, ...]
    surnames: tuple[tuple[str, str], ...]  # his, hers
    fathers: str  # "oğlu", "viç" or "" where there are no patronymics
    places: tuple[str, ...]
    dial: str


def _same(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((n, n) for n in names)


def _ov(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((n, n + "a") for n in names)


NATIONS = (
    Nation("ru", "Rusiya Federasiyası", "Rusiya Federasiyası", "RUS", "rus",
           ("Sergey", "Andrey", "Nikolay", "Pavel", "Dmitri", "Oleq", "Maksim", "Viktor"),
           ("Marina", "Olqa", "Svetlana", "Yekaterina", "Tatyana", "Vera", "Anna", "Lyudmila"),
           _ov("Kuznetsov", "Belov", "Morozov", "Vasilyev", "Orlov", "Lebedev", "Sokolov", "Zaytsev"), "viç",
           ("Rusiya, Həştərxan şəhəri", "Rusiya Federasiyası, Dağıstan Respublikası, Dərbənd şəhəri",
            "Rusiya, Saratov vilayəti, Engels şəhəri", "Rusiya, Tula şəhəri"), "+7"),
    Nation("tr", "Türkiyə", "Türkiyə Respublikası", "TUR", "türk",
           ("Mehmet", "Mustafa", "Emre", "Hakan", "Serkan", "Burak"), ("Ayşe", "Zeynep", "Elif", "Fatma", "Gülşah"),
           _same("Yılmaz", "Demir", "Kaya", "Öztürk", "Çelik", "Şahin", "Aydın"), "",
           ("Türkiyə, İstanbul şəhəri", "Türkiyə Respublikası, Qars şəhəri", "Türkiyə, İğdır ili, Tuzluca",
            "Türkiyə, Ankara şəhəri"), "+90"),
    Nation("ge", "Gürcüstan", "Gürcüstan", "GEO", "gürcü",
           ("Giorgi", "Levan", "Zurab", "Davit", "Irakli"), ("Nino", "Tamar", "Ketevan", "Maka"),
           _same("Beridze", "Kapanadze", "Lomidze", "Maisuradze", "Gelaşvili"), "",
           ("Gürcüstan, Tbilisi şəhəri", "Gürcüstan, Laqodexi şəhəri", "Gürcüstan, Rustavi şəhəri"), "+995"),
    Nation("ga", "Gürcüstan", "Gürcüstan Respublikası", "GEO", "azərbaycanlı",
           ("Elçin", "Rövşən", "Namiq", "Vüqar", "İlqar", "Fərhad", "Əli", "Cavanşir"),
           ("Günel", "Sevinc", "Aygün", "Gülnarə", "Xəyalə", "Çiçək", "Ülviyyə"),
           _ov("Məmmədov", "Əliyev", "Çobanov", "Hacıyev", "Bayramov", "İsgəndərov", "Qocayev"), "oğlu",
           ("Gürcüstan, Marneuli rayonu, Qızılhacılı kəndi", "Gürcüstan Respublikası, Bolnisi rayonu, Faxralı kəndi",
            "Gürcüstan, Qardabani şəhəri"), "+995"),
    Nation("ua", "Ukrayna", "Ukrayna", "UKR", "ukraynalı",
           ("Oleksandr", "Taras", "Bohdan", "Mikola", "Vasil"), ("Oksana", "Natalya", "Halina", "Yuliya"),
           _same("Şevçenko", "Kovalenko", "Bondarenko", "Tkaçenko", "Melnik"), "viç",
           ("Ukrayna, Xarkov şəhəri", "Ukrayna, Poltava vilayəti, Lubnı şəhəri", "Ukrayna, Odessa şəhəri"), "+380"),
    Nation("ir", "İran İslam Respublikası", "İran İslam Respublikası", "IRN", "azərbaycanlı",
           ("Rəhim", "Səməd", "Həsən", "Əkbər", "Behruz"), ("Fatimə", "Zəhra", "Məryəm", "Leyla"),
           _same("Rzayi", "Hüseyni", "Əkbəri", "Təbrizi", "Cəfəri"), "",
           ("İran, Təbriz şəhəri", "İran İslam Respublikası, Ərdəbil şəhəri", "İran, Urmiya şəhəri"), "+98"),
    Nation("pk", "Pakistan", "Pakistan İslam Respublikası", "PAK", "pəncabi",
           ("Əhməd", "İmran", "Bilal", "Tariq", "Usman"), ("Ayişə", "Sana", "Hina", "Nadia"),
           _same("Xan", "Malik", "Çaudri", "Qureşi", "Bat"), "",
           ("Pakistan, Lahor şəhəri", "Pakistan, İslamabad şəhəri", "Pakistan, Multan şəhəri"), "+92"),
    Nation("uz", "Özbəkistan", "Özbəkistan Respublikası", "UZB", "özbək",
           ("Şuxrat", "Bəxtiyar", "Cəmşid", "Otabek"), ("Dilnoza", "Nigora", "Zulfiyə", "Gülçöhrə"),
           _ov("Kərimov", "Yusupov", "Raximov", "Tursunov"), "viç",
           ("Özbəkistan, Səmərqənd şəhəri", "Özbəkistan Respublikası, Fərqanə vilayəti"), "+998"),
    Nation("af", "Əfqanıstan", "Əfqanıstan İslam Respublikası", "AFG", "tacik",
           ("Nadir", "Fərid", "Həmid", "Cavid"), ("Şəbnəm", "Parvanə", "Fərişta"),
           _same("Nəzəri", "Səfi", "Rəhmani", "Əhmədzay"), "",
           ("Əfqanıstan, Kabil şəhəri", "Əfqanıstan, Herat vilayəti"), "+93"),
    Nation("gb", "Böyük Britaniya", "Böyük Britaniya və Şimali İrlandiya Birləşmiş Krallığı", "GBR", "ingilis",
           ("Peter", "Daniel", "Simon"), ("Emma", "Laura", "Helen"), _same("Vaughan", "Harwood", "Pritchard"), "",
           ("Böyük Britaniya, Lids şəhəri", "Birləşmiş Krallıq, Kardiff şəhəri"), "+44"),
)  # fmt: skip

#: Citizens of Azerbaijan: who leaves citizenship, asks for it back, or lodges a guest. Never drawn by chance.
HOME = Nation(
    "az",
    "Azərbaycan",
    "Azərbaycan Respublikası",
    "AZE",
    "azərbaycanlı",
    ("Rəşad", "Tural", "Orxan", "Kənan", "Şamil", "Ceyhun", "Anar", "İsmayıl", "Qurban", "Həsən"),
    ("Nigar", "Könül", "Türkan", "Ləman", "Şəfəq", "Aynurə", "Gülşən", "Çinarə", "Zümrüd"),
    _ov("Quliyev", "Əhmədov", "Cəfərov", "Ağayev", "Hüseynov", "Mustafayev", "Şükürov", "Nağıyev", "İbrahimov"),
    "oğlu",
    (
        "Azərbaycan, Bakı şəhəri",
        "Azərbaycan Respublikası, Şəki şəhəri",
        "Azərbaycan, Göyçay rayonu, Qarabucaq kəndi",
        "Azərbaycan Respublikası, Ağdaş rayonu",
    ),
    "+994",
)

_TOWNS = (
    ("Bakı şəhəri", "Nəsimi rayonu"), ("Bakı şəhəri", "Yasamal rayonu"), ("Bakı şəhəri", "Xətai rayonu"),
    ("Bakı ş.", "Binəqədi r."), ("Bakı şəhəri", "Suraxanı rayonu, Qaraçuxur qəsəbəsi"), ("Gəncə şəhəri", "Kəpəz rayonu"),
    ("Sumqayıt şəhəri", ""), ("Xaçmaz rayonu", "Xudat şəhəri"), ("Zaqatala şəhəri", ""), ("Qax rayonu", "İlisu kəndi"),
    ("Lənkəran şəhəri", ""), ("Şəki şəhəri", ""), ("Mingəçevir şəhəri", ""), ("Qazax rayonu", "Daş Salahlı kəndi"),
)  # fmt: skip
_STREETS = (
    "Azadlıq prospekti", "Nizami küçəsi", "Şərifzadə küçəsi", "Ə. Rəcəbli küç.", "Zərdabi prospekti", "H. Cavid pr.",
    "Füzuli küçəsi", "28 May küçəsi", "X. Şuşinski küçəsi", "S. Vurğun küçəsi", "Ü. Hacıbəyli küçəsi", "Qış Parkı döngəsi",
)  # fmt: skip
_EMPLOYERS = (
    ("“Xəzər Tikinti” MMC", "mühəndis"), ("Bakı şəhəri 187 nömrəli tam orta məktəb", "rus dili müəllimi"),
    ("“Nur Klinika” MMC", "tibb bacısı"), ("Bakı Metropoliteni QSC", "elektrik"), ("“Abşeron Ticarət” MMC", "mühasib"),
    ("Azərbaycan Dövlət Filarmoniyası", "skripka ifaçısı"), ("“Gəncə Tekstil” ASC", "texnoloq"),
    ("“Şəfa” aptek şəbəkəsi", "əczaçı"), ("“Qafqaz Logistika” MMC", "sürücü"), ("“Lalə” mehmanxanası", "aşpaz"),
    ("Azərbaycan Texniki Universiteti", "dosent"), ("“Bərəkət” çörək sexi", "novator-usta"),
    ("Fərdi sahibkar", "dərzi"), ("“Jurnal Evi” nəşriyyatı", "redaktor"), ("Sumqayıt Kimya Sənaye Parkı", "laborant"),
)  # fmt: skip
_FOREIGN_EMPLOYERS = (
    ("maşınqayırma zavodu", "çilingər"), ("3 saylı uşaq bağçası", "tərbiyəçi"), ("şəhər xəstəxanası", "feldşer"),
    ("tikinti idarəsi", "usta"), ("“Volna” mağazası", "satıcı"), ("dəmir yolu deposu", "maşinist köməkçisi"),
)  # fmt: skip
_SCHOOLS = (
    ("Dövlət Pedaqoji Universiteti", "ibtidai sinif müəllimi"), ("Politexnik İnstitutu", "mühəndis-mexanik"),
    ("Tibb Kolleci", "tibb bacısı"), ("İqtisad Universiteti", "mühasibat uçotu"), ("Musiqi Texnikumu", "skripka"),
    ("42 nömrəli peşə məktəbi", "elektrik"), ("Kənd Təsərrüfatı İnstitutu", "aqronom"),
)  # fmt: skip


@dataclass(frozen=True)
class Job:
    start: str  # YYYY-MM
    end: str | None
    post: str
    address: str


@dataclass(frozen=True)
class Kin:
    relationship: str
    full_name: str
    ethnicity: str
    citizenship: str
    work: str
    address: str


@dataclass(frozen=True)
class Child:
    relation: str
    full_name: str
    birth: date
    birth_place: str


@dataclass(frozen=True)
class Person:
    """An applicant on the day of the application."""

    nation: Nation
    sex: str  # M, F
    surname: str
    given_name: str
    patronymic: str | None
    former_surname: str | None
    birth_date: date
    birth_place: str
    citizenship: str  # text, or "stateless"
    marital: str
    arrival: date
    arrival_reason: str
    education: str
    jobs: tuple[Job, ...]
    foreign_work: str | None
    kin: tuple[Kin, ...]
    children: tuple[Child, ...]
    address: str
    phones: tuple[str, ...]  # E.164
    email: str
    passport: str
    passport_from: date
    passport_until: date
    card_series: str
    card_number: str
    card_from: date
    card_until: date
    fin: str

    @property
    def full_name(self) -> str:
        return " ".join(p for p in (self.surname, self.given_name, self.patronymic) if p)

    @property
    def stateless(self) -> bool:
        return self.citizenship == "stateless"

    @property
    def card(self) -> str:
        return f"{self.card_series} {self.card_number}"


def year_suffix(year: int) -> str:
    """The ordinal ending of a year: 1985-ci, 2003-cü, 2006-cı, 2010-cu."""
    tens = {1: "cu", 2: "ci", 3: "cu", 4: "cı", 5: "ci", 6: "cı", 7: "ci", 8: "ci", 9: "cı", 0: "ci"}
    ones = {1: "ci", 2: "ci", 3: "cü", 4: "cü", 5: "ci", 6: "cı", 7: "ci", 8: "ci", 9: "cu"}
    return ones[year % 10] if year % 10 else tens[year // 10 % 10]


def written_date(day: date, style: str) -> str:
    """A date as people write it."""
    month = MONTHS[day.month - 1]
    return {
        "dots": f"{day:%d.%m.%Y}",
        "slashes": f"{day:%d/%m/%Y}",
        "words": f"{day.day} {month} {day.year}-{year_suffix(day.year)} il",
        "quotes": f"«{day:%d}» {month} {day.year}",
        "short": f"{day.day} {month} {day.year}",
        "dots_il": f"{day:%d.%m.%Y}-{year_suffix(day.year)} il",
    }[style]


def _patronymic(nation: Nation, sex: str, rng: Random) -> str | None:
    father = rng.choice(nation.men)
    if nation.fathers == "oğlu":
        return f"{father} {'oğlu' if sex == 'M' else 'qızı'}"
    if nation.fathers == "viç":
        soft = father[-1] in "iyeə"
        stem = father[:-1] if soft else father
        return stem + (("yeviç" if soft else "oviç") if sex == "M" else ("yevna" if soft else "ovna"))
    return None


def _name(nation: Nation, sex: str, rng: Random) -> tuple[str, str, str | None]:
    his, hers = rng.choice(nation.surnames)
    given = rng.choice(nation.men if sex == "M" else nation.women)
    return (his if sex == "M" else hers), given, _patronymic(nation, sex, rng)


def _day(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randrange(max(1, (last - first).days)))


def _address(rng: Random) -> str:
    town, district = rng.choice(_TOWNS)
    home = rng.choice(("ev {h}, mənzil {f}", "ev {h}, m. {f}", "bina {h}, mənzil {f}", "ev {h}"))
    place = home.format(h=rng.choice((f"{rng.randint(2, 190)}", f"{rng.randint(2, 60)}{rng.choice('ABC')}")),
                        f=rng.randint(1, 120))  # fmt: skip
    return ", ".join(part for part in (town, district, rng.choice(_STREETS), place) if part)


def _phones(rng: Random) -> tuple[str, ...]:
    mobile = f"+994{rng.choice(('50', '51', '55', '70', '77', '10'))}{rng.randint(2000000, 9999999)}"
    home = f"+99412{rng.choice(('4', '5'))}{rng.randint(100000, 999999)}"
    return (home, mobile) if rng.random() < 0.6 else (mobile,)


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _jobs(
    rng: Random, birth: date, arrival: date, today: date, nation: Nation
) -> tuple[tuple[Job, ...], str | None, str]:
    school, trade = rng.choice(_SCHOOLS)
    town = rng.choice(nation.places).split(",")[-1].strip()
    begin = date(birth.year + 18, 9, 1)
    finish = date(birth.year + 22 + rng.randint(0, 1), 6, 1)
    education = rng.choice((
        f"Ali, {town} {school}, {finish.year}-{year_suffix(finish.year)} ildə bitirmişəm, ixtisasım {trade}",
        f"Ali təhsilli. {finish.year} - {town}, {school}, {trade}",
        f"Orta ixtisas, {school} ({town}), {finish.year}-{year_suffix(finish.year)} il, {trade}",
    ))  # fmt: skip
    jobs = [Job(_month(begin), _month(finish), f"{school}, tələbə", f"{nation.country}, {town}")]
    abroad = None
    if arrival > finish + timedelta(days=500):
        firm, post = rng.choice(_FOREIGN_EMPLOYERS)
        left = _day(rng, finish + timedelta(days=300), arrival - timedelta(days=60))
        jobs.append(
            Job(_month(finish + timedelta(days=90)), _month(left), f"{firm}, {post}", f"{nation.country}, {town}")
        )
        abroad = f"{nation.country}, {town}, {firm}, {post}"
    begun = max(arrival, finish) + timedelta(days=rng.randint(60, 500))
    if begun < today - timedelta(days=400):
        firms = rng.sample(_EMPLOYERS, rng.randint(1, 2))
        for firm, post in firms:
            ends = begun + timedelta(days=rng.randint(400, 2000))
            last = ends > today - timedelta(days=200) or firm == firms[-1][0]
            where = rng.choice(_TOWNS)[0] + ", " + rng.choice(_STREETS) + f" {rng.randint(1, 90)}"
            jobs.append(Job(_month(begun), None if last else _month(ends), f"{firm}, {post}", where))
            if last:
                break
            begun = ends + timedelta(days=rng.randint(30, 200))
    return tuple(jobs), abroad, education


def _kin(rng: Random, nation: Nation, sex: str, surname: str, marital: str, home: str) -> tuple[Kin, ...]:
    def relative(relationship: str, rel_sex: str, local: bool) -> Kin:
        family, given, father = _name(nation, rel_sex, rng)
        family = surname if relationship in ("ata", "qardaş") and sex == "M" else family
        firm, post = rng.choice(_EMPLOYERS if local else _FOREIGN_EMPLOYERS)
        work = rng.choice((f"{firm}, {post}", "təqaüdçü", "evdar qadın" if rel_sex == "F" else "işləmir"))
        where = f"Azərbaycan, {home}" if local else f"{nation.places[0]}, {rng.randint(1, 99)}"
        state = "Azərbaycan Respublikası" if local and rng.random() < 0.7 else nation.citizenship
        return Kin(
            relationship, " ".join(p for p in (family, given, father) if p), nation.ethnicity, state, work, where
        )

    out = []
    if marital == "married":
        out.append(relative("ər" if sex == "F" else "arvad", "M" if sex == "F" else "F", True))
    out.append(relative("ata", "M", False))
    out.append(relative("ana", "F", False))
    if rng.random() < 0.6:
        out.append(relative(*rng.choice((("qardaş", "M"), ("bacı", "F"))), local=rng.random() < 0.4))
    return tuple(out)


def _children(rng: Random, nation: Nation, surname: str, today: date, married: bool) -> tuple[Child, ...]:
    if not married or rng.random() < 0.4:
        return ()
    out = []
    families = next(pair for pair in nation.surnames if surname in pair)
    for number in range(rng.randint(1, 2)):
        boy = rng.random() < 0.5
        name = rng.sample(nation.men if boy else nation.women, 3)[number]
        born = _day(rng, date(today.year - 15 + 7 * number, 1, 1), date(today.year - 9 + 7 * number, 1, 1))
        out.append(Child("oğul" if boy else "qız", f"{families[0 if boy else 1]} {name}", born, "Bakı şəhəri"))
    return tuple(out)


def person(
    rng: Random, today: date, nation: str | None = None, sex: str | None = None, stateless: bool = False
) -> Person:
    """A life that fits together on the day ``today``."""
    origin = next((n for n in (*NATIONS, HOME) if n.key == nation), None) or rng.choice(NATIONS)
    sex = sex or rng.choice("MF")
    surname, given, patronymic = _name(origin, sex, rng)
    birth = _day(rng, date(today.year - 60, 1, 1), date(today.year - 33, 1, 1))
    arrival = _day(rng, max(date(birth.year + 24, 1, 1), date(today.year - 24, 1, 1)), date(today.year - 7, 1, 1))
    marital = rng.choice(("married", "married", "married", "single", "widowed", "divorced"))
    home = _address(rng)
    jobs, abroad, education = _jobs(rng, birth, arrival, today, origin)
    former = None
    if sex == "F" and marital != "single" and rng.random() < 0.5:
        former = next(hers for _, hers in rng.sample(origin.surnames, len(origin.surnames)) if hers != surname)
    issued = _day(rng, date(today.year - 5, 1, 1), date(today.year - 1, 1, 1))
    carded = _day(rng, date(today.year - 3, 1, 1), today - timedelta(days=60))
    letters = plain(f"{given}.{surname}").lower()
    return Person(
        nation=origin, sex=sex, surname=surname, given_name=given, patronymic=patronymic, former_surname=former,
        birth_date=birth, birth_place=rng.choice(origin.places), citizenship="stateless" if stateless else origin.citizenship,
        marital=marital, arrival=arrival,
        arrival_reason=rng.choice(("ailə qurmaqla əlaqədar", "işləmək üçün", "daimi yaşamaq məqsədilə",
                                   "təhsil almaq və sonra işləmək üçün", "ailə üzvlərinin yanına köçmüşəm")),
        education=education, jobs=jobs, foreign_work=abroad,
        kin=_kin(rng, origin, sex, surname, marital, home),
        children=_children(rng, origin, surname, today, marital == "married"),
        address=home, phones=_phones(rng), email=f"{letters}{rng.randint(1, 99)}@{rng.choice(('mail', 'posta', 'mektub'))}.example",
        passport=_passport_number(rng, origin), passport_from=issued, passport_until=issued.replace(year=issued.year + 10, day=min(issued.day, 28)),
        card_series=rng.choice(("AZE", "AZE", "AA", "DY", "PR", "PA")), card_number=f"{rng.randint(100000, 9999999):07d}",
        card_from=carded, card_until=carded.replace(year=carded.year + 5, day=min(carded.day, 28)),
        fin="".join(rng.choice("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(7)),
    )  # fmt: skip


def _passport_number(rng: Random, nation: Nation) -> str:
    letters = {
        "RUS": "",
        "TUR": "U",
        "GEO": "15AB",
        "UKR": "FE",
        "IRN": "K",
        "PAK": "BN",
        "UZB": "FA",
        "AFG": "P",
        "AZE": "C",
    }
    head = letters.get(nation.state, "")
    return head + "".join(rng.choice("0123456789") for _ in range(9 - len(head)))
