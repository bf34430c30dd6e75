"""A case and what runs beside it: tasks, clocks, timers."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from engine.state import CaseState, ClockRun, TaskState, TimerRun, Whole
from engine.store import statements as sql
from engine.store.canonical import pack, unpack
from engine.store.rows.ledger import LedgerRows
from engine.store.session import Row

_CASE = attrgetter(*list(CaseState.__slots__)[:-1])
_TASK = attrgetter(*list(TaskState.__slots__)[:-1])
_TIMER = attrgetter(*TimerRun.__slots__)


class CaseRows(LedgerRows):
    """Reads a case whole and writes what changed."""

    def whole(self, case_id: int) -> Whole | None:
        """The case with all its tasks, clocks and timers, or None."""
        found = self.row(sql.CASE, (case_id,))
        if found is None:
            return None
        of = (case_id,)
        tasks = [task_of(row) for row in self.rows(sql.TASKS, of)]
        clocks = [clock_of(row) for row in self.rows(sql.CLOCKS, of)]
        timers = [TimerRun(*row) for row in self.rows(sql.TIMERS, of)]
        return Whole(
            case_of(found),
            {task.number: task for task in tasks},
            {clock.id: clock for clock in clocks},
            {(timer.owner, timer.event): timer for timer in timers},
        )

    def insert_case(self, case: CaseState) -> int:
        """The number of the new case, the next without a gap; it is written into `case.id` too."""
        case.id = self.next_number("case")
        self.run(sql.INSERT_CASE, (*_CASE(case), pack(case.memo)))
        return case.id

    def update_case(self, case: CaseState, expected_version: int) -> bool:
        """Whether the case was still at the version expected, and so took its new values."""
        id_, *rest = _CASE(case)
        return self.run(sql.UPDATE_CASE, (*rest, pack(case.memo), id_, expected_version)) == 1

    def put_tasks(self, tasks: Iterable[TaskState]) -> None:
        """Write these tasks, new or changed."""
        self.run_each(sql.PUT_TASK, [(*_TASK(task), pack(task.memo)) for task in tasks])

    def put_clocks(self, clocks: Iterable[ClockRun]) -> None:
        """Write these clocks, new or changed."""
        self.run_each(sql.PUT_CLOCK, [_clock_values(clock) for clock in clocks])

    def put_timers(self, timers: Iterable[TimerRun]) -> None:
        """Write these timers, new or moved."""
        self.run_each(sql.PUT_TIMER, [_TIMER(timer) for timer in timers])

    def drop_timers(self, keys: Iterable[tuple[int, int, str]]) -> None:
        """Remove the timers of these (case, owner, event)."""
        self.run_each(sql.DROP_TIMER, list(keys))


def case_of(row: Row) -> CaseState:
    """The case in a row of its table; SQLite has neither booleans nor JSON of its own."""
    case = CaseState(*row)
    case.closed = bool(case.closed)
    case.memo = unpack(row[-1])
    return case


def task_of(row: Row) -> TaskState:
    """The task in a row of its table."""
    task = TaskState(*row)
    task.open = bool(task.open)
    task.memo = unpack(row[-1])
    return task


def clock_of(row: Row) -> ClockRun:
    """The clock in a row of its table."""
    clock = ClockRun(*row)
    clock.pauses = unpack(row[5])
    clock.breached = bool(clock.breached)
    clock.memo = unpack(row[-1])
    return clock


def _clock_values(clock: ClockRun) -> Row:
    return (
        *(clock.case_id, clock.id, clock.state, clock.starts_on, clock.due_on, pack(clock.pauses)),
        *(clock.satisfied_on, clock.breached, pack(clock.memo)),
    )
