"""Cases by their days: when each arrived, when it was over, and from which day on it was late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from engine.clock import civil_day
from engine.definition import Procedure
from engine.state import CaseState, ClockRun

AT_REST = frozenset({"settled", "final"})


@dataclass(frozen=True)
class CaseSpan:
    """One case by its days: it arrived, came to its notice or to rest, and was late from a day on.

    `ended` is None for a case that is still open, `late_from` the day after the first limit ended without a decision.
    """

    arrived: dt.date
    ended: dt.date | None
    late_from: dt.date | None


class Past(Protocol):
    """A case as it ended, with the states that it entered."""

    @property
    def case(self) -> CaseState:
        """The case."""
        ...

    @property
    def clocks(self) -> dict[str, ClockRun]:
        """Its periods."""
        ...

    def entered(self) -> list[tuple[str, int]]:
        """Every state the case entered, with the instant, in order."""
        ...


def case_spans(procedure: Procedure, pasts: Iterable[Past], told: Mapping[int, int]) -> tuple[CaseSpan, ...]:
    """The cases that arrived, each from its arrival to its notice or to where it rests.

    Args:
        told: the instant of the notice, by case.
    """
    resting = {state.id for state in procedure.states if state.kind in AT_REST}
    first = next(iter(procedure.clocks), "")
    found = []
    for past in pasts:
        if past.case.arrived_at is None:
            continue
        rested = [at for state, at in past.entered() if state in resting]
        ends = [*([told[past.case.id]] if past.case.id in told else []), *rested[:1]]
        ended = civil_day(min(ends)) if ends else None
        found.append(CaseSpan(civil_day(past.case.arrived_at), ended, _late_from(past.clocks.get(first))))
    return tuple(found)


def _late_from(run: ClockRun | None) -> dt.date | None:
    """The day after a period ended without what satisfies it; None where it was kept."""
    if run is None or run.due_on is None or not run.overran:
        return None
    return dt.date.fromisoformat(run.due_on) + dt.timedelta(days=1)
