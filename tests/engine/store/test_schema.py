"""The tables hold what the engine's state is made of, in its order."""

from dataclasses import fields

import pytest
from sqlalchemy import Table

from engine.state import CaseState, ClockRun, LogRow, Notified, TaskState, TimerRun
from engine.store import schema
from engine.store.records import Edition, Linked, Registered


@pytest.mark.parametrize(
    ("table", "state"),
    [
        (schema.case_, CaseState),
        (schema.task, TaskState),
        (schema.clock, ClockRun),
        (schema.timer, TimerRun),
        (schema.event, LogRow),
        (schema.outbox, Notified),
    ],
)
def test_a_table_has_the_columns_of_its_state_in_order(table: Table, state: type) -> None:
    assert [column.name for column in table.columns] == [field.name for field in fields(state)]


@pytest.mark.parametrize(
    ("table", "record"),
    [(schema.definition, Edition), (schema.registration, Registered), (schema.link, Linked)],
)
def test_a_table_has_the_columns_of_its_record_in_order(table: Table, record: type[tuple[object, ...]]) -> None:
    assert tuple(column.name for column in table.columns) == getattr(record, "_fields", ())
