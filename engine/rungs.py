"""Telling somebody before a clock runs out: on each declared day before its end (a rung) once.

A new end, after a pause or an extension, moves the rungs that are left; an extension brings all of them back. Of those
that lie behind already when an end is set, only the last is told. A rung whose condition does not hold on its day waits
until it does.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from engine import notices
from engine.fold import RIPE
from engine.timers import midnight_after

if TYPE_CHECKING:
    from engine.definition.procedure import Due
    from engine.work import Work

DUE = "due:"


def begin(work: Work, name: str, end: dt.date) -> None:
    """Wait for the first rung that is left before an end that was set just now."""
    left = _left(work, name)
    behind = [rung for rung in left if end - rung * _DAY < work.today]
    if behind[:-1]:
        work.do("clock.told", name, behind[:-1], True)  # noqa: FBT003 - an effect is a list; nobody was told of these
    _wait(work, name, left[len(behind[:-1]) :], end)


def reach(work: Work, name: str) -> None:
    """The day of a rung has come: somebody is told, or its condition does not hold yet."""
    if work.holds("clocks", name, "due", "when"):
        _tell(work, name)
    else:
        work.do("timer+", 0, f"{DUE}{name}", RIPE, 1)
        _note(work, name, "ripe")


def tell_ripe(work: Work) -> bool:
    """Whether a rung that waited for its condition only was told just now."""
    if not work.edition.tells_of_clocks:
        return False
    waiting = sorted(key for _, key in work.whole.timers if key.startswith(DUE))
    for name in (key.removeprefix(DUE) for key in waiting if work.whole.timers[0, key].due_at == RIPE):
        if work.holds("clocks", name, "due", "when"):
            _tell(work, name)
            return True
    return False


def _tell(work: Work, name: str) -> None:
    declared = work.edition.procedure.clocks[name].due
    rung, *left = _left(work, name)
    work.do("clock.told", name, [rung])
    for notice in declared.notices if declared else ():
        notices.notify(work, notice, declared.notices_to if declared and declared.notices_to else ("applicant",))
    due_on = work.whole.clocks[name].due_on
    _wait(work, name, left, dt.date.fromisoformat(due_on or ""))
    _note(work, name, "clock")


def _wait(work: Work, name: str, left: list[int], end: dt.date) -> None:
    """Set the timer of the first rung that is left; the day of a rung begins at midnight."""
    if left:
        work.do("timer+", 0, f"{DUE}{name}", midnight_after(end - (left[0] + 1) * _DAY), 1)
    elif (0, f"{DUE}{name}") in work.whole.timers:
        work.do("timer-", 0, f"{DUE}{name}")


def _left(work: Work, name: str) -> list[int]:
    """The rungs of which nobody was told for the present end, furthest from it first."""
    declared: Due | None = work.edition.procedure.clocks[name].due
    told = work.whole.clocks[name].memo.get("told", [])
    return sorted({*(declared.days_before if declared else ())} - {*told}, reverse=True)


def _note(work: Work, name: str, kind: str) -> None:
    state = work.whole.case.state
    work.happened(f"{DUE}{name}", kind, from_state=state, to_state=state)


_DAY = dt.timedelta(days=1)
