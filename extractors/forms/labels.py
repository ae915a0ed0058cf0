"""Forms made of short labels under section headings: which question each label on a sheet belongs to.

"Soyadı" stands in the host's, the guest's and every companion's part. A label is told by the heading above it and by
its neighbours: on paper labels follow each other as in the form, whatever is left out, unreadable or on another sheet.
Labels of a list's records may repeat without end; each of them is an *entry*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from rapidfuzz.distance import Indel

from extractors.forms.aligning import find_printed
from extractors.forms.printed import Hit, Printed, PrintedKind, question_text, spellings, words_of
from extractors.forms.tokens import PageText, Token, rows_of
from models import azerbaijani as az
from models.catalogue import FormDescription, Question
from models.geometry import box_of

_HEADING = 0.84  # likeness of a row and a section's name
_BLANK = 2.5  # heights between two texts in one row
_NEXT, _NEAR, _SAME_PART = 0.4, 0.15, 0.1  # what speaks for a question beside the label's own score
_SEVERAL = 4  # labels with numbers before them that show that labels are numbered
_REPEATED = 8  # records of a list on one sheet
_SPLIT = 2  # words that engines make of one
_MIDDLE = 0.4  # heights between the middles of labels in one row
_PARTED = 1.5  # heights between the pieces of a word
_DAMAGED, _UNSURE = 0.5, 0.75  # likeness of a label just between its neighbours, and where one of them is lost too
_NUMBERING = re.compile(r"^(?:\d{1,2}|[ivx]{1,4}|[a-hıə])[.)]\s*", re.IGNORECASE)


def is_labelled(form: FormDescription) -> bool:
    """Whether a form consists of sections."""
    return any(question.section for question in form.questions)


def label_ends(form: FormDescription) -> frozenset[str]:
    """The folded last words of a form's labels; nothing for a form of numbered questions."""
    if not is_labelled(form):
        return frozenset()
    return frozenset(_plain(words[-1]) for text in _Layout(form).labels for words in text.wordings)


def labels_on(text: PageText, form: FormDescription, carried: str, used: Iterable[int] = ()) -> list[Hit]:
    """Section headings, labels as question hits and a list's labels as entries, in no order.

    ``carried`` is the section that the sheet before ended in; ``used`` words are print of another kind.
    """
    layout = _Layout(form)
    known = set(used)
    heads = _headings(text, layout, known)
    taken = known | {t for hit in heads for t in hit.tokens}
    found = _whole(text, find_printed(text, layout.labels, taken), taken)
    segments = _segments(text, heads, found, layout, carried)
    placed = [hit for segment in segments for hit in _placed(segment, layout)]
    placed += _damaged(text, placed, heads, layout, taken)
    placed += _damaged_entries(text, placed, layout, taken)
    return [*_with_tables(heads, layout), *_entries(text, _with_numbers(text, placed))]


@dataclass(frozen=True)
class _Layout:
    """The order of a form's labels. A list's columns come after all questions, at ``len(questions)`` and on."""

    form: FormDescription

    @cached_property
    def sections(self) -> list[str]:
        return list(dict.fromkeys(q.section for q in self.form.questions))

    @cached_property
    def questions(self) -> list[Question]:
        return [q for q in self.form.questions if not q.columns]

    @cached_property
    def lists(self) -> dict[str, Question]:
        """Questions that are a whole section's list, by section."""
        return {q.section: q for q in self.form.questions if q.columns}

    @cached_property
    def columns(self) -> list[tuple[Question, Printed]]:
        return [
            (q, Printed(PrintedKind.ENTRY, f"{q.number}/{c.key}", spellings(c.headings)))
            for q in self.lists.values()
            for c in q.columns
        ]

    @cached_property
    def places(self) -> dict[tuple[tuple[str, ...], ...], list[int]]:
        """Where in the order each label stands, by its wordings."""
        out: dict[tuple[tuple[str, ...], ...], list[int]] = {}
        texts = [*map(question_text, self.questions), *(text for _, text in self.columns)]
        for place, text in enumerate(texts):
            out.setdefault(text.wordings, []).append(place)
        return out

    @cached_property
    def labels(self) -> list[Printed]:
        """Every label as often as it may stand on one sheet."""
        out = []
        for wordings, places in self.places.items():
            text = Printed(PrintedKind.QUESTION, " ".join(wordings[0]), wordings)
            out += [text] * (len(places) + (_REPEATED if places[-1] >= len(self.questions) else 0))
        return out

    def section_at(self, place: int) -> str:
        count = len(self.questions)
        return (self.questions[place] if place < count else self.columns[place - count][0]).section

    def text_at(self, place: int) -> Printed:
        count = len(self.questions)
        return question_text(self.questions[place]) if place < count else self.columns[place - count][1]

    def rank(self, section: str) -> int:
        return self.sections.index(section) if section in self.sections else -1


@dataclass(frozen=True)
class _Segment:
    """Labels in reading order from one heading to the next, and the sections that they may belong to."""

    hits: list[Hit]
    sections: list[str]
    likely: tuple[str, ...]


# --- headings --------------------------------------------------------------------------------------------------------


def _headings(text: PageText, layout: _Layout, used: set[int]) -> list[Hit]:
    """The rows that are a section's name and nothing else, each name once."""
    best: dict[str, tuple[float, Hit]] = {}
    for run in _runs(text, used):
        said = "".join(az.fold(_NUMBERING.sub("", " ".join(t.text for t in run))).split())
        alike, name = max((Indel.normalized_similarity(said, _plain(name)), name) for name in layout.sections)
        if alike >= _HEADING and alike > best.get(name, (0.0,))[0]:
            words = words_of(name)
            printed, tokens = Printed(PrintedKind.SECTION, name, (words,)), tuple(t.index for t in run)
            hit = Hit(printed, tokens, 2 * alike, alike, box_of(run), wording=words, ends_at=len(words))
            best[name] = (alike, hit)
    return [hit for _, hit in best.values()]


def _runs(text: PageText, used: set[int]) -> Iterator[list[Token]]:
    """Words of a row without a wide blank between them."""
    for row in rows_of(t for t in text.tokens if t.index not in used):
        run = [row[0]]
        for token in row[1:]:
            if text.gap(run[-1], token) > _BLANK or token.cell != run[-1].cell:
                yield run
                run = []
            run.append(token)
        yield run


def _plain(text: str) -> str:
    return "".join(az.fold(text).split())


def _with_tables(heads: Iterable[Hit], layout: _Layout) -> list[Hit]:
    """Headings; one that is a list's question at the same time is that question."""
    return [replace(h, printed=question_text(layout.lists[h.key])) if h.key in layout.lists else h for h in heads]


# --- which label belongs to which question ---------------------------------------------------------------------------


def _segments(
    text: PageText, heads: Sequence[Hit], found: Sequence[Hit], layout: _Layout, carried: str
) -> list[_Segment]:
    """The labels of a sheet between its headings. A heading that was not found is made up for by its neighbours."""
    elements = [element for row in _rows(text, [*heads, *found]) for element in row]
    out: list[_Segment] = []
    opened, labels = carried, []
    for element in [*elements, None]:
        if element is not None and element.kind is not PrintedKind.SECTION:
            labels.append(element)
            continue
        closing = element.key if element is not None else ""
        out.append(_segment(labels, layout, opened, closing, first=not out))
        opened, labels = closing, []
    return [segment for segment in out if segment.hits]


def _segment(labels: list[Hit], layout: _Layout, opened: str, closing: str, first: bool) -> _Segment:
    low, high = layout.rank(opened), layout.rank(closing) if closing else len(layout.sections)
    start = max(low, 0) if not first else 0  # the sheet before may be another one than the one in hand
    between = layout.sections[start:high] if high > start else [opened]
    likely = (opened, layout.sections[high - 1] if closing and high else "")
    return _Segment(labels, between, likely if first else (opened,))


def _rows(text: PageText, hits: Iterable[Hit]) -> list[list[Hit]]:
    """Hits row by row; one of two lines stands beside one of a line at its first word or at its middle."""
    rows: list[list[Hit]] = []
    for hit in sorted(hits, key=lambda hit: hit.box.centre[1]):
        last = rows[-1][-1] if rows else None
        level = last is not None and abs(last.box.centre[1] - hit.box.centre[1]) < _MIDDLE * text.height
        if last is not None and (level or text.same_row(text.tokens[last.tokens[0]], text.tokens[hit.tokens[0]])):
            rows[-1].append(hit)
        else:
            rows.append([hit])
    return [sorted(row, key=lambda hit: hit.box.x0) for row in rows]


def _placed(segment: _Segment, layout: _Layout) -> list[Hit]:
    """The labels of a segment as hits of their questions: the likeliest way to read them in the form's order."""
    last = len(layout.questions)
    ends: list[tuple[float, tuple[tuple[int, int], ...]]] = [
        (0.0, ())
    ]  # best score and the (label, place) pairs so far
    best: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {}
    for at, hit in enumerate(segment.hits):
        reached = {}
        for place in layout.places[hit.printed.wordings]:
            if layout.section_at(place) not in segment.sections:
                continue
            gain = hit.score + _SAME_PART * (layout.section_at(place) in segment.likely)
            before = [
                (score + _follows(was, place, layout), path)
                for was, (score, path) in best.items()
                if was < place or place >= last
            ]
            score, path = max([*ends, *before])
            reached[place] = (score + gain, (*path, (at, place)))
        for place, found in reached.items():
            if found > best.get(place, (0.0, ())):
                best[place] = found
    _, path = max(best.values(), default=ends[0])
    return [replace(segment.hits[at], printed=layout.text_at(place)) for at, place in path]


def _follows(was: int, place: int, layout: _Layout) -> float:
    """What speaks for two places one after the other: none between them, or few; a list begins again."""
    count = len(layout.questions)
    again = was >= count and place >= count and (place - was) % len(layout.columns) == 1 % len(layout.columns)
    if place == was + 1 or again:
        return _NEXT
    return _NEAR if 0 < place - was <= 3 or min(place, was) >= count else 0.0


def _with_numbers(text: PageText, placed: Sequence[Hit]) -> list[Hit]:
    """The labels with the numbers printed before them, on a sheet where several have one."""
    before = {hit.tokens: number for hit in placed if (number := _number_before(text, hit)) is not None}
    if len(before) < _SEVERAL:
        return list(placed)
    return [replace(hit, tokens=(before[hit.tokens], *hit.tokens)) if hit.tokens in before else hit for hit in placed]


def _number_before(text: PageText, hit: Hit) -> int | None:
    """The number right before a label's first word, a stroke of its frame at it or not."""
    first = text.tokens[hit.tokens[0]]
    number = text.previous(first.index)
    if number is None or not text.same_row(number, first) or text.gap(number, first) > _BLANK:
        return None
    return number.index if re.fullmatch(r"\W{0,3}\d{1,2}\W{0,2}", number.text) else None


# --- labels too damaged to be found by themselves --------------------------------------------------------------------


def _damaged(text: PageText, placed: Sequence[Hit], heads: Sequence[Hit], layout: _Layout, used: set[int]) -> list[Hit]:
    """Labels that must stand between others that are there: what begins a row or a cell there and is a bit like one."""
    order = {t.index: i for i, t in enumerate(t for row in rows_of(text.tokens) for t in row)}
    found = {hit.key: hit for hit in placed if hit.kind is PrintedKind.QUESTION}
    runs = list(_runs(text, used | {t for hit in placed for t in hit.tokens}))
    out: list[Hit] = []
    for question in layout.questions:
        if question.number in found or (gap := _gap(question, found, heads, layout, order)) is None:
            continue
        low, high, least = gap
        inside = [run for run in runs if low < order[run[0].index] < high]
        if hit := _most_alike(inside, question_text(question), least):
            found[question.number] = hit
            out.append(hit)
            runs = [run for run in runs if run[0].index not in hit.tokens]
    return out


def _gap(
    question: Question, found: Mapping[str, Hit], heads: Sequence[Hit], layout: _Layout, order: Mapping[int, int]
) -> tuple[int, int, float] | None:
    """Between which places in reading order a lost label must stand, and how like it what stands there must be.

    None where nothing of its section is on the sheet. Where both neighbours are known little likeness is enough.
    """
    section = [q.number for q in layout.questions if q.section == question.section]
    at = section.index(question.number)
    before = [order[found[n].tokens[-1]] for n in section[:at] if n in found]
    after = [order[found[n].tokens[0]] for n in section[at + 1 :] if n in found]
    head = [order[h.tokens[-1]] for h in heads if h.key == question.section]
    if not (before or (head and after)):
        return None
    low = max(before or head)
    later = [place for h in heads if (place := order[h.tokens[0]]) > low]
    high = min([*after, *later], default=len(order))
    begun = section[at - 1] in found if at else bool(head)
    ended = section[at + 1] in found if at + 1 < len(section) else bool(later)
    return low, high, _DAMAGED if begun and ended else _UNSURE


def _damaged_entries(text: PageText, placed: Sequence[Hit], layout: _Layout, used: set[int]) -> list[Hit]:
    """Labels of a list's records that must stand between two others of its records."""
    order = {t.index: i for i, t in enumerate(t for row in rows_of(text.tokens) for t in row)}
    runs = list(_runs(text, used | {t for hit in placed for t in hit.tokens}))
    columns = [printed for _, printed in layout.columns]
    entries = sorted((hit for hit in placed if hit.kind is PrintedKind.ENTRY), key=lambda hit: order[hit.tokens[0]])
    out: list[Hit] = []
    for before, after in pairwise(entries):
        at, then = columns.index(before.printed), columns.index(after.printed)
        lost = columns[at + 1 : then] if then > at else [*columns[at + 1 :], *columns[:then]]
        inside = [run for run in runs if order[before.tokens[-1]] < order[run[0].index] < order[after.tokens[0]]]
        for text_lost in lost:
            hit = _most_alike(inside, text_lost, _DAMAGED if len(lost) == 1 else _UNSURE)
            if hit is not None:
                out.append(hit)
                inside = [run for run in inside if run[0].index not in hit.tokens]
    return out


def _most_alike(runs: Sequence[list[Token]], text: Printed, least: float) -> Hit | None:
    """The run whose first words are most like a label."""
    best, found = least, None
    for run in runs:
        for wording in text.wordings:
            for count in range(1, min(len(run), len(wording) + _SPLIT) + 1):
                alike = _likeness(run[:count], wording)
                if alike > best:
                    tokens = tuple(t.index for t in run[:count])
                    best = alike
                    found = Hit(text, tokens, alike, alike, box_of(run[:count]), wording=wording, ends_at=len(wording))
    return found


def _likeness(words: Sequence[Token], wording: Sequence[str]) -> float:
    return Indel.normalized_similarity("".join(t.folded for t in words), _plain(" ".join(wording)))


def _whole(text: PageText, found: Sequence[Hit], used: set[int]) -> list[Hit]:
    """Hits with the pieces of their last word that an engine parted from it ("Kənd( qəsəbə)")."""
    taken = used | {t for hit in found for t in hit.tokens}
    out = []
    for hit in found:
        words = [text.tokens[t] for t in hit.tokens]
        while (after := text.following(words[-1].index)) and after.index not in taken:
            close = text.same_row(words[-1], after) and text.gap(words[-1], after) < _PARTED
            closes = len(after.folded) <= 2 and after.text.endswith(":") and not words[-1].text.endswith(":")
            if not close or not (closes or _likeness([*words, after], hit.wording) > _likeness(words, hit.wording)):
                break
            words.append(after)
        if len(words) > len(hit.tokens):
            alike = _likeness(words, hit.wording)
            hit = replace(hit, tokens=tuple(t.index for t in words), coverage=alike, box=box_of(words))
        out.append(hit)
    return out


# --- lists -----------------------------------------------------------------------------------------------------------


def _entries(text: PageText, placed: Sequence[Hit]) -> list[Hit]:
    """The hits without the labels that are one row of column headings: that list is a table."""
    entries = [hit for row in _rows(text, (h for h in placed if h.kind is PrintedKind.ENTRY)) for hit in row]
    others = [hit for hit in placed if hit.kind is not PrintedKind.ENTRY]
    if not entries or _is_heading_row(text, entries):
        return others
    numbered = (replace(hit, printed=replace(hit.printed, key=f"{hit.key}/{n}")) for n, hit in enumerate(entries))
    return [*others, *numbered]


def _is_heading_row(text: PageText, entries: Sequence[Hit]) -> bool:
    """Whether labels stand side by side, each once, with no answer among them."""
    keys = [hit.key for hit in entries]
    tops = [hit.box.y0 for hit in entries]
    if len(set(keys)) < max(2, len(keys)) or max(tops) - min(tops) > 2.5 * text.height:
        return False
    own = {t for hit in entries for t in hit.tokens}
    top, bottom = min(tops), max(hit.box.y1 for hit in entries)
    left, right = min(hit.box.x0 for hit in entries), max(hit.box.x1 for hit in entries)
    return not any(
        t.index not in own and top <= t.box.centre[1] <= bottom and left < t.box.centre[0] < right for t in text.tokens
    )


def column_of(entry: Hit) -> str:
    """The column that an entry is a label of."""
    return entry.key.split("/")[1]
