"""A case and what runs beside it: tasks, clocks, timers."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from engine.boundary import Boundary
from engine.state import CaseState, ClockRun, TaskState, TimerRun, Whole
from engine.store import statements as sql
from engine.store.canonical import pack, unpack
from engine.store.rows.ledger import LedgerRows
from engine.store.session import Book, Connection, Row

_CASE = attrgetter(*list(CaseState.__slots__)[:-1])
_CASE_AT_DESK = attrgetter(*(n for n in CaseState.__slots__ if n not in {"id", "memo", *sql.PLACE_OF_CASE}))
_PLACE_OF_CASE = attrgetter(*sql.PLACE_OF_CASE)
_TASK = attrgetter(*list(TaskState.__slots__)[:-1])
_TASK_AT_DESK = attrgetter(
    *(n for n in TaskState.__slots__ if n not in {"case_id", "number", "memo", *sql.PLACE_OF_TASK})
)
_PLACE_OF_TASK = attrgetter(*sql.PLACE_OF_TASK)
_TIMER = attrgetter(*TimerRun.__slots__)


class CaseRows(LedgerRows):
    """Reads a case whole and writes what changed."""

    writing: bool

    def __init__(self, connection: Connection, book: Book, boundary: Boundary, place: str) -> None:
        super().__init__(connection, book, boundary, place)
        # By case and task (0: the case itself), for what this transaction has seen: where in which inbox it lies.
        self._inboxes: dict[tuple[int, int], object] = {}

    def whole(self, case_id: int, kept: Whole | None = None) -> Whole | None:
        """The case with all its tasks, clocks and timers, or None; who may write holds it until he is done.

        Args:
            kept: the case as somebody knows it, which is given back unread where its log has not grown since.
        """
        if kept is not None and self.row(sql.HEAD_HELD, (case_id,)) == (kept.case.version, kept.case.head):
            self._note_inboxes(kept)
            return kept
        found = self.row(sql.CASE_HELD if self.writing else sql.CASE, (case_id,))
        if found is None:
            return None
        of = (case_id,)
        case = case_of(found)
        tasks = {row[1]: task_of(row) for row in self.rows(sql.TASKS, of)}
        clocks = {row[1]: clock_of(row) for row in self.rows(sql.CLOCKS, of)}
        timers = {(row[1], row[2]): TimerRun(*row) for row in self.rows(sql.TIMERS, of)}
        whole = Whole(case, tasks, clocks, timers)
        self._note_inboxes(whole)
        return whole

    def _note_inboxes(self, whole: Whole) -> None:
        case_id = whole.case.id
        self._inboxes[case_id, 0] = _PLACE_OF_CASE(whole.case)
        for number, task in whole.tasks.items():
            self._inboxes[case_id, number] = _PLACE_OF_TASK(task)

    def case(self, case_id: int) -> CaseState | None:
        """The case alone, or None."""
        found = self.row(sql.CASE, (case_id,))
        return None if found is None else case_of(found)

    def insert_case(self, case: CaseState) -> int:
        """The number of the new case, the next without a gap; it is written into `case.id` too."""
        case.id = self.next_number("case")
        self.run(sql.INSERT_CASE, (*_CASE(case), pack(case.memo)))
        return case.id

    def update_case(self, case: CaseState, expected_version: int) -> bool:
        """Whether the case was still at the version expected, and so took its new values."""
        inbox = _PLACE_OF_CASE(case)
        if self._inboxes.get((case.id, 0)) == inbox:
            values = (*_CASE_AT_DESK(case), pack(case.memo), case.id, expected_version)
            return self.run(sql.UPDATE_CASE_AT_DESK, values) == 1
        values = (*_CASE(case)[1:], pack(case.memo), case.id, expected_version)
        updated = self.run(sql.UPDATE_CASE, values) == 1
        if updated:
            self._inboxes[case.id, 0] = inbox
        return updated

    def put_tasks(self, tasks: Iterable[TaskState]) -> None:
        """Write these tasks, new or changed, each of them once."""
        moving, staying = [], []
        for task in tasks:
            key, inbox = (task.case_id, task.number), _PLACE_OF_TASK(task)
            if self._inboxes.get(key) == inbox:
                staying.append((*_TASK_AT_DESK(task), pack(task.memo), *key))
            else:
                moving.append((*_TASK(task), pack(task.memo)))
                self._inboxes[key] = inbox
        self.run_each(sql.PUT_TASK, moving)
        self.run_each(sql.UPDATE_TASK_AT_DESK, staying)

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
    case.memo = unpack(row[-1], case.id, "case.memo")
    return case


def task_of(row: Row) -> TaskState:
    """The task in a row of its table."""
    task = TaskState(*row)
    task.open = bool(task.open)
    task.memo = unpack(row[-1], task.case_id, f"tasks.{task.number}.memo")
    return task


def clock_of(row: Row) -> ClockRun:
    """The clock in a row of its table."""
    clock = ClockRun(*row)
    clock.pauses = unpack(row[5], clock.case_id, f"clocks.{clock.id}.pauses")
    clock.breached = bool(clock.breached)
    clock.memo = unpack(row[-1], clock.case_id, f"clocks.{clock.id}.memo")
    return clock


def _clock_values(clock: ClockRun) -> Row:
    return (
        *(clock.case_id, clock.id, clock.state, clock.starts_on, clock.due_on, pack(clock.pauses)),
        *(clock.satisfied_on, clock.breached, pack(clock.memo)),
    )
