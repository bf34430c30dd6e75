"""Legal clocks: they run beside the states, pause where the declaration says the law pauses, and never decide."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from engine.definition.procedure import Clock
from engine.periods import Limit, Pause, last_day
from engine.timers import midnight_after

if TYPE_CHECKING:
    from engine.work import Work


ENDED = frozenset({"satisfied", "stopped"})


def satisfy(work: Work, event: str) -> None:
    """Satisfy the clocks that an event of the case satisfies; before the case moves, for an end stops all others."""
    for name, clock in work.edition.procedure.clocks.items():
        run = work.whole.clocks.get(name)
        if event in clock.satisfied_by and run is not None and run.state not in ENDED:
            _end(work, name, "satisfied")


def start(work: Work, event: str) -> None:
    """Start the clocks that an event of the case starts; one that has ended may start anew."""
    for name, clock in work.edition.procedure.clocks.items():
        run = work.whole.clocks.get(name)
        if event in clock.starts and (run is None or run.state in ENDED) and _concerns(work, clock):
            _start(work, name, clock)
            if work.whole.case.state in clock.pauses_in:
                _pause(work, name)


def on_state(work: Work) -> None:
    """Pause, resume or stop the clocks as the case enters its present state."""
    state = work.case_state
    for name, clock in work.edition.procedure.clocks.items():
        run = work.whole.clocks.get(name)
        if run is None or run.state in ENDED:
            continue
        if state.kind in {"settled", "final"}:
            _end(work, name, "stopped")
        elif state.id in clock.pauses_in and run.state == "running":
            _pause(work, name)
        elif state.id not in clock.pauses_in and run.state == "paused":
            _resume(work, name, clock)


def breach(work: Work, name: str) -> str:
    """Mark a clock as overrun; gives the finding that the declaration names. Nothing is decided by it."""
    declared = work.edition.procedure.clocks[name].breach
    work.do("clock.breach", name)
    work.do("timer-", 0, f"clock:{name}")
    return declared.finding if declared else "overrun"


def limit_of(work: Work, clock: Clock) -> Limit:
    """The length of a clock, with the city's own figure where the declaration lets a city set one."""
    own = work.ports.municipality.params.get(clock.limit.city or "")
    days = int(own) if own is not None else clock.limit.days
    if clock.limit.months is not None:
        return Limit(months=clock.limit.months, shift=clock.limit.shift)
    return Limit(days=days, unit=clock.limit.unit, shift=clock.limit.shift)


def _concerns(work: Work, clock: Clock) -> bool:
    return not clock.nature or work.whole.case.nature in clock.nature


def _start(work: Work, name: str, clock: Clock) -> None:
    found = work.value("clocks", name, "counts_from")
    starts = dt.date.fromisoformat(found) if isinstance(found, str) else work.today
    due = last_day(starts, limit_of(work, clock), work.ports.calendar)
    work.do("clock+", name, starts.isoformat(), due and due.isoformat())
    _time(work, name, due)


def _pause(work: Work, name: str) -> None:
    work.do("clock.pause", name)
    work.do("timer-", 0, f"clock:{name}")


def _resume(work: Work, name: str, clock: Clock) -> None:
    run = work.whole.clocks[name]
    begun = run.pauses[-1][0]
    spans = [*run.pauses[:-1], [begun, max(begun or "", work.today.isoformat())]]  # a clock put back stops nothing
    pauses = [Pause(_day(a), _day(b) if b else None) for a, b in spans if a]
    due = last_day(_day(run.starts_on), limit_of(work, clock), work.ports.calendar, pauses)
    work.do("clock.resume", name, due and due.isoformat())
    if not run.breached:
        _time(work, name, due)


def _time(work: Work, name: str, due: dt.date | None) -> None:
    if due is not None:
        work.do("timer+", 0, f"clock:{name}", midnight_after(due), 1)


def _end(work: Work, name: str, state: str) -> None:
    work.do("clock.end", name, state)
    if (0, f"clock:{name}") in work.whole.timers:
        work.do("timer-", 0, f"clock:{name}")


def _day(text: str | None) -> dt.date:
    return dt.date.fromisoformat(text or "")
