"""Reference numbers are stable, readable aloud and found again in subjects."""

from models.reference import notice_message_id, reference_of, references_in


def test_equal_content_gives_an_equal_reference() -> None:
    """``intake process`` makes the number from the content alone."""
    assert reference_of(b"a message") == reference_of(b"a message") != reference_of(b"another")


def test_a_reference_is_found_in_a_subject_whatever_its_case() -> None:
    """Mail programs add RE: and people retype numbers."""
    reference = reference_of(b"a message")
    assert references_in(f"RE: Müraciətiniz [{reference.lower()}] barədə") == (reference,)
    assert references_in("Re: müraciət 7K3M9-X2P4A") == ()


def test_the_same_notice_always_has_the_same_message_id() -> None:
    """So a repeat after a crash is recognised."""
    first = notice_message_id("QBL-7K3M9-X2P4A", "refusal", "example.az")
    assert first == "<qbl-7k3m9-x2p4a.refusal@example.az>"
