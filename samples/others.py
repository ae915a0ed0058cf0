"""Messages that are no citizenship application: machines, questions, replies, and other authorities' matters."""

# ruff: noqa: E501 - HTML and the sentences of papers read better in whole lines

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from random import Random
from typing import Any

from samples import papers, receipts
from samples.envelope import BAKU, OFFICE, Envelope
from samples.expect import Expectation, Found
from samples.papers import Letter, Paper, certificate
from samples.parcel import Parcel, sheaf
from samples.people import Person, person, written_date
from samples.prints import ans, esc, print_html
from samples.scenarios import Made

DAY = date(2024, 6, 5)


def _at(rng: Random) -> datetime:
    return datetime(DAY.year, DAY.month, DAY.day, rng.randint(8, 19), rng.randint(0, 59), tzinfo=BAKU)


def _someone(key: str, seed: int) -> tuple[Random, Person]:
    rng = Random(f"{key}/{seed}")
    return rng, person(rng, DAY)


def _made(envelope: Envelope, kind: str, decision: str, parcel: Parcel | None = None, **more: Any) -> Made:
    held = parcel or Parcel()
    expectation = Expectation(kind=kind, decision=decision, received=DAY, attachments=tuple(held.attachments),
                              documents=tuple(held.documents), **more)  # fmt: skip
    return Made(envelope.to_bytes(), expectation.to_json())


def _text_only(
    key: str, texts: tuple[tuple[str, str], ...], kind: str, decision: str, **headers: Any
) -> Callable[[int], Made]:
    """A message without attachments; one of several subjects and texts."""

    def make(seed: int) -> Made:
        rng, who = _someone(key, seed)
        subject, text = texts[seed % len(texts)]
        name = f"{who.given_name} {who.surname}"
        more = {k: v for k, v in headers.items() if k in ("reasons", "procedure")}
        extra = {k: v for k, v in headers.items() if k not in more}
        envelope = Envelope(name, who.email, subject, _at(rng), text.format(name=name, full=who.full_name, card=who.card, phone=who.phones[-1]),
                            key=f"{key}{seed}", **extra)  # fmt: skip
        return _made(envelope, kind, decision, **more)

    return make


_QUESTIONS = (
    ("Sual", "Salam. Azərbaycan vətəndaşlığı almaq üçün hansı sənədlər lazımdır və dövlət rüsumu nə qədərdir?\n\nTəşəkkürlər, {name}"),
    ("vetendasliq haqqinda", "Salam, men Bakida 8 ildir yashayiram. Vetendasliq ucun dil imtahanini harda vermek olar?\n{name}"),
    ("Вопрос", "Здравствуйте! Подскажите, пожалуйста, принимаете ли вы документы на гражданство по электронной почте?\n\n{name}"),
)  # fmt: skip
_STATUS = (
    ("Müraciətimin nəticəsi", ("Hörmətli əməkdaşlar, mart ayında vətəndaşlıq üçün müraciət etmişəm. Xahiş edirəm, müraciətimin hansı mərhələdə "
     "olduğunu bildirəsiniz.\n{full}, tel. {phone}")),
    ("status", "Salam. Sənədlərimin baxılmasının nəticəsi nə vaxt bilinəcək?\nHörmətlə, {name}"),
)  # fmt: skip
_WITHDRAWAL = (
    ("Müraciətin geri götürülməsi", "Vətəndaşlığa qəbul barədə verdiyim müraciətə baxılmamasını, sənədlərimin geri qaytarılmasını xahiş edirəm.\n{full}"),
)  # fmt: skip
_LINK = (
    ("Sənədlər", "Salam, vətəndaşlıq üçün ərizə-anketim və bütün sənədlərim bu keçiddədir: https://disk.example/d/7Hc2kQ\nHörmətlə, {name}"),
)  # fmt: skip
_NOTHING = (
    ("Vətəndaşlığa qəbul", "Salam. Azərbaycan Respublikası vətəndaşlığına qəbul edilməyimi xahiş edirəm. Sənədlər əlavədədir.\n{full}\n{card}"),
)  # fmt: skip
_AWAY = (
    ("Avtomatik cavab: Sizin müraciətiniz", "Salam. 3-14 iyun tarixlərində məzuniyyətdəyəm, məktublara qayıtdıqdan sonra cavab verəcəyəm.\n{name}"),
    ("Automatic reply: Qəbul bildirişi", "I am out of the office until 17 June and will answer on my return.\n{name}"),
)  # fmt: skip


def _newsletter(seed: int) -> Made:
    rng = Random(f"newsletter/{seed}")
    text = "İYUN AYINA ÖZƏL!\nBütün ofis mebellərinə 40% endirim. Sifariş üçün saytımıza daxil olun.\n\nAbunəlikdən çıxmaq üçün linkə klikləyin."
    envelope = Envelope("Ofis Dünyası", "xeberler@ofis-dunyasi.example", "40% ENDİRİM yalnız bu həftə!", _at(rng), text,
                        f"<html><body><h1>-40%</h1><p>{text}</p></body></html>",
                        extra=(("List-Unsubscribe", "<https://ofis-dunyasi.example/u/1>"), ("Precedence", "bulk"),
                               ("List-Id", "<xeberler.ofis-dunyasi.example>")), key=f"news{seed}")  # fmt: skip
    return _made(envelope, "other", "ignored")


def _bounce(seed: int) -> Made:
    rng, who = _someone("bounce", seed)
    at = _at(rng)
    ident = f"{rng.getrandbits(64):016x}"
    stamp = at.strftime("%a, %d %b %Y %H:%M:%S +0400")
    lines = f"""Received: from mx.posta.example (mx.posta.example [192.0.2.9]) by mail.migration.example with ESMTP id {ident[:10]};
\t{stamp}
Return-Path: <>
From: Mail Delivery Subsystem <MAILER-DAEMON@posta.example>
To: {OFFICE}
Subject: Undelivered Mail Returned to Sender
Date: {stamp}
Message-ID: <{ident}@posta.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b_{ident}"

--b_{ident}
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.
<{who.email}>: host mx.posta.example said: 550 5.1.1 User unknown

--b_{ident}
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.posta.example

Final-Recipient: rfc822; {who.email}
Action: failed
Status: 5.1.1

--b_{ident}
Content-Type: message/rfc822

From: {OFFICE}
To: {who.email}
Subject: =?utf-8?B?TcO8cmFjacmZdGluaXogccmZYnVsIG9sdW5tdcWfZHVy?=
Message-ID: <{ident[:8]}@migration.example>

(text)

--b_{ident}--
"""
    raw = lines.replace("\n", "\r\n").encode()
    expectation = Expectation(kind="bounce", decision="ignored", received=DAY,
                              attachments=({"file": "message.eml", "status": "ok"},)).to_json()  # fmt: skip
    expectation["attachments"] = []
    return Made(raw, expectation)


def _reply(seed: int) -> Made:
    """An answer to a notice of ours, with the certificate that was lacking; the case is unknown to a one-shot run."""
    rng, who = _someone("reply", seed)
    parcel = Parcel()
    paper = papers.language_certificate(who, rng, papers.recent(rng, DAY))
    parcel.put("dil arayışı", [sheaf(paper, "office", rng)], "pdf")
    reference = "QBL-7K3M9-X2P4A"
    notice = f"<{reference.lower()}.deficiency@migration.example>"
    text = f"Salam, istədiyiniz arayışı göndərirəm.\n{who.full_name}\n\n> Sənədlərinizdə çatışmazlıq aşkar edilmişdir ({reference})."
    envelope = Envelope(f"{who.given_name} {who.surname}", who.email, f"Re: Çatışmazlıqlar barədə bildiriş [{reference}]", _at(rng), text,
                        files=tuple(parcel.files), extra=(("In-Reply-To", notice), ("References", notice)), key=f"reply{seed}")  # fmt: skip
    return _made(envelope, "reply", "review", parcel, reasons=("case_unknown",))


# --- other authorities -----------------------------------------------------------------------------------------------


def _sheet(kind: str, issuer: str, title: str, text: str, rng: Random, to: str = "") -> Paper:
    letter = Letter(issuer, title, "".join(f"<p>{part}</p>" for part in text.split("\n")), "V. Kərimli", "Təsisçi",
                    str(rng.randint(1, 40)), written_date(DAY, "words"), to=to)  # fmt: skip
    return Paper(kind, certificate(letter, rng))


def _redirect(key: str, procedure: str, subject: str, text: str, rng: Random, who: Person, sent: list[tuple[str, Paper]], quality: str,
              container: str) -> Made:  # fmt: skip
    parcel = Parcel()
    for name, paper in sent:
        parcel.put(name, [sheaf(paper, quality, rng)], container)
    envelope = Envelope(
        f"{who.given_name} {who.surname}", who.email, subject, _at(rng), text, files=tuple(parcel.files), key=key
    )
    return _made(envelope, "application", "redirected", parcel, procedure=procedure, name=who.full_name,
                 findings=(Found("other_authority", clause="EMB" if procedure.startswith("consular") else "QA"),))  # fmt: skip


def _llc(seed: int) -> Made:
    rng, who = _someone("llc", seed)
    firm = (
        f"“{rng.choice(('Günəş', 'Araz', 'Mirvari', 'Zirvə'))} {rng.choice(('Ticarət', 'Servis', 'Konsaltinq'))}” MMC"
    )
    sent = [
        ("ərizə", _sheet("company_registration_application", "Dövlət Vergi Xidmətinə", "Kommersiya hüquqi şəxsinin dövlət qeydiyyatı haqqında ƏRİZƏ",
                         f"Xahiş edirəm, {firm} məhdud məsuliyyətli cəmiyyətini dövlət qeydiyyatına alasınız.\nTəsisçi: {_who(who)}\n"
                         f"Hüquqi ünvan: {esc(who.address)}\nNizamnamə kapitalı: 100 manat", rng)),
        ("nizamnamə", _sheet("company_charter", firm, "NİZAMNAMƏ",
                             "1. Ümumi müddəalar. Cəmiyyət Azərbaycan Respublikasının qanunvericiliyinə uyğun yaradılır.\n2. Cəmiyyətin nizamnamə "
                             "kapitalı 100 manatdır.\n3. Cəmiyyətin ali idarəetmə orqanı təsisçilərin ümumi yığıncağıdır.", rng)),
        ("qərar", _sheet("founding_decision", firm, "Təsisçinin QƏRARI № 1",
                         f"Mən, {_who(who)}, qərara aldım: {firm} yaradılsın, nizamnaməsi təsdiq edilsin, direktor təyin edilsin.", rng)),
        ("təsisçi", _sheet("founder_information_individual", firm, "Təsisçi-fiziki şəxs barədə məlumat forması",
                           f"Soyadı, adı: {_who(who)}\nDoğum tarixi: {who.birth_date:%d.%m.%Y}\nPayı: 100 %", rng)),
        ("qəbz", receipts.receipt(receipts.duty(who, DAY, amount=11.0), rng, "bank_slip")),
    ]  # fmt: skip
    text = "Salam, MMC qeydiyyata almaq istəyirəm, sənədlər əlavədədir."
    return _redirect(
        f"llc{seed}", "llc_registration_local", "MMC-nin dövlət qeydiyyatı", text, rng, who, sent, "office", "pdf"
    )


def _who(who: Person) -> str:
    return f'<span data-key="person">{esc(who.full_name)}</span>'


def _id_card(seed: int) -> Made:
    rng, who = _someone("idcard", seed)
    body = f"""<p class="c b">ƏRİZƏ-ANKET</p><p class=c>Şəxsiyyət vəsiqəsinin verilməsi (dəyişdirilməsi) üçün</p><table class=g>
    <tr><td>Soyadı</td><td>{ans("surname", who.surname)}</td></tr><tr><td>Adı</td><td>{ans("given_name", who.given_name)}</td></tr>
    <tr><td>Doğulduğu tarix</td><td>{who.birth_date:%d.%m.%Y}</td></tr><tr><td>Şəxsiyyət vəsiqəsinin dəyişdirilmə səbəbi</td><td>itirilməsi ilə əlaqədar</td></tr>
    <tr><td>Ünvan</td><td>{esc(who.address)}</td></tr></table><p style="margin-top:8mm">Daxili İşlər Nazirliyi, Pasport, qeydiyyat və miqrasiya idarəsinə</p>"""
    blank = Paper(
        "application_form_id_card",
        print_html(body, "body { font-family: 'DejaVu Serif' } .g td { border: 0.5pt solid #000 }"),
    )
    sent = [("ərizə-anket", blank), ("rüsum", receipts.receipt(receipts.duty(who, DAY, amount=25.0), rng, "bank_slip"))]
    text = "Salam. Şəxsiyyət vəsiqəmi itirmişəm, yenisinin verilməsini xahiş edirəm. Ərizə-anket və qəbz əlavə olunur."
    return _redirect(
        f"id{seed}", "id_card_lost", "Şəxsiyyət vəsiqəsinin itirilməsi", text, rng, who, sent, "phone", "jpg"
    )


def _visa(seed: int) -> Made:
    rng, who = _someone("visa", seed)
    form = _sheet("visa_application", "Azərbaycan Respublikasının Səfirliyi\nKonsulluq şöbəsi", "VİZA ÜÇÜN ƏRİZƏ / VISA APPLICATION",
                  f"Surname, given names: {_who(who)}\nPurpose of travel: tourism\nDuration of stay: 20 days\nPassport No.: {who.passport}", rng)  # fmt: skip
    card = _sheet("vaccination_card", "Səhiyyə Nazirliyi", "COVID-19 PEYVƏND PASPORTU",
                  f"{_who(who)} COVID-19 əleyhinə peyvənd olunmuşdur.\nDoza 1: 12.03.2022, Doza 2: 10.04.2022", rng)  # fmt: skip
    text = "Hello, I am sending my visa application and vaccination card by post and by e-mail. When will the visa be ready?"
    return _redirect(
        f"visa{seed}",
        "consular_visa_by_mail",
        "Visa application",
        text,
        rng,
        who,
        [("visa form", form), ("vaccination", card)],
        "clean",
        "pdf",
    )


def _empty(seed: int) -> Made:
    rng, who = _someone("empty", seed)
    return _made(Envelope("", who.email, "", _at(rng), "\n", key=f"empty{seed}"), "other", "ignored")


def _forwarded_question(seed: int) -> Made:
    """An in-house forward of somebody's question: a person's message, so a clerk looks."""
    rng, who = _someone("forward", seed)
    inner = replace(
        Envelope(
            f"{who.given_name} {who.surname}", who.email, "Sual", _at(rng), _QUESTIONS[0][1].format(name=who.given_name)
        ),
        received=False,
    )
    text = "Aidiyyəti üzrə göndərilir."
    parcel = Parcel()
    parcel.note("message.eml")
    envelope = Envelope(
        "Qəbul otağı", "qebul@nazirlik.example", "Fwd: Sual", _at(rng), text, messages=(inner,), key=f"fwd{seed}"
    )
    return _made(envelope, "other", "review", parcel)


OTHERS: dict[str, Callable[[int], Made]] = {
    "ignored-vacation-reply": _text_only("away", _AWAY, "auto_reply", "ignored", extra=(("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All"))),
    "ignored-bounce": _bounce,
    "ignored-newsletter": _newsletter,
    "ignored-empty": _empty,
    "review-question": _text_only("question", _QUESTIONS, "other", "review"),
    "review-status-enquiry": _text_only("status", _STATUS, "other", "review", reply_to="mektub@posta.example"),
    "review-withdrawal": _text_only("withdrawal", _WITHDRAWAL, "other", "review"),
    "review-link-only": _text_only("link", _LINK, "application", "review", procedure="citizenship_acquisition"),
    "review-nothing-attached": _text_only("nothing", _NOTHING, "application", "review", procedure="citizenship_acquisition"),
    "review-reply-unknown-case": _reply,
    "review-forwarded-question": _forwarded_question,
    "redirected-company": _llc,
    "redirected-identity-card": _id_card,
    "redirected-visa": _visa,
}  # fmt: skip
