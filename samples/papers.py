"""What every paper of a sample is, and the certificates that all applications bring, each in several designs."""

# ruff: noqa: E501 - HTML and the sentences of papers read better in whole lines

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from models.azerbaijani import upper
from samples.ink import signature, stamp
from samples.people import Person, written_date
from samples.prints import Print, esc, picture, print_html

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


OFFICERS = (
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


def named(who: Person, name: str | None = None) -> str:
    return f'<span data-key="person">{esc(name or who.full_name)}</span>'


def language_certificate(who: Person, rng: Random, day: date, name: str | None = None) -> Paper:
    """Knowledge of the state language, Ministry of Education (Institute, examination body)."""
    issuer = rng.choice((
        "Azərbaycan Respublikası Təhsil Nazirliyi", "AZƏRBAYCAN RESPUBLİKASI\nTƏHSİL NAZİRLİYİ",
        "Azərbaycan Respublikası Təhsil Nazirliyi\nTəhsilin İnkişafı İdarəsi",
    ))  # fmt: skip
    shown, number, style = named(who, name), _number(rng), rng.choice(_DATES)
    text = rng.choice((
        (f"<p>Verilir {shown} ondan ötrü ki, o, Azərbaycan Respublikasının dövlət dilini bilir.</p><p>Arayış Azərbaycan "
        "Respublikası Dövlət Miqrasiya Xidmətinə təqdim olunmaq üçün verilir.</p>"),
        (f"<p>Bu arayış təsdiq edir ki, {shown} dövlət dilini bilmə səviyyəsinin yoxlanılması üzrə imtahan vermiş və "
        f"Azərbaycan dilində sərbəst danışıq, oxu və yazı bacarıqlarını nümayiş etdirmişdir (nəticə: {rng.randint(62, 98)} bal).</p>"),
        (f"<p>{shown}, {written_date(who.birth_date, 'dots')} təvəllüdlü, Azərbaycan Respublikasının dövlət dilini "
        "(Azərbaycan dilini) kifayət qədər bilir.</p><p>Təqdim olunur: tələb olunan yerə.</p>"),
    ))  # fmt: skip
    title = rng.choice(("ARAYIŞ", "A R A Y I Ş", "Dövlət dilini bilməsi barədə arayış"))
    letter = Letter(issuer, title, text, rng.choice(OFFICERS), rng.choice(("Şöbə müdiri", "Sektor müdiri", "Nazirin müavini")),
                    number, written_date(day, style), rng.choice(("", "Bakı şəhəri, Xətai prospekti 49")), "TƏHSİL")  # fmt: skip
    return Paper(
        "language_certificate", certificate(letter, rng), None, _statement(name or who.full_name, number, day, issuer)
    )


def _income(who: Person, rng: Random, day: date, kind: str) -> tuple[Letter, str]:
    """The words of an income proof of a subtype; also the person named."""
    job = who.jobs[-1].post
    pay, shown, born = rng.randint(380, 2400), named(who), written_date(who.birth_date, "dots")
    boss = rng.choice(OFFICERS)
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
            (f"Verilir {esc(supporter(who))} ondan ötrü ki, o, müəssisədə çalışır, aylıq gəliri {pay} manatdır. Arayış onun himayəsində "
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


def supporter(who: Person) -> str:
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


def official_paper(kind: str, who: Person, rng: Random, day: date, issuer: str, title: str, text: str, post: str,
           language: str = "az", named: bool = True) -> Paper:  # fmt: skip
    number = _number(rng)
    shown = f"{day:%d.%m.%Y}" if language != "az" else written_date(day, rng.choice(_DATES))
    letter = Letter(
        issuer,
        title,
        "".join(f"<p>{part}</p>" for part in text.split("\n")),
        rng.choice(OFFICERS),
        post,
        number,
        shown,
        seal="BAKI",
    )
    fields = _statement(who.full_name, number, day, issuer)
    if not named:
        fields.pop("person")
    return Paper(kind, certificate(letter, rng), None, fields, language)


def recent(rng: Random, today: date, within: int = 40) -> date:
    """A day shortly before ``today``."""
    return today - timedelta(days=rng.randint(1, within))
