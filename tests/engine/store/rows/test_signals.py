"""Signals on their way, in order, and the persons a case concerns."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.dialects import sqlite

from engine.store import Concerned, Conflict, Letter, Registered, Store, Transaction, signalling
from engine.store.prepared import Statement, prepare
from tests.engine.store.samples import NOON, opened


def letter(number: int, to_case: int | None, **changes: object) -> Letter:
    """A signal to a case, with a made-up seal."""
    kind = "tell" if to_case else "open"
    made = Letter(
        *(number, kind, "changed", None, 0, number, "permit", to_case, None, 0, NOON),
        *(1, b"salt", b"blob", "d" * 64, NOON),
    )
    return made._replace(**changes)  # type: ignore[arg-type]  # fields by name


@pytest.fixture
def two(store: Store) -> tuple[int, int]:
    """Two cases."""
    with store.transaction() as tx:
        return opened(tx).id, opened(tx).id


def test_to_each_case_only_the_first_waiting_signal_is_due(store: Store, two: tuple[int, int]) -> None:
    one, other = two
    with store.transaction() as tx:
        tx.send([letter(1, one), letter(2, one), letter(3, other), letter(4, None), letter(5, None)])
        assert tx.due_letters(NOON) == [1, 3, 4, 5]
        assert tx.due_letters(NOON, 2) == [1, 3]
        assert tx.due_letters(NOON - 1) == []
        tx.letter_delivered(1, one, NOON)
        assert tx.due_letters(NOON) == [2, 3, 4, 5]


def test_a_failed_signal_holds_back_those_to_the_same_case_and_no_others(store: Store, two: tuple[int, int]) -> None:
    one, other = two
    with store.transaction() as tx:
        tx.send([letter(1, one), letter(2, one), letter(3, other)])
        tx.letter_failed(1, NOON + 60, "だめでした。")
        assert tx.due_letters(NOON) == [3]
        assert tx.due_letters(NOON + 60) == [1, 3]
        assert [(one.tries, one.trouble) for one in tx.waiting_letters(1)] == [(1, "だめでした。")]


def test_a_signal_waits_behind_the_one_that_opens_its_receiver(store: Store, two: tuple[int, int]) -> None:
    with store.transaction() as tx:
        tx.send([letter(1, None), letter(2, None, kind="tell", behind=1)])
        assert tx.due_letters(NOON) == [1]
        tx.letter_delivered(1, two[1], NOON)
        tx.address_letters(1, two[1])
        assert tx.due_letters(NOON) == [2]
        assert tx.waiting_letters() == [letter(2, two[1], kind="tell")]


def test_a_delivered_signal_is_not_taken_again_and_what_it_carried_is_gone(store: Store, two: tuple[int, int]) -> None:
    with store.transaction() as tx:
        tx.send([letter(1, two[0], from_case=two[1])])
        assert tx.take_letter(1) == letter(1, two[0], from_case=two[1])
        tx.letter_delivered(1, two[0], NOON + 5, "回り続けるので止めました。")
        assert tx.take_letter(1) is None
        left = letter(1, two[0], from_case=two[1], salt=None, blob=None, delivered_at=NOON + 5)
        assert tx.letters_of(two[1]) == [left._replace(trouble="回り続けるので止めました。")]


def test_a_second_signal_under_one_number_is_a_conflict(store: Store, two: tuple[int, int]) -> None:
    with store.transaction() as tx:
        tx.send([letter(1, two[0])])
    with pytest.raises(Conflict), store.transaction() as tx:
        tx.send([letter(1, two[1])])


def test_a_person_concerns_open_cases_and_those_with_a_living_registration(store: Store) -> None:
    with store.transaction() as tx:
        open_, over, registered = opened(tx).id, closed(tx), closed(tx)
        tx.add_registrations([Registered(registered, 1, 0, "recipient", "p", "d", "2023-05")])
        rows = [Concerned("p", case_id, "person") for case_id in (open_, over, registered)]
        tx.add_subjects([*rows, Concerned("p", open_, "children"), Concerned("q", open_, "person")])
        assert tx.concerned("p") == [rows[0]._replace(name="children"), rows[0], rows[2]]
        tx.update_registration(Registered(registered, 1, 0, "recipient", "p", "d", "2023-05", ended_at=NOON))
        tx.drop_subjects([rows[0]])
        assert tx.concerned("p") == [rows[0]._replace(name="children")]


def closed(tx: Transaction) -> int:
    """A case that is over."""
    made = opened(tx)
    made.closed = True
    assert tx.update_case(made, made.version)
    return made.id


@pytest.mark.parametrize(
    ("statement", "indexes"),
    [
        (signalling.DUE, ["signal_in_order", "signal_waiting"]),
        (signalling.WAITING, ["signal_in_order"]),
        (signalling.ADDRESS, ["signal_in_order"]),
        (signalling.SENT, ["signal_sent"]),
    ],
    ids=lambda one: getattr(one, "name", ""),
)
def test_signals_are_found_without_reading_those_heard_long_ago(
    tmp_path: Path, statement: Statement, indexes: list[str]
) -> None:
    path = tmp_path / "town.db"
    Store.open(path).close()
    text = prepare(statement, sqlite.dialect()).text
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(f"EXPLAIN QUERY PLAN {text}", [1] * text.count("?")).fetchall()
    found = [re.search(r"INDEX (\w+)", row[3]) for row in rows if "signal" in row[3] or "before" in row[3]]
    assert [one and one[1] for one in found] == indexes
