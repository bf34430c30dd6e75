"""How the dates of a case's legal clocks came about, as lines for a person and as facts for a program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.errors import UnknownThing
from engine.problems import nearest
from engine.reckoning import Reckoned, Step, dated, reckoned
from engine.work import Work
from office.views import clock_words


def explained(work: Work, clock: str | None, *, days: bool) -> tuple[list[str], dict[str, Any]]:
    """The lines and the facts of every clock of a case, or of one; day by day where that is asked.

    Raises:
        UnknownThing: no clock of that name has started.
    """
    found = [one for one in reckoned(work) if clock in {None, one.clock}]
    if clock is not None and not found:
        known = list(work.whole.clocks)
        hint = nearest(clock, known) or (f"あるのは{'・'.join(known)}です。" if known else "")
        ja = f"案件{work.whole.case.id}に、進んでいる・進んだ時計「{clock}」はありません。{hint}"
        raise UnknownThing(ja, f"case {work.whole.case.id} has no clock {clock!r}", clock=clock)
    lines = [f"案件{work.whole.case.id}  {work.edition.procedure.title}"]
    for one in found:
        lines += _lines(one, days=days)
    if not found:
        lines.append("  始まった期間はありません。")
    return lines, {"case": work.whole.case.id, "clocks": [_facts(one, days=days) for one in found]}


def _lines(one: Reckoned, *, days: bool) -> Iterator[str]:
    yield f"時計 {one.label}({one.clock}): {clock_words(one.run)}"
    if one.law:
        yield f"  根拠 {one.law}"
    for step in one.steps:
        yield f"  {dated(step.on)}  {step.says}"
        yield from (f"{'':18}{how}" for how in step.how)
        if step.due_on is not None:
            yield f"{'':18}→ 期限 {dated(step.due_on)}"
    if days and one.days:
        yield "  一日ずつ"
        yield from (f"    {dated(day)}  {why}" for day, why in one.days)


def _facts(one: Reckoned, *, days: bool) -> dict[str, Any]:
    run = one.run
    told = {
        "clock": one.clock,
        "label": one.label,
        "law": one.law or None,
        "state": run.standing,
        "starts_on": run.starts_on,
        "due_on": run.due_on,
        "overran": run.overran,
        "pauses": [
            {"from": begun, "to": ended, "in": state}
            for (begun, ended), state in zip(run.pauses, run.memo.get("paused_in", []), strict=False)
        ],
        "extensions": run.extensions,
        "steps": [_step(step) for step in one.steps],
    }
    return told | ({"days": [{"on": day.isoformat(), "says": why} for day, why in one.days]} if days else {})


def _step(step: Step) -> dict[str, Any]:
    due_on = None if step.due_on is None else step.due_on.isoformat()
    return {"on": step.on.isoformat(), "says": step.says, "how": list(step.how), "due_on": due_on}
