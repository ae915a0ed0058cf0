"""Answer 1 in the styles in which people write it."""

from __future__ import annotations

import pytest

from extractors.forms.names import split_name


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        (["Soyadım Huqes, adım Susan"], ("Huqes", "Susan", None, None)),
        (["Əliyev Rəşad Kamil oğlu"], ("Əliyev", "Rəşad", "Kamil oğlu", None)),
        (["Əliyeva Günel", "Kamil qızı"], ("Əliyeva", "Günel", "Kamil qızı", None)),
        (["Rəşad Kamil oğlu Əliyev"], ("Əliyev", "Rəşad", "Kamil oğlu", None)),
        (["Soyadı: Əliyev", "Adı: Rəşad", "Atasının adı: Kamil"], ("Əliyev", "Rəşad", "Kamil", None)),
        (["Soyadı - Əliyev, adı - Rəşad, atasının adı - Kamil oğlu"], ("Əliyev", "Rəşad", "Kamil oğlu", None)),
        (["Al Rashid", "Muhammad Ali", "Hassan"], ("Al Rashid", "Muhammad Ali", "Hassan", None)),
        (["Petrov Sergey İvanoviç"], ("Petrov", "Sergey", "İvanoviç", None)),
        (["Lomidze Zurab"], ("Lomidze", "Zurab", None, None)),
        (["Zurab LOMIDZE"], ("LOMIDZE", "Zurab", None, None)),
        (["Mehmet Yılmaz", ""], ("Mehmet", "Yılmaz", None, None)),
        (["Məmmədova Aygün Rza qızı (əvvəlki soyadı Həsənova, nikahla əlaqədar)"],
         ("Məmmədova", "Aygün", "Rza qızı", "əvvəlki soyadı Həsənova, nikahla əlaqədar")),
        (["Melnik Olqa Petrovna, əvvəlki soyadım Bondar olub"],
         ("Melnik", "Olqa", "Petrovna", "əvvəlki soyadım Bondar olub")),
        (["Melnik Olqa. Əvvəlki soyadım Bondar olub"], ("Melnik", "Olqa", None, "Əvvəlki soyadım Bondar olub")),
        (["Soyadı: Melnik Adı: Olqa Atasının adı: Petrovna", "Əvvəlki soyadım Bondar olub"],
         ("Melnik", "Olqa", "Petrovna", "Əvvəlki soyadım Bondar olub")),
        (["Əliyev Rəşad Kamil oğlu, dəyişməmişəm"], ("Əliyev", "Rəşad", "Kamil oğlu", "none")),
        ([], (None, None, None, None)),
    ],
)  # fmt: skip
def test_names(rows: list[str], name: tuple[str | None, ...]) -> None:
    """Surname, given name, patronymic with its particle, and former names with their reasons."""
    person = split_name(rows)
    assert (person.surname, person.given_name, person.patronymic, person.former_names) == name


def test_a_doubtful_division_says_so() -> None:
    """Four words without a particle may be divided in several ways."""
    assert split_name(["Muhammad Ali Khan Bhutto"]).certainty < 0.7 < split_name(["Əliyev Rəşad Kamil oğlu"]).certainty
