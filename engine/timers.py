"""Timers: events that happen by themselves when a span has passed.

A period of days ends with its last day, so its event is due at the midnight after, in Japanese civil time. When it
is due and its condition does not hold, the timer is ripe: the event happens as soon as the condition does.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from engine.clock import JST, civil_day, to_seconds
from engine.definition.rows import Event, Timer
from engine.fold import RIPE
from engine.periods import Limit, last_day
from engine.scope import params_of

if TYPE_CHECKING:
    from engine.machine import Machine
    from engine.work import Work

OF_CLOCKS = ("clock:", "due:")
"""How the names of those timers begin that wait for the end of a legal clock, and for a rung before it."""


def rearm(work: Work, machine: Machine, owner: int, state: str, opened_at: int) -> None:
    """After entering a state: drop the timers that cannot leave from it, set those that can."""
    leaving = {event.id: event for event in machine.leaving(state) if event.after}
    for _, event_id in [key for key in sorted(work.whole.timers) if key[0] == owner and key[1] not in leaving]:
        if not event_id.startswith(OF_CLOCKS):
            work.do("timer-", owner, event_id)
    for event in leaving.values():
        if _declared(work, event).counted == "opening" and (owner, event.id) in work.whole.timers:
            continue
        begin(work, event, owner, opened_at)


def begin(work: Work, event: Event, owner: int, opened_at: int) -> None:
    """Set the timer of an event that begins to be possible now; one that is counted from the opening began then."""
    arm(work, event, owner, opened_at if _declared(work, event).counted == "opening" else work.now)


def arm(work: Work, event: Event, owner: int, base: int, turn: int = 1) -> None:
    """Set the timer of an event, counted from an instant; none is set while its date is unknown."""
    due = due_at(work, _declared(work, event), base, turn)
    if due is not None:
        work.do("timer+", owner, event.id, due, turn)
    elif (owner, event.id) in work.whole.timers:
        work.do("timer-", owner, event.id)


def refresh(work: Work) -> None:
    """Set anew the timers whose date has become known, or another, since their state was entered."""
    if not work.edition.dated:
        return
    live = [task for _, task in sorted(work.whole.tasks.items()) if not task.memo.get("closed")]
    for owner, machine, state in [
        (0, work.edition.machine, work.whole.case.state),
        *((task.number, work.edition.tasks[task.kind], task.state) for task in live),
    ]:
        for event in machine.leaving(state):
            if event.after in work.edition.dated:
                _keep_to_date(work, event, owner, leaves=event.to not in {None, state})


def _keep_to_date(work: Work, event: Event, owner: int, *, leaves: bool) -> None:
    run = work.whole.timers.get((owner, event.id))
    due = due_at(work, _declared(work, event), work.now)
    if run is None:
        # One that stays in its state was used up when its day had come; only a later day sets it again.
        if due is not None and (leaves or due > work.now):
            work.do("timer+", owner, event.id, due, 1)
    elif due is None:
        work.do("timer-", owner, event.id)
    elif due != run.due_at and not (run.due_at == RIPE and due <= work.now):
        work.do("timer+", owner, event.id, due, run.turn)


def entered(work: Work, owner: int) -> int:
    """The instant at which the case, or the task of that number, came to its present state."""
    return work.whole.tasks[owner].state_since if owner else work.whole.case.state_since


def due_at(work: Work, timer: Timer, base: int, turn: int = 1) -> int | None:
    """The instant at which a timer runs out; None while its date is unknown.

    Months are counted for every turn from the same day: a clock that stood still skips none of them.
    """
    if timer.date is not None:
        found = work.value("timers", timer.id, "date")
        last = dt.date.fromisoformat(found) if isinstance(found, str) else None
    else:
        last = last_day(civil_day(base), _limit(work, timer, turn), work.ports.calendar)
    return None if last is None else midnight_after(last)


def midnight_after(day: dt.date) -> int:
    """The instant at which a civil day is over."""
    return to_seconds(dt.datetime.combine(day + dt.timedelta(days=1), dt.time(0), JST))


def ripen(work: Work, owner: int, event: Event) -> None:
    """Mark a timer as run out."""
    work.do("timer+", owner, event.id, RIPE, work.whole.timers[(owner, event.id)].turn)


def is_ripe(work: Work, owner: int, event: Event) -> bool:
    """Whether the timer of an event has run out, by mark or by the clock."""
    run = work.whole.timers.get((owner, event.id))
    return run is not None and (run.due_at == RIPE or run.due_at <= work.now)


def _declared(work: Work, event: Event) -> Timer:
    return work.edition.timers[event.after or ""]


def _limit(work: Work, timer: Timer, turn: int) -> Limit:
    if timer.months is not None:
        return Limit(months=timer.months * turn, shift=timer.shift)
    params = params_of(work)
    if timer.years_of is not None:
        return Limit(years=int(params[timer.years_of]), shift=timer.shift)
    days = timer.days if timer.days is not None else int(params[timer.days_of or ""])
    return Limit(days=days, unit=timer.unit, shift=timer.shift)
