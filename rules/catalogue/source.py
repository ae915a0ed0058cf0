"""Catalogue files as YAML with the line of every key, so that a mistake can be named where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

#: How keys and clauses are written, and what a reader is told who wrote them otherwise.
KEY_PATTERN = r"^[a-z][a-z0-9_]*$"
CLAUSE_PATTERN = r"^(REG28|DEC189|STAY|EMB|QA)( [0-9][0-9.\-]*)?$"
_PATTERNS = {
    KEY_PATTERN: "is no key: keys are small Latin letters, digits and _",
    CLAUSE_PATTERN: "is no clause: write source and number, as REG28 2.6.1.4 (REG28, DEC189, STAY, EMB or QA)",
}

#: The fast parser where the yaml library was built with it; both are safe.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in a catalogue file: where it stands (``line`` from 1) and what is wrong, in English."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key or '(file)'}: {self.message}"


class CatalogueError(ValueError):
    """The catalogue cannot be used; ``problems`` lists every mistake found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One parsed YAML file: its plain data and the node tree that remembers lines."""

    name: str
    data: Any
    root: yaml.Node | None

    def line_of(self, path: Sequence[str | int]) -> int:
        """The line of the deepest part of ``path`` that exists in the file."""
        line, node = 1, self.root
        for step in path:
            found = _step(node, step)
            if found is None:
                break
            line, node = found
        return line

    def problem(self, path: Sequence[str | int], message: str) -> Problem:
        key = ".".join(str(step) for step in path)
        return Problem(self.name, self.line_of(path), key, message)

    def problems_of(self, error: ValidationError, prefix: Sequence[str | int] = ()) -> Iterator[Problem]:
        """What a schema says about this file; ``prefix`` is where the validated part stands in it."""
        for detail in error.errors(include_url=False):
            path = [step for step in (*prefix, *detail["loc"]) if step != "[key]"]
            yield self.problem(path, _in_plain_words(detail))


def read_source(path: Path, name: str) -> SourceFile:
    """Parse one file. Raises CatalogueError with the line of a YAML mistake."""
    try:
        loader = _LOADER(path.read_text(encoding="utf-8"))
        root = loader.get_single_node()
        data = loader.construct_document(root) if root else None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", error)
        raise CatalogueError([Problem(name, mark.line + 1 if mark else 1, "", f"not valid YAML: {problem}")]) from error
    source = SourceFile(name, data, root)
    if not isinstance(data, dict):
        raise CatalogueError([source.problem((), "the file must hold keys and values")])
    if repeated := list(_repeated_keys(source)):
        raise CatalogueError(repeated)
    return source


def _in_plain_words(detail: Mapping[str, Any]) -> str:
    """What a schema found, for a reader who knows the law and not the program."""
    given, about = detail["input"], detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return "this key is missing"
        case "extra_forbidden":
            return "there is no such key here; is it misspelt or one level too deep?"
        case "value_error":
            return str(about["error"])
        case "literal_error" | "enum":
            return f"{given!r} is none of {about['expected'].replace(' or ', ', ')}"
        case "string_pattern_mismatch":
            return f"{given!r} {_PATTERNS.get(about['pattern'], 'is not written as it must be')}"
        case "tuple_type":
            return f"a list is needed, as [{given}]"
        case "string_type":
            return (
                f'text is needed; write "{given}" in quotation marks' if isinstance(given, int | float) else "no text"
            )
        case kind if kind.startswith("date"):
            return f"{given!r} is no day; write it as 2018-01-31"
        case "model_type" | "dict_type":
            return "keys and values are needed here"
    return f"{given!r}: {detail['msg'][:1].lower()}{detail['msg'][1:]}"


def _step(node: yaml.Node | None, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        value = node.value[step]
        return value.start_mark.line + 1, value
    return None


def _repeated_keys(source: SourceFile) -> Iterator[Problem]:
    """YAML keeps the last of two equal keys silently; a lawyer's file must not lose a line that way."""
    pending: list[yaml.Node] = [source.root] if source.root else []
    while pending:
        node = pending.pop()
        if isinstance(node, yaml.SequenceNode):
            pending.extend(node.value)
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if key.value in seen:
                    yield Problem(source.name, key.start_mark.line + 1, str(key.value), "this key stands twice")
                seen.add(key.value)
                pending.append(value)
