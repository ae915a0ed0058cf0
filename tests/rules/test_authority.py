"""A setting makes the same build serve another authority: its matters are examined here, ours are sent on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from intake.bootstrap import office, policy
from intake.notices import compose
from intake.ports import Unavailable
from intake.settings import load_settings
from models.case import Assessment, Submission
from models.document import Document
from rules import assess
from tests.rules.build import CATALOGUE, TODAY, card, complete, paper, passport, photo, receipt, submission


def served_by(authority: str, documents: list[Document], subject: str) -> tuple[Assessment, Submission, str]:
    """What an office decides and writes that has nothing but this setting changed."""
    settings = load_settings(authority=authority, address="office@example.az")
    arrived = submission(documents, subject=subject, text="", number=None)
    result = assess(arrived, CATALOGUE, TODAY, policy(settings))
    now = datetime(2020, 3, 2, 9, tzinfo=UTC)
    letter = compose(
        result, arrived, CATALOGUE, reference="QBL-7K3M9-X2P4A", registration=None, issued_at=now,
        office=office(settings),
    )  # fmt: skip
    return result, arrived, letter.text if letter else ""


@pytest.mark.parametrize("authority", sorted(set(CATALOGUE.authorities) - {"dmx"}))
def test_citizenship_is_sent_on_to_the_migration_service(authority: str) -> None:
    """REG28 1.4: the letter names the Service and what it asks for by e-mail, and nothing is registered."""
    result, _, letter = served_by(authority, complete(), "Vətəndaşlığa qəbul")
    assert (result.procedure, result.decision.value) == ("citizenship_acquisition", "redirected")
    assert "Dövlət Miqrasiya Xidmətinə təqdim etməyiniz xahiş olunur" in letter
    assert "4 ədəd" not in letter  # the four photographs of the paper channel
    assert "110 manat" in letter


@pytest.mark.parametrize(
    ("authority", "key", "subject", "documents", "lacking"),
    [
        ("tax", "tax_registration_individual", "VÖEN açılması", [paper("tax_registration_application")], "id_document"),
        ("notary", "lease_contract", "İcarə müqaviləsi", [paper("ownership_document")],
         "property_description_certificate"),
        ("internal_affairs", "id_card_lost", "Şəxsiyyət vəsiqəmi itirmişəm", [photo(), photo(), receipt()],
         "application_form_id_card"),
        ("embassy", "consular_visa_by_mail", "Visa application", [paper("visa_application"), passport()],
         "covid_test_report|vaccination_card"),
    ],
)  # fmt: skip
def test_its_own_matters_are_examined(
    authority: str, key: str, subject: str, documents: list[Document], lacking: str
) -> None:
    """What is lacking is named under the source's clause; no source lets a program refuse or accept it."""
    result, _, letter = served_by(authority, documents, subject)
    assert (result.procedure, result.decision.value, letter) == (key, "review", "")
    assert (lacking, "QA" if authority != "embassy" else "EMB") in [(f.document, f.clause) for f in result.findings]


def test_what_belongs_to_a_third_body_is_sent_there() -> None:
    """The tax body sends a lost identity card on, too."""
    result, _, letter = served_by("tax", [photo(), photo(), card("id_card")], "Şəxsiyyət vəsiqəmi itirmişəm")
    assert (result.procedure, result.decision.value) == ("id_card_lost", "redirected")
    assert "Vergilər Nazirliyinin səlahiyyətinə aid deyil" in letter


def test_an_authority_that_nobody_described() -> None:
    """The catalogue's authorities are the choice; a misspelt one is told, not served."""
    with pytest.raises(Unavailable, match="dmxx"):
        office(load_settings(authority="dmxx"))
