"""What is stored of a case follows from its log, and whatever does not is named."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.actors import Actor
from engine.clock import JST
from engine.commands import Engine
from engine.ports import Ports
from engine.verify import verify, verify_everything
from tests.engine.desk import PlainWriter, ShapeChecker
from tests.engine.made_up.shelf import CALENDAR, TOWN, shelf
from tests.grounds import Ground

ANOTHER_FORM = """UPDATE case_ SET memo = replace(memo, '"given":{"form":1', '"given":{"form":2')"""


class RunningClock:
    """A clock on which a second passes whenever somebody looks."""

    def __init__(self) -> None:
        self._now = dt.datetime(2022, 6, 6, 10, 0, tzinfo=JST)

    def now(self) -> dt.datetime:
        self._now += dt.timedelta(seconds=1)
        return self._now


@pytest.fixture
def worked(lasting: Ground) -> Ground:
    """A store with one permit asked for, looked at and sent back for correction, under a running clock."""
    with lasting.open() as store:
        engine = Engine(store, Ports(shelf(), TOWN, CALENDAR, RunningClock(), ShapeChecker(), PlainWriter()))
        person, clerk = Actor("applicant", "p1"), Actor("clerk", "k1")
        case = engine.open("permit", person).case_id
        form = {"applicant": {"name": "髙橋", "my_number": "123456789010"}, "kind": "new", "start_on": "2022-07-01"}
        engine.fire(case, "submit", person, form)
        engine.establish(case, clerk, {"width": 4, "measured_on": "2022-06-06"})
        engine.establish(case, clerk, {"measured_on": None})
        engine.fire(case, "request_correction", clerk, {"items": "図面"})
    return lasting


def found_after(worked: Ground, *changes: str) -> list[str]:
    """The findings, in English, after somebody has changed rows by hand."""
    for change in changes:
        assert worked.execute(change) == [1], change
    with worked.open() as store, store.reading() as tx:
        found = [one.text("en") for one in verify(tx, 1)]
        assert [one.text("en") for one in verify_everything(tx)] == found
        return found


def test_a_case_worked_under_a_running_clock_follows_from_its_log(worked: Ground) -> None:
    assert found_after(worked) == []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("UPDATE case_ SET state = 'granted'", 'case.state is "granted", but its log tells "correction"'),
        ("UPDATE case_ SET outcome = 'granted'", 'case.outcome is "granted", but its log tells null'),
        (ANOTHER_FORM, "case.memo.given.form is 2, but its log tells 1"),
        ("UPDATE task SET desk = 'clerk'", "tasks.1.desk is"),
        ("DELETE FROM task", "tasks.1 is -, but"),
        ("UPDATE clock SET breached = NOT breached", "breached is true, but its log tells false"),
        ("UPDATE timer SET due_at = 1 WHERE event = 'remind'", "timers.1.remind.due_at is 1, but"),
        ("DELETE FROM timer WHERE event = 'remind'", "timers.1.remind is -, but"),
        (
            "UPDATE outbox SET recipient = 'x' WHERE notice = 'receipt'",
            'recipient is "x", but its log tells "applicant"',
        ),
        ("DELETE FROM outbox WHERE notice = 'receipt'", "outbox.2.1 is -, but"),
        (
            "UPDATE value SET digest = '00' WHERE field = 'fact.width'",
            'values.fact.width.digest is "00", but its log tells',
        ),
        ("DELETE FROM value WHERE field = 'form.1.my_number'", "values.form.1.my_number is -, but"),
        (
            "INSERT INTO registration VALUES (1, 2, 1, 'permit', '00', '00', '', NULL, NULL, NULL)",
            "registrations.2.1 is",
        ),
        ("INSERT INTO link VALUES (1, 2, 1, 'badge', NULL, 'opens')", "links.2.1 is"),
    ],
)
def test_one_changed_thing_is_the_one_finding(worked: Ground, change: str, where: str) -> None:
    (found,) = found_after(worked, change)
    assert found.startswith("case 1: ")
    assert where in found


def test_a_value_that_does_not_open_is_named(worked: Ground) -> None:
    (found,) = found_after(worked, "UPDATE value SET blob = salt WHERE field = 'fact.width'")
    assert "fact.width" in found


def test_a_value_that_was_destroyed_without_a_record_is_named(worked: Ground) -> None:
    with worked.open() as store, store.transaction() as tx:
        tx.destroy(1, ["form.1.my_number"], 1654480000)
    (found,) = found_after(worked)
    assert "values.form.1.my_number.destroyed_at is 1654480000" in found


def test_a_state_and_a_log_changed_together_are_found_by_the_chain(worked: Ground) -> None:
    changes = ("UPDATE case_ SET outcome = 'granted'", "UPDATE event SET effects = '[]' WHERE seq = 5")
    assert any("changed after it was written" in one for one in found_after(worked, *changes))


@pytest.mark.parametrize("effects", ["{", "[1]", '[["nonsense"]]', '[["task", 9, {}]]', '[["state"]]'])
def test_a_log_that_cannot_be_folded_is_said_so(worked: Ground, effects: str) -> None:
    found = found_after(worked, f"UPDATE event SET effects = '{effects}' WHERE seq = 3")  # noqa: S608
    assert any("cannot be folded" in one for one in found)


def test_a_row_that_cannot_be_read_is_said_so(worked: Ground) -> None:
    assert any("damaged" in one for one in found_after(worked, "UPDATE task SET memo = '{'"))


def test_a_log_without_its_case_is_named_row_by_row(worked: Ground) -> None:
    assert worked.execute("DELETE FROM case_") == [1]
    with worked.open() as store, store.reading() as tx:
        assert next(one.en for one in verify_everything(tx)) == "case 1, row 1: there is no such case"
