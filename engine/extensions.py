"""Prolonging a legal clock, and what its end makes possible: which event may, how often, until when, and why not.

An extension is a fact of the clock and a notice, no place of the case: the event that makes it stays where it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine import clockwork
from engine.errors import NotPossibleNow

if TYPE_CHECKING:
    from engine.definition.procedure import Clock, Extension
    from engine.state import ClockRun
    from engine.work import Work


def extend(work: Work, event: str) -> None:
    """Set the new end of every running clock that an event of the case prolongs.

    Raises:
        NotPossibleNow: the new end is not known, or is no later day.
    """
    for name, clock, _ in _extended_by(work, event):
        run = work.whole.clocks.get(name)
        if run is None or run.state in clockwork.ENDED:
            continue
        until = _new_end(work, name, clock, run)
        work.do("clock.extend", name, until.isoformat())
        if run.state == "running":
            clockwork.keep_time(work, name, until)


def against(work: Work, event: str) -> NotPossibleNow | None:
    """Why the clocks do not let an event of the case happen now; None when they do, or have nothing to do with it."""
    if event not in work.edition.bound_to_clocks:
        return None
    return _not_overdue(work, event) or _not_to_be_extended(work, event)


def _not_overdue(work: Work, event: str) -> NotPossibleNow | None:
    """An event that the end of a clock makes possible has to wait for it."""
    for name, clock in work.edition.procedure.clocks.items():
        run = work.whole.clocks.get(name)
        if clock.breach is None or clock.breach.event != event or (run is not None and run.breached):
            continue
        ends = f"期限は{run.due_on}です。" if run is not None and run.due_on else "期限はまだ決まっていません。"
        ja = f"ができるのは、期間「{clock.label}」が過ぎてからです。{ends}"
        en = f"{event} is possible once the clock {name} has run out; it ends on {run and run.due_on}"
        return _refusal(work, (event, name, clock.breach.law or clock.law), ja, en)
    return None


def _not_to_be_extended(work: Work, event: str) -> NotPossibleNow | None:
    """The first running clock that stands against its extension; or none of them runs."""
    declared = list(_extended_by(work, event))
    running = [one for one in declared if (run := work.whole.clocks.get(one[0])) and run.state not in clockwork.ENDED]
    for name, clock, by in running:
        said = _too_late(work.whole.clocks[name], by) or _too_often(work.whole.clocks[name], by)
        if said:
            ja = f"はできません。期間「{clock.label}」{said[0]}"
            return _refusal(work, (event, name, by.law or clock.law), ja, f"cannot {event}: the clock {name} {said[1]}")
    if declared and not running:
        name, clock, by = declared[0]
        ja = f"はできません。期間「{clock.label}」は進んでいません。"
        en = f"cannot {event}: the clock {name} is not running"
        return _refusal(work, (event, name, by.law or clock.law), ja, en)
    return None


def _too_often(run: ClockRun, by: Extension) -> tuple[str, str] | None:
    most = by.most if by.repeat else 1
    made = len(run.extensions)
    if most is None or made < most:
        return None
    return f"を延ばせるのは{most}回までで、もう{made}回延ばしています。", f"has been extended {made} times of {most}"


def _too_late(run: ClockRun, by: Extension) -> tuple[str, str] | None:
    if by.late or not run.breached:
        return None
    return f"の期限({run.due_on})は過ぎています。延ばせるのは期限までです。", f"ended on {run.due_on}"


def _new_end(work: Work, name: str, clock: Clock, run: ClockRun) -> dt.date:
    found = work.value("clocks", name, "extended_by", "new_limit")
    present = dt.date.fromisoformat(run.due_on) if run.due_on else clockwork.end_today(work, name, run)
    said = f"期間「{clock.label}」の新しい期限"
    if not isinstance(found, str):
        raise NotPossibleNow(f"{said}が書かれていません。", f"the new end of the clock {name} is not known", clock=name)
    until = dt.date.fromisoformat(found)
    if present is not None and until <= present:
        ja = f"{said}({until})は、今の期限({present})より後の日にしてください。"
        raise NotPossibleNow(ja, f"the new end {until} of the clock {name} is not after {present}", clock=name)
    if until < work.today:
        ja = f"{said}({until})は、もう過ぎた日です。今日({work.today})からの日にしてください。"
        raise NotPossibleNow(ja, f"the new end {until} of the clock {name} has passed", clock=name)
    return until


def _extended_by(work: Work, event: str) -> Iterator[tuple[str, Clock, Extension]]:
    for name, clock in work.edition.procedure.clocks.items():
        if clock.extended_by is not None and clock.extended_by.event == event:
            yield name, clock, clock.extended_by


def _refusal(work: Work, about: tuple[str, str, str | None], ja: str, en: str) -> NotPossibleNow:
    """A refusal of an event for the sake of a clock; it names the law it rests on."""
    event, clock, law = about
    ground = work.edition.law(law)
    label = work.edition.machine.events[event].label
    said = f"案件{work.whole.case.id}: 「{label}」{ja}{f'({ground})' if ground else ''}"
    return NotPossibleNow(said, f"{en}{f' ({law})' if law else ''}", event=event, clock=clock, law=law)
