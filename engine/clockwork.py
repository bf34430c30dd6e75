"""Legal clocks: they run beside the states, pause where the declaration says the law pauses, and never decide."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from engine import rungs
from engine.definition.procedure import Clock
from engine.periods import Limit, Pause, last_day
from engine.timers import midnight_after

if TYPE_CHECKING:
    from engine.state import ClockRun
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
            _resume(work, name)


def refresh(work: Work) -> None:
    """Set anew the ends that are a day somebody gives, where that day has become known, or another."""
    for name in work.edition.dated_clocks:
        run = work.whole.clocks.get(name)
        if run is None or run.state != "running" or run.breached:
            continue
        due = end_of(work, name, run)
        if (due and due.isoformat()) != run.due_on:
            work.do("clock.due", name, due and due.isoformat())
            keep_time(work, name, due)


def breach(work: Work, name: str) -> str:
    """Mark a clock as overrun; gives the finding that the declaration names. Nothing is decided by it."""
    declared = work.edition.procedure.clocks[name].breach
    work.do("clock.breach", name)
    _forget_time(work, name)
    return declared.finding if declared else "overrun"


def keep_time(work: Work, name: str, due: dt.date | None) -> None:
    """Wait for the end of a clock, and for the rungs before it; for nothing while no end is known."""
    if due is None:
        _forget_time(work, name)
        return
    work.do("timer+", 0, f"clock:{name}", midnight_after(due), 1)
    rungs.begin(work, name, due)


def end_of(work: Work, name: str, run: ClockRun) -> dt.date | None:
    """The last day of a clock as it stands; None while an open pause stops it, or no end is known.

    After an extension it is the day that the extension set, later by what the clock stood still since. A day that
    somebody gives is the end whatever pauses.
    """
    clock = work.edition.procedure.clocks[name]
    pauses = [Pause(_day(begun), _day(ended) if ended else None) for begun, ended in run.pauses if begun]
    if run.extensions:
        made, until = map(dt.date.fromisoformat, run.extensions[-1])
        return last_day(made, Limit(days=(until - made).days), work.ports.calendar, pauses)
    if clock.limit.date is not None:
        return _given(work, name, clock)
    return last_day(_day(run.starts_on), limit_of(work, clock), work.ports.calendar, pauses)


def end_today(work: Work, name: str, run: ClockRun) -> dt.date | None:
    """The last day of a clock if its open pause, where it has one, ended today; None while no end is known."""
    if not run.pauses or run.pauses[-1][1] is not None:
        return end_of(work, name, run)
    begun = run.pauses[-1][0] or ""
    stood_still: list[str | None] = [begun, max(begun, work.today.isoformat())]  # a clock put back stops nothing
    return end_of(work, name, replace(run, pauses=[*run.pauses[:-1], stood_still]))


def limit_of(work: Work, clock: Clock) -> Limit:
    """The length of a clock, with the city's own figure where the declaration lets a city set one."""
    own = work.ports.municipality.params.get(clock.limit.city or "")
    days = int(own) if own is not None else clock.limit.days
    if clock.limit.months is not None or clock.limit.years is not None:
        return Limit(months=clock.limit.months, years=clock.limit.years, shift=clock.limit.shift)
    return Limit(days=days, unit=clock.limit.unit, shift=clock.limit.shift)


def _given(work: Work, name: str, clock: Clock) -> dt.date | None:
    """The end that an answer or a fact gives; a closed day moves as the law says."""
    found = work.value("clocks", name, "limit", "date")
    if not isinstance(found, str):
        return None
    on = dt.date.fromisoformat(found)
    return last_day(on, Limit(days=0, shift=clock.limit.shift), work.ports.calendar)


def _concerns(work: Work, clock: Clock) -> bool:
    return not clock.nature or work.whole.case.nature in clock.nature


def _start(work: Work, name: str, clock: Clock) -> None:
    found = work.value("clocks", name, "counts_from")
    starts = dt.date.fromisoformat(found) if isinstance(found, str) else work.today
    if clock.limit.date is not None:
        due = _given(work, name, clock)
    else:
        due = last_day(starts, limit_of(work, clock), work.ports.calendar)
    work.do("clock+", name, starts.isoformat(), due and due.isoformat())
    keep_time(work, name, due)


def _pause(work: Work, name: str) -> None:
    work.do("clock.pause", name, work.whole.case.state)
    _forget_time(work, name)


def _resume(work: Work, name: str) -> None:
    run = work.whole.clocks[name]
    due = end_today(work, name, run)
    work.do("clock.resume", name, due and due.isoformat())
    if not run.breached:
        keep_time(work, name, due)


def _forget_time(work: Work, name: str) -> None:
    for event in (f"clock:{name}", f"due:{name}"):
        if (0, event) in work.whole.timers:
            work.do("timer-", 0, event)


def _end(work: Work, name: str, state: str) -> None:
    work.do("clock.end", name, state)
    _forget_time(work, name)


def _day(text: str | None) -> dt.date:
    return dt.date.fromisoformat(text or "")
