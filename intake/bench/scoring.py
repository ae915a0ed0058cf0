"""Results held against expectations. Pure: two JSON objects of the contract's shape in, counts out.

An expectation has the shape of a result, reduced to what is known to be true: ``decision``, ``procedure``,
``applicant``, ``documents`` (``type``, ``pages``, ``fields`` as plain values), ``findings``. ``made_with`` beside them,
and in a document, tells how it looks: ``quality``, ``print``, ``layout``, ``handwritten``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_QUOTES = re.compile(r"[\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb`\u00b4\"']")
_ISO_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")

TYPED, BY_HAND = "typed", "handwriting-like"
TEXT = "text"  # the quality of what is no picture
#: Qualities of an expectation that mean text instead of pictures, and what that text is.
_AS_TEXT = {TEXT: "text layer", "textpdf": "text layer", "acroform": "AcroForm", "docx": "DOCX"}

Json = Mapping[str, Any]
Place = tuple[str, int]  # file, page


def folded(value: Any) -> Any:
    """A value for comparing: white space, quotes and dashes folded, case kept."""
    if isinstance(value, str):
        return " ".join(_QUOTES.sub("'", _DASHES.sub("-", value)).split())
    if isinstance(value, list):
        return [folded(each) for each in value]
    if isinstance(value, dict):
        return {key: folded(each) for key, each in value.items()}
    return value


class Look(NamedTuple):
    """How a document's pages look; ``style`` is how what is filled in is printed."""

    quality: str = "-"
    style: str = "-"
    layout: str = "-"


_UNTOLD = Look()


@dataclass(frozen=True, slots=True)
class Answer:
    """One expected field of one document and what was read there."""

    document: str
    key: str
    right: bool
    confidence: float
    quality: str
    style: str
    layout: str
    expected: Any
    got: Any
    source: str = ""  # where it was read; empty where nothing was read
    message: str = ""


class PageType(NamedTuple):
    """The type that a page has and the one it was given."""

    expected: str
    given: str
    quality: str
    file: str


class Rows(NamedTuple):
    """The rows of one table."""

    key: str
    right: int
    expected: int
    given: int
    quality: str = "-"
    style: str = "-"


class Stream(NamedTuple):
    """Pages in a row that hold documents: those of one ``file``, or of the whole message where it is empty."""

    file: str
    documents: int
    right: bool  # parted into exactly the expected documents
    message: str = ""


class Zone(NamedTuple):
    """One machine-readable zone."""

    document: str
    quality: str
    whole: bool
    accepted: bool  # its check digits were found right


class Findings(NamedTuple):
    """How many findings of one message are in both, in the expectation, in the result."""

    right: int
    expected: int
    given: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """One message: expected and given decision; ``reasons`` for a clerk, or the findings that it rests on."""

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
    pages: list[PageType] = field(default_factory=list)
    rows: list[Rows] = field(default_factory=list)
    streams: list[Stream] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    findings: list[Findings] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)

    def add(self, expected: Json, given: Json) -> None:
        """Count one message."""
        name = given["message"]["file"]
        self._verdict(expected, given)
        self._pages(expected, given)
        found_streams = streams(expected.get("documents", ()), given.get("documents", ()))
        self.streams += [each._replace(message=name) for each in found_streams]
        self._findings(expected, given)
        for want, found in paired(expected, given):
            look = look_of(want, expected)
            self.answers += answers_of(want, found, look, name)
            self.rows += _rows(want, found, look)
            self.zones += _zones(want, found, look)

    def _verdict(self, expected: Json, given: Json) -> None:
        decision, found = given["decision"], (each["code"] for each in given["findings"])
        reasons = tuple(decision["review_reasons"] or found)
        self.verdicts.append(
            Verdict(given["message"]["file"], expected["decision"]["value"], decision["value"], reasons)
        )

    def _pages(self, expected: Json, given: Json) -> None:
        types: dict[Place, list[str]] = {}
        for document in given.get("documents", ()):
            for place in _places(document):
                types.setdefault(place, []).append(document["type"])
        for want in expected.get("documents", ()):
            for place in _places(want):
                here = types.get(place, ["nothing"])
                found = want["type"] if want["type"] in here else here[0]
                self.pages.append(PageType(want["type"], found, look_of(want, expected).quality, place[0]))

    def _findings(self, expected: Json, given: Json) -> None:
        if given["decision"]["value"] == "review" or "findings" not in expected:
            return
        want = {_finding_key(each) for each in expected["findings"]}
        got = {_finding_key(each) for each in given["findings"]}
        self.findings.append(Findings(len(want & got), len(want), len(got)))


def look_of(document: Json, expected: Json) -> Look:
    """How an expected document looks: what it says itself, else what its message says of all."""
    said = {key: value for key, value in (document.get("made_with") or {}).items() if value}
    made = {**(expected.get("made_with") or {}), **said}
    quality = str(made.get("quality") or "-")
    style = made.get("print") or _AS_TEXT.get(quality) or (BY_HAND if made.get("handwritten") else TYPED)
    return Look(TEXT if quality in _AS_TEXT else quality, style, str(made.get("layout") or "-"))


def paired(expected: Json, given: Json) -> list[tuple[Json, Json | None]]:
    """Each expected document and the given one of its type that shares a page with it; None where there is none."""
    return [(want, _same_document(want, given.get("documents", ()))) for want in expected.get("documents", ())]


def answers_of(want: Json, found: Json | None, look: Look = _UNTOLD, message: str = "") -> list[Answer]:
    """Every expected field of a document beside what was read there."""
    read = (found or {}).get("fields", {})
    return [_answer(want["type"], key, value, read.get(key), look, message) for key, value in _truths(want).items()]


def _answer(document: str, key: str, value: Any, read: Json | None, look: Look, message: str) -> Answer:
    got = read or {}
    right = read is not None and folded(got.get("value")) == folded(value)
    confidence = float(got.get("confidence") or 0)
    return Answer(document, key, right, confidence, *look, value, got.get("value"), got.get("source") or "", message)


def _truths(want: Json) -> dict[str, Any]:
    """The expected values of a document by key."""
    fields = (want.get("fields") or {}).items()
    return {key: each["value"] if isinstance(each, dict) and "value" in each else each for key, each in fields}


def _same_document(want: Json, documents: Sequence[Json]) -> Json | None:
    alike = [each for each in documents if each["type"] == want["type"]]
    pages = set(_places(want))
    overlap = [each for each in alike if pages & set(_places(each))]
    candidates = overlap or ([] if pages else alike)
    return candidates[0] if candidates else None


def _places(document: Json) -> list[Place]:
    return [(page["file"], page["page"]) for page in document.get("pages", ())]


def streams(expected: Collection[Json], given: Collection[Json]) -> list[Stream]:
    """Whether the pages of a message, and of each of its files, were parted into the documents that they are.

    A single page is no stream. Pages of which the expectation says nothing are left out.
    """
    known = {place for document in expected for place in _places(document)}
    of_files = ((file, {place for place in known if place[0] == file}) for file in sorted({file for file, _ in known}))
    found = []
    for name, places in (("", known), *of_files):
        want, got = _parted(expected, places), _parted(given, places)
        if len(places) > 1:
            found.append(Stream(name, want.total(), want == got))
    return found


def _parted(documents: Iterable[Json], among: Collection[Place]) -> Counter[frozenset[Place]]:
    """The sets of pages that documents have among some pages."""
    sets = (frozenset(_places(document)) & frozenset(among) for document in documents)
    return Counter(each for each in sets if each)


def _finding_key(finding: Json) -> tuple[Any, ...]:
    return finding["code"], finding.get("document"), finding.get("field")


def _rows(want: Json, found: Json | None, look: Look) -> list[Rows]:
    """The tables of a document, row by row."""
    tables = {key: value for key, value in _truths(want).items() if isinstance(value, list) and value}
    return [
        Rows(key, *_rows_alike(value, _value(found, key)), look.quality, look.style)
        for key, value in tables.items()
        if isinstance(value[0], dict)
    ]


def _rows_alike(expected: list[Any], given: Any) -> tuple[int, int, int]:
    """How many rows are right, expected and given; a row counts once."""
    left = [folded(row) for row in given] if isinstance(given, list) else []
    total, right = len(left), 0
    for row in expected:
        if folded(row) in left:
            left.remove(folded(row))
            right += 1
    return right, len(expected), total


def _zones(want: Json, found: Json | None, look: Look) -> list[Zone]:
    """The machine-readable zone of a document, where it has one."""
    lines = _truths(want).get("mrz")
    if not lines:
        return []
    return [Zone(want["type"], look.quality, _value(found, "mrz") == lines, _value(found, "mrz_valid") is True)]


def _value(found: Json | None, key: str) -> Any:
    read = (found or {}).get("fields", {}).get(key) or {}
    return read.get("value")


def text_answers(expected: Json) -> list[str]:
    """The free-text answers of the forms in an expectation, for ways of reading that give text only."""
    forms = (each for each in expected.get("documents", ()) if each["type"].startswith("application_form_"))
    values = (value for form in forms for value in _truths(form).values())
    return [text for text in values if isinstance(text, str) and text != "none" and not _ISO_DATE.fullmatch(text)]


def text_holds(text: str, answer: str) -> bool:
    """Whether an answer stands in a text, wherever lines break."""
    return _run_together(answer) in _run_together(text)


def _run_together(text: str) -> str:
    return str(folded(text)).replace(" ", "")
