"""Taking over what arrives: bytes to the store, one row, commit, wake a reader, and only then mark the mail seen."""

from __future__ import annotations

from intake.casework.envelope import envelope
from intake.casework.service import Service, log
from intake.ports import Mailbox, NotFound, Records, Unavailable, Work
from models.mail import Message
from models.office import PROGRAM, MailPlace, MessageState, StoredMessage
from models.reference import reference_of


def receive(service: Service, mailbox: Mailbox) -> int:
    """Take over everything that waits in the mailbox; how many messages were new.

    A message that cannot be fetched holds no other up: the rest is taken over before Unavailable is raised.
    """
    taken, trouble = 0, None
    for place in mailbox.waiting():
        try:
            taken += receive_one(service, mailbox, place)
        except Unavailable as error:
            trouble = error
    if trouble is not None:
        raise trouble
    return taken


def receive_one(service: Service, mailbox: Mailbox, place: MailPlace) -> bool:
    """Take over one message, unless that was done before; a second look meets the row and stops."""
    try:
        taken = None if _known(service, place) else _take(service, mailbox, place)
    except NotFound:
        return False  # somebody else moved it away meanwhile
    if taken is not None:
        service.wake(Work.READ, taken.id)
    mailbox.acknowledge(place)
    return taken is not None


def _known(service: Service, place: MailPlace) -> bool:
    with service.registry.read() as records:
        return records.known(place)


def _take(service: Service, mailbox: Mailbox, place: MailPlace) -> StoredMessage | None:
    raw = mailbox.fetch(place, service.practice.message_limit)
    key = service.store.put(raw)
    head = envelope(raw)
    with service.registry.write() as records:
        records.hold("arrivals")  # of two readers of mailboxes the second waits
        if records.known(place):
            return None
        taken = records.add_message(
            place,
            sha256=key,
            size=max(place.size, len(raw)),
            reference=_reference(records, raw, place),
            arrived_at=service.clock(),
            message_id=head.message_id,
            sender=head.sender,
            state=MessageState.RECEIVED,
        )
        records.add_event(taken.arrived_at, PROGRAM, "received", message_id=taken.id, sha256=key, size=taken.size)
    log.info("received", extra={"mail": taken.id, "bytes": taken.size})
    return taken


def _reference(records: Records, raw: bytes, place: MailPlace) -> str:
    """The reference number made from the content; from content and place when that one is taken."""
    reference = reference_of(raw)
    if records.reference_is_free(reference):
        return reference
    return reference_of(raw + f"\0{place.mailbox}\0{place.uid_validity}\0{place.uid}".encode())


def unopened(message: StoredMessage) -> Message:
    """What can be said of a message that nobody may or can open."""
    return Message(
        message.file,
        message_id=message.message_id,
        sender=message.sender,
        received_at=message.arrived_at,
        parsed=False,
    )
