"""What the published periods were in cases that happened: civil days, read from the log and nothing else."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.clock import civil_day
from engine.state import LogRow, Whole
from engine.store import Store
from simulation.calibration.periods import Branch, Periods

DAY = 86_400


@dataclass(frozen=True)
class Span:
    """One case in days. `before` is from arrival to the beginning of each branch, `branches` their lengths.

    `after` is from the day on which the last branch ended; `meeting` is the part of it that the case stood on the
    list of a sitting.
    """

    arrived: dt.date
    before: tuple[int, ...]
    branches: tuple[int, ...]
    after: int
    meeting: int

    @property
    def gathered(self) -> int:
        """Days from arrival until the last branch had ended."""
        return max(first + length for first, length in zip(self.before, self.branches, strict=True))

    @property
    def total(self) -> int:
        """Days from arrival to the end."""
        return self.gathered + self.after


def spans_of(store: Store, periods: Periods) -> list[Span]:
    """The spans of all cases of the procedure that came to the end of the periods, by number."""
    found = []
    with store.reading() as tx:
        for case in tx.cases(procedure=periods.procedure):
            whole = tx.whole(case.id)
            span = span_of(whole, tx.log(case.id), periods) if whole else None
            found += [span] if span else []
    return found


def span_of(whole: Whole, log: Sequence[LogRow], periods: Periods) -> Span | None:
    """The span of a case; None where it did not come to the end of the periods, or without one of the branches."""
    arrived = whole.case.arrived_at
    ended = next((row.at for row in log if row.task == 0 and row.to_state == periods.after.ends), None)
    if arrived is None or ended is None:
        return None
    entries = list(_entries([row for row in log if row.at <= ended]))
    ends = [_branch(entries, branch) for branch in periods.branches]
    sure = [one for one in ends if one is not None]
    if len(sure) < len(ends):
        return None
    first = civil_day(arrived)
    last = max(end for _, end in sure)
    return Span(
        first,
        tuple((civil_day(begin) - first).days for begin, _ in sure),
        tuple((civil_day(end) - civil_day(begin)).days for begin, end in sure),
        (civil_day(ended) - civil_day(last)).days,
        round(_waited(log, periods.after.meeting, ended) / DAY),
    )


def _branch(entries: Iterable[tuple[str, str, int]], branch: Branch) -> tuple[int, int] | None:
    """When a branch first began and last ended."""
    ours = [(state, at) for kind, state, at in entries if kind == branch.task]
    begin = next((at for state, at in ours if state == branch.begins), None)
    ends = [at for state, at in ours if state == branch.ends]
    return (begin, ends[-1]) if begin is not None and ends else None


def _entries(log: Iterable[LogRow]) -> Iterator[tuple[str, str, int]]:
    """Each entry of a task into a state: the kind of task, the state, the instant."""
    kinds: dict[int, str] = {}
    for row in log:
        for effect in json.loads(row.effects):
            if effect[0] == "task+":
                kinds[effect[1]] = effect[2]
                yield effect[2], effect[3]["state"], row.at
            elif effect[0] == "task" and "state" in effect[2]:
                yield kinds.get(effect[1], ""), effect[2]["state"], row.at


def _waited(log: Sequence[LogRow], state: str, until: int) -> int:
    """The seconds that the case stood in a state before an instant."""
    moves = [(row.to_state, row.at) for row in log if row.task == 0 and row.from_state != row.to_state]
    ends = [*(at for _, at in moves[1:]), until]
    return sum(max(0, min(end, until) - at) for (name, at), end in zip(moves, ends, strict=True) if name == state)
