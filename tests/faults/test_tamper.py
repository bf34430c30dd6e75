"""Whoever changes one byte of a case is found out, and the verification says where."""

import random
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from engine.difference import Difference
from engine.store import Finding, Store
from engine.verify import verify_everything
from tests.faults.lives import LIVES
from tests.faults.tally import TOLD, Note
from tests.faults.tampering import OF_A_CASE, UNTOLD, Change, changes, made
from tests.faults.whole_lives import live
from tests.office.door import program

LED = {life.name: life for life in LIVES}
NAMES = ("granted_and_paid", "correction_never_answered", "made_up_grove")


@pytest.fixture(scope="module")
def led(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A store for each of some whole lives."""
    places = {name: tmp_path_factory.mktemp(name) / "madoguchi.db" for name in NAMES}
    for name, place in places.items():
        with Store.open(place, practice=True) as store:
            live(LED[name], store)
    return places


@pytest.fixture(params=NAMES)
def place(led: dict[str, Path], request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    shutil.copytree(led[request.param].parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / "madoguchi.db"


def found(store: Store) -> list[Finding | Difference]:
    with store.reading() as tx:
        return verify_everything(tx)


def names(one: Finding | Difference, change: Change) -> bool:
    """Whether a finding names what was changed: a row of the log by its number, all else by case and key."""
    if change.table == "event":
        return isinstance(one, Finding) and one.seq == change.key[1]
    told = f"{one.case_id} {one.where}" if isinstance(one, Difference) else f"{one.case_id}"
    return all(str(part) in told for part in change.key)


def unnoticed(place: Path, each: int) -> tuple[list[str], Counter[str]]:
    missed, tried, luck = [], Counter[str](), random.Random("tamper")
    with Store.open(place) as store:
        assert found(store) == []
        for change in (one for table in OF_A_CASE for one in changes(place, table, luck, each)):
            tried[change.table] += 1
            with made(place, change):
                if not any(names(one, change) for one in found(store)):
                    missed.append(str(change))
        assert found(store) == []
    return missed, tried


def test_one_changed_byte_in_any_column_of_any_row_of_a_case_is_named(place: Path) -> None:
    missed, tried = unnoticed(place, 1)
    assert missed == []
    assert tried["event"] > 150


@pytest.mark.full
def test_many_changed_bytes_of_every_column_are_named_one_by_one(place: Path, record_property: Note) -> None:
    missed, tried = unnoticed(place, 12)
    counted = ", ".join(f"{table} {count}" for table, count in sorted(tried.items()))
    record_property(TOLD, f"tampered: {sum(tried.values())} changes, {len(missed)} unnoticed ({counted})")
    assert missed == []
    assert tried["event"] > 1000


def test_the_columns_that_no_log_tells_of_are_few_and_there() -> None:
    assert sorted({table for table, _ in UNTOLD}) == ["link", "outbox"]


def test_every_deleted_row_is_named(place: Path) -> None:
    kept, luck = place.read_bytes(), random.Random("delete")
    rows = {(one.table, one.key): one for table in OF_A_CASE for one in changes(place, table, luck)}
    for (table, key), change in rows.items():
        where = " AND ".join(f"{name} = {value!r}" for name, value in zip(change.keys, key, strict=True))
        told = after(place, kept, f"DELETE FROM {table} WHERE {where}")  # noqa: S608 - our tables
        assert any(names(one, change) for one in told), change


def test_two_swapped_rows_of_the_log_are_both_named(place: Path) -> None:
    kept = place.read_bytes()
    with closing(sqlite3.connect(place)) as connection:
        last = connection.execute("SELECT max(seq) FROM event").fetchone()[0]
    for seq in range(1, last):
        moves = ((seq, 0), (seq + 1, seq), (0, seq + 1))
        told = after(place, kept, *(f"UPDATE event SET seq = {new} WHERE seq = {old}" for old, new in moves))  # noqa: S608
        moved = [(one.kind, one.seq) for one in told if isinstance(one, Finding)]
        assert {("moved", seq), ("moved", seq + 1)} <= set(moved)


@pytest.mark.parametrize(
    ("change", "said"), [("post = 'mayor'", "案件1の記録3行目は、書かれた後に"), ("at = at", "誤りは0件")]
)
def test_the_program_says_which_row_was_changed(place: Path, change: str, said: str) -> None:
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute(f"UPDATE event SET {change} WHERE seq = 3")  # noqa: S608 - of our own
    told = program("case", "verify", "1", "--db", str(place), folder=place.parent)
    assert said in told.stdout
    assert told.returncode == ("0件" not in said)


def after(place: Path, kept: bytes, *said: str) -> list[Finding | Difference]:
    """What is found after some statements, which are then undone."""
    with closing(sqlite3.connect(place)) as connection, connection:
        for one in said:
            connection.execute(one)
    with Store.open(place) as store:
        told = found(store)
    place.write_bytes(kept)
    return told
