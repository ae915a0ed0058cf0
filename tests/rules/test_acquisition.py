"""Acquisition of citizenship (REG28): facts in, findings with clauses and decision out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.case import Category, DecisionValue, RequirementStatus, Severity
from models.document import Document, Field, PagePlace
from models.mail import Attachment, MessageKind, PartStatus
from models.sheet import Language, Source
from rules import Policy
from tests.rules.build import (
    CATALOGUE,
    ENCRYPTED,
    UNKNOWN_PAGE,
    assessed,
    card,
    certificate,
    complete,
    field,
    form,
    illegible,
    outcome,
    passport,
    photo,
    receipt,
    submission,
    swapped,
    unsure,
    without,
)

LAST_OLD_DAY, FIRST_NEW_DAY = date(2018, 1, 30), date(2018, 1, 31)
BEFORE_2019, SINCE_2019 = date(2019, 3, 6), date(2019, 3, 7)


def of_2018(*more: Document) -> list[Document]:
    """The complete set of somebody who paid and signed in 2017."""
    paid = receipt(date="2017-12-01")
    return [*swapped(paid, documents=complete()), *more]


# --- each clause of 2.6.1 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lacking", "decision"),
    [
        ("application_form_acquisition", "refused: missing_form application_form_acquisition (REG28 2.6.1)"),
        ("photo_3x4", "refused: missing_document photo_3x4 (REG28 2.6.1.2)"),
        ("state_duty_receipt", "refused: missing_document state_duty_receipt (REG28 2.6.1.4)"),
        ("language_certificate", "refused: missing_document language_certificate (REG28 2.6.1.6)"),
        ("passport", "refused: missing_document passport (REG28 2.6.1.7)"),
        ("income_proof", "refused: missing_document income_proof (REG28 2.6.1.8)"),
    ],
)
def test_each_paper_of_2_6_1_that_is_lacking_is_refused_under_its_clause(lacking: str, decision: str) -> None:
    """REG28 3.2.1.1: one of the papers of 2.6.1 not enclosed is a ground of refusal; the notice names the clause."""
    assert outcome(assessed(without(lacking))) == decision


def test_the_complete_set_is_accepted() -> None:
    """REG28 3.1.2: papers that agree with 2.6.1 are accepted; every requirement says how it was met."""
    result = assessed(complete())
    assert outcome(result) == "accepted"
    assert result.decision.automatic
    assert result.applicant.name == "Məmmədov Əli Həsən oğlu"
    assert result.catalogue_version == "citizenship_acquisition@2019-03-07"
    met = {item.clause: item.status for item in result.requirements}
    assert met["REG28 2.6.1.7"] is RequirementStatus.MET
    assert met["REG28 2.6.1.8-1"] is RequirementStatus.NOT_REQUIRED


def test_every_lack_is_named() -> None:
    """A refusal names every finding, deficiencies too."""
    documents = [form(purpose=None), passport(expiry_date="2019-01-01"), photo()]
    found = [(f.code, f.clause) for f in assessed(documents).findings]
    assert found == [
        ("missing_document", "REG28 2.6.1.4"),
        ("missing_document", "REG28 2.6.1.6"),
        ("missing_document", "REG28 2.6.1.8"),
        ("form_incomplete", "REG28 2.6.1"),
        ("document_expired", "REG28 2.6.1.7"),
    ]


@pytest.mark.parametrize(
    ("kind", "clause"), [("family_composition_certificate", "2.6.1.3"), ("residence_certificate", "2.6.1.5")]
)
def test_family_and_residence_certificates_were_required_until_30_january_2018(kind: str, clause: str) -> None:
    """Decision No. 4 of 31 January 2018 repealed 2.6.1.3 and 2.6.1.5 (note [10])."""
    both = ("family_composition_certificate", "residence_certificate")
    others = [certificate(other) for other in both if other != kind]
    lacking = assessed(of_2018(*others), LAST_OLD_DAY)
    assert outcome(lacking) == f"refused: missing_document {kind} (REG28 {clause})"
    assert outcome(assessed(of_2018(*(certificate(item) for item in both)), LAST_OLD_DAY)) == "accepted"
    assert outcome(assessed(of_2018(), FIRST_NEW_DAY)) == "accepted"


def test_any_identity_document_served_before_7_march_2019() -> None:
    """2.6.1.7 in its first wording: a copy of an identity document; since decision No. 01 of 2019 a passport."""
    documents = [*without("passport", of_2018()), card("permanent_residence_card")]
    assert outcome(assessed(documents, BEFORE_2019)) == "accepted"
    assert outcome(assessed(documents, SINCE_2019)) == "refused: missing_document passport (REG28 2.6.1.7)"
    lacking = assessed(without("passport", of_2018()), BEFORE_2019)
    assert outcome(lacking) == "refused: missing_document id_document (REG28 2.6.1.7)"


def test_the_refugee_card_serves_since_7_march_2019() -> None:
    """2.6.1.1 in its first wording knew only the permanent-residence card."""
    documents = [*of_2018(), card("refugee_card")]
    before = assessed(documents, BEFORE_2019, number=None)
    assert outcome(before) == "refused: missing_datum residence_card_number (REG28 2.6.1.1)"
    assert outcome(assessed(documents, SINCE_2019, number=None)) == "accepted"


def test_the_court_decision_is_asked_since_7_march_2019() -> None:
    """2.6.1.8-1 was added by decision No. 01 of 2019; it also waives card number and passport."""
    stateless = form(citizenship="stateless", about="Məhkəmə qətnaməsi ilə vətəndaşlığımın olmaması müəyyən edilib")
    documents = without("passport", swapped(stateless))
    lacking = assessed(documents, SINCE_2019.replace(year=2020), number=None)
    assert outcome(lacking) == "refused: missing_document court_decision_statelessness (REG28 2.6.1.8-1)"
    decision = certificate("court_decision_statelessness")
    assert outcome(assessed([*documents, decision], number=None)) == "accepted"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("vətəndaşlığına mənsub olmaması və Azərbaycan Respublikasında daimi yaşaması faktı", "accepted"),
        ("2016-cı ildən respublikada yaşayır; vətəndaşlığına mənsub olmaması faktı müəyyən edilsin", "review"),
        ("daimi yaşaması faktı müəyyən edilsin", "review"),
    ],
)
def test_a_court_decision_states_both_facts(said: str, expected: str) -> None:
    """2.6.1.8-1: belonging to no state, and living here permanently; a decision on one of them goes to a clerk."""
    stateless = form(citizenship="stateless", about="Məhkəmə qətnaməsi ilə vətəndaşlığımın olmaması müəyyən edilib")
    decision = certificate("court_decision_statelessness", statement=said)
    documents = [*without("passport", swapped(stateless)), decision]
    assert assessed(documents, number=None).decision.value is DecisionValue(expected)


def test_a_court_decision_of_several_pages_states_both_facts_too() -> None:
    """Its statement holds the text of all pages; length excuses nothing."""
    stateless = form(citizenship="stateless", about="Məhkəmə qətnaməsi ilə vətəndaşlığımın olmaması müəyyən edilib")
    decision = certificate("court_decision_statelessness", statement="vətəndaşlığına mənsub olmaması faktı")
    long = replace(decision, pages=(*decision.pages, PagePlace("court.pdf", 2)))
    result = assessed([*without("passport", swapped(stateless)), long], number=None)
    assert result.decision.value is DecisionValue.REVIEW


@pytest.mark.parametrize(("day", "part"), [(date(2018, 5, 28), "dördüncü"), (date(2018, 5, 29), "beşinci")])
def test_the_motion_of_2_6_1_9_cites_the_part_of_article_14_of_its_day(day: date, part: str) -> None:
    """Decision No. 05 of 29 May 2018 replaced "dördüncü" by "beşinci" (note [13])."""
    documents = swapped(form(attached_documents="nazirliyin əsaslandırılmış vəsatəti"), documents=of_2018())
    result = assessed(documents, day)
    assert outcome(result) == "refused: missing_document state_body_motion (REG28 2.6.1.9)"
    assert part in result.findings[0].text
    assert outcome(assessed([*documents, certificate("state_body_motion")], day)) == "accepted"


def test_treaty_citizens_bring_the_attitude_of_their_state() -> None:
    """2.6.1.10: the paper, or the statement in the form that it could not be had; states are configuration."""
    policy = Policy(treaty_states=("Rusiya Federasiyası",))
    lacking = assessed(complete(), policy=policy)
    assert outcome(lacking) == "refused: missing_document foreign_authority_attitude (REG28 2.6.1.10)"
    assert lacking.applicant.category is Category.TREATY_CITIZEN
    assert outcome(assessed([*complete(), certificate("foreign_authority_attitude")], policy=policy)) == "accepted"
    stated = form(about="Dövlətimin münasibətini bildirən sənədi almaq məndən asılı olmayan səbəblərdən mümkün deyil")
    assert outcome(assessed(swapped(stated), policy=policy)) == "accepted"


def test_the_statement_in_the_letter_only_is_not_enough() -> None:
    """2.6.1.10: the person must state it in the form."""
    policy = Policy(treaty_states=("Rusiya",))
    letter = "Dövlətimin münasibətini bildirən sənədi almaq məndən asılı olmayan səbəblərdən mümkün deyil."
    assert assessed(complete(), policy=policy, text=letter).decision.value is DecisionValue.REFUSED


def test_no_law_no_decision() -> None:
    """Before 19 November 2015 the regulation did not exist; a clerk looks."""
    assert assessed(complete(), date(2015, 11, 18)).decision.value is DecisionValue.REVIEW


# --- the residence-card number (2.6.1.1) -----------------------------------------------------------------------------


def test_the_card_number_may_stand_anywhere() -> None:
    """In the letter, in the form or on an enclosed card."""
    assert outcome(assessed(complete())) == "accepted"
    assert outcome(assessed(swapped(form(residence_card_number="AZE 1234567")), number=None)) == "accepted"
    assert outcome(assessed([*complete(), card("permanent_residence_card")], number=None)) == "accepted"


def test_nowhere_is_a_refusal() -> None:
    """2.6.1.1 not given is one of the lacks of 3.2.1.1."""
    result = assessed(complete(), number=None)
    assert outcome(result) == "refused: missing_datum residence_card_number (REG28 2.6.1.1)"


@pytest.mark.parametrize("value", ["1234567", "AZE"])
def test_only_series_or_only_number_goes_to_a_clerk(value: str) -> None:
    """procedures.md: only one of series and number is review."""
    assert outcome(assessed(complete(), number=field(value))) == "review: other"


def test_a_number_hinted_at_is_no_certain_absence() -> None:
    """A text that seems to hold the number, unread, must not be refused."""
    text = "Daimi yaşamaq üçün icazə vəsiqəsinin nömrəsi: AZE-1234567"
    assert outcome(assessed(complete(), number=None, text=text)) == "review: low_confidence"


def test_an_illegible_card_is_to_be_sent_again() -> None:
    """The card came; nobody can read it. That is no missing datum."""
    blurred = illegible(card("permanent_residence_card"))
    result = assessed([*complete(), blurred], number=None)
    assert outcome(result) == "deficiency: document_illegible permanent_residence_card (REG28 2.6.1.1)"


def test_two_different_numbers_contradict() -> None:
    """Letter and card must say the same number."""
    documents = [*complete(), card("permanent_residence_card", "AZE7654321")]
    assert outcome(assessed(documents)) == "review: contradiction"


# --- categories ------------------------------------------------------------------------------------------------------

COURT = certificate("court_decision_statelessness")
MOTION = certificate("state_body_motion")


@pytest.mark.parametrize(
    ("documents", "text", "category"),
    [
        ([form()], "", Category.FOREIGNER),
        ([form(citizenship="stateless")], "", Category.FOREIGNER),
        ([form(), card("refugee_card")], "", Category.REFUGEE),
        ([form(citizenship="qaçqın")], "", Category.REFUGEE),
        ([form(about="2012-ci ildə qaçqın statusu almışam")], "", Category.REFUGEE),
        ([form(about="Qaçqın statusum yoxdur")], "", Category.FOREIGNER),
        ([form(), COURT], "", Category.STATELESS_BY_COURT),
        ([form(citizenship="stateless")], "Məhkəmə qətnaməsi ilə vətəndaşlığım yoxdur", Category.STATELESS_BY_COURT),
        ([form(), MOTION], "", Category.HIGH_ACHIEVER),
        ([form(about="İdman Nazirliyinin vəsatəti var")], "", Category.HIGH_ACHIEVER),
        ([form(purpose="Vətəndaşlığa qəbul olunmaq barədə vəsatət qaldırıram")], "", Category.FOREIGNER),
    ],
)
def test_evidence_that_makes_a_category_certain(documents: list[Document], text: str, category: Category) -> None:
    """procedures.md, "Evidence that makes a category certain"."""
    result = assessed([*without("application_form_acquisition"), *documents], text=text)
    assert result.applicant.category is category
    assert "category_unclear" not in result.decision.review_reasons


@pytest.mark.parametrize(
    ("documents", "text"),
    [
        ([form(), card("refugee_card"), COURT], ""),
        ([form()], "Mən qaçqınam"),
        ([form(about="Atam qaçqındır")], ""),
        ([form()], "Qətnamə: vətəndaşlığımın olmaması məhkəmə ilə müəyyən edilib"),
        ([form(), unsure(card("refugee_card"))], ""),
    ],
)
def test_two_categories_or_a_lesser_hint_go_to_a_clerk(documents: list[Document], text: str) -> None:
    """A category is never guessed."""
    result = assessed([*without("application_form_acquisition"), *documents], text=text)
    assert "category_unclear" in result.decision.review_reasons


def test_a_refugee_without_passport_is_taken_to_have_none() -> None:
    """2.6.1.7 since 2019 excepts refugees who have no passport; the refugee card gives the number of 2.6.1.1."""
    documents = [*without("passport"), card("refugee_card")]
    assert outcome(assessed(documents, number=None)) == "accepted"


def test_a_paper_whose_zone_was_read_is_not_illegible() -> None:
    """However badly its page is judged: the notice says that the passport has expired, not that it cannot be read."""
    expired = passport(expiry_date="2019-01-01")
    expired = replace(expired, legibility=0.02, fields={**expired.fields, "mrz_valid": Field(True, "", 0.99)})
    assert outcome(assessed(swapped(expired))) == "deficiency: document_expired passport (REG28 2.6.1.7)"


def test_a_form_whose_answers_were_read_is_not_illegible() -> None:
    """A page with the signature alone may look like nothing; a form with a page that nobody reads stays illegible."""
    read = replace(form(), legibility=0.2)
    assert outcome(assessed(swapped(read))) == "accepted"
    lost = {key: replace(found, confidence=0.3) for key, found in list(read.fields.items())[::3]}
    partly = replace(read, fields={**read.fields, **lost})
    assert "document_illegible" in outcome(assessed(swapped(partly)))


def test_the_passport_a_refugee_encloses_is_looked_at() -> None:
    """A refugee who encloses a passport has one; an expired one is a deficiency."""
    documents = [*swapped(passport(expiry_date="2019-01-01")), card("refugee_card")]
    assert outcome(assessed(documents)) == "deficiency: document_expired passport (REG28 2.6.1.7)"


# --- the form --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [p.key for p in CATALOGUE.forms["application_form_acquisition"].parts if p.required])
def test_each_required_question_unanswered_is_a_refusal(key: str) -> None:
    """REG28 3.2.1.1: the form not filled in completely."""
    assert outcome(assessed(swapped(form(**{key: None})))) == f"refused: form_incomplete {key} (REG28 2.6.1)"


@pytest.mark.parametrize("key", ["patronymic", "former_names", "phones", "about", "children"])
def test_questions_that_need_no_answer(key: str) -> None:
    """A missing patronymic alone is never a refusal, nor are phones, 17 and 19."""
    assert outcome(assessed(swapped(form(**{key: None})))) == "accepted"


@pytest.mark.parametrize("key", ["convictions", "employment", "relatives", "other_citizenships"])
def test_a_denial_is_an_answer(key: str) -> None:
    """ "yoxdur" is an answer (fields.md)."""
    assert outcome(assessed(swapped(form(**{key: "none"})))) == "accepted"


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ({"birth_date": field(None, raw="31.02.1985")}, "birth_date"),
        ({"arrival_date": "1984-05"}, "arrival_date"),
        ({"arrival_date": "1984"}, "arrival_date"),
        ({"arrival_date": "2031-01-01"}, "arrival_date"),
        ({"signed_on": field(None, raw="30 fevral 2020")}, "signed_on"),
        ({"signed_on": "2020-03-03"}, "signed_on"),
    ],
)
def test_answers_that_cannot_be_right(answers: dict[str, object], key: str) -> None:
    """Impossible dates, arrival before birth, days in the future; alone, without form_incomplete beside it."""
    assert outcome(assessed(swapped(form(**answers)))) == f"refused: form_invalid {key} (REG28 2.6.1)"


@pytest.mark.parametrize("arrival", ["Azərbaycanda doğulmuşam", "1985", "1985-03"])
def test_born_here_or_arrived_in_the_year_of_birth_is_an_answer(arrival: str) -> None:
    """Year precision is no contradiction with the birth date."""
    assert outcome(assessed(swapped(form(arrival_date=arrival)))) == "accepted"


JOB = {"from": "2010-01", "to": None, "organisation_position": "usta", "address": "Bakı"}
CHILD = {"relation": "oğlu", "full_name": "Məmmədov Anar", "birth": "2012-04", "birth_place": "Bakı", "note": None}


@pytest.mark.parametrize(
    ("key", "row", "expected"),
    [
        ("employment", {**JOB, "from": "2020-04"}, "refused: form_invalid employment (REG28 2.6.1)"),
        ("employment", {**JOB, "from": "2020-03"}, "accepted"),
        ("employment", {**JOB, "to": "2025-12"}, "accepted"),
        ("employment", {**JOB, "from": "bilinmir"}, "accepted"),
        ("children", {**CHILD, "birth": "2021-05-01"}, "refused: form_invalid children (REG28 2.6.1)"),
        ("children", CHILD, "accepted"),
    ],
)
def test_rows_that_begin_in_the_future_cannot_be_right(key: str, row: dict[str, str | None], expected: str) -> None:
    """A job taken up or a child born after the day of receipt; a job may be agreed to end later."""
    assert outcome(assessed(swapped(form(**{key: [JOB if key == "employment" else CHILD, row]})))) == expected


def test_a_row_in_the_future_that_may_be_misread_is_for_a_clerk() -> None:
    """One digit misread is likelier than such an answer."""
    rows = field([{**JOB, "from": "2029-01"}], 0.9)
    assert outcome(assessed(swapped(form(employment=rows)))).startswith("review")


def test_a_birth_in_the_future_is_named_once() -> None:
    """The birth date is wrong, so nothing is said of the arrival before it; the passport differs too."""
    found = assessed(swapped(form(birth_date="2021-01-01"))).findings
    assert [(f.code, f.field) for f in found] == [("form_invalid", "birth_date"), ("identity_mismatch", "birth_date")]


def test_unsigned_and_undated_forms() -> None:
    """A form without signature or date is not complete."""
    assert outcome(assessed(swapped(form(signature_present=False)))) == (
        "refused: form_unsigned signature_present (REG28 2.6.1)"
    )
    assert outcome(assessed(swapped(form(signed_on=None)))) == "refused: form_undated signed_on (REG28 2.6.1)"


def test_the_note_of_a_person_who_cannot_sign_goes_to_a_clerk_and_does_not_replace_the_date() -> None:
    """DEC189 28: the note replaces the signature only."""
    note = {"signature_present": False, "about": "Savadsız olduğum üçün imzalaya bilmirəm"}
    assert outcome(assessed(swapped(form(**note)))) == "review: cannot_sign"
    undated = assessed(swapped(form(**note, signed_on=None)))
    assert [finding.code for finding in undated.findings] == ["form_undated"]


@pytest.mark.parametrize(
    "answers",
    [
        {"purpose": field(None, 0.4)},  # may be empty or faint
        {"purpose": field(None, 0.99, raw="~,:")},  # ink, unread
        {"purpose": field("x", 0.1)},
        {"birth_date": field(None, 0.99, raw="I2 mavl")},  # unread, not impossible
        {"signature_present": field(False, 0.5)},
        {"signed_on": field("2029-05-11", 0.89)},  # a 4 that was read as a 9
        {"arrival_date": field("2031-01-01", 0.9)},
    ],
)
def test_what_was_not_read_with_certainty_is_never_held_against_anyone(answers: dict[str, Field]) -> None:
    """Rule 4: an uncertain finding goes to a clerk."""
    assert outcome(assessed(swapped(form(**answers)))) == "review: low_confidence"


def test_a_phrase_with_doubtful_letters_is_an_answer() -> None:
    """That a question was answered is known long before every letter of a long answer is."""
    assert outcome(assessed(swapped(form(address=field("Mingəçevir şəhəri, Azadlıq prospekti, ev 22B Y", 0.21))))) == (
        "accepted"
    )


def test_a_retyped_form_without_declarations_goes_to_a_clerk() -> None:
    """fields.md 21-22: a re-typed form without the declarations and the warning is review."""
    assert outcome(assessed(swapped(form(declarations_present=False)))) == "review: other"


def test_a_form_answered_in_russian_goes_to_a_clerk() -> None:
    """A form not in Azerbaijani is review."""
    keys = ("education", "purpose", "about", "arrival_reason")
    russian = dict.fromkeys(keys, "Российская Федерация, город Дербент")
    result = assessed(swapped(form(**russian, attached_documents="паспорт, квитанция, справки и так далее")))
    assert outcome(result) == "review: other"


def test_a_translated_form_goes_to_a_clerk() -> None:
    """A print in another language has none of the declarations' words."""
    translated = replace(form(declarations_present=None), language=Language.RU)
    assert outcome(assessed(swapped(translated))) == "review: other"
    misjudged = replace(form(), language=Language.TR)
    assert outcome(assessed(swapped(misjudged))) == "accepted"


# --- identity --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "read",
    [
        {"surname": "MAMMADOV", "given_names": "ALI"},
        {"surname": "MEMMEDOV", "given_names": "ELI HESEN OGLU"},
        {"surname": "МАМЕДОВ", "given_names": "АЛИ"},
        {"surname": "ALI", "given_names": "MAMMADOV"},
    ],
)
def test_transliteration_patronymic_and_swapped_order_are_no_mismatch(read: dict[str, str]) -> None:
    """casework.md, identity_mismatch."""
    assert outcome(assessed(swapped(passport(**read)))) == "accepted"


def test_former_names_are_no_mismatch() -> None:
    """A paper in a name that the form gives as a former one is the applicant's."""
    documents = swapped(form(former_names="Quliyev"), passport(surname="GULIYEV"))
    assert outcome(assessed(documents)) == "accepted"


@pytest.mark.parametrize(
    ("read", "key"),
    [
        ({"surname": "GULIYEV"}, "surname"),
        ({"given_names": "SAMIR"}, "given_name"),
        ({"birth_date": "1991-07-30"}, "birth_date"),
        ({"surname": "GULIYEV", "given_names": "SAMIR"}, "surname"),
    ],
)
def test_another_person_is_a_deficiency_named_by_the_first_differing_field(read: dict[str, str], key: str) -> None:
    """One finding per document, under the clause of the document."""
    result = assessed(swapped(passport(**read)))
    assert outcome(result) == f"deficiency: identity_mismatch {key} (REG28 2.6.1.7)"
    assert result.findings[0].document == "passport"


@pytest.mark.parametrize("read", [{"surname": "MAMMATOV"}, {"birth_date": field("1985-03-13", source=Source.OCR)}])
def test_one_letter_that_a_reader_may_have_mistaken_goes_to_a_clerk(read: dict[str, object]) -> None:
    """One letter's difference that OCR may have made: review."""
    assert outcome(assessed(swapped(passport(**read)))) == "review: low_confidence"


def test_a_certificate_of_another_person() -> None:
    """Certificates whose subject is the applicant are compared; the supporter's income is not."""
    other = "Quliyeva Nərmin Tofiq qızı"
    language = assessed(swapped(certificate("language_certificate", other)))
    assert outcome(language) == "deficiency: identity_mismatch surname (REG28 2.6.1.6)"
    supporter = certificate("income_proof", other, subtype="guardian_income_certificate")
    assert outcome(assessed(swapped(supporter))) == "accepted"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Məmmədov Əli Həsən oğlu Fondun uçotundadır və pensiya alır", "accepted"),
        ("Məmmədov Vəli Fondun uçotundadır, həkimi Quliyev Əli", "review: low_confidence"),
    ],
)
def test_a_certificate_whose_person_was_not_found_but_whose_text_names_the_applicant(
    statement: str, expected: str
) -> None:
    """Surname and given name side by side are enough to know the applicant's paper; apart they are not."""
    paper_ = certificate("income_proof", None, subtype="pension_certificate", statement=statement)
    assert outcome(assessed(swapped(paper_))) == expected


@pytest.mark.parametrize("person", ["Məmmədov Ə.H.", "Məmmədov", "MAMMADOV ALI", "Məmmədov Əli Həsən oğluna"])
def test_a_name_cut_short_is_no_mismatch(person: str) -> None:
    """Initials, the surname alone, another spelling, a case ending: the same person."""
    assert outcome(assessed(swapped(certificate("language_certificate", person)))) == "accepted"


def test_a_paper_of_a_relative_goes_to_a_clerk() -> None:
    """The paper may not be meant as the applicant's."""
    documents = swapped(certificate("income_proof", "Məmmədova Leyla Kərim qızı"))
    assert outcome(assessed(documents)) == "review: low_confidence"


def test_papers_that_are_not_needed_never_count_against_anyone() -> None:
    """An expired identity card of somebody else, a family certificate after its repeal: nothing."""
    stray = [card("id_card", surname="GULIYEV", expiry_date="2001-01-01", issuing_state="AZE")]
    stray.append(certificate("family_composition_certificate", "Quliyev Samir"))
    assert outcome(assessed([*complete(), *stray])) == "accepted"


def test_of_two_passports_the_good_one_counts() -> None:
    """The old passport beside the new one is a second paper, no fault."""
    assert outcome(assessed([*complete(), passport(expiry_date="2010-01-01")])) == "accepted"


# --- terms, photograph, duty -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "decision"),
    [("2020-03-02", "accepted"), ("2020-03-01", "deficiency: document_expired passport (REG28 2.6.1.7)")],
)
def test_a_passport_is_valid_through_its_last_day(until: str, decision: str) -> None:
    """Past its date on the day of receipt is a deficiency, never a refusal."""
    assert outcome(assessed(swapped(passport(expiry_date=until)))) == decision


def test_an_office_may_send_expired_papers_to_a_clerk() -> None:
    """Where no clause carries the deficiency, an office can set the finding to review."""
    policy = Policy(severities={"document_expired": Severity.REVIEW})
    result = assessed(swapped(passport(expiry_date="2019-01-01")), policy=policy)
    assert outcome(result) == "review: other"


def test_two_portraits_in_one_picture_are_looked_at() -> None:
    """Each would do alone, but they may be two persons."""
    left, right = photo(), photo()
    assert left.pages == right.pages
    assert assessed([*without("photo_3x4"), left, right]).decision.value is DecisionValue.REVIEW


def test_photographs() -> None:
    """A nonconforming photograph is a deficiency; one in the form's box only is a clerk's to judge."""
    bad = assessed(swapped(photo(conforming=False, faces=2)))
    assert outcome(bad) == "deficiency: photo_nonconforming photo_3x4 (REG28 2.6.1.2)"
    boxed = without("photo_3x4", swapped(form(photo_present=True)))
    assert outcome(assessed(boxed)) == "review: other"


@pytest.mark.parametrize(
    ("read", "decision"),
    [
        ({"amount": 60}, "deficiency: duty_insufficient state_duty_receipt (REG28 2.6.1.4)"),
        ({"amount": 109.99}, "deficiency: duty_insufficient state_duty_receipt (REG28 2.6.1.4)"),
        ({"amount": 120}, "accepted"),
        ({"amount": field(60, 0.5)}, "review: low_confidence"),
        ({"amount": None}, "review: low_confidence"),
        ({"currency": "USD"}, "review: contradiction"),
        (
            {"account": "AZ21NABZ00000000137010001944"},
            "deficiency: duty_wrong_account state_duty_receipt (REG28 2.2.2)",
        ),
        ({"account": "AZ17 CTRE 0000 0000 0000 0211 7131"}, "accepted"),
        ({"account": field("AZ17CTREO00000000000002117", 0.5, source=Source.OCR)}, "accepted"),  # a narrow screen's
        ({"account": field("AZ17CTRE0000000000000212", 0.5, source=Source.OCR)}, "review: low_confidence"),
        ({"account": field("AZ17CTNE00000900000002117131", 0.5, source=Source.OCR)}, "accepted"),  # small print
        ({"account": field("AZ77CTENNNNNANNNONNN447124", 0.5, source=Source.OCR)}, "accepted"),  # a fax's noughts
        ({"account": None, "voen": None, "budget_code": None}, "accepted"),
        (
            {"voen": "1403006271", "budget_code": "142213"},
            "deficiency: duty_wrong_account state_duty_receipt (REG28 2.2.2)",
        ),
        ({"budget_code": "142213"}, "deficiency: duty_wrong_account state_duty_receipt (REG28 2.2.2)"),
        ({"budget_code": field("142235", source=Source.OCR)}, "review: low_confidence"),
        ({"budget_code": field("147284", source=Source.OCR)}, "review: low_confidence"),  # alone: nobody ever had it
        (
            {"voen": field("1618473621", source=Source.OCR)},
            "review: low_confidence",
        ),  # two digits; the check digit holds
        (
            {"voen": field("1618473621", source=Source.TEXT_LAYER)},
            "deficiency: duty_wrong_account state_duty_receipt (REG28 2.2.2)",
        ),
        ({"voen": "1401555071"}, "accepted"),  # the receiving bank's own
        ({"payer": "Quliyeva Nərmin"}, "accepted"),
        ({"date": "2020-04-01"}, "review: contradiction"),
    ],
)
def test_the_receipt(read: dict[str, object], decision: str) -> None:
    """110 manat (2.2.1) by the payment details of 2.2.2; whoever paid; what is not shown is no finding."""
    assert outcome(assessed(swapped(receipt(**read)))) == decision


@pytest.mark.parametrize(
    ("paid", "voen", "budget_code", "decision"),
    [
        ("2017-07-19", "1403006271", "142213", "accepted"),
        ("2017-07-20", "1602473621", "142234", "accepted"),
        ("2017-07-20", "1403006271", "142234", "deficiency: duty_wrong_account state_duty_receipt (REG28 2.2.2)"),
        ("2017-07-19", "1602473621", "142213", "deficiency: duty_wrong_account state_duty_receipt (REG28 2.2.2)"),
        ("2017-07-19", "1403006271", "142234", "deficiency: duty_wrong_account state_duty_receipt (REG28 2.2.2)"),
        (None, "1403006271", "142213", "review: low_confidence"),
    ],
)
def test_payment_details_are_those_of_the_day_of_payment(
    paid: str | None, voen: str, budget_code: str, decision: str
) -> None:
    """Decision No. 21 of 20 July 2017 changed VÖEN and budget code; the day of payment decides, if it can be read."""
    assert outcome(assessed(swapped(receipt(date=paid, voen=voen, budget_code=budget_code)))) == decision


def test_a_second_receipt_that_is_right_settles_it() -> None:
    """Equal papers twice are two papers; the faultless one counts, and a sum in two parts is a clerk's to judge."""
    assert outcome(assessed([*complete(), receipt(amount=10)])) == "accepted"
    halves = [*without("state_duty_receipt"), receipt(amount=60), receipt(amount=50)]
    assert outcome(assessed(halves)) == "review: contradiction"


# --- the rule above all others ---------------------------------------------------------------------------------------


def test_rule_1_everything_met_is_accepted_whatever_is_open() -> None:
    """The notice lists the open parts as not considered."""
    result = assessed([*complete(), UNKNOWN_PAGE], files=[ENCRYPTED])
    assert outcome(result) == "accepted"
    assert result.unconsidered == ("kilidli.pdf", "scan.pdf#7")


def test_rule_2_something_open_and_something_missing_is_never_refused() -> None:
    """An unknown page may be the missing paper: a clerk looks."""
    assert outcome(assessed([*without("passport"), UNKNOWN_PAGE])) == "review: unknown_page"


def test_rule_2_unreadable_files_that_may_hold_all_that_is_missing() -> None:
    """The sender is asked to send the file again; the missing paper itself is not reported."""
    result = assessed(without("passport"), files=[ENCRYPTED])
    assert outcome(result) == "deficiency: file_unreadable kilidli.pdf (REG28 2.6.1)"


def test_rule_2_an_unreadable_file_that_may_be_the_form() -> None:
    """Everything else is there: the sender is asked to send the file again."""
    result = assessed(without("application_form_acquisition"), files=[ENCRYPTED])
    assert outcome(result) == "deficiency: file_unreadable kilidli.pdf (REG28 2.6.1)"


def test_rule_2_more_missing_than_unreadable() -> None:
    """One encrypted file cannot be both papers."""
    documents = without("passport", without("photo_3x4"))
    assert assessed(documents, files=[ENCRYPTED]).decision.value is DecisionValue.REVIEW


def test_rule_2_another_refusal_beside_an_unreadable_file() -> None:
    """An unanswered question and an unreadable file: a clerk looks."""
    documents = without("passport", swapped(form(purpose=None)))
    assert assessed(documents, files=[ENCRYPTED]).decision.value is DecisionValue.REVIEW


def test_rule_2_an_illegible_paper() -> None:
    """A recognised paper nobody can read is to be sent again; it cannot stand for another one."""
    blurred = swapped(illegible(certificate("language_certificate")))
    assert outcome(assessed(blurred)) == "deficiency: document_illegible language_certificate (REG28 2.6.1.6)"
    assert assessed(without("photo_3x4", blurred)).decision.value is DecisionValue.REVIEW


def test_an_unreadable_file_beside_a_complete_set_with_a_deficiency() -> None:
    """Nothing is missing, so the file cannot change the deficiency."""
    result = assessed(swapped(receipt(amount=60)), files=[ENCRYPTED])
    assert result.findings[0].code == "duty_insufficient"
    assert result.decision.value is DecisionValue.DEFICIENCY


def test_rule_4_a_paper_whose_type_is_not_certain() -> None:
    """A requirement met only by a guess is not met."""
    assert outcome(assessed(swapped(unsure(certificate("language_certificate"))))) == "review: low_confidence"
    missing_beside_a_guess = [*without("passport"), unsure(certificate("marriage_certificate"))]
    assert outcome(assessed(missing_beside_a_guess)) == "review: low_confidence"


def test_rule_5_unsafe_files() -> None:
    """Malware is never a ground of anything automatic."""
    bomb = Attachment("a.zip", "0" * 64, 9, "application/zip", PartStatus.UNSAFE, "decompression bomb")
    assert outcome(assessed(complete(), files=[bomb])) == "review: unsafe_file"


# --- messages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "decision"),
    [
        ({"kind": MessageKind.AUTO_REPLY}, "ignored"),
        ({"kind": MessageKind.BOUNCE}, "ignored"),
        ({"kind": MessageKind.OTHER, "machine_made": "list"}, "ignored"),
        ({"kind": MessageKind.OTHER, "text": "", "subject": ""}, "ignored"),
        ({"kind": MessageKind.OTHER, "text": "Müraciətim nə vəziyyətdədir?", "subject": "Sual"}, "review: other"),
        ({"kind": MessageKind.OTHER, "text": "Ərizəmi geri götürürəm", "subject": "Geri"}, "review: other"),
        ({"kind": MessageKind.APPLICATION}, "review: other"),  # asks for citizenship, encloses nothing
        ({"kind": MessageKind.REPLY}, "review: case_unknown"),
        ({"kind": MessageKind.OTHER, "parsed": False}, "review: other"),
    ],
)
def test_messages_without_papers(about: dict[str, object], decision: str) -> None:
    """Only machines, mass mail, spam and empty messages are ignored; every person's mail reaches a person."""
    assert outcome(assessed([], **about)) == decision


def test_a_reply_whose_case_is_known_is_decided() -> None:
    """With its documents joined to the case's, an answer is decided anew."""
    assert outcome(assessed(complete(), kind=MessageKind.REPLY)) == "review: case_unknown"
    assert outcome(assessed(complete(), kind=MessageKind.REPLY, case_known=True)) == "accepted"


@pytest.mark.parametrize(
    "subject", ["Vətəndaşlığa qəbul 1/2", "Vətəndaşlığa qəbul (2/3)", "Vətəndaşlığa qəbul, davamı"]
)
def test_announced_further_mails_go_to_a_clerk(subject: str) -> None:
    """ "1/2", "davamı": the rest may be on its way."""
    assert outcome(assessed(complete(), subject=subject)) == "review: other"


def test_two_applicants_in_one_message() -> None:
    """Two forms of two people are two applications."""
    documents = [*complete(), form(surname="Quliyev", given_name="Samir")]
    assert "several_applicants" in assessed(documents).decision.review_reasons


def test_a_wish_that_is_not_clear() -> None:
    """Papers that several procedures ask for, and no word of what is wanted."""
    result = assessed([passport(), photo()], subject="Sənədlər", text="Salam")
    assert outcome(result) == "review: procedure_unclear"


def test_the_sentences_are_whole() -> None:
    """No placeholder is left, every sentence ends, every finding with a clause names it."""
    broken = [form(purpose=None, signed_on=None, birth_date=field(None, raw="31.02.1985")), passport(surname="GULIYEV")]
    for finding in assessed([*broken, photo(conforming=False), receipt(amount=1)], number=None).findings:
        assert "{" not in finding.text
        assert finding.text.endswith(".")
        assert "Reqlamentin 2." in finding.text


def test_submissions_are_not_changed() -> None:
    """The rules are pure: equal submissions, equal assessments."""
    assert assessed(complete()) == assessed(complete())
    assert submission(complete()) == submission(complete())
