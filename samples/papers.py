"""The papers that go with an application, each in several designs: passports, cards, certificates, receipts, letters."""

# ruff: noqa: E501 - HTML and the sentences of papers read better in whole lines

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from PIL import Image

from models.azerbaijani import upper
from samples.ink import signature, stamp
from samples.people import Person, written_date
from samples.photos import portrait
from samples.prints import Print, ans, esc, picture, print_html

SERIF = ("Liberation Serif", "Noto Serif", "DejaVu Serif")
ANY_FONT = (*SERIF, "Carlito", "Liberation Sans", "DejaVu Sans Condensed", "Noto Sans")


@dataclass(frozen=True)
class Paper:
    """A paper, its type (documents.md) and what must be read from it. ``fields`` holds only what is printed."""

    type: str
    printed: Print
    subtype: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    language: str = "az"


# --- letters and certificates ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Letter:
    """The words of a certificate; ``text`` is HTML with marked answers."""

    issuer: str
    title: str
    text: str
    signer: str
    post: str
    number: str = ""
    day: str = ""
    address: str = ""
    seal: str = ""
    to: str = ""


def _letterhead(letter: Letter, rng: Random) -> str:
    """Three kinds of head: centred, a block on the left, a coloured band."""
    lines = "<br>".join(esc(line) for line in letter.issuer.split("\n"))
    small = f'<div class="s">{esc(letter.address)}</div>' if letter.address else ""
    kind = rng.choice(("centre", "left", "band", "rule"))
    issuer = f'<span data-key="issuer">{lines}</span>'
    if kind == "left":
        return f'<div style="width:75mm;text-align:center;margin-bottom:6mm"><div class="b">{issuer}</div>{small}</div>'
    if kind == "band":
        colour = rng.choice(("#1f4e79", "#7a1f1f", "#2e5d34"))
        return (f'<div class="c" style="border-bottom:2.5pt solid {colour};color:{colour};padding-bottom:3mm;'
                f'margin-bottom:6mm"><div class="b" style="font-size:120%">{issuer}</div>{small}</div>')  # fmt: skip
    line = "border-bottom:0.8pt solid #000;padding-bottom:2mm;" if kind == "rule" else ""
    return f'<div class="c" style="{line}margin-bottom:6mm"><div class="b">{issuer}</div>{small}</div>'


def _numbered(letter: Letter, rng: Random) -> str:
    number = f'№ <span data-key="number">{esc(letter.number)}</span>' if letter.number else ""
    day = f'<span data-key="date">{esc(letter.day)}</span>' if letter.day else ""
    if rng.random() < 0.5:
        return f"<table><tr><td>{number}</td><td class=r>{day}</td></tr></table>"
    return f"<div>{day}</div><div>{number}</div>"


def _closing(letter: Letter, rng: Random, sealed: bool = True) -> str:
    seal = ""
    if sealed:
        around = upper(letter.issuer.split("\n")[-1])[:46]
        placed = f"position:absolute;left:{rng.randint(45, 85)}mm;top:{rng.randint(-14, 0)}mm;width:38mm"
        seal = picture(stamp(rng, around, letter.seal or "BAKI"), placed, "stamp_present")
    pen = picture(signature(rng), "height:14mm;vertical-align:middle", "signature_present")
    return f"""<div style="position:relative;margin-top:12mm"><table><tr><td style="width:45%">{esc(letter.post)}</td><td>{pen}</td>
    <td class=r>{esc(letter.signer)}</td></tr></table>{seal}</div>"""


def certificate(letter: Letter, rng: Random, font: str | None = None) -> Print:
    """A certificate or official letter on A4 (now and then on A5)."""
    size = rng.choice((12, 12.5, 13, 11.5))
    family = font or rng.choice(ANY_FONT)
    small = rng.random() < 0.15 and len(letter.text) < 900
    css = f"""@page {{ size: {"A5 landscape" if small else "A4"}; margin: {"12mm" if small else "20mm 18mm 18mm 28mm"} }}
    body {{ font-family: '{family}'; font-size: {size - 2 if small else size}pt; line-height: {rng.choice((1.25, 1.4, 1.6))} }}"""
    to = f'<div style="margin-left:90mm;margin-bottom:6mm">{letter.to}</div>' if letter.to else ""
    body = f"""{_letterhead(letter, rng)}{_numbered(letter, rng)}{to}
    <p class="c b" style="margin:8mm 0;letter-spacing:{rng.choice((0, 2, 4))}pt;font-size:115%">{esc(letter.title)}</p>
    <div class="j">{letter.text}</div>{_closing(letter, rng)}"""
    return print_html(body, css)


_OFFICERS = (
    "R. Səfərov", "A. Nuriyeva", "E. Tağıyev", "S. Əhmədova", "T. Quluzadə", "N. Abbasov", "Z. İbrahimli", "K. Rəsulov",
    "F. Vəliyeva", "Ş. Mirzəyev",
)  # fmt: skip
_DATES = ("dots", "words", "quotes", "dots_il")


def _number(rng: Random) -> str:
    return rng.choice((f"{rng.randint(10, 999)}", f"{rng.randint(1, 40)}/{rng.randint(100, 9999)}",
                       f"{rng.choice('ABDM')}-{rng.randint(100, 2000)}", f"{rng.randint(1, 12):02d}-{rng.randint(1, 99)}/{rng.randint(10, 99)}"))  # fmt: skip


def _statement(name: str, number: str, day: date, issuer: str) -> dict[str, Any]:
    return {
        "issuer": issuer.replace("\n", " "),
        "number": number,
        "date": day.isoformat(),
        "person": name,
        "signature_present": True,
        "stamp_present": True,
    }


def _named(who: Person, name: str | None = None) -> str:
    return f'<span data-key="person">{esc(name or who.full_name)}</span>'


def language_certificate(who: Person, rng: Random, day: date, name: str | None = None) -> Paper:
    """Knowledge of the state language, Ministry of Education (Institute, examination body)."""
    issuer = rng.choice((
        "Azərbaycan Respublikası Təhsil Nazirliyi", "AZƏRBAYCAN RESPUBLİKASI\nTƏHSİL NAZİRLİYİ",
        "Azərbaycan Respublikası Təhsil Nazirliyi\nTəhsilin İnkişafı İdarəsi",
    ))  # fmt: skip
    shown, number, style = _named(who, name), _number(rng), rng.choice(_DATES)
    text = rng.choice((
        (f"<p>Verilir {shown} ondan ötrü ki, o, Azərbaycan Respublikasının dövlət dilini bilir.</p><p>Arayış Azərbaycan "
        "Respublikası Dövlət Miqrasiya Xidmətinə təqdim olunmaq üçün verilir.</p>"),
        (f"<p>Bu arayış təsdiq edir ki, {shown} dövlət dilini bilmə səviyyəsinin yoxlanılması üzrə imtahan vermiş və "
        f"Azərbaycan dilində sərbəst danışıq, oxu və yazı bacarıqlarını nümayiş etdirmişdir (nəticə: {rng.randint(62, 98)} bal).</p>"),
        (f"<p>{shown}, {written_date(who.birth_date, 'dots')} təvəllüdlü, Azərbaycan Respublikasının dövlət dilini "
        "(Azərbaycan dilini) kifayət qədər bilir.</p><p>Təqdim olunur: tələb olunan yerə.</p>"),
    ))  # fmt: skip
    title = rng.choice(("ARAYIŞ", "A R A Y I Ş", "Dövlət dilini bilməsi barədə arayış"))
    letter = Letter(issuer, title, text, rng.choice(_OFFICERS), rng.choice(("Şöbə müdiri", "Sektor müdiri", "Nazirin müavini")),
                    number, written_date(day, style), rng.choice(("", "Bakı şəhəri, Xətai prospekti 49")), "TƏHSİL")  # fmt: skip
    return Paper(
        "language_certificate", certificate(letter, rng), None, _statement(name or who.full_name, number, day, issuer)
    )


def _income(who: Person, rng: Random, day: date, kind: str) -> tuple[Letter, str]:
    """The words of an income proof of a subtype; also the person named."""
    job = who.jobs[-1].post
    pay, shown, born = rng.randint(380, 2400), _named(who), written_date(who.birth_date, "dots")
    boss = rng.choice(_OFFICERS)
    words: dict[str, tuple[str, str, str, str]] = {
        "employment_certificate": (
            f"{job.rsplit(',', 1)[0]}", rng.choice(("ARAYIŞ", "İş yerindən arayış")),
            rng.choice((
                (f"Verilir {shown} ondan ötrü ki, o, həqiqətən {esc(job.rsplit(',', 1)[0])}-da {esc(job.rsplit(',', 1)[-1].strip())} vəzifəsində "
                f"çalışır və aylıq əmək haqqı {pay} manat təşkil edir. Arayış tələb olunan yerə təqdim edilmək üçün verilir."),
                (f"{shown} {who.arrival.year + 2}-ci ildən bu günədək müəssisəmizdə {esc(job.rsplit(',', 1)[-1].strip())} işləyir. Orta aylıq "
                f"əməkhaqqısı {pay},00 AZN-dir."),
            )), "Direktor"),
        "pension_certificate": (
            "Əmək və Əhalinin Sosial Müdafiəsi Nazirliyi\nDövlət Sosial Müdafiə Fondu", "ARAYIŞ",
            (f"Verilir {shown} ondan ötrü ki, o, əmək pensiyası alır. Təyin olunmuş aylıq pensiyanın məbləği {pay // 2} manat "
            f"{rng.randint(10, 99)} qəpikdir."), "Şöbə müdiri"),
        "scholarship_certificate": (
            "Bakı Dövlət Universiteti", "Arayış",
            (f"{shown} universitetin magistratura pilləsində əyani təhsil alır və ona hər ay {pay // 5} manat məbləğində təqaüd "
            "ödənilir."), "Tədris şöbəsinin müdiri"),
        "social_aid_certificate": (
            "Əmək və Əhalinin Sosial Müdafiəsi Nazirliyi\nDOST Mərkəzi", "ARAYIŞ",
            f"{shown} ({born}) ailəsi ünvanlı dövlət sosial yardımı alan ailədir. Aylıq sosial yardımın məbləği {pay // 4} manatdır.",
            "Mərkəzin direktoru"),
        "tax_income_certificate": (
            "Dövlət Vergi Xidməti\n4 nömrəli Ərazi Vergilər Baş İdarəsi", "Fiziki şəxsin gəlirləri haqqında ARAYIŞ",
            (f"Vergi ödəyicisi {shown} (VÖEN {tax_number(rng)}) tərəfindən {day.year - 1}-ci il üzrə təqdim edilmiş bəyannaməyə əsasən "
            f"vergiyə cəlb olunan gəliri {pay * 11} manat olmuşdur."), "İdarə rəisi"),
        "alimony_certificate": (
            "Ədliyyə Nazirliyi\nNəsimi rayon İcra Şöbəsi", "ARAYIŞ",
            f"Verilir {shown} ondan ötrü ki, məhkəmə qərarına əsasən o, uşağının saxlanması üçün hər ay {pay // 5} manat aliment alır.",
            "İcra məmuru"),
        "guardian_income_certificate": (
            "“Dəniz Neft Qurğuları” MMC", "ARAYIŞ",
            (f"Verilir {esc(_supporter(who))} ondan ötrü ki, o, müəssisədə çalışır, aylıq gəliri {pay} manatdır. Arayış onun himayəsində "
            f"olan {shown} üçün təqdim edilmək məqsədilə verilir."), "Baş mühasib"),
        "inheritance_certificate": (
            "Bakı şəhəri 12 nömrəli Notariat Ofisi", "QANUN ÜZRƏ VƏRƏSƏLİK HAQQINDA ŞƏHADƏTNAMƏ",
            (f"Mən, notarius, təsdiq edirəm ki, mərhumun əmlakının vərəsəsi {shown} ({born} təvəllüdlü) hesab olunur. Vərəsəlik "
            "əmlakı bankda olan pul əmanətindən ibarətdir."), "Notarius"),
        "other": (
            "“Kapital Sərmayə” Bank ASC", "ARAYIŞ",
            f"Bildiririk ki, {shown} bankımızda müddətli əmanəti var, aylıq faiz gəliri {pay // 2} manatdır.", "Filial müdiri"),
    }  # fmt: skip
    issuer, title, text, post = words[kind]
    number = _number(rng)
    letter = Letter(issuer, title, f"<p style='text-indent:10mm'>{text}</p>", boss, post, number, written_date(day, rng.choice(_DATES)),
                    rng.choice(("", "Bakı, Nizami küç. 117, tel. (012) 498 12 44")), "MMC")  # fmt: skip
    return letter, who.full_name


def _supporter(who: Person) -> str:
    return next((k.full_name for k in who.kin if k.relationship in ("ər", "arvad")), who.kin[0].full_name)


def income_proof(who: Person, rng: Random, day: date, kind: str = "employment_certificate") -> Paper:
    """Proof of a lawful income of a subtype."""
    letter, name = _income(who, rng, day, kind)
    fields = _statement(name, letter.number, day, letter.issuer)
    if kind == "guardian_income_certificate":
        fields.pop("person")
    return Paper("income_proof", certificate(letter, rng), kind, fields)


def tax_number(rng: Random) -> str:
    """A VÖEN with a right check digit."""
    while True:
        head = [rng.randint(1, 9), *(rng.randint(0, 9) for _ in range(7))]
        check = sum(d * w for d, w in zip(head, (4, 1, 8, 6, 2, 7, 5, 3), strict=True)) % 11
        if check < 10:
            return "".join(map(str, head)) + f"{check}2"


# --- passports and cards ---------------------------------------------------------------------------------------------

_MRZ = {
    "Ə": "A", "Ş": "SH", "Ç": "CH", "Ğ": "G", "Ö": "O", "Ü": "U", "İ": "I", "X": "KH", "J": "ZH", "I": "Y", "C": "J",
}  # fmt: skip
_MRZ_PLAIN = {**_MRZ, "Ə": "E", "Ş": "S", "Ç": "C", "X": "KH", "I": "I", "C": "C", "J": "J"}


def latin_name(text: str, plainly: bool = True) -> str:
    """A name as a passport prints it: A-Z only."""
    table = _MRZ_PLAIN if plainly else _MRZ
    return "".join(table.get(letter, letter) for letter in upper(text))


def check_digit(text: str) -> str:
    """The ICAO 9303 check digit."""
    values = [0 if c == "<" else int(c) if c.isdigit() else ord(c) - 55 for c in text]
    return str(sum(v * (7, 3, 1)[i % 3] for i, v in enumerate(values)) % 10)


def _filled(text: str, length: int) -> str:
    return text.replace(" ", "<").replace("-", "<")[:length].ljust(length, "<")


def td3(
    state: str, nationality: str, surname: str, given: str, number: str, birth: date, sex: str, until: date
) -> list[str]:
    """The two lines of a passport's machine-readable zone."""
    first = f"P<{state}" + _filled(f"{surname}<<{given}", 39)
    personal = "<" * 14
    parts = [_filled(number, 9), f"{birth:%y%m%d}", f"{until:%y%m%d}"]
    digits = [check_digit(part) for part in parts]
    second = f"{parts[0]}{digits[0]}{nationality}{parts[1]}{digits[1]}{sex}{parts[2]}{digits[2]}{personal}<"
    return [first, second + check_digit(second[:10] + second[13:20] + second[21:43])]


def td1(code: str, state: str, nationality: str, surname: str, given: str, number: str, optional: str, birth: date, sex: str,
        until: date) -> list[str]:  # fmt: skip
    """The three lines of a card's machine-readable zone."""
    held = _filled(number, 9)
    first = f"{_filled(code, 2)}{state}{held}{check_digit(held)}{_filled(optional, 15)}"
    born, ends = f"{birth:%y%m%d}", f"{until:%y%m%d}"
    second = f"{born}{check_digit(born)}{sex}{ends}{check_digit(ends)}{nationality}" + "<" * 11
    second += check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
    return [first, second, _filled(f"{surname}<<{given}", 30)]


def _mrz_html(lines: list[str], size: float) -> str:
    return "".join(f'<div data-key="mrz" style="white-space:pre">{esc(line)}</div>' for line in lines).join(
        (f"<div style=\"font-family:'OCR B';font-size:{size}pt;line-height:1.45;letter-spacing:0\">", "</div>")
    )


_PASSPORT_WORDS = {
    "RUS": ("РОССИЙСКАЯ ФЕДЕРАЦИЯ / RUSSIAN FEDERATION", "ПАСПОРТ / PASSPORT", ("Фамилия/Surname", "Имя/Given names",
            "Гражданство/Nationality", "Дата рождения/Date of birth", "Пол/Sex", "Дата выдачи/Date of issue",
            "Дата окончания срока действия/Date of expiry", "Номер паспорта/Passport No.", "Орган, выдавший документ/Authority")),
    "TUR": ("TÜRKİYE CUMHURİYETİ / REPUBLIC OF TURKEY", "PASAPORT / PASSPORT", ("Soyadı/Surname", "Adı/Given Name(s)",
            "Uyruğu/Nationality", "Doğum Tarihi/Date of Birth", "Cinsiyeti/Sex", "Düzenleme Tarihi/Date of issue",
            "Geçerlilik Tarihi/Date of expiry", "Pasaport No/Passport No", "Veren Makam/Authority")),
}  # fmt: skip
_PASSPORT_PLAIN = ("Surname", "Given names", "Nationality", "Date of birth", "Sex", "Date of issue", "Date of expiry",
                   "Passport No.", "Authority")  # fmt: skip
_STATE_EN = {
    "GEO": "GEORGIA", "UKR": "УКРАЇНА / UKRAINE", "IRN": "ISLAMIC REPUBLIC OF IRAN", "PAK": "ISLAMIC REPUBLIC OF PAKISTAN",
    "UZB": "O‘ZBEKISTON RESPUBLIKASI / REPUBLIC OF UZBEKISTAN", "AFG": "ISLAMIC REPUBLIC OF AFGHANISTAN",
    "GBR": "UNITED KINGDOM OF GREAT BRITAIN AND NORTHERN IRELAND",
    "AZE": "AZƏRBAYCAN RESPUBLİKASI / REPUBLIC OF AZERBAIJAN",
}  # fmt: skip


def _guilloche(rng: Random, width: int = 640, height: int = 450) -> Image.Image:
    """The coloured security print behind a passport page."""
    import cv2
    import numpy as np

    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    a, b, c = rng.uniform(18, 30), rng.uniform(22, 40), rng.uniform(120, 260)
    waves = np.sin((y + 18 * np.sin(x / c * 3.1)) / a * 6.3) + np.sin((x + 22 * np.sin(y / c * 2.3)) / b * 6.3)
    lines = np.clip(1.2 - np.abs(waves), 0, 1)
    tint = np.array(rng.choice(((190, 215, 235), (235, 205, 205), (205, 230, 205), (228, 220, 195))), np.float32)
    out = 250 - (250 - tint) * (0.35 + 0.55 * cv2.GaussianBlur(lines, (0, 0), 0.8))[:, :, None]
    return Image.fromarray(np.clip(out, 0, 255).astype(np.uint8))


def passport(who: Person, rng: Random, seed: int, until: date | None = None, surname: str | None = None,
             birth: date | None = None, alone: bool = False) -> Paper:  # fmt: skip
    """The data page of a foreign passport with a true machine-readable zone; ``alone`` is a page cut to its edges."""
    state = who.nation.state
    family = latin_name(surname or who.surname)
    given, born, ends = latin_name(who.given_name), birth or who.birth_date, until or who.passport_until
    issued = min(who.passport_from, date(ends.year - 5, ends.month, min(ends.day, 28)))
    lines = td3(state, state, family, given, who.passport, born, who.sex, ends)
    country, title, labels = _PASSPORT_WORDS.get(state, (_STATE_EN.get(state, ""), "PASSPORT", _PASSPORT_PLAIN))
    values = (family, given, country.rsplit("/", 1)[-1].strip(), _passport_date(born, state), who.sex, _passport_date(issued, state),
              _passport_date(ends, state), who.passport, f"{rng.choice(('MIA', 'FMS', 'MFA', 'HQ', 'JD'))} {rng.randint(100, 9999)}")  # fmt: skip
    keys = (
        "surname",
        "given_names",
        "nationality",
        "birth_date",
        "sex",
        "issue_date",
        "expiry_date",
        "document_number",
        "issuer",
    )
    cells = [
        f'<div style="margin-bottom:1.1mm"><div style="font-size:5pt;color:#345">{label}</div>'
        f'<div style="font-size:8.5pt" data-key="{key}">{esc(value)}</div></div>'
        for label, value, key in zip(labels, values, keys, strict=True)
    ]
    face = portrait(seed, 330, 430, sex=who.sex)
    page = f"""<div style="width:125mm;height:88mm;position:relative;overflow:hidden;border-radius:3mm">
    {picture(_guilloche(rng), "position:absolute;left:0;top:0;width:125mm;height:88mm")}
    <div style="position:absolute;left:6mm;top:3mm;right:4mm;font-size:8pt" class="b">{country}</div>
    <div style="position:absolute;left:6mm;top:8mm;font-size:8pt">{title}
    <span class="s" style="margin-left:8mm">Type P &nbsp; Code {state}</span></div>
    {picture(face, "position:absolute;left:6mm;top:15mm;width:35mm;height:45mm")}
    <div style="position:absolute;left:46mm;top:13.5mm;width:42mm;line-height:1.15">{"".join(cells[:5])}</div>
    <div style="position:absolute;left:90mm;top:13.5mm;width:32mm;line-height:1.15">{"".join(cells[5:])}</div>
    <div style="position:absolute;left:5mm;bottom:4mm">{_mrz_html(lines, 9.6)}</div></div>"""
    if alone:
        body, css = page, "@page { size: 125mm 88mm; margin: 0 }"
    else:
        body = f'<div style="margin:{rng.randint(0, 90)}mm 0 0 {rng.randint(10, 60)}mm">{page}</div>'
        css = "@page { size: A4; margin: 10mm }"
    fields = {
        "surname": family, "given_names": given, "document_number": who.passport, "issuing_state": state, "nationality": state,
        "sex": "female" if who.sex == "F" else "male", "birth_date": born.isoformat(), "issue_date": issued.isoformat(),
        "expiry_date": ends.isoformat(), "mrz": lines, "mrz_valid": True,
    }  # fmt: skip
    printed = print_html(body, css + " body { font-family: 'Liberation Sans'; }")
    return Paper("passport", printed, None, fields, {"RUS": "ru", "TUR": "tr"}.get(state, "en"))


def _passport_date(day: date, state: str) -> str:
    months = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
    if state in ("RUS", "UZB"):
        return f"{day:%d.%m.%Y}"
    return f"{day.day:02d} {months[day.month - 1]} {day.year}"


# --- receipts --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Duty:
    """What a duty receipt says; the defaults are right for the day of payment."""

    payer: str
    day: date
    amount: float = 110.0
    account: str = "AZ17CTRE00000000000002117131"
    voen: str = "1602473621"
    budget: str = "142234"
    recipient: str = "Vergilər Nazirliyi yanında Milli gəlirlər Departamenti"


def duty(who: Person, day: date, **changes: Any) -> Duty:
    """A correct payment of the day (requisites changed on 2017-07-20)."""
    old = {
        "voen": "1403006271",
        "budget": "142213",
        "recipient": "Vergilər Nazirliyi yanında Bakı Vergilər Departamenti",
    }
    base = old if day < date(2017, 7, 20) else {}
    return Duty(**{"payer": who.full_name, "day": day, **base, **changes})


def _sum(amount: float, rng: Random) -> str:
    whole = f"{amount:.2f}"
    return rng.choice((whole, whole.replace(".", ","), whole))


def receipt(paid: Duty, rng: Random, design: str | None = None) -> Paper:
    """A receipt of the state duty in one of several designs."""
    kind = design or rng.choice(tuple(RECEIPTS))
    printed, shown = RECEIPTS[kind](paid, rng)
    fields = {
        "amount": paid.amount, "currency": "AZN", "payer": paid.payer, "date": paid.day.isoformat(), "account": paid.account,
        "voen": paid.voen, "budget_code": paid.budget,
    }  # fmt: skip
    return Paper(
        "state_duty_receipt", printed, None, {key: fields[key] for key in fields if key in shown or key == "currency"}
    )


_ALL = ("amount", "payer", "date", "account", "voen", "budget_code")
_FOR = "Azərbaycan Respublikası vətəndaşlığına qəbul üçün dövlət rüsumu"


def _bank_slip(paid: Duty, rng: Random) -> tuple[Print, tuple[str, ...]]:
    rows = (
        ("Ödəyici", ans("payer", paid.payer)), ("Alan bank", "Dövlət Xəzinədarlıq Agentliyi, kod 210005"),
        ("Alan müştəri", esc(paid.recipient)), ("Hesab", ans("account", paid.account)), ("VÖEN", ans("voen", paid.voen)),
        ("Büdcə təsnifatının kodu", ans("budget_code", paid.budget)), ("Büdcə səviyyəsi", "1"), ("Təyinat", _FOR),
        ("Məbləğ", ans("amount", f"{_sum(paid.amount, rng)} AZN")),
    )  # fmt: skip
    table = "".join(f"<tr><td style='width:38%'>{a}</td><td>{b}</td></tr>" for a, b in rows)
    body = f"""<div style="border:1pt solid #000;padding:5mm"><table><tr><td class=b>“Ortaq Bank” ASC, Nərimanov filialı</td>
    <td class=r>{ans("date", f"{paid.day:%d.%m.%Y}")}</td></tr></table><p class="c b" style="font-size:120%">QƏBZ № {rng.randint(1000, 99999)}</p>
    <table class="g">{table}</table><p style="margin-top:4mm">Kassir: {picture(signature(rng), "height:9mm;vertical-align:middle")}</p></div>"""
    css = f"body {{ font-family: '{rng.choice(ANY_FONT)}'; font-size: 10.5pt }} .g td {{ border-bottom: 0.4pt dotted #444 }}"
    return print_html(body, css), _ALL


def _payment_order(paid: Duty, rng: Random) -> tuple[Print, tuple[str, ...]]:
    body = f"""<p class="c b">ÖDƏNİŞ TAPŞIRIĞI № {rng.randint(1, 400)}</p><p class=c>{ans("date", written_date(paid.day, "words"))}</p>
    <table class=g><tr><td colspan=2 class=b>ÖDƏYƏN (EMİTENT)</td><td colspan=2 class=b>BENEFİSİAR (ALAN)</td></tr>
    <tr><td>Adı</td><td>{ans("payer", paid.payer)}</td><td>Adı</td><td>{esc(paid.recipient)}</td></tr>
    <tr><td>Bank</td><td>“Dostluq Bank” QSC</td><td>Bank</td><td>Dövlət Xəzinədarlıq Agentliyi</td></tr>
    <tr><td>Kod</td><td>50{rng.randint(1000, 9999)}</td><td>Kod</td><td>210005</td></tr>
    <tr><td>VÖEN</td><td>-</td><td>VÖEN (bank)</td><td>1401555071</td></tr>
    <tr><td>Müxbir hesab</td><td>AZ{rng.randint(10, 99)}NABZ0135010000000000{rng.randint(1000, 9999)}</td><td>Müxbir hesab</td><td>AZ41NABZ01360100000000003944</td></tr>
    <tr><td>S.W.I.F.T. BİK</td><td>DSTLAZ22</td><td>S.W.I.F.T. BİK</td><td>CTREAZ22</td></tr>
    <tr><td>Hesab</td><td>AZ{rng.randint(10, 99)}DSTL3801001944{rng.randint(10**9, 10**10 - 1)}</td><td>Hesab</td><td>{ans("account", paid.account)}</td></tr>
    <tr><td colspan=2></td><td>VÖEN</td><td>{ans("voen", paid.voen)}</td></tr>
    <tr><td colspan=2>Valyuta: AZN &nbsp; Məbləğ: <b>{ans("amount", _sum(paid.amount, rng))}</b></td><td>Büdcə təsnifatının kodu</td>
    <td>{ans("budget_code", paid.budget)}</td></tr><tr><td>Təyinat</td><td colspan=2>{_FOR}</td><td>Büdcə səviyyəsinin kodu: 1</td></tr></table>
    <table style="margin-top:8mm"><tr><td>Ödəyicinin imzası {picture(signature(rng), "height:10mm;vertical-align:middle")}</td>
    <td>Bankın qeydləri {picture(stamp(rng, "DOSTLUQ BANK QSC", "İCRA EDİLDİ"), "width:32mm")}</td></tr></table>"""
    css = f"body {{ font-family: '{rng.choice(ANY_FONT)}'; font-size: 9pt }} .g td {{ border: 0.5pt solid #000 }}"
    return print_html(body, css), _ALL


def _terminal(paid: Duty, rng: Random) -> tuple[Print, tuple[str, ...]]:
    dash = "-" * 32
    body = f"""<div class=c><b>eÖDƏ TERMİNAL</b><br>№ {rng.randint(10000, 99999)}<br>{dash}</div>Tarix: {ans("date", f"{paid.day:%d.%m.%Y}")} {rng.randint(9, 20)}:{rng.randint(10, 59)}
    <br>Çek №: {rng.randint(10**8, 10**9)}<br>Xidmət: DMX dövlət rüsumu<br>Ad: {ans("payer", paid.payer)}<br>{dash}<br>Hesab:<br>{ans("account", paid.account)}
    <br>VÖEN: {ans("voen", paid.voen)}<br>Büdcə kodu: {ans("budget_code", paid.budget)}<br>{dash}<br><b>MƏBLƏĞ: {ans("amount", _sum(paid.amount, rng))} AZN</b><br>
    Komissiya: 0.00 AZN<br>{dash}<div class=c>ÖDƏNİŞ QƏBUL EDİLDİ<br>Çeki saxlayın!</div>"""
    css = "@page { size: 80mm 118mm; margin: 4mm } body { font-family: 'DejaVu Sans Mono'; font-size: 8pt; line-height: 1.35 }"
    return print_html(body, css), _ALL


def _internet_bank(paid: Duty, rng: Random) -> tuple[Print, tuple[str, ...]]:
    colour = rng.choice(("#0a6ebd", "#6a1b9a", "#00897b"))
    rows = (
        ("Əməliyyat tarixi", ans("date", f"{paid.day:%d.%m.%Y} {rng.randint(8, 22):02d}:{rng.randint(10, 59)}")), ("Göndərən", ans("payer", paid.payer)),
        ("Kart", f"4169 **** **** {rng.randint(1000, 9999)}"), ("Xidmət", "Dövlət rüsumları / Dövlət Miqrasiya Xidməti"),
        ("Alan", esc(paid.recipient)), ("IBAN", ans("account", " ".join(paid.account[i : i + 4] for i in range(0, 28, 4)))),
        ("VÖEN", ans("voen", paid.voen)), ("Büdcə təsnifatı", ans("budget_code", paid.budget)), ("Ödənişin təyinatı", _FOR),
    )  # fmt: skip
    table = "".join(f"<tr><td style='color:#777;width:40%'>{a}</td><td>{b}</td></tr>" for a, b in rows)
    body = f"""<div style="background:{colour};color:#fff;padding:6mm;font-size:16pt">onlayn-bank.example</div>
    <p style="margin:8mm 0 2mm 0;color:#2e7d32" class=b>✔ Ödəniş uğurla icra edildi</p>
    <p style="font-size:22pt">{ans("amount", _sum(paid.amount, rng))} ₼</p><table class=g>{table}</table>
    <p class=s style="margin-top:10mm;color:#888">Əməliyyatın ID-si {rng.randint(10**11, 10**12)}. Bu sənəd elektron formada yaradılmışdır.</p>"""
    css = "@page { margin: 12mm } body { font-family: 'Noto Sans'; font-size: 10.5pt } .g td { border-bottom: 0.5pt solid #ddd; padding: 2.2mm 1mm }"
    return print_html(body, css), _ALL


def _post_office(paid: Duty, rng: Random) -> tuple[Print, tuple[str, ...]]:
    number = rng.randint(100, 9999)
    body = f"""<table class=g><tr><td style="width:28%" class="c b">“Azərpoçt” MMC<br><br><span class=s>Poçt şöbəsi AZ10{rng.randint(10, 99)}</span><br><br>
    BİLDİRİŞ<br>№ {number}</td><td><table class=n><tr><td>Ödəyənin soyadı, adı</td><td class=u>{ans("payer", paid.payer)}</td></tr>
    <tr><td>Ödənişin növü</td><td class=u>dövlət rüsumu (vətəndaşlıq)</td></tr><tr><td>Hesab №</td><td class=u>{ans("account", paid.account)}</td></tr>
    <tr><td>VÖEN / büdcə təsnifatı</td><td class=u>{ans("voen", paid.voen)} / {ans("budget_code", paid.budget)}</td></tr>
    <tr><td>Məbləğ (rəqəmlə)</td><td class="u b">{ans("amount", f"{int(paid.amount)} manat 00 qəpik")}</td></tr>
    <tr><td>Tarix</td><td class=u>{ans("date", f"{paid.day:%d/%m/%Y}")}</td></tr></table>
    <p class=s>Operator {picture(signature(rng), "height:8mm;vertical-align:middle")} {picture(stamp(rng, "AZƏRPOÇT", f"{paid.day:%d.%m.%y}"), "width:24mm;vertical-align:middle")}</p></td></tr></table>"""
    css = f"@page {{ size: {rng.choice(('A4', '210mm 100mm'))}; margin: 10mm }} body {{ font-family: 'Liberation Sans'; font-size: 9.5pt }} .g > tbody > tr > td {{ border: 0.8pt solid #000 }}"
    return print_html(body, css), _ALL


def _government_portal(paid: Duty, rng: Random) -> tuple[Print, tuple[str, ...]]:
    body = f"""<p class="c b">HÖKUMƏT ÖDƏNİŞ PORTALI</p><p class="c">Ödəniş haqqında arayış</p>
    <p>{ans("date", written_date(paid.day, "dots"))} tarixində {ans("payer", paid.payer)} tərəfindən {ans("amount", f"{_sum(paid.amount, rng)} manat")} məbləğində
    dövlət rüsumu ödənilmişdir.</p><p>Vəsait {esc(paid.recipient)} (VÖEN: {ans("voen", paid.voen)}) hesabına - {ans("account", paid.account)} - köçürülmüşdür.
    Büdcə təsnifatının kodu: {ans("budget_code", paid.budget)}; büdcə səviyyəsinin kodu: 1.</p><p>Təyinat: {_FOR}.</p>
    <p class=s>Qəbz nömrəsi: {rng.randint(10**9, 10**10)}</p>"""
    return print_html(body, f"body {{ font-family: '{rng.choice(SERIF)}'; font-size: 12pt; line-height: 1.5 }}"), _ALL


RECEIPTS: dict[str, Callable[[Duty, Random], tuple[Print, tuple[str, ...]]]] = {
    "bank_slip": _bank_slip, "payment_order": _payment_order, "terminal": _terminal, "internet_bank": _internet_bank,
    "post_office": _post_office, "portal": _government_portal,
}  # fmt: skip


def recent(rng: Random, today: date, within: int = 40) -> date:
    """A day shortly before ``today``."""
    return today - timedelta(days=rng.randint(1, within))


# --- cards -----------------------------------------------------------------------------------------------------------


def _card_side(rng: Random, inner: str, tint: str) -> str:
    return f"""<div style="width:86mm;height:54mm;position:relative;overflow:hidden;border-radius:3mm;border:0.3pt solid #999">
    {picture(_guilloche(rng, 520, 326), "position:absolute;left:0;top:0;width:86mm;height:54mm")}
    <div style="position:absolute;left:0;top:0;right:0;background:{tint};color:#fff;font-size:6.5pt;padding:1mm 3mm">
    AZƏRBAYCAN RESPUBLİKASI / REPUBLIC OF AZERBAIJAN</div>{inner}</div>"""


def _card_text(pairs: list[tuple[str, str, str]]) -> str:
    return "".join(
        f'<div style="margin-bottom:0.7mm"><div style="font-size:4.5pt;color:#345">{label}</div>'
        f'<div style="font-size:7.5pt" class=b data-key="{key}">{esc(value)}</div></div>'
        for label, value, key in pairs
    )


def residence_card(who: Person, rng: Random, seed: int, until: date | None = None) -> Paper:
    """Both sides of a permanent-residence card on one sheet."""
    ends = until or who.card_until
    family, given = latin_name(who.surname), latin_name(who.given_name)
    state = "XXA" if who.stateless else who.nation.state
    front = _card_text([
        ("Soyadı/Surname", upper(who.surname), "surname"), ("Adı/Given names", upper(who.given_name), "given_names"),
        ("Doğum tarixi/Date of birth", f"{who.birth_date:%d.%m.%Y}", "birth_date"), ("Cinsi/Sex", who.sex, "sex"),
        ("Vətəndaşlığı/Nationality", state, "nationality"), ("Etibarlıdır/Valid until", f"{ends:%d.%m.%Y}", "expiry_date"),
    ])  # fmt: skip
    lines = td1(
        "IR", "AZE", state, family, given, who.card_series[:2] + who.card_number, who.fin, who.birth_date, who.sex, ends
    )
    title = "DAİMİ YAŞAMAQ ÜÇÜN İCAZƏ VƏSİQƏSİ<br>PERMANENT RESIDENCE PERMIT"
    face = picture(portrait(seed, 300, 400, sex=who.sex), "position:absolute;left:4mm;top:13mm;width:24mm;height:32mm")
    tint = rng.choice(("#2f5d8a", "#3d6b45", "#7b3f61"))
    one = _card_side(rng, f'<div style="position:absolute;left:4mm;top:5.2mm;font-size:6pt" class=b>{title}</div>{face}'
                     f'<div style="position:absolute;left:31mm;top:12.5mm;line-height:1.15">{front}</div>', tint)  # fmt: skip
    back = f"""<div style="position:absolute;left:4mm;top:8mm;font-size:8pt">Seriya / Series: <b>{esc(who.card_series)}</b> &nbsp;
    № <b data-key="document_number">{esc(who.card_number)}</b><br><span class=s>Verən orqan / Authority: DÖVLƏT MİQRASİYA XİDMƏTİ<br>
    Verilmə tarixi / Date of issue: {who.card_from:%d.%m.%Y}<br>FİN / PIN: {who.fin}</span></div>
    <div style="position:absolute;left:4mm;bottom:3mm">{_mrz_html(lines, 9)}</div>"""
    two = _card_side(rng, back, tint)
    beside = rng.random() < 0.5
    body = f'<div style="margin-top:{rng.randint(5, 40)}mm">{one}</div><div style="margin-top:{rng.randint(6, 20)}mm">{two}</div>'
    if beside:
        body = f'<table style="margin-top:20mm"><tr><td>{one}</td><td>{two}</td></tr></table>'
    css = "@page { size: A4; margin: 12mm 10mm } body { font-family: 'Liberation Sans'; }"
    fields = {
        "surname": family, "given_names": given, "nationality": state,
        "sex": "female" if who.sex == "F" else "male", "birth_date": who.birth_date.isoformat(), "expiry_date": ends.isoformat(),
        "issue_date": who.card_from.isoformat(), "personal_number": who.fin, "mrz": lines, "mrz_valid": True,
    }  # fmt: skip
    return Paper("permanent_residence_card", print_html(body, css), None, fields)


def refugee_card(who: Person, rng: Random, seed: int) -> Paper:
    """A refugee card: a folded paper card with a glued photograph."""
    rows = _card_text([
        ("Soyadı", who.surname, "surname"), ("Adı", who.given_name, "given_names"), ("Doğum tarixi", f"{who.birth_date:%d.%m.%Y}", "birth_date"),
        ("Doğulduğu yer", who.birth_place, "birth_place"), ("Verilmə tarixi", f"{who.card_from:%d.%m.%Y}", "issue_date"),
        ("Etibarlıdır", f"{who.card_until:%d.%m.%Y}", "expiry_date"),
    ])  # fmt: skip
    face = picture(
        portrait(seed, 300, 400, sex=who.sex),
        "position:absolute;left:6mm;top:22mm;width:30mm;height:40mm;border:1pt solid #fff",
    )
    body = f"""<div style="width:125mm;height:88mm;position:relative;border:1pt solid #345;background:#eaf1f6">
    <div class="c b" style="padding-top:3mm;font-size:9pt">AZƏRBAYCAN RESPUBLİKASI<br>DÖVLƏT MİQRASİYA XİDMƏTİ<br>QAÇQIN VƏSİQƏSİ</div>{face}
    <div style="position:absolute;left:42mm;top:22mm;line-height:1.25">{rows}</div>
    <div style="position:absolute;left:6mm;bottom:5mm;font-size:11pt">Seriya {esc(who.card_series)} № <b data-key="document_number">{esc(who.card_number)}</b></div>
    {picture(stamp(rng, "DÖVLƏT MİQRASİYA XİDMƏTİ", "BAKI"), "position:absolute;left:26mm;top:44mm;width:30mm")}</div>"""
    css = "@page { size: A4; margin: 25mm 20mm } body { font-family: 'Liberation Serif' }"
    fields = {
        "surname": who.surname, "given_names": who.given_name, "document_number": who.card, "birth_date": who.birth_date.isoformat(),
        "issue_date": who.card_from.isoformat(), "expiry_date": who.card_until.isoformat(),
    }  # fmt: skip
    return Paper("refugee_card", print_html(body, css), None, fields)


# --- other papers ----------------------------------------------------------------------------------------------------


def official_paper(kind: str, who: Person, rng: Random, day: date, issuer: str, title: str, text: str, post: str,
           language: str = "az", named: bool = True) -> Paper:  # fmt: skip
    number = _number(rng)
    shown = f"{day:%d.%m.%Y}" if language != "az" else written_date(day, rng.choice(_DATES))
    letter = Letter(
        issuer,
        title,
        "".join(f"<p>{part}</p>" for part in text.split("\n")),
        rng.choice(_OFFICERS),
        post,
        number,
        shown,
        seal="BAKI",
    )
    fields = _statement(who.full_name, number, day, issuer)
    if not named:
        fields.pop("person")
    return Paper(kind, certificate(letter, rng), None, fields, language)


def family_certificate(who: Person, rng: Random, day: date) -> Paper:
    rows = "".join(f"<br>{i}. {esc(k.full_name)} - {esc(k.relationship)}" for i, k in enumerate(who.kin[:2], 1))
    text = (f"Verilir {_named(who)} ondan ötrü ki, o, {esc(who.address)} ünvanında yaşayır və ailəsinin tərkibi aşağıdakı kimidir:{rows}\n"
            "Arayış Dövlət Miqrasiya Xidmətinə təqdim edilir.")  # fmt: skip
    issuer = rng.choice(
        ("14 nömrəli Mənzil-Kommunal İstismar Sahəsi", "Xaçmaz rayon İcra Hakimiyyəti\nXudat şəhər Bələdiyyəsi")
    )
    return official_paper(
        "family_composition_certificate", who, rng, day, issuer, "Ailə tərkibi haqqında ARAYIŞ", text, "Sahə rəisi"
    )


def residence_certificate(who: Person, rng: Random, day: date) -> Paper:
    text = (f"Verilir {_named(who)} ondan ötrü ki, o, {day.year - 6}-cı ildən bu günədək, o cümlədən son beş il ərzində fasiləsiz olaraq "
            f"{esc(who.address)} ünvanında yaşayır.")  # fmt: skip
    return official_paper(
        "residence_certificate",
        who,
        rng,
        day,
        "9 nömrəli Mənzil-İstismar Sahəsi",
        "Yaşayış yerindən ARAYIŞ",
        text,
        "Rəis",
    )


def court_decision(who: Person, rng: Random, day: date) -> Paper:
    text = f"""Bakı şəhəri, {written_date(day, "words")}, iş № 2(102)-{rng.randint(100, 9999)}/{day.year}
    Nəsimi Rayon Məhkəməsi hakim {rng.choice(_OFFICERS)} sədrliyi ilə, ərizəçi {_named(who)} tərəfindən hüquqi əhəmiyyət kəsb edən faktın müəyyən edilməsi
    barədə ərizə üzrə işə açıq məhkəmə iclasında baxaraq, MÜƏYYƏN ETDİ: Ərizəçi heç bir dövlətin vətəndaşlığını əldə etməmişdir.
    Yuxarıda göstərilənlərə əsasən məhkəmə QƏRARA ALDI: {esc(who.full_name)} heç bir dövlətin vətəndaşlığına mənsub olmaması və Azərbaycan Respublikasında
    daimi yaşaması faktı müəyyən edilsin. Qətnamədən bir ay müddətində apellyasiya şikayəti verilə bilər."""
    return official_paper("court_decision_statelessness", who, rng, day, "NƏSİMİ RAYON MƏHKƏMƏSİ",
                  "Azərbaycan Respublikası adından\nQƏTNAMƏ".replace("\n", " - "), text, "Hakim")  # fmt: skip


def motion(who: Person, rng: Random, day: date) -> Paper:
    text = (f"Bildiririk ki, {_named(who)} mədəniyyət sahəsində yüksək nailiyyətləri olan şəxs kimi ölkəmizə dəvət edilmişdir.\n"
            "“Azərbaycan Respublikasının vətəndaşlığı haqqında” Qanunun 14-cü maddəsinə əsasən onun Azərbaycan Respublikası vətəndaşlığına qəbul "
            "edilməsi barədə əsaslandırılmış vəsatət qaldırırıq.")  # fmt: skip
    issuer = rng.choice(
        ("Azərbaycan Respublikasının Mədəniyyət Nazirliyi", "AZƏRBAYCAN RESPUBLİKASI\nGƏNCLƏR VƏ İDMAN NAZİRLİYİ")
    )
    return official_paper("state_body_motion", who, rng, day, issuer, "V Ə S A T Ə T", text, "Nazirin müavini")


def attitude_letter(who: Person, rng: Random, day: date) -> Paper:
    """A foreign authority's attitude, in its own language."""
    name = _named(who, latin_name(who.full_name))
    words = {
        "RUS": ("ru", "ПОСОЛЬСТВО РОССИЙСКОЙ ФЕДЕРАЦИИ\nКонсульский отдел", "СПРАВКА",
                (f"Настоящим сообщается, что гражданин(ка) Российской Федерации {name} уведомил(а) консульский отдел о намерении принять гражданство "
                "Азербайджанской Республики. Возражений против приобретения гражданства не имеется."), "Консул"),
        "TUR": ("tr", "TÜRKİYE CUMHURİYETİ\nBakü Büyükelçiliği", "BELGE",
                f"Türk vatandaşı {name} adlı kişinin Azerbaycan vatandaşlığını kazanmasında Büyükelçiliğimizce sakınca görülmemektedir.", "Konsolos"),
    }  # fmt: skip
    english = ("en", "EMBASSY IN BAKU\nConsular Section", "TO WHOM IT MAY CONCERN",
               (f"This is to confirm that our competent authorities have no objection to {name} acquiring the citizenship of the Republic of "
               "Azerbaijan."), "Consul")  # fmt: skip
    language, issuer, title, text, post = words.get(who.nation.state, english)
    return official_paper("foreign_authority_attitude", who, rng, day, issuer, title, text, post, language)


def _marriage(who: Person, rng: Random, day: date) -> Paper:
    text = f"Vətəndaş {_named(who)} və vətəndaş {esc(_supporter(who))} arasında nikah bağlanmışdır, bu barədə nikahın qeydə alınması kitabında qeyd edilmişdir."
    return official_paper(
        "marriage_certificate",
        who,
        rng,
        day,
        "Ədliyyə Nazirliyi\nYasamal rayon Qeydiyyat şöbəsi",
        "NİKAH HAQQINDA ŞƏHADƏTNAMƏ",
        text,
        "Şöbə rəisi",
    )


def _diploma(who: Person, rng: Random, day: date) -> Paper:
    text = (f"Bu diplom {_named(who)} təhsil müəssisəsində tam kursu bitirdiyini və ona mütəxəssis adı verildiyini təsdiq edir.\n"
            "Dövlət attestasiya komissiyasının qərarı ilə ixtisas dərəcəsi verilmişdir.")  # fmt: skip
    return Paper(
        "unknown", official_paper("unknown", who, rng, day, "POLİTEXNİK İNSTİTUTU", "DİPLOM", text, "Rektor").printed
    )


def _utility(who: Person, rng: Random, day: date) -> Paper:
    rows = "".join(
        f"<tr><td>{m:02d}.{day.year}</td><td>{rng.randint(80, 400)} kVt·s</td><td>{rng.uniform(6, 40):.2f}</td></tr>"
        for m in range(1, 6)
    )
    body = f"""<div class=b style="font-size:16pt;color:#b45309">Azərişıq</div><p>Abonent kodu: {rng.randint(10**8, 10**9)}<br>{esc(who.address)}</p>
    <table class=g><tr><td>Dövr</td><td>Sərfiyyat</td><td>Hesablanıb, AZN</td></tr>{rows}</table><p>Elektrik enerjisi üçün bildiriş. Ödəniş müddəti: ayın 20-dək.</p>"""
    return Paper("unknown", print_html(body, "body { font-family: 'Carlito' } .g td { border: 0.5pt solid #888 }"))


def _cv(who: Person, rng: Random, _: date) -> Paper:
    rows = "".join(f"<li>{esc(job.start)} - {esc(job.end or '')}: {esc(job.post)}</li>" for job in who.jobs)
    body = f"""<p style="font-size:20pt">{esc(who.given_name)} {esc(who.surname)}</p><p>{esc(who.email)}</p><p class=b>İş təcrübəsi</p><ul>{rows}</ul>
    <p class=b>Bacarıqlar</p><p>MS Office, ünsiyyət, komanda işi, sürücülük vəsiqəsi (B)</p>"""
    return Paper("unknown", print_html(body, f"body {{ font-family: '{rng.choice(ANY_FONT)}' }}"))


#: File names that people give to these papers.
NAMES = {
    "family_composition_certificate": "ailə tərkibi", "residence_certificate": "yaşayış yeri", "permanent_residence_card": "DYİ vəsiqə",
    "court_decision_statelessness": "qətnamə", "state_body_motion": "vəsatət", "foreign_authority_attitude": "konsulluq",
    "diploma": "diplom", "utility": "işıq pulu", "cv": "CV", "marriage_certificate": "nikah", "refugee_card": "qaçqın vəsiqəsi",
}  # fmt: skip

_MORE: dict[str, Callable[[Person, Random, date], Paper]] = {
    "family_composition_certificate": family_certificate, "residence_certificate": residence_certificate,
    "court_decision_statelessness": court_decision, "state_body_motion": motion, "foreign_authority_attitude": attitude_letter,
    "marriage_certificate": _marriage, "diploma": _diploma, "utility": _utility, "cv": _cv,
}  # fmt: skip


def more(kind: str, who: Person, rng: Random, day: date, seed: int) -> Paper:
    """A further paper by document type (or ``diploma``, ``utility``, ``cv``)."""
    if kind == "permanent_residence_card":
        return residence_card(who, rng, seed)
    if kind == "refugee_card":
        return refugee_card(who, rng, seed)
    return _MORE[kind](who, rng, day)
