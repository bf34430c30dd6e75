"""What the days of a case were spent on where work ran side by side: each branch, the wait for the slower, sittings.

Branches are tasks that one event opened together. What is left of the time from arrival to notice is the office's own.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from engine.definition import Procedure
from engine.state import CaseState, LogRow
from simulation.results import Phase

DONE = frozenset({"done", "failed"})


class Past(Protocol):
    """A case as it ended, with its log."""

    @property
    def case(self) -> CaseState:
        """The case."""
        ...

    @property
    def log(self) -> Sequence[LogRow]:
        """Its history."""
        ...

    def entered(self) -> list[tuple[str, int]]:
        """Every state the case entered, with the instant, in order."""
        ...


def phases_of(procedure: Procedure, told: Mapping[int, tuple[Past, int]]) -> tuple[Phase, ...]:
    """The phases of a procedure, in seconds for each case that came to its notice; none where nothing ran side by side.

    Args:
        told: by case, its past and the instant of its notice.
    """
    spans = {case: _branches(procedure, past.log, end) for case, (past, end) in told.items()}
    kinds = sorted(
        {kind for found in spans.values() if len(found) > 1 for kind in found}, key=list(procedure.tasks).index
    )
    if not kinds:
        return ()
    meeting = {row.id for row in procedure.states if row.kind == "waiting_meeting"}
    of_branch: dict[str, list[int]] = {kind: [] for kind in kinds}
    join, board, office = list[int](), list[int](), list[int]()
    for case, (past, end) in told.items():
        found = spans[case]
        if past.case.arrived_at is None or len(found) < len(kinds):
            continue
        for kind in kinds:
            of_branch[kind].append(found[kind][1] - found[kind][0])
        ends = [found[kind][1] for kind in kinds]
        join.append(max(ends) - min(ends))
        board.append(_within(past.entered(), meeting, end))
        slowest = max(ends) - min(found[kind][0] for kind in kinds)
        office.append(end - past.case.arrived_at - slowest - board[-1])
    rows = [Phase(kind, procedure.tasks[kind].label, tuple(of_branch[kind])) for kind in kinds]
    rows.append(Phase("join", "先にそろった方が、もう一方を待った", tuple(join)))
    rows += [Phase("board", "会議の日を待った", tuple(board))] if meeting else []
    return (*rows, Phase("office", "庁内の事務(受付・点検・起案・決裁・通知)", tuple(office)))


def stays_of(procedure: Procedure, pasts: Iterable[tuple[Past, int | None]]) -> tuple[Phase, ...]:
    """The seconds that each state took of the time from arrival to notice, in the order in which cases came to them.

    Each case counts once in every state, with 0 where it never was: the means add up to the whole. A case without a
    notice counts to its first state of rest; one that came to neither is left out.

    Args:
        pasts: each past with the instant of its notice, None where it has none.
    """
    rest = {row.id for row in procedure.states if row.kind in {"settled", "final"}}
    labels = {row.id: row.label for row in procedure.states}
    order: dict[str, None] = {}
    cases: list[Counter[str]] = []
    for past, told in pasts:
        entered, arrived = past.entered(), past.case.arrived_at
        end = told if told is not None else next((at for state, at in entered if state in rest), None)
        if arrived is None or end is None:
            continue
        spent = Counter[str]()
        ends = [*(at for _, at in entered[1:]), end]
        for (state, at), left in zip(entered, ends, strict=True):
            seconds = min(left, end) - max(at, arrived)
            if seconds > 0 and state in labels:
                spent[state] += seconds
                order.setdefault(state)
        cases.append(spent)
    return tuple(Phase(state, labels[state], tuple(spent[state] for spent in cases)) for state in order)


def _branches(procedure: Procedure, log: Sequence[LogRow], until: int) -> dict[str, tuple[int, int]]:
    """When each task of those opened together began and was last done."""
    kinds: dict[int, str] = {}
    began: dict[str, int] = {}
    done: dict[str, int] = {}
    ends = {kind: {row.id for row in task.states if row.kind in DONE} for kind, task in procedure.tasks.items()}
    together: set[str] = set()
    for row in log:
        if row.at > until:
            break
        effects = json.loads(row.effects)
        opened = [one[2] for one in effects if one[0] == "task+" and not procedure.tasks[one[2]].many]
        together.update(opened if len(opened) > 1 else ())
        for one in effects:
            if one[0] == "task+":
                kinds[one[1]] = one[2]
                began.setdefault(one[2], row.at)
            elif one[0] == "task" and one[2].get("state") in ends.get(kinds.get(one[1], ""), ()):
                done[kinds[one[1]]] = row.at
    return {kind: (began[kind], done[kind]) for kind in began if kind in together and kind in done}


def _within(entered: Sequence[tuple[str, int]], states: set[str], until: int) -> int:
    """The seconds spent in some states before an instant."""
    ends = [*(at for _, at in entered[1:]), until]
    return sum(max(0, min(end, until) - at) for (state, at), end in zip(entered, ends, strict=True) if state in states)
