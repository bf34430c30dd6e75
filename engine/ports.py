"""What the engine is given: definitions, a municipality, a clock, a checker of answers and a writer of notices."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Protocol

from engine.calendar import OpeningCalendar
from engine.clock import Clock
from engine.edition import Edition
from engine.errors import AnswerProblem
from engine.municipality import Municipality


class Definitions(Protocol):
    """Where editions come from; both answers are compiled once and shared."""

    def edition(self, procedure: str, on: dt.date) -> Edition:
        """The edition of a procedure in force on a civil day.

        Raises:
            UnknownThing: there is no such procedure, or none on that day.
            DefinitionError: the declaration has errors; no case opens under it.
        """
        ...

    def pinned(self, procedure: str, edition: str) -> Edition:
        """The edition with that behaviour hash.

        Raises:
            UnknownThing: no definition here has that hash.
        """
        ...

    def revive(self, edition: str, kept: str) -> Edition:
        """The edition with that hash, built again from the text the store kept of it (`engine.archive`).

        Raises:
            DefinitionError: the text does not build, or not to that hash.
        """
        ...


class Checked(Protocol):
    """Answers after checking: normalised, or None with every problem."""

    @property
    def answers(self) -> dict[str, Any] | None:
        """The answers as they are kept; None when anything is wrong with them."""
        ...

    @property
    def problems(self) -> tuple[AnswerProblem, ...]:
        """Every wrong answer."""
        ...


class AnswerChecker(Protocol):
    """Judges a document against a form."""

    def check(self, form_id: str, document: object, *, at: dt.date) -> Checked:
        """The normalised answers, or all problems at once; never raises for a bad document."""
        ...

    def called(self, form_id: str, path: str) -> str:
        """What people call a field of a form, by its dotted path; the path where it has no name."""
        ...


@dataclass(frozen=True)
class NoticeOrder:
    """What a notice is written from.

    `recipient` is the role it goes to. `given` are the latest answers to each input that the notice shows, `reasons`
    what the draft was given with, `form` the filer's answers. `period` is that of what was registered with the outcome.
    """

    edition: Edition
    municipality: Municipality
    notice: str
    recipient: str
    case_id: int
    on: dt.date
    numbers: dict[str, str]
    given: dict[str, dict[str, Any]]
    outcome: str | None
    reasons: dict[str, Any]
    form: dict[str, Any]
    period: tuple[str, str | None] | None = None


class NoticeWriter(Protocol):
    """Writes the words of a notice; what it gives back is stored word for word."""

    def write(self, order: NoticeOrder) -> object:
        """The words, in Japanese, as a JSON value."""
        ...

    def text(self, words: Any) -> str:  # noqa: ANN401 - what was written, read back from a store
        """The words as plain text."""
        ...


@dataclass(frozen=True)
class Ports:
    """Everything the engine does not have of its own, but for the store."""

    definitions: Definitions
    municipality: Municipality
    calendar: OpeningCalendar
    clock: Clock
    checker: AnswerChecker
    writer: NoticeWriter
