"""What training draws: the same from the same seed, in our alphabet, never what is held out."""

from __future__ import annotations

import tomllib
from pathlib import Path

import training
from extractors.engines.paddle import AZERBAIJANI
from training.texts import Texts, is_unseen

_HERE = Path(training.__file__).parent


def test_a_seed_gives_the_same_lines() -> None:
    """Two makers of texts with one seed agree; another seed gives other lines."""
    first, again, other = Texts("a"), Texts("a"), Texts("b")
    lines = [first.line() for _ in range(50)]
    assert lines == [again.line() for _ in range(50)]
    assert lines != [other.line() for _ in range(50)]


def test_lines_hold_what_the_head_can_write() -> None:
    """No line is empty, longer than 96 signs or outside the alphabet, and the rare letters do occur."""
    texts = Texts("alphabet")
    lines = [texts.line() for _ in range(3000)]
    assert all(0 < len(line) <= 96 and set(line) <= AZERBAIJANI for line in lines)
    assert set("№+jJWwəƏğĞıİşŞ") <= set("".join(lines))


def test_words_for_measuring_are_kept_from_training() -> None:
    """A word is listed for training or for measuring, never for both."""
    seen, unseen = Texts("a")._listed, Texts("a", unseen_words=True)._listed
    assert not set(seen) & set(unseen)
    assert all(is_unseen(word) for word in unseen[:500])


def test_eight_faces_of_each_kind_are_held_out() -> None:
    """The faces on which accuracy is stated, and their relatives, are told from those that may be trained on."""
    held = tomllib.loads((_HERE / "holdout.toml").read_text(encoding="utf-8"))
    listed = tomllib.loads((_HERE / "fonts.toml").read_text(encoding="utf-8"))
    for kind in ("handwriting", "type"):
        assert len(set(held[kind]["faces"])) == 8
        assert len(set(listed[kind]) - set(held[kind]["faces"]) - set(held[kind]["kin"])) >= 50
    assert all(integrity.startswith("sha512-") for faces in listed.values() for _, integrity in faces.values())
