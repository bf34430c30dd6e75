"""Inboxes, due timers, lists and counts."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Unpack

import pytest
from sqlalchemy.dialects import sqlite

from engine.state import TimerRun
from engine.store import CaseCount, EventCount, OpenItem, Store, queries
from engine.store.prepared import Statement, prepare
from engine.store.rows.lists import Filters
from tests.engine.store.samples import NOON, opened, store_with, task


def test_timers_fall_due_in_order(store: Store) -> None:
    with store.transaction() as tx:
        one, two = opened(tx).id, opened(tx).id
        tx.put_timers([TimerRun(two, 0, "lapse", NOON), TimerRun(one, 1, "b", NOON), TimerRun(one, 1, "a", NOON)])
        tx.put_timers([TimerRun(one, 0, "early", NOON - 1), TimerRun(one, 0, "late", NOON + 1)])
    with store.reading() as tx:
        due = [(timer.case_id, timer.owner, timer.event) for timer in tx.due_timers(NOON)]
        assert due == [(one, 0, "early"), (one, 1, "a"), (one, 1, "b"), (two, 0, "lapse")]
        assert [timer.event for timer in tx.due_timers(NOON, limit=1)] == ["early"]
        assert tx.next_due() == NOON - 1


def test_no_timer_is_due_where_there_is_none(store: Store) -> None:
    with store.reading() as tx:
        assert tx.next_due() is None
        assert tx.due_timers(NOON) == []


def test_an_inbox_holds_cases_and_tasks_most_urgent_and_longest_waiting_first(store: Store) -> None:
    with store.transaction() as tx:
        plain = opened(tx, desk="clerk", state_since=NOON + 9, arrived_at=NOON)
        urgent = opened(tx, desk="chief", priority=1)
        tx.put_tasks([task(plain.id, 1, state_since=NOON + 3), task(urgent.id, 1, post="doctor"), task(plain.id, 2)])
    with store.reading() as tx:
        items = tx.open_items(["clerk"])
        assert [(item.case_id, item.task) for item in items] == [(2, 1), (1, 2), (1, 1), (1, 0)]
        assert items[0] == OpenItem(2, 1, "inquiry", "permit", "asked", "clerk", "doctor", NOON, None, 1)
        assert items[3] == OpenItem(1, 0, "", "permit", "under_review", "clerk", None, NOON + 9, NOON, 0)
        assert [(item.case_id, item.task) for item in tx.open_items(["chief", "clerk"], limit=2)] == [(2, 0), (2, 1)]


def test_a_short_inbox_shows_the_most_urgent_of_many(store: Store) -> None:
    with store.transaction() as tx:
        for number in range(1, 5):
            made = opened(tx, priority=number % 2, state_since=NOON - number, desk="chief")
            tx.put_tasks([task(made.id, state_since=NOON - number)])
    with store.reading() as tx:
        for desk in ("chief", "clerk"):
            assert [item.case_id for item in tx.open_items([desk], limit=3)] == [3, 1, 4]


def test_nothing_closed_and_nobody_elses_work_is_in_an_inbox(store: Store) -> None:
    with store.transaction() as tx:
        shut = opened(tx, closed=True)
        tx.put_tasks([task(shut.id, 1, open=False), task(shut.id, 2, desk="chief"), task(shut.id, 3)])
    with store.reading() as tx:
        assert [(item.case_id, item.task) for item in tx.open_items(["clerk"])] == [(1, 3)]
        assert tx.open_items(["nobody"]) == tx.open_items([]) == []


def test_what_is_left_of_a_closed_case_is_not_urgent(store: Store) -> None:
    with store.transaction() as tx:
        shut, plain = opened(tx, priority=1, closed=True), opened(tx, desk="chief")
        tx.put_tasks([task(shut.id, state_since=NOON + 1), task(plain.id)])
    with store.reading() as tx:
        assert [(item.case_id, item.priority) for item in tx.open_items(["clerk"])] == [(2, 0), (1, 0)]


def test_an_inbox_follows_what_changes_its_place(store: Store) -> None:
    with store.transaction() as tx:
        first, second = opened(tx), opened(tx)
        tx.put_tasks([task(first.id, desk="chief"), task(second.id, desk="chief")])
    with store.transaction() as tx:
        whole = tx.whole(first.id)
        assert whole is not None
        whole.case.state_since = whole.tasks[1].state_since = NOON + 5
        assert tx.update_case(whole.case, whole.case.version)
        tx.put_tasks(whole.tasks.values())
    with store.reading() as tx:
        for desk in ("clerk", "chief"):
            assert [item.case_id for item in tx.open_items([desk])] == [2, 1]
    with store.transaction() as tx:
        whole = tx.whole(first.id)
        assert whole is not None
        whole.case.priority = 1
        assert tx.update_case(whole.case, whole.case.version)
    with store.reading() as tx:
        for desk in ("clerk", "chief"):
            assert [item.case_id for item in tx.open_items([desk])] == [1, 2]


def test_cases_are_listed_by_any_of_their_columns(store: Store) -> None:
    with store.transaction() as tx:
        opened(tx, state="draft")
        opened(tx, state="granted", closed=True, outcome="granted")
        opened(tx, state="draft", procedure="licence")

    def numbers(**filters: Unpack[Filters]) -> list[int]:
        with store.reading() as tx:
            return [case.id for case in tx.cases(**filters)]

    assert numbers() == numbers(state=None) == [1, 2, 3]
    assert numbers(state="draft", procedure="permit") == [1]
    assert numbers(outcome="granted") == [2]
    with store.reading() as tx:
        assert [case.id for case in tx.cases(closed=False)] == [1, 3]
        assert [case.id for case in tx.cases(after=1, limit=1)] == [2]


def test_cases_and_events_are_counted(store: Store) -> None:
    with store.transaction() as tx:
        opened(tx, events=2)
        opened(tx, events=1)
        opened(tx, events=1, closed=True, outcome="granted")
    with store.reading() as tx:
        assert tx.case_counts() == [
            CaseCount("permit", "under_review", None, closed=False, total=2),
            CaseCount("permit", "under_review", "granted", closed=True, total=1),
        ]
        assert tx.event_counts() == [EventCount("permit", "event_1", 3), EventCount("permit", "event_2", 1)]


@pytest.mark.parametrize(
    ("statement", "plan"),
    [
        (queries.OPEN_CASES, ["SEARCH case_ USING INDEX case_inbox (desk=?)"]),
        (
            queries.OTHER_TASKS,
            [
                "SEARCH task USING INDEX task_inbox (desk=?)",
                "SEARCH case_ USING INTEGER PRIMARY KEY (rowid=?)",
            ],
        ),
        (
            queries.URGENT_TASKS,
            [
                "SCAN case_ USING INDEX case_urgent",
                "SEARCH task USING PRIMARY KEY (case_id=?) LEFT-JOIN",
                "USE TEMP B-TREE FOR ORDER BY",
            ],
        ),
    ],
    ids=lambda given: given.name if isinstance(given, Statement) else "",
)
def test_the_first_lines_of_an_inbox_are_found_without_looking_at_the_others(
    path: Path, statement: Statement, plan: list[str]
) -> None:
    store_with(path, 1)
    with closing(sqlite3.connect(path)) as connection:
        prepared = prepare(statement, sqlite.dialect())
        values = prepared.bind(("clerk", 20)) if prepared.bind else ("clerk", 20)
        assert [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {prepared.text}", values)] == plan


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("SELECT * FROM timer WHERE due_at <= 5 ORDER BY due_at, case_id, owner, event", "timer_due"),
        ("SELECT * FROM outbox WHERE sent_at IS NULL ORDER BY at, case_id, seq, ordinal", "outbox_unsent"),
        ("SELECT * FROM event WHERE case_id = 1 ORDER BY seq", "sqlite_autoindex_event_1"),
        ("SELECT * FROM registration WHERE kind = 'a' AND subject_digest = 'b'", "registration_subject"),
    ],
)
def test_what_is_asked_often_has_an_index(path: Path, query: str, index: str) -> None:
    store_with(path)
    connection = sqlite3.connect(path)
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    connection.close()
    assert len(plan) == 1
    assert f"INDEX {index}" in plan[0]
