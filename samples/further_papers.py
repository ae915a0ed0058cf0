"""The papers that only some applications bring, and papers that nobody asked for."""

# ruff: noqa: E501 - HTML and the sentences of papers read better in whole lines

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from samples.identity_papers import latin_name, refugee_card, residence_card
from samples.papers import ANY_FONT, OFFICERS, Paper, named, official_paper, supporter
from samples.people import Person, written_date
from samples.prints import esc, print_html


def family_certificate(who: Person, rng: Random, day: date) -> Paper:
    rows = "".join(f"<br>{i}. {esc(k.full_name)} - {esc(k.relationship)}" for i, k in enumerate(who.kin[:2], 1))
    text = (f"Verilir {named(who)} ondan ötrü ki, o, {esc(who.address)} ünvanında yaşayır və ailəsinin tərkibi aşağıdakı kimidir:{rows}\n"
            "Arayış Dövlət Miqrasiya Xidmətinə təqdim edilir.")  # fmt: skip
    issuer = rng.choice(
        ("14 nömrəli Mənzil-Kommunal İstismar Sahəsi", "Xaçmaz rayon İcra Hakimiyyəti\nXudat şəhər Bələdiyyəsi")
    )
    return official_paper(
        "family_composition_certificate", who, rng, day, issuer, "Ailə tərkibi haqqında ARAYIŞ", text, "Sahə rəisi"
    )


def residence_certificate(who: Person, rng: Random, day: date) -> Paper:
    text = (f"Verilir {named(who)} ondan ötrü ki, o, {day.year - 6}-cı ildən bu günədək, o cümlədən son beş il ərzində fasiləsiz olaraq "
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
    Nəsimi Rayon Məhkəməsi hakim {rng.choice(OFFICERS)} sədrliyi ilə, ərizəçi {named(who)} tərəfindən hüquqi əhəmiyyət kəsb edən faktın müəyyən edilməsi
    barədə ərizə üzrə işə açıq məhkəmə iclasında baxaraq, MÜƏYYƏN ETDİ: Ərizəçi heç bir dövlətin vətəndaşlığını əldə etməmişdir.
    Yuxarıda göstərilənlərə əsasən məhkəmə QƏRARA ALDI: {esc(who.full_name)} heç bir dövlətin vətəndaşlığına mənsub olmaması və Azərbaycan Respublikasında
    daimi yaşaması faktı müəyyən edilsin. Qətnamədən bir ay müddətində apellyasiya şikayəti verilə bilər."""
    return official_paper("court_decision_statelessness", who, rng, day, "NƏSİMİ RAYON MƏHKƏMƏSİ",
                  "Azərbaycan Respublikası adından\nQƏTNAMƏ".replace("\n", " - "), text, "Hakim")  # fmt: skip


def motion(who: Person, rng: Random, day: date) -> Paper:
    text = (f"Bildiririk ki, {named(who)} mədəniyyət sahəsində yüksək nailiyyətləri olan şəxs kimi ölkəmizə dəvət edilmişdir.\n"
            "“Azərbaycan Respublikasının vətəndaşlığı haqqında” Qanunun 14-cü maddəsinə əsasən onun Azərbaycan Respublikası vətəndaşlığına qəbul "
            "edilməsi barədə əsaslandırılmış vəsatət qaldırırıq.")  # fmt: skip
    issuer = rng.choice(
        ("Azərbaycan Respublikasının Mədəniyyət Nazirliyi", "AZƏRBAYCAN RESPUBLİKASI\nGƏNCLƏR VƏ İDMAN NAZİRLİYİ")
    )
    return official_paper("state_body_motion", who, rng, day, issuer, "V Ə S A T Ə T", text, "Nazirin müavini")


def attitude_letter(who: Person, rng: Random, day: date) -> Paper:
    """A foreign authority's attitude, in its own language."""
    name = named(who, latin_name(who.full_name))
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
    text = f"Vətəndaş {named(who)} və vətəndaş {esc(supporter(who))} arasında nikah bağlanmışdır, bu barədə nikahın qeydə alınması kitabında qeyd edilmişdir."
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
    text = (f"Bu diplom {named(who)} təhsil müəssisəsində tam kursu bitirdiyini və ona mütəxəssis adı verildiyini təsdiq edir.\n"
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
