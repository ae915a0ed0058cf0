"""Passports and cards with their machine-readable zones."""

# ruff: noqa: E501 - HTML and the sentences of papers read better in whole lines

from __future__ import annotations

from datetime import date
from random import Random

from PIL import Image

from models.azerbaijani import upper
from samples.ink import stamp
from samples.papers import Paper
from samples.people import Person
from samples.photos import portrait
from samples.prints import esc, picture, print_html

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
