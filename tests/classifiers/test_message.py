"""Messages of people are told from messages of machines, and machines never get an answer."""

from __future__ import annotations

import pytest

from classifiers.message import answers_notice, message_kind
from models.mail import Attachment, Message, MessageKind, PartStatus

SCAN = Attachment("scan.pdf", "0" * 64, 10, "application/pdf")
LOGO = Attachment("logo.png", "0" * 64, 10, "image/png", PartStatus.SKIPPED, "a logo")
FORWARDED = Attachment("fwd.eml", "0" * 64, 10, "message/rfc822")
REQUEST = "Xahiş edirəm, məni Azərbaycan Respublikası vətəndaşlığına qəbul edəsiniz."


def message(subject: str = "", text: str = "", sender: str | None = "ali@example.az", **headers: str) -> Message:
    pairs = tuple((key.replace("_", "-"), value) for key, value in headers.items())
    return Message("a.eml", sender=sender, subject=subject, text=text, headers=pairs)


def kind(of: Message, *attachments: Attachment) -> tuple[str, str | None]:
    found = message_kind(of, attachments)
    return found.kind.value, found.machine_made


@pytest.mark.parametrize("text", ["", REQUEST, "Salam, sənədlərim əlavədədir", "Ərizəm nə yerdədir?"])
def test_a_person_who_sends_documents_applies(text: str) -> None:
    """Whatever the letter says, documents make it an application; a logo alone does not."""
    assert kind(message("Ərizə", text), SCAN) == ("application", None)
    assert kind(message("Ərizə", "Salam, necəsiniz"), LOGO) == ("other", None)


@pytest.mark.parametrize(
    "text",
    [
        REQUEST,
        "Mənə müvəqqəti yaşama icazəsi verilməsini xahiş edirəm.",
        "Прошу принять меня в гражданство Азербайджанской Республики.",
        "I would like to apply for citizenship of Azerbaijan.",
        "Azerbaycan vatandaşlığına alınmak için başvuruyorum.",
    ],
)
def test_a_letter_that_asks_for_a_procedure_is_an_application_without_any_file(text: str) -> None:
    """In each of the languages in which people write."""
    assert kind(message("Müraciət", text)) == ("application", None)


def test_papers_behind_a_link_apply_when_they_are_for_a_procedure() -> None:
    """The link is never followed; a link alone asks for nothing."""
    text = "Vətəndaşlıq üçün ərizəm və sənədlərim burada: https://disk.example/x"
    found = Message("a", sender="a@b.az", text=text, links=("https://disk.example/x",))
    assert kind(found) == ("application", None)
    assert (
        kind(Message("a", sender="a@b.az", text="Baxın: https://x.example", links=("https://x.example",)))[0] == "other"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Vətəndaşlıq almaq üçün hansı sənədlər lazımdır? Xahiş edirəm cavab verəsiniz.",
        "Vətəndaşlıq ərizəmin nəticəsi haqqında məlumat verməyinizi xahiş edirəm.",
        "Vətəndaşlıq barədə ərizəmi geri götürmək istəyirəm.",
        "Какие документы нужны, чтобы подать на гражданство?",
        "Когда будет рассмотрено мое заявление о гражданстве? Прошу сообщить.",
        "Salam. Görüşə gələ bilmədim.",
    ],
)
def test_questions_enquiries_and_withdrawals_are_other_mail_of_people(text: str) -> None:
    """Not an application, and never ignored."""
    assert kind(message("Sual", text)) == ("other", None)


def test_a_reply_names_a_notice_of_ours() -> None:
    """In-Reply-To, References or the reference number in the subject make a reply; RE: alone does not."""
    ours = "<qbl-7k3m9-x2p4a.deficiency@example.gov.az>"
    assert answers_notice(Message("a", in_reply_to=ours))
    assert answers_notice(Message("a", references=("<x@y>", ours)))
    assert answers_notice(Message("a", subject="RE: Müraciətiniz [QBL-7K3M9-X2P4A]"))
    assert not answers_notice(Message("a", subject="RE: Müraciətiniz", in_reply_to="<abc@example.com>"))
    assert message_kind(message("RE: QBL-7K3M9-X2P4A"), [SCAN]).kind is MessageKind.REPLY


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (message("Undelivered Mail Returned to Sender", "x", "MAILER-DAEMON@mx.az", return_path="<>"), "bounce"),
        (message("Недоставленное сообщение", "550 user unknown", "mailer-daemon@mail.ru"), "bounce"),
        (message("x", "x", content_type="multipart/report; report-type=delivery-status"), "bounce"),
        (message("x", "x", x_failed_recipients="a@b.az"), "bounce"),
        (message("x", "x", content_type="multipart/report; report-type=feedback-report"), "complaint"),
        (message("RE: QBL-7K3M9-X2P4A", "Məzuniyyətdəyəm", auto_submitted="auto-replied"), "auto-reply"),
        (message("x", "x", x_autoreply="yes"), "auto-reply"),
        (message("Avtomatik cavab: Ərizə", "Ofisdə deyiləm"), "auto-reply"),
        (message("Автоответ: Заявление", "Я в отпуске"), "auto-reply"),
        (message("OOO: Müraciətiniz", "Bazar ertəsi qayıdıram"), "auto-reply"),
        (message("Прочитано: Ваше заявление", "Прочитано 12.05.2024"), "auto-reply"),
        (message("RE: QBL-7K3M9-X2P4A", "Это автоматический ответ. Я в отпуске до 1 сентября."), "auto-reply"),
        (message("RE: Müraciətiniz", "Salam! Bu məktub avtomatik göndərilib."), "auto-reply"),
        (message("RE: Müraciətiniz", "Qəbul edildi", return_path="<>"), "auto-reply"),
        (message("x", "x", precedence="auto-reply"), "auto-reply"),
        (message("Xəbərlər", "Bu həftənin xəbərləri", list_unsubscribe="<mailto:x@y>"), "list"),
        (message("Xəbərlər", "Bu həftənin xəbərləri", precedence="bulk"), "list"),
        (message("Win", "You have won a million dollars in our lottery, click here"), "spam"),
        (message("", "\n\n"), "empty"),
        (message("", "Sent from my iPhone"), "empty"),
        (message("Hesabınız", "Giriş kodunuz 123456", "no-reply@bank.example"), "notification"),
    ],
)
def test_machines_are_known_by_what_people_do_not_send(found: Message, reason: str) -> None:
    """Bounces, automatic replies, lists, notifications, spam and empty mail name their reason."""
    assert message_kind(found, ()).machine_made == reason


@pytest.mark.parametrize(
    "found",
    [
        message("Fwd: Undelivered Mail Returned to Sender", "Məktubum geri qayıtdı: 550 5.1.1 user unknown"),
        message("Ərizə", REQUEST, auto_submitted="auto-generated"),
        message("Ərizə", REQUEST, "noreply@scanner.example"),
        message("", ""),
        message("Ərizə", "Endirim, aksiya, kampaniya"),
        message("Ərizə", REQUEST, x_spam_flag="YES"),
        message("Ərizə", REQUEST, return_path="<>"),
    ],
)
def test_documents_of_a_person_are_never_ignored(found: Message) -> None:
    """One sign of a machine, or words like advertising, do not outweigh attached documents."""
    assert kind(found, SCAN) == ("application", None)


def test_a_letter_that_came_through_a_group_address_is_not_ignored() -> None:
    """One weak sign of a list does not outweigh words of our work."""
    assert kind(message("Sual", "Vətəndaşlıq haqqında sualım var", list_id="<office.example>")) == ("other", None)
    assert kind(message("Ərizə", REQUEST, list_id="<office.example>"), SCAN) == ("application", None)


def test_mass_mail_with_files_is_looked_at_by_a_person() -> None:
    """Neither an application, which would be refused, nor ignored."""
    assert kind(message("Kataloq", "Yeni kataloqumuz", list_id="<x.y>"), SCAN) == ("other", None)


def test_a_forwarded_message_without_files_is_judged_by_its_words() -> None:
    """A container is no document."""
    assert kind(message("Fwd", "Baxarsınız"), FORWARDED) == ("other", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Verdiyim ərizəni geri götürmək istəyirəm, baxılmasın.", "other"),
        ("Прошу отозвать моё заявление о гражданстве.", "other"),
        ("Подскажите, какие документы нужны? Копию паспорта прилагаю.", "other"),
        ("Vətəndaşlıqdan çıxmaq üçün müraciət edirəm.", "application"),
        ("Xahiş edirəm, vətəndaşlığa qəbul edəsiniz. Qəbzi nə vaxt göndərim?", "application"),
    ],
)
def test_a_paper_beside_a_question_or_a_withdrawal_makes_no_application(text: str, expected: str) -> None:
    """Who hands papers in applies, also when asking something; who only asks, or wants the papers back, does not."""
    assert kind(message("", text), SCAN)[0] == expected


def test_a_person_who_quotes_a_machine_is_a_person() -> None:
    """Only what a text itself begins with counts."""
    quoted = "Cavabınızı aldım, sənədi sabah göndərəcəyəm.\n> Bu məktub avtomatik göndərilib."
    assert kind(message("RE: Müraciətiniz", quoted)) == ("other", None)
    assert kind(message("Ərizə", REQUEST, return_path="<>")) == ("application", None)


def test_a_container_with_nothing_in_it_is_not_passed_over() -> None:
    """Somebody meant to send something: an empty archive or forwarded message waits for a person."""
    assert kind(message("", ""), FORWARDED) == ("other", None)
    assert kind(message("", ""), LOGO) == ("other", "empty")


def test_bytes_that_were_no_message_wait_for_a_person() -> None:
    """They are not taken for empty mail."""
    assert kind(Message("a", parsed=False)) == ("other", None)
