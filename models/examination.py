"""What follows acceptance: the steps of a case and the agencies that are asked for an opinion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.case import NoticeKind
from models.catalogue import InForce, Term
from models.office import CaseState

ALWAYS_IN_FORCE = InForce()


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a case: from where it may be taken, on which clause (by source), what the applicant is told.

    ``asks_opinions`` opens the terms of the agencies; ``needs_opinions`` waits until all of them answered.
    """

    state: CaseState
    after: tuple[CaseState, ...]
    clauses: Mapping[str, str] = field(default_factory=dict)
    notice: NoticeKind | None = None
    asks_opinions: bool = False
    needs_opinions: bool = False


@dataclass(frozen=True, slots=True)
class Agency:
    """An authority that gives an opinion, while it exists."""

    key: str
    name: str
    name_en: str
    in_force: InForce = ALWAYS_IN_FORCE


@dataclass(frozen=True, slots=True)
class Examination:
    """The steps in their order and the agencies."""

    steps: tuple[Step, ...]
    agencies: Mapping[str, Agency]

    @property
    def states(self) -> frozenset[CaseState]:
        """The states of cases in examination, from which no intake decision leads back."""
        return frozenset(step.state for step in self.steps)

    def after(self, state: CaseState) -> tuple[Step, ...]:
        """The steps that may follow a state."""
        return tuple(step for step in self.steps if state in step.after)


@dataclass(frozen=True, slots=True)
class Examining:
    """How a procedure is examined: its source, whose clauses are cited, and the term that each body has."""

    source: str
    term: Term
