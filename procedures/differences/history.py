"""The editions of one declaration: from which day each holds, what it changes, and by which law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from procedures.differences.comparing import Compared, compare
from procedures.differences.found import GROUPS, MARKS
from procedures.differences.sides import Side, declared

HEADINGS = ("から", "版", "違うところ", "根拠")


@dataclass(frozen=True)
class Span:
    """One edition and what it changes of the one before; nothing is before the first."""

    side: Side
    change: Compared | None

    def row(self) -> tuple[str, ...]:
        """The edition as a row of a table."""
        first = self.side.day.isoformat() if self.side.day.year > 1 else "はじめ"
        told = [self._about(), _counted(self.change) if self.change else ""]
        return (first, self.side.version, "\n".join(filter(None, told)), "\n".join(self.sources()))

    def sources(self) -> list[str]:
        """The laws that the declaration and its tables name for what changes."""
        return list(dict.fromkeys(law for one in (self.change.found if self.change else ()) for law in one.sources))

    def facts(self) -> dict[str, Any]:
        """The same for a program."""
        return {
            "from": self.side.day.isoformat() if self.side.day.year > 1 else None,
            "version": self.side.version,
            "about": self._about(),
            "behaviour": self.side.behaviour,
            "wording": self.side.wording,
            "touches": (self.change.verdict or "same") if self.change else None,
            "changes": [one.ja for one in self.change.found] if self.change else [],
            "sources": self.sources(),
        }

    def _about(self) -> str:
        """What the declaration says of the version that begins here."""
        return next((one.about for one in self.side.procedure.versions if one.from_ == self.side.day), "")


def spans(procedure: str, folders: Sequence[Path]) -> list[Span]:
    """Every edition of a procedure, in the order of their days.

    Raises:
        UnknownThing: there is no such procedure.
        DefinitionError: it has errors.
    """
    whole = declared(procedure, folders)
    sides = [whole.on(day) for day in whole.starts()]
    return [Span(sides[0], None), *(Span(after, compare(before, after)) for before, after in pairwise(sides))]


def _counted(change: Compared) -> str:
    """How much comes, goes and changes in each group."""
    counts = Counter((one.group, MARKS[one.kind]) for one in change.found)
    told = [
        f"{label} " + " ".join(f"{mark}{counts[group, mark]}" for mark in "+-~" if counts[group, mark])
        for group, label in GROUPS.items()
        if any(counts[group, mark] for mark in "+-~")
    ]
    return "、".join(told) or "違いはありません"
