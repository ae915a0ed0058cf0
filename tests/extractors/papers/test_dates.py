"""Days in guillemets and in old-style figures, as engines read them."""

from __future__ import annotations

import pytest

from extractors.papers.dates import find_day


@pytest.mark.parametrize(
    ("text", "day", "certain"),
    [
        ("24.02.2025-ci il", "2025-02-24", True),
        ("«12» mart 2025-ci il", "2025-03-12", True),
        ("“27ə yanvar 2025", "2025-01-27", True),
        ("617? fevral 2025", "2025-02-17", False),
        ("189 mart 2025", "2025-03-18", False),
        ("c199 fevral 2025-ci il", "2025-02-19", False),
        ("€ 053 fevral 2025", "2025-02-05", False),
        ("2ş iyun zo23", "2023-06-25", False),
        ("«19 mart 2025", "2025-03-19", False),
    ],
)
def test_a_day_that_needed_a_repair_is_not_certain(text: str, day: str, certain: bool) -> None:
    """Marks read as figures fall away where only one day is left."""
    found = find_day(text)
    assert found is not None
    assert found.value == day
    assert (found.sure == 1.0) is certain


@pytest.mark.parametrize("text", ["31.02.2025", "2025", "617 nömrəli 2025", ""])
def test_no_day_is_invented(text: str) -> None:
    """What is no calendar day stays unread."""
    assert find_day(text) is None
