"""casework.md, "Further cases", and every way in which something that came might still change a refusal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.case import Category, DecisionValue, Remark, RequirementStatus, ReviewReason
from models.document import UNKNOWN, Document, PagePlace
from models.mail import Attachment, MessageKind, PartStatus
from models.sheet import Source
from rules import assess
from tests.rules.build import (
    CATALOGUE,
    ENCRYPTED,
    TODAY,
    UNKNOWN_PAGE,
    assessed,
    card,
    certificate,
    complete,
    field,
    form,
    illegible,
    outcome,
    paper,
    passport,
    photo,
    receipt,
    submission,
    swapped,
    unsure,
    without,
)

DRIVE = ("https://drive.google.com/file/d/1",)
NO_LANGUAGE = without("language_certificate")
REFUSED = "refused: missing_document language_certificate (REG28 2.6.1.6)"


# --- what is reported, and what is not -------------------------------------------------------------------------------


def test_beside_a_missing_form_nothing_is_said_of_the_form() -> None:
    """No other form finding and no ``missing_datum`` beside ``missing_form``."""
    result = assessed(without("application_form_acquisition"), number=None)
    assert [finding.code for finding in result.findings] == ["missing_form"]


def test_an_impossible_date_is_invalid_and_not_also_incomplete() -> None:
    """``form_invalid`` alone."""
    documents = swapped(form(birth_date=field(None, raw="31.02.1985")))
    assert [finding.code for finding in assessed(documents).findings] == ["form_invalid"]


@pytest.mark.parametrize("kind", ["foreign_authority_attitude", "residence_certificate"])
@pytest.mark.parametrize(("confidence", "expected"), [(0.89, "review"), (0.97, REFUSED)])
def test_a_paper_that_this_applicant_need_not_send_may_be_the_missing_one(
    kind: str, confidence: float, expected: str
) -> None:
    """A page taken for what is asked of others, or was asked in other years, is no ground to refuse before its type is
    as good as certain."""
    assert outcome(assessed([*NO_LANGUAGE, paper(kind, confidence)])).startswith(expected)


@pytest.mark.parametrize(
    "hint",
    [
        "Kart nömrəm AA8197130",
        "мой ВНЖ АА8197130",
        "my PR card AA8197130",
        "АБ сериялы, нөмрәси 2350570",
        "вәсигә AB 2350570",
        "belgem AB 2350570",
    ],
)
def test_a_number_that_may_be_the_cards_is_looked_at(hint: str) -> None:
    """A letter that speaks of a card in words of its own never leads to "number nowhere" by itself."""
    assert outcome(assess(submission(complete(), text=hint, number=None), CATALOGUE, TODAY)).startswith("review")


def test_what_the_letter_states_is_told_although_its_procedure_is_unclear() -> None:
    """The clerk who decides what the message is about sees the number of the card."""
    result = assess(submission([UNKNOWN_PAGE], text="Sənədlər", subject=""), CATALOGUE, TODAY)
    assert result.procedure is None and result.applicant.residence_card_number is not None


def test_an_empty_photo_box_is_no_finding() -> None:
    """The photograph is a file of its own."""
    assert outcome(assessed(swapped(form(photo_present=False)))) == "accepted"


def test_blank_pages_and_skipped_parts_are_never_open() -> None:
    """A blank back side and a logo keep no refusal from leaving."""
    blank = Document("unknown", (PagePlace("scan.pdf", 2),), "blank", 0.99)
    logo = Attachment("logo.png", "0" * 64, 1, "image/png", PartStatus.SKIPPED)
    assert outcome(assessed([*NO_LANGUAGE, blank], files=[logo])) == REFUSED


def test_a_clause_for_what_no_clause_carries() -> None:
    """An expired passport is a deficiency under the paper's clause; the notice cites REG28 3.3.2.2."""
    result = assessed(swapped(passport(expiry_date="2019-01-01")))
    assert result.decision.value is DecisionValue.DEFICIENCY
    assert CATALOGUE.procedures["citizenship_acquisition"].clauses["deficiency"] == "REG28 3.3.2.2"


# --- no application, or not yet a whole one --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Dil arayışını sonra göndərəcəyəm.",
        "Qalan sənədləri yaxın günlərdə təqdim edəcəyəm.",
        "Növbəti məktubda davamını göndərirəm.",
        "Справку дошлю позже.",
        "I will send the certificate later.",
    ],
)
def test_papers_that_are_announced_are_waited_for(text: str) -> None:
    """More mails announced: review."""
    assert outcome(assessed(NO_LANGUAGE, text=text)) == "review: other"


@pytest.mark.parametrize(
    "text",
    [
        "Müraciətimi geri götürmək istəyirəm.",
        "Прошу вернуть мои документы, заявление о гражданстве не рассматривать.",
        "Xahiş edirəm sənədlərimi geri qaytarın.",
        "Прошу отозвать мое заявление.",
        "I withdraw my application.",
    ],
)
def test_a_withdrawal_with_papers_is_no_application(text: str) -> None:
    """Whatever is attached, a person reads it."""
    assert outcome(assessed(complete(), text=text)) == "review: other"


@pytest.mark.parametrize("documents", [[], [paper("cover_letter")]])
def test_a_letter_as_a_file_is_an_application_without_papers(documents: list[Document]) -> None:
    """An application without any attachment, also one whose only attachment is the letter: review."""
    forwarded = Attachment("fwd.eml", "0" * 64, 1, "message/rfc822", PartStatus.OK)
    assert outcome(assessed(documents, files=[forwarded])) == "review: other"


def test_a_question_with_a_passport_is_perhaps_no_application() -> None:
    """Without a form, a question mark makes it a clerk's."""
    result = assessed([passport()], text="Vətəndaşlığa qəbul üçün bu pasport kifayətdirmi?")
    assert result.decision.value is DecisionValue.REVIEW


@pytest.mark.parametrize(
    "text",
    [
        "Hələ rəsmi müraciət etmirəm, sadəcə soruşuram.",
        "Bu sənədlər kifayətdirmi?",
        "Достаточно ли этих документов?",
    ],
)
def test_whoever_asks_whether_papers_suffice_does_not_apply_yet(text: str) -> None:
    """Also with a form among them; a complete application is complete whatever is asked beside it."""
    assert assessed(NO_LANGUAGE, text=text).decision.value is DecisionValue.REVIEW
    assert outcome(assessed(NO_LANGUAGE, text="Bax: https://example.org/?id=1")) == REFUSED
    assert outcome(assessed(complete(), text="Qəbul edə bilərsinizmi?")) == "accepted"


def test_papers_alone_make_a_wish_clear_only_when_two_kinds_say_so() -> None:
    """A receipt and proofs of income may be meant for anything; nobody is refused for what they did not ask."""
    income = certificate("income_proof", subtype="pension_certificate")
    silent = {"subject": "Sənədlər", "text": "Sənədlərimi göndərirəm."}
    assert outcome(assessed([receipt(), income, income], **silent)) == "review: procedure_unclear"
    told = assessed([receipt(), income, certificate("language_certificate")], **silent)
    assert told.procedure == "citizenship_acquisition"


def test_empty_messages_are_ignored_and_letters_of_people_are_not() -> None:
    """``ignored`` is only for machines, mass mail, spam and empty messages."""
    about = {"kind": MessageKind.OTHER, "subject": ""}
    assert outcome(assessed([], text="", **about)) == "ignored"
    assert outcome(assessed([], text="Sağ olun", **about)) == "review: other"


def test_a_decision_without_a_look_at_papers_says_why_a_person_is_asked() -> None:
    """What stands behind the reason ``other`` is told also where no rule was reached."""
    sent = {
        Remark.NOTHING_ENCLOSED: assessed([]),
        Remark.NO_MESSAGE: assessed([], parsed=False),
        Remark.MACHINE_MADE: assessed(complete(), machine_made="list"),
    }
    for remark, found in sent.items():
        assert found.decision.review_reasons == (ReviewReason.OTHER,) and found.remarks == (remark,)


def test_a_link_to_files_is_open() -> None:
    """Documents behind a link are never fetched; what is missing may be there."""
    assert outcome(assessed(NO_LANGUAGE, links=DRIVE)) == "review: other"
    assert outcome(assessed(NO_LANGUAGE, links=("https://example.org/",))) == REFUSED
    assert outcome(assessed(complete(), links=DRIVE)) == "accepted"


# --- what may still cure a finding -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stray", [unsure(paper("cover_letter"), 0.6), paper("covid_test_report", 0.85), unsure(paper("birth_certificate"))]
)
def test_a_paper_of_doubtful_kind_may_be_the_missing_one(stray: Document) -> None:
    """A certificate taken for a letter must not be refused as missing."""
    assert assessed([*NO_LANGUAGE, stray]).decision.value is DecisionValue.REVIEW
    assert outcome(assessed([*complete(), stray])) == "accepted"


@pytest.mark.parametrize(
    "faulty", [passport(expiry_date="2019-01-01"), receipt(amount=60), photo(conforming=False), illegible(passport())]
)
def test_an_unknown_page_may_be_the_better_copy(faulty: Document) -> None:
    """A deficiency waits for a clerk; an unreadable file is named beside it."""
    documents = swapped(faulty)
    assert assessed([*documents, UNKNOWN_PAGE]).decision.value is DecisionValue.REVIEW
    named = assessed(documents, files=[ENCRYPTED])
    assert named.decision.value is DecisionValue.DEFICIENCY
    assert named.findings[-1].code == "file_unreadable"


def test_an_illegible_copy_beside_an_expired_one() -> None:
    """The copy nobody can read may be the new passport."""
    documents = [*swapped(passport(expiry_date="2019-01-01")), illegible(passport())]
    assert outcome(assessed(documents)) == "review: illegible_page"


def test_an_acceptance_lists_what_it_did_not_consider() -> None:
    """Unknown pages, unreadable files and papers nobody can read."""
    stray = illegible(certificate("birth_certificate"))
    result = assessed([*complete(), UNKNOWN_PAGE, stray], files=[ENCRYPTED])
    assert result.unconsidered == ("kilidli.pdf", "scan.pdf#7", "birth_certificate.pdf#1")


def test_two_copies_of_the_form() -> None:
    """The typed form beside its signed scan: the faultless copy counts, in any order."""
    typed, scanned = form(signature_present=False), form()
    assert outcome(assessed([typed, *without(typed.type), scanned])) == "accepted"
    assert outcome(assessed([scanned, *without(typed.type), typed])) == "accepted"


def test_a_form_in_two_pieces_is_put_together_by_a_clerk() -> None:
    """Each piece lacks what the other has; neither is held against the applicant."""
    first, second = form(purpose=None, signed_on=None), form(birth_place=None, education=None)
    result = assessed([first, *without(first.type), second])
    assert result.decision.value is DecisionValue.REVIEW
    assert "contradiction" in result.decision.review_reasons


def test_the_same_lack_in_both_copies_is_a_lack() -> None:
    """Two equal copies are no doubt."""
    both = [*without("application_form_acquisition"), form(purpose=None), form(purpose=None)]
    assert outcome(assessed(both)) == "refused: form_incomplete purpose (REG28 2.6.1)"


@pytest.mark.parametrize("kind", ["id_card", "registration_card"])
def test_a_card_of_ours_may_be_the_residence_card(kind: str) -> None:
    """Taken for another kind of card, it may carry the number that seems to be nowhere."""
    ours = card(kind, issuing_state="AZE")
    assert outcome(assessed([*complete(), ours], number=None)) == "review: low_confidence"
    foreign = card("id_card", issuing_state="TUR")
    assert outcome(assessed([*complete(), foreign], number=None)).startswith("refused: missing_datum")


@pytest.mark.parametrize(
    ("amount", "sure", "value"), [(110, 0.4, "accepted"), (1100, 0.4, "review"), (1100, 0.9, "accepted")]
)
def test_a_larger_sum_must_be_read_with_certainty(amount: int, sure: float, value: str) -> None:
    """11,00 is easily read as 1100; 110 is hardly read where another sum stands."""
    assert assessed(swapped(receipt(amount=field(amount, sure)))).decision.value == value


@pytest.mark.parametrize(
    ("purpose", "value"),
    [
        ("Vətəndaşlığa qəbul üçün dövlət rüsumu", "accepted"),
        ("Dövlət rüsumu", "accepted"),
        ("Müvəqqəti yaşamaq üçün icazə verilməsi", "review"),
        (field("Müvəqqəti yaşamaq üçün icazə", 0.5), "accepted"),
    ],
)
def test_a_payment_for_another_service_is_a_clerks(purpose: object, value: str) -> None:
    """The right sum on the right account, but for a residence permit."""
    assert assessed(swapped(receipt(purpose=purpose))).decision.value == value


# --- people ----------------------------------------------------------------------------------------------------------

OTHER = {"surname": "GULIYEV", "given_names": "SAMIR", "birth_date": "1980-05-05"}


def test_a_second_applicant_without_a_form() -> None:
    """Another person's passport with a language certificate of theirs: two applicants."""
    documents = [*complete(), passport(**OTHER), certificate("language_certificate", "Quliyev Samir Tofiq oğlu")]
    assert "several_applicants" in assessed(documents).decision.review_reasons


@pytest.mark.parametrize(
    "papers",
    [
        [passport(**OTHER)],
        [passport(**OTHER), receipt(payer="Quliyev Samir"), certificate("marriage_certificate", "Quliyev Samir")],
        [card("id_card", **{**OTHER, "issuing_state": "AZE"}), certificate("birth_certificate", "Quliyeva Aygün")],
    ],
)
def test_papers_of_the_family_make_no_second_applicant(papers: list[Document]) -> None:
    """A spouse's passport, a payment by the spouse, a child's birth certificate."""
    assert outcome(assessed([*complete(), *papers])) == "accepted"


def test_two_guests_of_one_host() -> None:
    """Two forms for two guests are two requests."""
    about = {"host_surname": "Quliyev", "host_given_name": "Samir"}
    forms = [
        paper("application_form_stay", guest_surname="Ivanov", guest_given_name="Ivan", **about),
        paper("application_form_stay", guest_surname="Petrova", guest_given_name="Anna", **about),
    ]
    result = assessed(forms, subject="Olduğu yer üzrə qeydiyyat", text="", number=None)
    assert "several_applicants" in result.decision.review_reasons


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (("Yoldaşeva", "Dilfuza"), ("YULDASHEVA", "DILFUZA")),
        (("Sadiqi", "Rza"), ("SADEGHI", "REZA")),
        (("Kovalçuk", "Alesya"), ("KAVALCHUK", "ALESIA")),
        (("Tran", "Min"), ("TRAN", "MINH")),
        (("Karter", "Emma"), ("CARTER", "EMMA")),
        (("Mənsur", "Tarek"), ("MANSOUR", "TAREK")),
        (("Jukovskaya", "Natalya"), ("ZHUKOUSKAYA", "NATALLIA")),
        (("Vayss", "Yozef"), ("WEISS", "JOZEF")),
        (("Butkiene", "Yurqa"), ("BUTKIENE", "JURGA")),
        (("Çobanu", "Dumitrisa"), ("CIOBANU", "DUMITRITA")),
        (("Musəvi", "Yusif"), ("MOUSAVI", "YOUSSEF")),
        (("Novitski", "Aleksandr"), ("NOWICKI", "ALEXANDER")),
        (("Moro", "Jan-Pyer"), ("MOREAU", "JEAN-PIERRE")),
        (("Reyes", "Xose"), ("REYES", "JOSE")),
    ],
)
def test_names_written_down_by_ear(ours: tuple[str, str], theirs: tuple[str, str]) -> None:
    """The same consonants and the same birth date: one person; without the birth date a clerk looks."""
    named = form(surname=ours[0], given_name=ours[1])
    same = passport(surname=theirs[0], given_names=theirs[1])
    papers = [document for document in complete() if document.type not in ("language_certificate", "income_proof")]
    papers += [certificate(kind, " ".join(ours)) for kind in ("language_certificate", "income_proof")]
    assert outcome(assessed(swapped(named, same, documents=papers))) == "accepted"
    unread = passport(surname=theirs[0], given_names=theirs[1], birth_date=None)
    assert outcome(assessed(swapped(named, unread, documents=papers))) == "review: low_confidence"


@pytest.mark.parametrize("theirs", ["KAMAL", "KAMILA", "KAMILE", "RAMIL", "CAMAL"])
def test_a_twin_is_never_taken_for_the_applicant(theirs: str) -> None:
    """The same surname, the same birth date and another given name by a vowel or an ending: a clerk looks at least."""
    documents = swapped(form(given_name="Kamil"), passport(given_names=theirs))
    documents = [document for document in documents if document.type not in ("language_certificate", "income_proof")]
    documents += [certificate(kind, "Məmmədov Kamil") for kind in ("language_certificate", "income_proof")]
    assert outcome(assessed(documents)) != "accepted"


@pytest.mark.parametrize(
    ("former", "person"),
    [
        ("Əvvəlki soyadım Quliyeva olub, nikahla əlaqədar dəyişmişəm", "Quliyeva Leyla Həsən qızı"),
        ("Quliyeva Leyla Həsən qızı", "Quliyeva Leyla"),
        ("Quliyeva", "QULIYEVA LEYLA"),
    ],
)
def test_former_names_however_they_are_told(former: str, person: str) -> None:
    """A paper in a former name is the applicant's."""
    named = form(given_name="Leyla", former_names=former)
    documents = swapped(
        named,
        passport(given_names="LEYLA"),
        certificate("language_certificate", person),
        certificate("income_proof", "Məmmədova Leyla", subtype="pension_certificate"),
    )
    documents = [document for document in documents if document.type != "income_proof"]
    documents.append(certificate("income_proof", "Məmmədov Leyla", subtype="pension_certificate"))
    assert outcome(assessed(documents)) == "accepted"


def test_a_former_name_of_somebody_else_is_none() -> None:
    """The given name that both share does not make the paper the applicant's."""
    documents = swapped(form(former_names="Quliyev Əli"), certificate("language_certificate", "Abbasov Əli"))
    assert outcome(assessed(documents)) == "deficiency: identity_mismatch surname (REG28 2.6.1.6)"


def test_a_certificate_of_marriage_explains_another_surname_to_a_clerk() -> None:
    """A paper from which another name follows: no automatic mismatch."""
    documents = [*swapped(certificate("language_certificate", "Quliyev Əli")), certificate("marriage_certificate")]
    assert outcome(assessed(documents)) == "review: low_confidence"


def test_the_name_of_whoever_signed_is_no_mismatch() -> None:
    """The reader took the director's name; the text names the applicant."""
    signed = certificate(
        "language_certificate", "Quliyev Samir", statement="Verilir Məmmədov Əli Həsən oğluna ondan ötrü ki"
    )
    assert outcome(assessed(swapped(signed))) == "accepted"


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ({"surname": field("MAMMADOF", source=Source.OCR)}, "review: low_confidence"),
        ({"surname": field("GULIYEV", 0.6)}, "review: low_confidence"),
        ({"surname": "GULIYEV"}, "deficiency: identity_mismatch surname (REG28 2.6.1.7)"),
        ({"birth_date": field("1985-12-03", source=Source.OCR)}, "review: low_confidence"),
    ],
)
def test_what_a_reader_may_have_mistaken_is_a_clerks(read: dict[str, object], expected: str) -> None:
    """One letter, a doubtful reading, day and month swapped."""
    assert outcome(assessed(swapped(passport(**read)))) == expected


def test_whoever_paid_is_noted() -> None:
    """Allowed, and told in the explanation of the decision."""
    result = assessed(swapped(receipt(payer="Quliyeva Nərmin")))
    duty = next(item for item in result.requirements if item.key == "state_duty_receipt")
    assert (outcome(result), duty.status) == ("accepted", RequirementStatus.MET)
    assert "paid by somebody else" in duty.reason


# --- replies, unclear wishes, repetitions ----------------------------------------------------------------------------


def test_an_unknown_reply_is_read_in_full() -> None:
    """Who writes and about what is told; nothing is held against papers that may complete others."""
    result = assessed(without("passport"), kind=MessageKind.REPLY)
    assert outcome(result) == "review: case_unknown"
    assert (result.applicant.name, result.applicant.category) == ("Məmmədov Əli Həsən oğlu", Category.FOREIGNER)
    assert (result.procedure, result.findings) == ("citizenship_acquisition", ())


def test_an_unclear_wish_still_names_who_applies() -> None:
    """The clerk sees the person of the form."""
    result = assessed([form()], subject="Vətəndaşlıqdan çıxmaq istəyirəm", text="")
    assert (outcome(result), result.applicant.name) == ("review: procedure_unclear", "Məmmədov Əli Həsən oğlu")


def test_unsafe_files_are_named_wherever_the_message_ends() -> None:
    """``file_unsafe`` stands also where nobody can tell what is asked for."""
    bomb = Attachment("a.zip", "0" * 64, 9, "application/zip", PartStatus.UNSAFE, "decompression bomb")
    result = assessed([passport()], subject="", text="Salam", files=[bomb])
    assert [(f.code, f.file) for f in result.findings] == [("file_unsafe", "a.zip")]
    assert "unsafe_file" in result.decision.review_reasons


def test_the_same_message_again_is_a_note() -> None:
    """``duplicate`` names the case and changes nothing."""
    again = replace(submission(complete()), duplicate_of="QBL-7K3M9-X2P4A")
    result = assess(again, CATALOGUE, TODAY)
    assert (result.decision.value, [(f.code, f.case) for f in result.findings]) == (
        DecisionValue.ACCEPTED,
        [("duplicate", "QBL-7K3M9-X2P4A")],
    )
    assert "QBL-7K3M9-X2P4A" in result.findings[0].text


@pytest.mark.parametrize("swallowed_by", ["application_form_acquisition", "income_proof"])
@pytest.mark.parametrize("rival", ["language_certificate", UNKNOWN])
def test_a_page_that_may_be_the_missing_paper_bars_the_refusal(swallowed_by: str, rival: str) -> None:
    """The classifier took a language certificate, or what may be one, for a page of another paper."""
    documents = [replace(each, rivals=(rival,)) if each.type == swallowed_by else each for each in NO_LANGUAGE]
    assert outcome(assessed(NO_LANGUAGE)) == REFUSED
    assert outcome(assessed(documents)).startswith("review")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (Source.OCR, "review: low_confidence"),
        (Source.TEXT_LAYER, "deficiency: identity_mismatch given_name (REG28 2.6.1.6)"),
    ],
)
def test_a_name_that_a_reader_may_have_cut_is_a_clerks(source: Source, expected: str) -> None:
    """A stamp lies on the rest of it and its last letter is misread: "Ruş" of Rustam."""
    named = certificate("language_certificate", person=field("Məmmədov Ruş", 0.98, source=source))
    documents = swapped(form(given_name="Rustam"), passport(given_names="RUSTAM"), named)
    income = certificate("income_proof", "Məmmədov Rustam", subtype="pension_certificate")
    documents = [income if document.type == "income_proof" else document for document in documents]
    assert outcome(assessed(documents)) == expected


def test_a_paper_that_tells_no_surname_is_no_mismatch_for_certain() -> None:
    """ "Volha Mixaylovna" behind which the surname was not read."""
    documents = swapped(form(patronymic="Həsən oğlu"), certificate("language_certificate", "Əli Həsən oğlu"))
    assert outcome(assessed(documents)) == "review: low_confidence"
