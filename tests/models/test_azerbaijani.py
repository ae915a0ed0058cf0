"""The language helpers hold to Azerbaijani rules where Python's own casing does not."""

import pytest

from models import azerbaijani


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("İSMAYIL", "ismayıl"),
        ("IŞIQ", "ışıq"),
        ("ƏLİYEV ŞƏHLA", "əliyev şəhla"),
        (azerbaijani.UPPER, azerbaijani.LOWER),
    ],
)
def test_case_is_turned_both_ways(upper: str, lower: str) -> None:
    """i pairs with İ and ı with I, one code point each."""
    assert azerbaijani.lower(upper) == lower
    assert azerbaijani.upper(lower) == upper


def test_folding_makes_spellings_without_marks_equal() -> None:
    """People type Azerbaijani on foreign keyboards; a comparison must not see the difference."""
    assert azerbaijani.fold("Gülşən  ÇİÇƏK-Əliyeva") == azerbaijani.fold("gulsen cicek eliyeva")
    assert azerbaijani.fold("Xalq") != azerbaijani.fold("Halq")


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Азәрбајҹан Республикасы", "Azərbaycan Respublikası"),
        ("ҺЕЈДӘР", "HEYDƏR"),
        ("Ҝәнҹә", "Gəncə"),
        ("Чинкиз", "Çinkiz"),
    ],
)
def test_cyrillic_azerbaijani_becomes_latin(cyrillic: str, latin: str) -> None:
    """Letter by letter, case kept."""
    assert azerbaijani.latin(cyrillic) == latin
