"""Receipts of the state duty in several designs, and what a correct payment says."""

# ruff: noqa: E501 - HTML and the sentences of papers read better in whole lines

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from samples.ink import signature, stamp
from samples.papers import ANY_FONT, SERIF, Paper
from samples.people import Person, written_date
from samples.prints import Print, ans, esc, picture, print_html


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
