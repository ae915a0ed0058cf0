"""The papers that DEC189 asks for in restoration, in a child's matter and in renunciation."""

# ruff: noqa: E501 - the sentences of papers read better in whole lines

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from samples.papers import Paper, official_paper
from samples.people import Person, written_date
from samples.prints import esc


@dataclass(frozen=True)
class Family:
    """Who a matter is about: the applicant (a child, in its matters) and who applies for a child."""

    applicant: Person
    parent: Person
    ground: str = "parent"  # parent, adoption, guardianship


def _of(who: Person) -> str:
    return f'<span data-key="person">{esc(who.full_name)}</span>'


def _no_obligations(of: Family, rng: Random, day: date) -> Paper:
    who = of.applicant
    issuer, post = rng.choice((("Dövlət Vergi Xidməti\nBakı şəhəri Baş İdarəsi", "Şöbə rəisi"),
                               ("Ədliyyə Nazirliyi\nİcra Baş İdarəsi", "İdarə rəisi")))  # fmt: skip
    text = (f"Verilir {_of(who)} ondan ötrü ki, onun dövlət, idarə, müəssisə, təşkilatlar və vətəndaşlar qarşısında icra edilməmiş öhdəliyi "
            "yoxdur, vergi borcu qeydə alınmamışdır.\nArayış Dövlət Miqrasiya Xidmətinə təqdim edilir.")  # fmt: skip
    return official_paper(
        "no_obligations_certificate", who, rng, day, issuer, "Öhdəliklərin olmaması haqqında ARAYIŞ", text, post
    )


def _termination(of: Family, rng: Random, day: date) -> Paper:
    who = of.applicant
    text = (f"Arayış verilir {_of(who)} ({written_date(who.birth_date, 'dots')} təvəllüdlü) ondan ötrü ki, onun Azərbaycan Respublikası "
            f"vətəndaşlığına xitam verilmişdir ({who.arrival.year - 3}-ci il Sərəncamı).")  # fmt: skip
    return official_paper("termination_document", who, rng, day, "Azərbaycan Respublikası\nDövlət Miqrasiya Xidməti",
                          "Vətəndaşlığına xitam verilməsi haqqında ARAYIŞ", text, "İdarə rəisi")  # fmt: skip


def _health(of: Family, rng: Random, day: date) -> Paper:
    who = of.applicant
    text = (f"Verilir {_of(who)} ondan ötrü ki, o, İİV/QİÇS müayinəsindən keçmiş, nəticəsi mənfidir. Sağlamlıq vəziyyəti "
            "qənaətbəxşdir, praktik sağlamdır.")  # fmt: skip
    return official_paper("health_certificate", who, rng, day, "Səhiyyə Nazirliyi\nRespublika QİÇS-lə Mübarizə Mərkəzi",
                          "Sağlamlıq haqqında ARAYIŞ", text, "Baş həkim")  # fmt: skip


def _citizenship(of: Family, rng: Random, day: date) -> Paper:
    text = (f"Verilir {esc(of.parent.full_name)} ondan ötrü ki, o, Azərbaycan Respublikasının vətəndaşıdır. Arayış uşağın valideynlərinin "
            "(qəyyumlarının) vətəndaşlığı haqqında sənəd kimi təqdim olunur.")  # fmt: skip
    return official_paper("parents_citizenship_documents", of.parent, rng, day, "Azərbaycan Respublikası\nDövlət Miqrasiya Xidməti",
                          "Vətəndaşlığı haqqında ARAYIŞ", text, "Şöbə rəisi", named=False)  # fmt: skip


def _care(of: Family, rng: Random, day: date) -> Paper:
    child, carer = esc(of.applicant.full_name), esc(of.parent.full_name)
    if of.ground == "adoption":
        title = "ÖVLADLIĞA GÖTÜRMƏ HAQQINDA ŞƏHADƏTNAMƏ"
        text = f"Uşaq {child} {carer} tərəfindən övladlığa götürülmüşdür, bu barədə övladlığa götürmə haqqında akt qeydi aparılmışdır."
        issuer, post = "Ədliyyə Nazirliyi\nYasamal rayon Qeydiyyat şöbəsi", "Şöbə rəisi"
    else:
        title = "QƏYYUMLUQ VƏSİQƏSİ"
        text = f"Azyaşlı {child} üzərində {carer} qəyyum təyin edilmişdir.\nQəyyumluq və himayə orqanı tərəfindən verilmişdir."
        issuer, post = "Nəsimi Rayon İcra Hakimiyyəti\nQəyyumluq və himayə orqanı", "Başçının müavini"
    return official_paper(
        "adoption_guardianship_document", of.applicant, rng, day, issuer, title, text, post, named=False
    )


def _consent(of: Family, rng: Random, day: date) -> Paper:
    other = of.applicant.kin[1].full_name if of.applicant.kin[1:] else of.parent.full_name
    text = (f"Mən, {esc(other)}, {esc(of.applicant.full_name)} adlı uşağın Azərbaycan Respublikası vətəndaşlığı ilə bağlı müraciətə razılıq "
            "verirəm, etirazım yoxdur.\nMən, notarius, imzanın həqiqiliyini təsdiq edirəm.")  # fmt: skip
    return official_paper("notarised_consent", of.applicant, rng, day, "Bakı şəhəri 27 nömrəli Notariat Ofisi", "RAZILIQ ƏRİZƏSİ", text,
                          "Notarius", named=False)  # fmt: skip


def _birth(of: Family, rng: Random, _: date) -> Paper:
    who = of.applicant
    text = (f"Vətəndaş {_of(who)} {written_date(who.birth_date, 'words')} {esc(who.birth_place)} anadan olmuşdur. Doğum haqqında akt "
            f"qeydi № {rng.randint(20, 2000)}.\nAtası haqqında məlumat və anası haqqında məlumat akt qeydinə uyğundur.")  # fmt: skip
    return official_paper("birth_certificate", who, rng, who.birth_date.replace(day=28), "Ədliyyə Nazirliyi\nNəsimi rayon Qeydiyyat şöbəsi",
                          "DOĞUM HAQQINDA ŞƏHADƏTNAMƏ", text, "Şöbə rəisi")  # fmt: skip


#: File names that people give, and the makers.
NAMES = {
    "no_obligations_certificate": "öhdəlik arayışı", "termination_document": "xitam arayışı", "health_certificate": "sağlamlıq",
    "parents_citizenship_documents": "valideyn vətəndaşlığı", "adoption_guardianship_document": "qəyyumluq və ya övladlıq",
    "notarised_consent": "razılıq", "birth_certificate": "doğum şəhadətnaməsi",
}  # fmt: skip
_MAKERS: dict[str, Callable[[Family, Random, date], Paper]] = {
    "no_obligations_certificate": _no_obligations, "termination_document": _termination, "health_certificate": _health,
    "parents_citizenship_documents": _citizenship, "adoption_guardianship_document": _care, "notarised_consent": _consent,
    "birth_certificate": _birth,
}  # fmt: skip


def matter_paper(kind: str, of: Family, rng: Random, day: date) -> Paper:
    """A correct paper of a type for a matter."""
    return _MAKERS[kind](of, rng, day)
