"""Results held against expectations. Pure: two JSON objects of the contract's shape in, counts out.

An expectation has the shape of a result, reduced to what is known to be true: ``decision``, ``procedure``,
``applicant``, ``documents`` (``type``, ``pages``, ``fields`` as plain values), ``findings``. ``made_with`` beside them
tells ``quality``, ``layout`` and ``handwritten`` for the tables.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_QUOTES = re.compile(r"[\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb`\u00b4\"']")
_ISO_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")

Json = Mapping[str, Any]


def folded(value: Any) -> Any:
    """A value for comparing: white space, quotes and dashes folded, case kept."""
    if isinstance(value, str):
        return " ".join(_QUOTES.sub("'", _DASHES.sub("-", value)).split())
    if isinstance(value, list):
        return [folded(each) for each in value]
    if isinstance(value, dict):
        return {key: folded(each) for key, each in value.items()}
    return value


@dataclass(frozen=True, slots=True)
class Answer:
    """One expected field of one document and what was read there."""

    document: str
    key: str
    right: bool
    confidence: float
    quality: str
    style: str
    expected: Any
    got: Any
    source: str = ""  # where it was read; empty where nothing was read


@dataclass(frozen=True, slots=True)
class Verdict:
    """One message: expected and given decision."""

    file: str
    expected: str
    given: str
    reasons: tuple[str, ...]

    @property
    def right(self) -> bool:
        return self.expected == self.given

    @property
    def wrong_notice(self) -> bool:
        """A decision left without a clerk that should not have: the one thing that must never happen."""
        return self.given not in ("review", "ignored") and not self.right


@dataclass
class Score:
    """Everything counted over many messages."""

    answers: list[Answer] = field(default_factory=list)
    pages: list[tuple[str, str, str, str]] = field(default_factory=list)  # expected, given, quality, file
    rows: list[tuple[str, int, int, int]] = field(default_factory=list)  # key, right, expected, given
    findings: list[tuple[int, int, int]] = field(default_factory=list)  # right, expected, given
    verdicts: list[Verdict] = field(default_factory=list)

    def add(self, expected: Json, given: Json) -> None:
        """Count one message."""
        made = expected.get("made_with", {})
        quality = str(made.get("quality") or "-")
        style = "hand" if made.get("handwritten") else str(made.get("layout") or "-")
        self._verdict(expected, given)
        self._pages(expected, given, quality)
        self._findings(expected, given)
        for want, found in paired(expected, given):
            self.answers.extend(answers_of(want, found, quality, style))
            self._rows(want, found)

    def _verdict(self, expected: Json, given: Json) -> None:
        decision = given["decision"]
        self.verdicts.append(
            Verdict(
                given["message"]["file"],
                expected["decision"]["value"],
                decision["value"],
                tuple(decision["review_reasons"]),
            )
        )

    def _pages(self, expected: Json, given: Json, quality: str) -> None:
        got = _types_by_page(given.get("documents", ()))
        for place, types in _types_by_page(expected.get("documents", ())).items():
            for type_ in types:
                here = got.get(place, [])
                match = type_ if type_ in here else (here[0] if here else "nothing")
                self.pages.append((type_, match, quality, place[0]))

    def _findings(self, expected: Json, given: Json) -> None:
        if given["decision"]["value"] == "review" or "findings" not in expected:
            return
        want = {_finding_key(each) for each in expected["findings"]}
        got = {_finding_key(each) for each in given["findings"]}
        self.findings.append((len(want & got), len(want), len(got)))

    def _rows(self, want: Json, found: Json | None) -> None:
        for key, value in _truths(want).items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                got = (found or {}).get("fields", {}).get(key) or {}
                self.rows.append((key, *_rows(value, got.get("value"))))


def paired(expected: Json, given: Json) -> list[tuple[Json, Json | None]]:
    """Each expected document and the given one of its type that shares a page with it; None where there is none."""
    return [(want, _same_document(want, given.get("documents", ()))) for want in expected.get("documents", ())]


def answers_of(want: Json, found: Json | None, quality: str = "-", style: str = "-") -> list[Answer]:
    """Every expected field of a document beside what was read there."""
    read = (found or {}).get("fields", {})
    return [_answer(want["type"], key, value, read.get(key), quality, style) for key, value in _truths(want).items()]


def _answer(document: str, key: str, value: Any, read: Json | None, quality: str, style: str) -> Answer:
    got = read or {}
    right = read is not None and folded(got.get("value")) == folded(value)
    confidence = float(got.get("confidence") or 0)
    return Answer(document, key, right, confidence, quality, style, value, got.get("value"), got.get("source") or "")


def _truths(want: Json) -> dict[str, Any]:
    """The expected values of a document by key."""
    fields = (want.get("fields") or {}).items()
    return {key: each["value"] if isinstance(each, dict) and "value" in each else each for key, each in fields}


def _same_document(want: Json, documents: Sequence[Json]) -> Json | None:
    alike = [each for each in documents if each["type"] == want["type"]]
    pages = {_place(page) for page in want.get("pages", ())}
    overlap = [each for each in alike if pages & {_place(page) for page in each["pages"]}]
    candidates = overlap or ([] if pages else alike)
    return candidates[0] if candidates else None


def _types_by_page(documents: Iterable[Json]) -> dict[tuple[str, int], list[str]]:
    types: dict[tuple[str, int], list[str]] = {}
    for document in documents:
        for page in document.get("pages", ()):
            types.setdefault(_place(page), []).append(document["type"])
    return types


def _place(page: Json) -> tuple[str, int]:
    return page["file"], page["page"]


def _finding_key(finding: Json) -> tuple[Any, ...]:
    return finding["code"], finding.get("document"), finding.get("field")


def _rows(expected: list[Any], given: Any) -> tuple[int, int, int]:
    left = [folded(row) for row in given] if isinstance(given, list) else []
    total, right = len(left), 0
    for row in expected:
        if folded(row) in left:
            left.remove(folded(row))
            right += 1
    return right, len(expected), total


def interval(right: int, total: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share."""
    if total == 0:
        return 0.0, 1.0
    z, share = 1.96, right / total
    centre = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return centre - half, centre + half


def calibration_error(answers: Sequence[Answer], bins: int = 10) -> float:
    """Expected calibration error: the mean distance of confidence and share right, weighted by bin."""
    if not answers:
        return 0.0
    error = 0.0
    for index in range(bins):
        inside = [each for each in answers if index / bins <= min(each.confidence, 0.9999) < (index + 1) / bins]
        if inside:
            share = sum(each.right for each in inside) / len(inside)
            error += abs(share - sum(each.confidence for each in inside) / len(inside)) * len(inside) / len(answers)
    return error


def coverage(answers: Sequence[Answer], target: float) -> tuple[float, int]:
    """The lowest confidence above which answers are right to ``target``, and how many are above it.

    Looked for from the surest answer down; 1.0 and 0 where not even the surest are that good.
    """
    ranked = sorted(answers, key=lambda each: -each.confidence)
    right, best = 0, (1.0, 0)
    for count, each in enumerate(ranked, 1):
        right += each.right
        last_of_its_confidence = count == len(ranked) or ranked[count].confidence < each.confidence
        if last_of_its_confidence and right / count >= target:
            best = each.confidence, count
    return best


def text_answers(expected: Json) -> list[str]:
    """The free-text answers of the forms in an expectation, for ways of reading that give text only."""
    forms = (each for each in expected.get("documents", ()) if each["type"].startswith("application_form_"))
    values = (value for form in forms for value in (form.get("fields") or {}).values())
    plain = (value["value"] if isinstance(value, dict) and "value" in value else value for value in values)
    return [text for text in plain if isinstance(text, str) and text != "none" and not _ISO_DATE.fullmatch(text)]


def text_holds(text: str, answer: str) -> bool:
    """Whether an answer stands in a text, wherever lines break."""
    return _run_together(answer) in _run_together(text)


def _run_together(text: str) -> str:
    return str(folded(text)).replace(" ", "")


def automatic(answers: Sequence[Answer], least: float) -> list[Answer]:
    """The answers whose confidence lets them pass without a clerk."""
    return [each for each in answers if each.confidence >= least]
