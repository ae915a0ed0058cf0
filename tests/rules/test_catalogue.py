"""The catalogue is data: complete, checked with file, line and key, extended without code."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from models.catalogue import Condition
from rules.catalogue import FOLDER, CatalogueError, check, describe, listing, load_catalogue, read_examination
from rules.catalogue.conditions import holds, in_words, parse_condition
from tests.rules.build import CATALOGUE

ALL_PROCEDURES = {
    "citizenship_acquisition", "citizenship_restoration", "child_citizenship", "citizenship_renunciation",
    "child_renunciation", "stateless_pre1992", "place_of_stay_registration", "consular_visa_by_mail",
    "tax_registration_individual", "llc_registration_local", "llc_registration_foreign", "foreign_branch_registration",
    "vehicle_power_of_attorney", "real_estate_sale", "real_estate_gift", "lease_contract",
    "driving_licence_replacement", "id_card_under_16", "id_card_16_plus", "id_card_age_replacement",
    "id_card_family_status", "id_card_name_change", "id_card_military_status", "id_card_stateless_pre1992",
    "id_card_residence_change", "id_card_lost",
}  # fmt: skip

REG28_IN_FORCE = {
    date(2015, 11, 19): "1 2 3 4 5 6 7 8 9 10",
    date(2018, 1, 30): "1 2 3 4 5 6 7 8 9 10",
    date(2018, 1, 31): "1 2 4 6 7 8 9 10",
    date(2019, 3, 6): "1 2 4 6 7 8 9 10",
    date(2019, 3, 7): "1 2 4 6 7 8 8-1 9 10",
    date(2026, 11, 22): "1 2 4 6 7 8 8-1 9 10",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped catalogue that a test may change."""
    copy = tmp_path / "catalogue"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


def test_the_shipped_catalogue_has_no_mistake() -> None:
    """All 26 procedures, five forms and every type they name."""
    assert check(FOLDER) == []
    assert set(CATALOGUE.procedures) == ALL_PROCEDURES
    assert len(listing(CATALOGUE).splitlines()) == len(ALL_PROCEDURES)


@pytest.mark.parametrize(("day", "clauses"), REG28_IN_FORCE.items())
def test_the_clauses_of_2_6_1_in_force(day: date, clauses: str) -> None:
    """Notes [8]-[13]: the versions of 2.6.1, inclusive on both sides."""
    items = CATALOGUE.procedures["citizenship_acquisition"].requirements
    found = {item.clause for item in items if item.channel == "email" and item.in_force.on(day)}
    assert found == {"REG28 2.6.1", *(f"REG28 2.6.1.{number}" for number in clauses.split())}


def test_annex_1_is_verbatim() -> None:
    """Twenty answered questions and two declarations, in the words of the print."""
    form = CATALOGUE.forms["application_form_acquisition"]
    assert [question.number for question in form.questions] == [str(number) for number in range(1, 23)]
    assert form.questions[4].wordings[:2] == (
        "Ailə vəziyyətiniz (nikahda, dul, subay)",
        "Ailə vəziyyətiniz (nikahdasınızmı, dulsunuzmu, subaysınızmı)",
    )
    assert [column.key for column in form.questions[13].columns] == ["from", "to", "organisation_position", "address"]


@pytest.mark.parametrize("key", sorted(ALL_PROCEDURES))
def test_every_procedure_prints(key: str) -> None:
    """Every key, clause and name stands in the text; nothing is left over from the templates."""
    text = describe(key, CATALOGUE, date(2020, 1, 1))
    for item in CATALOGUE.procedures[key].requirements:
        if item.channel == "email" and item.in_force.on(date(2020, 1, 1)):
            assert all(asked in text for asked in item.asked.split("|"))
            assert item.clause in text


def test_printing_differs_as_the_law_does() -> None:
    """Nothing that is not in force that day is printed, requisites in plain digits."""
    early = describe("citizenship_acquisition", CATALOGUE, date(2017, 6, 1))
    late = describe("citizenship_acquisition", CATALOGUE, date(2020, 1, 1))
    for old in ("family_composition_certificate", "residence_certificate", "1403006271", "142213", "Bakı Vergilər"):
        assert old in early
        assert old not in late
    for new in ("court_decision_statelessness", "2.6.1.8-1", "1602473621", "142234", "Milli gəlirlər"):
        assert new in late
        assert new not in early
    assert "210005" in late


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("procedures/citizenship_acquisition.yaml", "until: 2018-01-30", "until: 2010-01-30", "is after until"),
        ("procedures/citizenship_acquisition.yaml", "{category: treaty_citizen}", "{kategory: x}", "unknown fact"),
        (
            "procedures/citizenship_acquisition.yaml",
            "{category: treaty_citizen}",
            "{category: x}",
            "category is one of",
        ),
        ("procedures/citizenship_acquisition.yaml", "document: photo_3x4", "document: foto", "no document type foto"),
        ("procedures/citizenship_acquisition.yaml", "document: photo_3x4", "dokument: photo_3x4", "no such key"),
        ("procedures/citizenship_acquisition.yaml", "since: 2015-11-19", "since: 19.11.2015", "write it as 2018-01-31"),
        ("procedures/citizenship_acquisition.yaml", "{amount: 110,", "{amount: yüz,", "a sum in AZN"),
        ("procedures/citizenship_acquisition.yaml", "until: 2019-03-06", "until: 2019-03-17", "on the same days"),
        ("procedures/citizenship_acquisition.yaml", ", 2019-03-07]", "]", "add that day to versions"),
        ("procedures/citizenship_acquisition.yaml", "value: AZ17CTRE", "value: AZ18CTRE", "check digits"),
        ("procedures/citizenship_acquisition.yaml", 'value: "210005"', "value: 210005", "quotation marks"),
        ("procedures/citizenship_acquisition.yaml", "unit: days", "unit: gün", "is none of"),
        ("procedures/citizenship_acquisition.yaml", "channels: [email, portal, paper]", "channels: email", "a list"),
        ("procedures/citizenship_acquisition.yaml", "name_en: acquisition of citizenship\n", "", "is missing"),
        ("field_names.yaml", "{name: soyad, name_en: surname}", "soyad", "keys and values"),
        ("procedures/citizenship_acquisition.yaml", "authority: dmx", "authority: xyz", "no authority xyz"),
        ("procedures/citizenship_acquisition.yaml", "clause: REG28 2.6.1.4", "clause: 2.6.1.4", "is no clause"),
        ("procedures/citizenship_acquisition.yaml", "fees:", "fees: [", "not valid YAML"),
        (
            "procedures/citizenship_restoration.yaml",
            "requisites_of: citizenship_acquisition",
            "requisites_of: x",
            "x.yaml",
        ),
        ("forms/application_form_acquisition.yaml", "kind: choice", "kind: chois", "is none of"),
        ("forms/application_form_acquisition.yaml", "key: ethnicity", "key: surname", "stand twice"),
        ("forms/application_form_restoration.yaml", '"19":', '"99":', "no question 99"),
        ("examination.yaml", "after: [service_opinion]", "after: [servis]", "is none of"),
        ("examination.yaml", "after: [service_opinion]", "after: [granted]", "no case comes to sent_to_commission"),
        ("examination.yaml", "after: [service_opinion]", "after: service_opinion", "a list"),
        ("examination.yaml", "  service_opinion:", "  servis_opinion:", "is none of"),
        ("examination.yaml", "REG28: REG28 3.3.1.6", "REG28: 3.3.1.6", "is no clause"),
        ("examination.yaml", "REG28: REG28 3.3.1.6", "QA: QA 1", "is none of"),
        ("examination.yaml", "notice: forwarded", "notice: sent", "is none of"),
        ("examination.yaml", "asks_opinions: true", "asks_opinions: false", "no step has asks_opinions"),
        ("examination.yaml", "asks_opinions: true", "asks_opinion: true", "no such key"),
        ("examination.yaml", "until: 2016-08-24", "until: 24.08.2016", "write it as 2018-01-31"),
        ("examination.yaml", "    name_en: State Security Service\n", "", "is missing"),
        ("places.yaml", "abroad_words: [", "abroad_word: [", "no such key"),
        ("document_types/identity.yaml", "face: true", "fase: true", "no such key"),
        ("document_types/identity.yaml", "id_card:", "passport:", "stands twice"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_key(folder: Path, file: str, old: str, new: str, message: str) -> None:
    """A lawyer finds the line to mend; a wrong catalogue is never used."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    problems = check(folder)
    assert any(message in problem.message for problem in problems), problems
    assert {problem.file for problem in problems} == {file}  # files that take a part from it do not echo it
    assert all(problem.line >= 1 for problem in problems)
    with pytest.raises(CatalogueError, match=file):
        load_catalogue(folder)
        read_examination(folder)


def test_a_file_that_is_no_text_is_named(folder: Path) -> None:
    """Bytes that are no UTF-8, control characters, an empty file, a bare list: a problem each, never a traceback."""
    for number, content in enumerate((b"\xff\xfe\x00name", b"name: a\x07b", b"", b"- a\n- b\n")):
        (folder / "procedures" / f"x{number}.yaml").write_bytes(content)
    assert [problem.file for problem in check(folder)] == [f"procedures/x{number}.yaml" for number in range(4)]


def test_the_line_is_the_line(folder: Path) -> None:
    """The number points at the key that is wrong."""
    path = folder / "procedures" / "citizenship_acquisition.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(index for index, line in enumerate(lines, start=1) if "document: photo_3x4" in line)
    lines[number - 1] = lines[number - 1].replace("document: photo_3x4", "dokument: photo_3x4")
    path.write_text("\n".join(lines), encoding="utf-8")
    assert any(problem.line == number and problem.key.endswith("dokument") for problem in check(folder))


@pytest.mark.parametrize(
    ("written", "facts", "result"),
    [
        ({"category": "refugee"}, {"category": "refugee"}, True),
        ({"category": "refugee"}, {}, None),
        ({"not": {"category": "refugee"}}, {"category": "foreigner"}, True),
        ({"age": {"at_least": 60}}, {"age": 60}, True),
        ({"age": {"at_most": 13}}, {"age": 14}, False),
        ({"all": [{"married": True}, {"age": {"at_least": 18}}]}, {"married": False}, False),
        ({"all": [{"married": True}, {"age": {"at_least": 18}}]}, {"married": True}, None),
        ({"any": [{"married": True}, {"age": {"at_least": 18}}]}, {"married": True}, True),
        ({"ground": ["adoption", "guardianship"]}, {"ground": "adoption"}, True),
        ({"reason": {"is_not": "lost"}}, {"reason": "lost"}, False),
    ],
)
def test_conditions_know_what_they_do_not_know(written: object, facts: dict[str, object], result: bool | None) -> None:
    """Three values: a condition whose fact is unknown is unknown unless the rest decides."""
    assert holds(parse_condition(written), facts) is result


def test_conditions_in_words() -> None:
    """Printed for a person: no key of the vocabulary, no bare "not"."""
    neither = parse_condition({"not": {"any": [{"category": "refugee"}, {"married": True}]}})
    assert in_words(neither) == "müraciət edənin kateqoriyası ≠ refugee və nikahdadır: xeyr"
    assert in_words(Condition("always")) == "həmişə"


def test_a_folder_without_a_catalogue_is_named(tmp_path: Path) -> None:
    """A mistyped folder is no empty catalogue."""
    assert "no catalogue" in check(tmp_path)[0].message


def test_the_paper_channel_is_printed_apart() -> None:
    """DEC189 2: what is asked of who applies on paper never mixes with what e-mail needs."""
    paper = describe("citizenship_acquisition", CATALOGUE, date(2020, 1, 1), "paper")
    assert "DEC189 2  4 x photo_3x4" in paper
    assert "family_composition_certificate" in paper
    assert "REG28 2.6.1.2" not in paper


def test_a_day_before_the_law_prints_no_law() -> None:
    """Neither decisions nor terms nor requisites of a regulation that does not exist yet."""
    text = describe("citizenship_acquisition", CATALOGUE, date(2015, 11, 18))
    assert "3.3.2.2" not in text
    assert "AZ17" not in text


def test_what_a_lawyer_compares_is_printed() -> None:
    """Dates, what follows when it is lacking, form, alternatives, charges and who lives abroad."""
    sale = describe("real_estate_sale", CATALOGUE, date(2020, 1, 1))
    assert "200 AZN + xidmət haqqı 30 AZN" in sale
    acquisition = describe("citizenship_acquisition", CATALOGUE, date(2018, 1, 30))
    assert "olmadıqda: refusal; qüvvədə: 2015-11-19 – 2018-01-30" in acquisition
    assert "id_document: şəxsiyyəti təsdiq edən sənədin surəti" in acquisition
    branch = describe("foreign_branch_registration", CATALOGUE, date(2020, 1, 1))
    assert "təqdim olunma: əsli və ya notariat qaydasında təsdiq edilmiş surəti" in branch
    assert "DEC189 11" in describe("citizenship_restoration", CATALOGUE, date(2020, 1, 1))
    assert "qeydiyyat nömrələrinin seriyası: VƏ\n" in acquisition
    assert "seriyası" not in sale


def test_no_two_procedures_share_a_register() -> None:
    """Registration numbers count per procedure, so that equal letters before them would make equal numbers."""
    registers = [each.series for each in load_catalogue().procedures.values() if each.series]
    assert len(registers) == len(set(registers)) and "VƏ" in registers
