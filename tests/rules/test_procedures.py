"""The other procedures: which may be decided without a clerk, and which belong to somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from models.case import DecisionValue
from models.document import Document
from rules import Policy
from tests.rules.build import (
    CATALOGUE,
    TODAY,
    assessed,
    card,
    certificate,
    field,
    form,
    outcome,
    paper,
    passport,
    photo,
    receipt,
)

NO_SUM_NAMED = {"amount": 30}


def four_photos() -> list[Document]:
    return [photo() for _ in range(4)]


def without(kind: str, documents: Iterable[Document]) -> list[Document]:
    return [document for document in documents if document.type != kind]


def restoration(**answers: object) -> list[Document]:
    return [
        form("application_form_restoration", **answers),
        *four_photos(),
        passport(),
        certificate("termination_document"),
        certificate("family_composition_certificate"),
        certificate("health_certificate"),
        receipt(**NO_SUM_NAMED),
    ]


def child(birth_date: str = "2012-05-01", **answers: object) -> list[Document]:
    words = {"about": "Uşağın atası Azərbaycan vətəndaşlığını əldə etmişdir", **answers}
    return [
        form("application_form_child", birth_date=birth_date, arrival_date="2015", **words),
        certificate("parents_citizenship_documents", "Məmmədov Həsən"),
        certificate("family_composition_certificate"),
        certificate("notarised_consent", "Məmmədov Həsən"),
        *four_photos(),
        certificate("birth_certificate"),
    ]


def renunciation() -> list[Document]:
    answers = {"obligations": "none", "military": "none", "passport": "AA1234567, DİN, 2015"}
    return [
        form("application_form_renunciation", **answers),
        *four_photos(),
        certificate("family_composition_certificate"),
        certificate("no_obligations_certificate"),
        receipt(**NO_SUM_NAMED),
        card("id_card", issuing_state="AZE"),
    ]


def stay(**answers: object) -> list[Document]:
    given = {
        "host_type": "individual", "host_document_type": "şəxsiyyət vəsiqəsi", "host_document_number": "AZE12345678",
        "host_document_issued_on": "2015-01-01", "host_surname": "Quliyev", "host_given_name": "Samir",
        "host_sex": "male", "host_citizenship": "Azərbaycan", "host_birth_date": "1980-01-01",
        "host_birth_country": "Azərbaycan", "host_mobile_phone": "+994501234567", "host_email": "s@example.org",
        "city_district": "Bakı", "guest_document_number": "AB1234567", "guest_document_country": "Rusiya",
        "guest_document_issued_on": "2018-01-01", "guest_surname": "Mammadov", "guest_given_name": "Ali",
        "guest_citizenship": "Rusiya", "guest_birth_country": "Rusiya", "guest_birth_date": "1985-03-12",
        "guest_sex": "male", "arrived_from": "Rusiya", "entry_date": "2020-02-28", "stay_days": 20,
    }  # fmt: skip
    return [paper("application_form_stay", **{**given, **answers}), passport()]


COMPLETE = {
    "citizenship_restoration": restoration(),
    "child_citizenship": child(),
    "citizenship_renunciation": renunciation(),
    "place_of_stay_registration": stay(),
}
SUBJECTS = {
    "citizenship_restoration": "Vətəndaşlığın bərpası",
    "child_citizenship": "Uşağımın vətəndaşlığı",
    "citizenship_renunciation": "Vətəndaşlıqdan çıxma",
    "child_renunciation": "Uşağımın vətəndaşlığına xitam",
    "place_of_stay_registration": "Olduğu yer üzrə qeydiyyat",
}


@pytest.mark.parametrize("key", COMPLETE)
def test_complete_applications_are_accepted(key: str) -> None:
    """DEC189 27, STAY: with the papers in, the application is taken."""
    result = assessed(COMPLETE[key], subject=SUBJECTS[key], text="", number=None)
    assert (result.procedure, outcome(result)) == (key, "accepted")


@pytest.mark.parametrize(
    ("key", "lacking"),
    [
        (key, kind)
        for key, papers in COMPLETE.items()
        for kind in sorted({p.type for p in papers})
        if "form" not in kind
    ],
)
def test_anything_missing_there_goes_to_a_clerk(key: str, lacking: str) -> None:
    """No source gives these procedures an intake refusal or a 5-day term."""
    documents = without(lacking, COMPLETE[key])
    result = assessed(documents, subject=SUBJECTS[key], text="", number=None)
    assert result.decision.value is DecisionValue.REVIEW
    assert result.procedure == key


def test_fewer_photographs_than_four_go_to_a_clerk() -> None:
    """Faces on pages are counted; three are one too few."""
    documents = [*without("photo_3x4", restoration()), *four_photos()[:3]]
    result = assessed(documents, subject="Vətəndaşlığın bərpası", text="", number=None)
    assert (result.findings[0].count, result.decision.value) == (1, DecisionValue.REVIEW)


def test_one_sheet_with_four_photographs_is_four() -> None:
    """Photographs are counted as faces on pages."""
    documents = [*without("photo_3x4", restoration()), photo(faces=4)]
    assert outcome(assessed(documents, subject="Vətəndaşlığın bərpası", text="", number=None)) == "accepted"


@pytest.mark.parametrize(
    ("answers", "decision"),
    [
        ({"arrival_date": "2009-05-04"}, "review: other"),  # left the republic
        ({"arrival_date": "burada doğulmuşam", "about": "Respublikanı heç vaxt terk etməmişəm"}, "accepted"),
        ({"arrival_date": "burada doğulmuşam"}, "review: other"),  # nobody knows
    ],
)
def test_the_health_certificate_is_asked_of_whom_left_the_republic(answers: dict[str, str], decision: str) -> None:
    """DEC189 10: not asked of a person who never left the republic."""
    documents = without("health_certificate", restoration(**answers))
    assert outcome(assessed(documents, subject="Vətəndaşlığın bərpası", text="", number=None)) == decision


def test_the_adoption_document_is_asked_for_adoption_and_guardianship() -> None:
    """DEC189 17 with 15 and 16; an unclear ground is a clerk's."""
    adopted = child(about="Uşaq övladlığa götürülüb")
    assert assessed(adopted, subject="Uşağımın vətəndaşlığı", text="", number=None).decision.value == "review"
    document = certificate("adoption_guardianship_document")
    enclosed = assessed([*adopted, document], subject="Uşağımın vətəndaşlığı", text="", number=None)
    assert outcome(enclosed) == "accepted"
    unclear = assessed(child(about="none"), subject="Uşağımın vətəndaşlığı", text="", number=None)
    assert unclear.decision.value is DecisionValue.REVIEW


def test_a_child_of_fourteen_consents_too() -> None:
    """DEC189 17: the consent of a child aged 14 to 18 beside the parent's."""
    documents = child("2006-03-02")
    assert assessed(documents, subject="Uşağımın vətəndaşlığı", text="", number=None).decision.value == "review"
    both = [*documents, certificate("notarised_consent")]
    assert outcome(assessed(both, subject="Uşağımın vətəndaşlığı", text="", number=None)) == "accepted"
    younger = child("2006-03-03")
    assert outcome(assessed(younger, subject="Uşağımın vətəndaşlığı", text="", number=None)) == "accepted"


def test_child_renunciation_uses_annex_2_and_the_papers_of_17() -> None:
    """DEC189 22-23; words and papers tell it from the parent's own renunciation."""
    documents = [renunciation()[0], *child(about="none")[1:]]
    result = assessed(documents, subject="Uşağımın vətəndaşlığına xitam", text="", number=None)
    assert result.procedure == "child_renunciation"


@pytest.mark.parametrize(("entry", "late"), [("2020-02-21", False), ("2020-02-20", True)])
def test_late_registration_is_a_note(entry: str, late: bool) -> None:
    """EMB: more than 10 days after entry; shown to the clerk, never a refusal."""
    assert date(2020, 3, 2) == TODAY
    result = assessed(stay(entry_date=entry), subject="Olduğu yer üzrə qeydiyyat", text="", number=None)
    assert result.decision.value is DecisionValue.ACCEPTED
    assert [f.code for f in result.findings] == (["registration_late"] if late else [])
    assert result.applicant.name == "Quliyev Samir"


def test_the_guest_is_compared_not_the_host() -> None:
    """The scan is the guest's; a host's own scan beside it is optional."""
    documents = [*stay(), card("id_card", surname="GULIYEV", given_names="SAMIR", birth_date="1980-01-01")]
    assert outcome(assessed(documents, subject="Olduğu yer üzrə qeydiyyat", text="", number=None)) == "accepted"
    stranger = [stay()[0], passport(surname="PETROV", given_names="IVAN")]
    result = assessed(stranger, subject="Olduğu yer üzrə qeydiyyat", text="", number=None)
    assert result.decision.value is DecisionValue.REVIEW


REDIRECTED = {
    "consular_visa_by_mail": ("Viza üçün müraciət", [paper("visa_application"), paper("vaccination_card")]),
    "tax_registration_individual": ("VÖEN açılması", [paper("tax_registration_application")]),
    "llc_registration_local": ("MMC qeydiyyatı, yerli investisiyalı", [paper("company_charter")]),
    "llc_registration_foreign": ("Xarici investisiyalı MMC", [paper("company_charter")]),
    "foreign_branch_registration": ("Xarici şirkətin filialının dövlət qeydiyyatı", [paper("branch_statute")]),
    "vehicle_power_of_attorney": ("Avtomobil üçün etibarnamə", [paper("driving_licence")]),
    "real_estate_sale": ("Daşınmaz əmlakın alqı-satqısı", [paper("ownership_document")]),
    "real_estate_gift": ("Mənzilin bağışlanması, bağışlama müqaviləsi", [paper("ownership_document")]),
    "lease_contract": ("İcarə müqaviləsinin təsdiqi", [paper("ownership_document")]),
    "driving_licence_replacement": ("Sürücülük vəsiqəsinin dəyişdirilməsi", [paper("driving_licence")]),
    "id_card_under_16": ("Uşağım üçün şəxsiyyət vəsiqəsi", [paper("birth_certificate")]),
    "id_card_16_plus": ("Şəxsiyyət vəsiqəsi almaq istəyirəm", [paper("birth_certificate")]),
    "id_card_age_replacement": ("35 yaşına çatdığım üçün şəxsiyyət vəsiqəmin dəyişdirilməsi", [card("id_card")]),
    "id_card_family_status": ("Ailə vəziyyətim dəyişib: şəxsiyyət vəsiqəsi", [paper("marriage_certificate")]),
    "id_card_name_change": ("Soyadım dəyişdiyi üçün şəxsiyyət vəsiqəsi", [paper("name_change_certificate")]),
    "id_card_military_status": ("Hərbi vəzifəm dəyişib: yeni şəxsiyyət vəsiqəsi", [paper("military_document")]),
    "id_card_stateless_pre1992": (
        "Vətəndaşlığı olmayan şəxsin şəxsiyyət vəsiqəsinin dəyişdirilməsi", [card("id_card")],
    ),
    "id_card_residence_change": ("Yaşayış yerim dəyişdiyi üçün şəxsiyyət vəsiqəsi", [paper("housing_document")]),
    "id_card_lost": ("Şəxsiyyət vəsiqəmi itirmişəm", [photo(), photo()]),
}  # fmt: skip


@pytest.mark.parametrize("key", REDIRECTED)
def test_services_of_others_are_redirected(key: str) -> None:
    """QA, EMB: a guidance letter; nothing is registered, nothing is held against anyone."""
    subject, documents = REDIRECTED[key]
    result = assessed(documents, subject=subject, text="Sənədləri göndərirəm.", number=None)
    assert (result.procedure, result.decision.value) == (key, DecisionValue.REDIRECTED)
    assert [finding.code for finding in result.findings] == ["other_authority"]


@pytest.mark.parametrize("text", ["Vətəndaşlığa qəbul üçün sənədlərim", "Qonağım olduğu yer üzrə qeydiyyat"])
def test_nobody_is_sent_away_who_speaks_of_our_matters(text: str) -> None:
    """A word of a matter of this office beside another's is a clerk's to judge."""
    subject, documents = REDIRECTED["id_card_lost"]
    assert outcome(assessed(documents, subject=subject, text=text, number=None)) == "review: procedure_unclear"


def test_no_authority_is_named_where_the_source_names_none() -> None:
    """QA names no authority for identity cards; the letter must not either."""
    subject, documents = REDIRECTED["id_card_lost"]
    text = assessed(documents, subject=subject, text="", number=None).findings[0].text
    assert "Daxili İşlər" not in text
    subject, documents = REDIRECTED["driving_licence_replacement"]
    assert "Daxili İşlər Nazirliyinə" in assessed(documents, subject=subject, text="", number=None).findings[0].text


def test_a_redirect_of_paragraph_8_is_prepared_and_sent_by_a_clerk() -> None:
    """DEC189 8: who was stateless before 1992 applies to the Ministry of Internal Affairs."""
    documents = [certificate("place_of_residence_certificate"), certificate("statelessness_proof")]
    result = assessed(documents, subject="Müraciət", text="Mənim 1992-ci il yanvarın 1-dək vətəndaşlığım olmayıb.")
    assert (result.procedure, outcome(result)) == ("stateless_pre1992", "review: other")
    assert "Daxili İşlər Nazirliyinə" in result.findings[0].text


def test_the_same_build_serves_another_authority() -> None:
    """With ``authority`` set to the tax body its own services are examined and citizenship is redirected."""
    policy = Policy(authority="tax")
    subject, documents = REDIRECTED["tax_registration_individual"]
    own = assessed([*documents, passport()], subject=subject, text="", policy=policy, number=None)
    assert own.decision.value is DecisionValue.REVIEW  # no source lets a program take it
    other = assessed([form("application_form_restoration")], subject="Vətəndaşlığın bərpası", policy=policy)
    assert other.decision.value is DecisionValue.REDIRECTED


def test_two_wishes_at_once_are_not_guessed() -> None:
    """The subject asks for one thing, the form for another."""
    result = assessed([form()], subject="Vətəndaşlıqdan çıxmaq istəyirəm", text="")
    assert outcome(result) == "review: procedure_unclear"
    both = [form(), form("application_form_renunciation", passport=field("AA1"))]
    assert outcome(assessed(both, text="")) == "review: procedure_unclear"


def test_every_procedure_is_tested_here() -> None:
    """No procedure of the catalogue is left without a case."""
    here = {*COMPLETE, *REDIRECTED, "child_renunciation", "stateless_pre1992", "citizenship_acquisition"}
    assert here == set(CATALOGUE.procedures)
