"""What a message is: an application, a reply to a notice of ours, or the work of a machine.

A person's mail is never taken for a machine's: machine mail needs signs that people do not send, and a message with
documents needs more of them than one without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from models.azerbaijani import fold
from models.mail import Attachment, Message, MessageKind, PartStatus
from models.reference import references_in


def _any(alternatives: str) -> re.Pattern[str]:
    """A pattern of alternatives, written as lines of regular expressions."""
    return re.compile("|".join(line.strip() for line in alternatives.strip().splitlines()), re.MULTILINE)


_CONTAINERS = ("application/zip", "application/ms-tnef", "application/vnd.ms-outlook", "message/rfc822")


def message_kind(message: Message, attachments: Sequence[Attachment]) -> Message:
    """The message with ``kind`` and ``machine_made`` set (contract; casework.md, Further cases).

    ``machine_made`` names why nobody waits for an answer: ``bounce``, ``auto-reply``, ``complaint``, ``list``,
    ``notification``, ``spam`` or ``empty``; None for a person's mail, also where that is only doubtful.
    """
    enclosed = sum(_is_document(attachment) for attachment in attachments)
    documents = enclosed > 0
    attached = any(attachment.status is not PartStatus.SKIPPED for attachment in attachments)
    if reason := _machine(message, documents, attached):
        kind = {"bounce": MessageKind.BOUNCE, "complaint": MessageKind.BOUNCE, "auto-reply": MessageKind.AUTO_REPLY}
        return replace(message, kind=kind.get(reason, MessageKind.OTHER), machine_made=reason)
    if answers_notice(message):
        return replace(message, kind=MessageKind.REPLY)
    applies = _asks(message) if not documents else not (_is_mass_mail(message) or _only_writes(message, enclosed))
    if message.parsed and applies:
        return replace(message, kind=MessageKind.APPLICATION)
    return replace(message, kind=MessageKind.OTHER)


def _is_document(attachment: Attachment) -> bool:
    if attachment.status is PartStatus.SKIPPED:
        return False
    return attachment.status is not PartStatus.OK or attachment.media_type not in _CONTAINERS


_OUR_ID = re.compile(r"<qbl-[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}\.[^@\s<>]+@", re.IGNORECASE)


def answers_notice(message: Message) -> bool:
    """Whether a header names a notice of ours or the subject carries a reference number; "RE:" alone is no sign."""
    named = (message.in_reply_to or "", *message.references)
    return any(_OUR_ID.match(each) for each in named) or bool(references_in(message.subject))


# --- machines --------------------------------------------------------------------------------------------------------


def _machine(message: Message, documents: bool, attached: bool) -> str | None:
    """``attached``: whether there is anything but logos and signatures, be it only a container with nothing in it."""
    if not message.parsed:
        return None
    if reason := _report(message):
        return reason
    if _is_bounce(message, documents):
        return "bounce"
    if _is_auto_reply(message, documents):
        return "auto-reply"
    if documents:
        return None
    if _is_mass_mail(message):
        return "list"
    if not attached and _is_empty(message):
        return "empty"
    if _is_spam(message):
        return "spam"
    return "notification" if _NO_REPLY.search(message.sender or "") and not _asks(message) else None


def _header(message: Message, *names: str) -> str:
    return " ".join(value for key, value in message.headers if key in names).lower()


def _has(message: Message, *names: str) -> bool:
    return any(key in names for key, _ in message.headers)


_REPORTS = {
    "delivery-status": "bounce",
    "disposition-notification": "auto-reply",
    "feedback-report": "complaint",
}


def _report(message: Message) -> str | None:
    """What a machine-readable report is about (RFC 3464, 8098, 5965)."""
    content_type = _header(message, "content-type")
    if "multipart/report" in content_type or "report-type" in content_type:
        return next((reason for kind, reason in _REPORTS.items() if kind in content_type), "bounce")
    if _header(message, "x-message-class").startswith("report."):
        return "bounce"
    if _has(message, "x-hmxmroriginalrecipient") or message.subject.lower().startswith("complaint about message from"):
        return "complaint"
    return "bounce" if _has(message, "x-failed-recipients") else None


_DAEMON = _any(r"""
    mailer[-_.]?d(a)?emon|^mdaemon|post_?master@|mail[-_.]?daemon|^bounces?[@+-]|mail delivery (sub)?system|^mailer@
    mail administrator|^mmdf@|smtp.?gateway|delivery[-_. ]?(system|agent)|internet mail delivery|^<>$
""")
_BOUNCE_SUBJECT = _any(r"""
    undeliver|non-?deliver|not deliver|n[o']t be deliver|unable to deliver|deliver\w* fail|fail(ure|ed) (notice|deliver)
    delivery (status|fail|problem|error|report|notif|has fail|incompl|delay|not)|message (status|delayed|bounced|could)
    returned mail|mail (delivery )?(fail|return|error|system)|returning mess|return(ed)? to sender|bounce|mail could
    message you sent|could not send|mailbox (full|unavail)|user unknown|warning: could|unzustellbar|配信|エラー|退信
    недоставлен|не доставлен|не может быть доставлен|ошибка доставки|не удалось доставить
    çatdırılma|iletilemedi|teslim edilemedi
""")
_BOUNCE_TEXT = _any(r"""
    final-recipient:|diagnostic-code:|^status: ?[45]\.\d|action: failed|reporting-mta:|original-recipient:
    \b5[0-7]\d[ -]#?5\.\d\.\d|\b[45]\.[0-7]\.\d{1,2}\b|\b55[0-4][ -]|\b45[0-2][ -]|user unknown|unknown user
    no such (user|address|mailbox|recipient)|mailbox (is )?(full|unavailable|not found|exceeded)|does not exist
    recipient (address )?rejected|undeliver(able|ed)|could not be delivered|cannot be delivered|couldn.t be delivered
    permanent(ly)? (fatal )?(error|fail)|(wasn't|was not|not) (able to )?(be )?deliver|unable to deliver|unrouteable
    delivery (to|has|of)[^.]{0,80}fail|host (unknown|not found)|quota|returned to sender|following (address|recipient)
    did not reach|account (is )?(disabled|inactive)|not listed in|fatal errors|transcript of session|invalid recipient
    доставить|адресат
""")


def _is_bounce(message: Message, documents: bool) -> bool:
    """Whether a mail server returns something. Two independent signs are needed, and one of them must be the sender
    or the empty return path where documents are attached: people forward what came back to them."""
    sender, name = (message.sender or "").lower(), (message.sender_name or "").lower()
    by_machine = (bool(_DAEMON.search(sender) or _DAEMON.search(name)), _null_path(message))
    by_words = (
        bool(_BOUNCE_SUBJECT.search(message.subject.lower())),
        bool(_BOUNCE_TEXT.search(message.text[:20_000].lower())),
    )
    return sum(by_machine + by_words) >= 2 and (any(by_machine) or not documents)


_AUTO_HEADERS = (
    "x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-autoreply-from", "x-autogenerated",
    "x-mail-autoreply", "x-ms-exchange-generated-message-source", "x-vacation", "x-auto-replied",
)  # fmt: skip
_AUTO_SUBJECT = _any(r"""
    ^\W*(automatic reply|auto(matic)?[- ]?(reply|response|responder|answer))
    ^\W*(vacation (reply|notice)|out of (the )?office)
    ^\W*(away from (my|the) (mail|office|desk)|автоответ|автоматический ответ|автоматическое уведомление|вне офиса)
    ^\W*(avtomatik cavab|avto ?cavab|məzuniyyətdə|ofisdə deyiləm|otomatik (yanıt|cevap)|ofis dışı|dışarıda)
    ^\W*(abwesenheit|automatische antwort|réponse automatique|risposta automatica|respuesta automática)
    ^\W*(auto|ooo|oof): |^(read|okundu|прочтено|прочитано|oxundu|не прочтено|not read):
""")
_AUTO_TEXT = _any(r"""
    \bthis is an? (automat(ic|ed)|auto[- ]?generated) (e-?mail|reply|response|message)
    \bэто (письмо|сообщение)?\W*(автоматическ(ий|ое)|создано автоматически|сформировано автоматически)
    \bbu,? (məktub |mesaj |e-?mail )?avtomatik\b|\bbu,? (mesaj |e-?posta |bir )*otomatik\b
""")
_OPENING = 200  # letters of a text, before anything that it may quote


def _is_auto_reply(message: Message, documents: bool) -> bool:
    """RFC 3834 and the programs that came before it or do not follow it."""
    submitted = _header(message, "auto-submitted").strip()
    if submitted.startswith("auto-replied") or _has(message, *_AUTO_HEADERS):
        return True
    if re.search(
        "auto[-_ ]?repl", _header(message, "precedence", "x-precedence", "preference", "x-auto-response-type")
    ):
        return True
    if "autoresponder" in _header(message, "delivered-to", "x-post-messageclass", "x-mailer"):
        return True
    if "ooftemplate" in _header(message, "x-message-class"):
        return True
    if documents:
        return False
    unanswerable = _null_path(message) and not _asks(message)  # nothing may be sent to it (RFC 5321 4.5.5)
    worded = _AUTO_SUBJECT.search(f"{message.subject.strip().lower()} ") or _says_so(message)
    return submitted.startswith("auto") or unanswerable or bool(worded)


def _says_so(message: Message) -> bool:
    """Whether a text begins by saying that a program wrote it."""
    opening = message.text.strip()[:_OPENING].partition("\n>")[0]
    return bool(_AUTO_TEXT.search(opening.lower()))


def _null_path(message: Message) -> bool:
    return _header(message, "return-path").strip() in ("<>", "mailer-daemon", "<mailer-daemon>")


_MASS_HEADERS = ("list-unsubscribe", "x-campaign", "x-campaignid", "x-mailchimp-id", "x-mc-user")
_NO_REPLY = re.compile(
    r"^(no[-_.]?reply|do[-_.]?not[-_.]?reply|noreply|newsletter|notifications?|marketing)\b.*@", re.I
)


def _is_mass_mail(message: Message) -> bool:
    """Newsletters and lists. A single weak sign, as a group address may leave on any letter, is none where the words
    are of our work."""
    weak = (
        _header(message, "precedence").strip() in ("bulk", "list", "junk"),
        _has(message, "list-id"),
        _has(message, "feedback-id"),
    )
    if _has(message, *_MASS_HEADERS) or sum(weak) > 1:
        return True
    return any(weak) and not _OFFICE.search(fold(f"{message.subject} {message.text[:8000]}"))


_PHONE_FOOTER = re.compile(r"^\s*(sent from|get outlook|отправлено с|gönderildi|iphone.?umdan|--\s*$).*$", re.I | re.M)


def _is_empty(message: Message) -> bool:
    words = fold(_PHONE_FOOTER.sub("", message.text)).split()
    subject = [word for word in fold(message.subject).split() if word not in ("re", "fw", "fwd", "no", "subject")]
    return not words and len(subject) < 2


#: The patterns from here on are matched against folded text: lower case, no diacritics, also none in Cyrillic.
_SPAM = _any(r"""
    \b(viagra|cialis|casino|kazino|lottery|lotereya|jackpot|bitcoin|crypto|forex|payday)\b
    \b(weight loss|click here|act now)\b
    \b(you (have )?won|winner|million (dollars|usd|euros?)|inheritance|bet(ting)?|mostbet|pin ?up|backlinks|cheap)\b
    \b(special offer|(limited )?(time )?offer|seo (services|optimization)|discount|unsubscribe|endirim|kampaniya)\b
    \b(aksiya|ucuz|gelirli|qazanin|uduslar?|казино)\b
    \b(выигр|ставк|скидк|заработ|кредит|рассылк|отпис)\w*
""")
_OFFICE = _any(r"""
    vetendas|erize|anket|pasport|passport|muraciet|migrasiya|senedl|qeydiyyat|yasayis|yasama|icaze|dovlet rusum|виза
    гражданств|заявлени|паспорт|документ|миграц|регистрац|жительств|vatandas|basvuru|ikamet|citizenship|application
    residence|migration|visa|registration
""")


def _is_spam(message: Message) -> bool:
    """Advertising without a word of our work in it, or what a filter before us marked."""
    words = fold(f"{message.subject} {message.text[:8000]}")
    if _OFFICE.search(words):
        return False
    flagged = "yes" in _header(message, "x-spam-flag") or _header(message, "x-spam-status").startswith("yes")
    return flagged or len(set(_found(_SPAM, words))) >= 2


def _found(pattern: re.Pattern[str], text: str) -> Iterable[str]:
    return (match[0] for match in pattern.finditer(text))


# --- people ----------------------------------------------------------------------------------------------------------

_MATTER = _any(r"""
    vetendasli\w*|yasayis icaze\w*|yasama icaze\w*|muveqqeti yasama\w*|daimi yasama\w*|vesiq\w*|qeydiyyat\w*
    is icaze\w*|emek fealiyyet\w*|qacqin\w*|muhaciret\w*|viza\w*|vatandaslig\w*|vatandaslik\w*|ikamet\w*|oturma izn\w*
    гражданств\w*|вид\w* на жительств\w*|разрешени\w*|регистраци\w*|виз[ауы]|беженц\w*
    citizenship|residence permit|registration|work permit|refugee status|visa
""")
_ASKING = _any(r"""
    xahis\w*|isteyirem|isteyirik|muraciet edir\w*|edesiniz|olunmag\w*|edilmey\w*|verilmesi\w*|teleb edirem
    rica ed\w*|arz ed\w*|talep ediyor\w*|basvur\w*|istiyorum
    прошу|просим|хочу|хотим|желаю|ходатаиств\w*|подаю
    i apply|we apply|(wish|like|want) to apply|am applying|are applying|hereby apply|i request
    please (accept|grant|register|issue|extend)
""")
_PAPERS = _any(r"""
    erize|anket|sened|заявлени|анкет|документ|dilekce|belge|basvuru|application|documents|papers
""")
_NEAR = 120  # letters between what is asked for and the asking
_QUESTION = _any(r"""
    \b(hansi|hansilar|nece|ne vaxt|ne qeder|harada|haradan|niye|mumkundur|olarmi|lazimdirmi|lazimdir|teleb olunur)\b
    \b(melumat (ver|almaq)\w*|bilmek|nasil|nerede|hangi|ne zaman|mumkun mu)\b
    \b(какие|какои|как|где|когда|сколько|можно ли|нужно ли|нужны|подскажите|узнать)\b
    \b(which|how|what|when|where|could you tell|information about)\b
""")
_OTHER_MATTER = _any(r"""
    geri gotur\w*|geri cek\w*|imtina edirem|legv (ed|olun)\w*|baxilma\w* dayandir\w*|ne yerdedir|neticesi|hansi merhele
    cavab (almamis|gelme)\w*|sonucu|iptal et\w*
    отозвать|отзываю|забрать заявлени|статус|результат|рассмотрен
    withdraw\w*|cancel my|status of|any news
""")


_WITHDRAWS = _any(r"""
    (eriz|muraciet|sened)\w*[^.!?]{0,40}(geri (gotur|cek|qaytar|al)|legv (ed|olun))\w*
    (отозвать|отзываю|прошу вернуть|забрать)[^.!?]{0,30}(заявлени|документ)
    withdraw\w* my|basvuru\w*[^.!?]{0,30}(geri cek|iptal)
""")
_WHOLE_SET = 3  # files from which on a letter with a question is one that hands papers in


def _only_writes(message: Message, enclosed: int) -> bool:
    """Whether a letter withdraws what was asked for, or asks about something with a paper or two enclosed."""
    words = fold(f"{message.subject} {message.text[:8000]}")
    asks = "?" in message.text and enclosed < _WHOLE_SET and _QUESTION.search(words) and not _HANDS_IN.search(words)
    return bool(_WITHDRAWS.search(words) or asks)


_HANDS_IN = _any(r"""
    xahis\w*|muraciet edirem|teqdim edirem|gonderirem|isteyirem ki|прошу (принять|рассмотреть)|подаю|направляю
    \b(elave|teqdim|gonder)\w* ed\w*|прилагаю (документы|заявлени|анкет)|отправляю|высылаю
    i apply|hereby|please (accept|grant|register)|\b(sending|submitting|send|submit|attaching) (you )?(my|the|this)
    basvuru(m|yorum)\w* (ekte|gonder|sun)|arz ederim
""")


def _asks(message: Message) -> bool:
    """Whether the text itself asks for a procedure, or hands in its papers behind a link: no question about one, no
    enquiry, no withdrawal."""
    words = fold(f"{message.subject} {message.text[:8000]}")
    matters = [match.start() for match in _MATTER.finditer(words)]
    asking = [match.start() for match in _ASKING.finditer(words)]
    near = any(abs(matter - verb) <= _NEAR for matter in matters for verb in asking)
    handed_in = bool(matters and message.links and _PAPERS.search(words))
    if not (near or handed_in) or _OTHER_MATTER.search(words):
        return False
    return not ("?" in message.text and _QUESTION.search(words))
