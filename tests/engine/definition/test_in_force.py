"""A declaration as it stands on one civil day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.definition.in_force import in_force, rows_in_force
from engine.definition.rows import Role
from tests.engine.made_up.shelf import changed, declared

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2026, 1, 1))


def role(since: str | None = None, until: str | None = None) -> Role:
    return Role.model_validate({"id": "r", "label": "x", "side": "office", "since": since, "until": until})


@pytest.mark.parametrize(
    ("since", "until", "day", "holds"),
    [
        (None, None, "2022-06-06", True),
        ("2022-06-06", None, "2022-06-05", False),
        ("2022-06-06", None, "2022-06-06", True),
        (None, "2022-06-06", "2022-06-05", True),
        (None, "2022-06-06", "2022-06-06", False),
        ("2022-06-06", "2022-06-07", "2022-06-06", True),
        ("2022-06-06", "2022-06-07", "2022-06-07", False),
    ],
)
def test_a_row_holds_from_its_first_day_until_the_day_before_its_last(
    *, since: str | None, until: str | None, day: str, holds: bool
) -> None:
    assert role(since, until).in_force(dt.date.fromisoformat(day)) is holds


def test_rows_keep_their_declared_order() -> None:
    rows = [role(), role("2023-01-01"), role(None, "2023-01-01")]
    assert rows_in_force(rows, dt.date(2022, 1, 1)) == (rows[0], rows[2])


@given(DAYS)
def test_of_two_rows_that_follow_one_another_exactly_one_holds_on_any_day(day: dt.date) -> None:
    rows = in_force(declared("permit"), day).conditions
    assert [row.id for row in rows].count("small_enough") == 1


@given(DAYS)
def test_taking_the_day_twice_changes_nothing(day: dt.date) -> None:
    once = in_force(declared("permit"), day)
    assert in_force(once, day) == once


def test_versions_stay_whole_for_they_say_where_the_others_are() -> None:
    assert [version.id for version in in_force(declared("permit"), dt.date(2022, 6, 6)).versions] == ["old", "new"]


def test_rows_of_tasks_and_routes_have_their_days_too() -> None:
    later = {"since": dt.date(2030, 1, 1)}
    tasks = {n: t.model_dump(by_alias=True, exclude_defaults=True) for n, t in declared("permit").tasks.items()}
    tasks["step"]["events"] = [row | later if row["id"] == "endorse" else row for row in tasks["step"]["events"]]
    route = declared("permit").approval["main"].model_dump(by_alias=True, exclude_defaults=True)
    route["levels"] = [row | later if row["id"] == "dear" else row for row in route["levels"]]
    whole = changed("permit", tasks=tasks, approval={"main": route}).procedures["permit"]
    now = in_force(whole, dt.date(2022, 6, 6))
    assert "endorse" not in {event.id for event in now.tasks["step"].events}
    assert [level.id for level in now.approval["main"].levels] == ["usual", "refusing"]
    assert dt.date(2030, 1, 1) in whole.changes()
