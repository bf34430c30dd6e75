"""Which edition a case runs under: chosen by its answers, at submission and correction, fixed once it is drafted."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from engine.edition import Edition
from engine.errors import NotPossibleNow

if TYPE_CHECKING:
    from engine.work import Work


def repin(work: Work) -> None:
    """Pin the case to the edition that its answers call for, and settle what they decide: nature, priority, results.

    Raises:
        NotPossibleNow: the date that chooses the edition cannot be told, or the case cannot stand in that edition.
    """
    if work.case_state.kind == "deciding" or work.case_state.decided:
        work.remember_results()
        return
    day = _day_that_chooses(work)
    edition = work.ports.definitions.edition(work.edition.id, day)
    if edition.hash != work.edition.hash:
        _carry_over(work, edition, day)
        work.move_to(edition)
    work.remember_results()
    natures = edition.procedure.natures
    nature = next((n.id for n in natures if work.holds("natures", n.id, "when")), None)
    first = bool(edition.procedure.priority) and work.holds("priority")
    work.do("pin", edition.hash, nature, int(first))


def _day_that_chooses(work: Work) -> dt.date:
    found = work.value("version_by")
    if not isinstance(found, str):
        raise NotPossibleNow("どの日の定めによるかが決まりません。", "the date that selects the version is unknown")
    return dt.date.fromisoformat(found if len(found) > len("2022-06") else f"{found}-01")


def _carry_over(work: Work, edition: Edition, day: dt.date) -> None:
    """Take the case as it stands into another edition: what has no place there ends, or the case may not go there."""
    missing = [] if work.whole.case.state in edition.machine.states else [work.case_state.label]
    for task in work.whole.tasks.values():
        declared = edition.tasks.get(task.kind)
        if declared is None or task.state not in declared.states:
            missing.append(work.edition.tasks[task.kind].states[task.state].label)
    if missing:
        raise NotPossibleNow(
            f"{day}の定めには「{'・'.join(missing)}」がないので、この案件を移せません。",
            f"the edition of {day} has no place for the case: {missing}",
        )
    for name in sorted(set(work.whole.clocks) - set(edition.procedure.clocks)):
        work.do("clock.end", name, "stopped")
        work.do("timer-", 0, f"clock:{name}")
    for owner, event in sorted(work.whole.timers):
        waiting = work.whole.tasks[owner] if owner else None
        machine = edition.tasks[waiting.kind] if waiting else edition.machine
        timed = {e.id for e in machine.leaving(waiting.state if waiting else work.whole.case.state) if e.after}
        if event not in timed and not event.startswith("clock:"):
            work.do("timer-", owner, event)
