"""Whether tampering with the log is named."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.state import CaseState, LogRow
from engine.store import Finding, Store, chained, verify_all, verify_case
from tests.engine.store.samples import case, event_after, store_with

COLUMNS = [field.name for field in fields(LogRow)]


def named(found: list[Finding]) -> list[tuple[str, int, int]]:
    return [(one.kind, one.case_id, one.seq) for one in found]


def after(path: Path, *changes: str) -> list[tuple[str, int, int]]:
    """What is found once somebody with the file in his hands has run these statements."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for change in changes:
            connection.execute(change)
    with Store.open(path) as store, store.reading() as tx:
        return named(verify_all(tx))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of two cases, with five events and with two."""
    folder = tmp_path_factory.mktemp("written")
    store_with(folder / "madoguchi.db", 5, 2)
    return folder


@pytest.fixture
def logs(written: Path, path: Path) -> Path:
    """A copy of that store, to be tampered with."""
    shutil.copytree(written, path.parent, dirs_exist_ok=True)
    return path


def test_nothing_is_found_where_nothing_was_done(logs: Path) -> None:
    assert after(logs) == []


@pytest.mark.parametrize("seq", range(1, 6))
@pytest.mark.parametrize("column", [name for name in COLUMNS if name not in {"case_id", "seq"}])
def test_one_changed_byte_names_its_row(logs: Path, column: str, seq: int) -> None:
    flip = f"CASE typeof({column}) WHEN 'integer' THEN {column} + 1 ELSE {column} || 'x' END"
    change = f"UPDATE event SET {column} = {flip} WHERE case_id = 1 AND seq = {seq}"  # noqa: S608
    assert after(logs, change) == [("changed", 1, seq)]


@pytest.mark.parametrize("column", [name for name in COLUMNS if name not in {"case_id", "seq", "at", "task"}])
def test_bytes_that_are_no_text_name_their_row(logs: Path, column: str) -> None:
    change = f"UPDATE event SET {column} = CAST(x'ff41' AS TEXT) WHERE case_id = 1 AND seq = 2"  # noqa: S608
    assert after(logs, change) == [("changed", 1, 2)]


@pytest.mark.parametrize("column", [name for name in COLUMNS if name != "case_id"])
@pytest.mark.parametrize("value", ["x'ff'", "'text'", "-1", "1.5"])
def test_a_value_of_another_type_names_its_row(logs: Path, column: str, value: str) -> None:
    change = f"UPDATE event SET {column} = {value} WHERE case_id = 1 AND seq = 2"  # noqa: S608
    found = after(logs, change)
    assert ("missing" if column == "seq" else "changed", 1, 2) in found


def test_a_row_given_another_number_is_named_with_the_number_it_had(logs: Path) -> None:
    assert after(logs, "UPDATE event SET seq = 9 WHERE case_id = 1 AND seq = 2") == [
        ("moved", 1, 9),
        ("missing", 1, 2),
    ]


def test_a_row_given_to_another_case_is_named_in_both(logs: Path) -> None:
    moved = after(logs, "UPDATE event SET case_id = 2, seq = 3 WHERE case_id = 1 AND seq = 4")
    assert moved == [("missing", 1, 4), ("changed", 2, 3)]


def test_a_row_given_to_no_case_is_named(logs: Path) -> None:
    moved = after(logs, "UPDATE event SET case_id = 77 WHERE case_id = 1 AND seq = 4")
    assert moved == [("orphan", 77, 4), ("missing", 1, 4)]


@pytest.mark.parametrize("seq", range(1, 6))
def test_a_deleted_row_is_named(logs: Path, seq: int) -> None:
    assert after(logs, f"DELETE FROM event WHERE case_id = 1 AND seq = {seq}") == [("missing", 1, seq)]  # noqa: S608


def test_an_end_cut_off_is_named(logs: Path) -> None:
    assert after(logs, "DELETE FROM event WHERE case_id = 1 AND seq > 3") == [("missing", 1, 4)]


def test_two_rows_swapped_are_both_named(logs: Path) -> None:
    swap = [(2, -2), (4, 2), (-2, 4)]
    changes = [f"UPDATE event SET seq = {to} WHERE case_id = 1 AND seq = {of}" for of, to in swap]  # noqa: S608
    assert after(logs, *changes) == [("moved", 1, 2), ("moved", 1, 4)]


def test_a_log_and_its_length_cut_together_are_named_by_the_head(logs: Path) -> None:
    cut = ("DELETE FROM event WHERE case_id = 1 AND seq > 3", "UPDATE case_ SET version = 3 WHERE id = 1")
    assert after(logs, *cut) == [("head", 1, 3)]


@pytest.mark.parametrize("head", ["''", "x'ff'", "'abc'"])
def test_a_changed_head_is_named(logs: Path, head: str) -> None:
    assert after(logs, f"UPDATE case_ SET head = {head} WHERE id = 1") == [("head", 1, 5)]  # noqa: S608


@pytest.mark.parametrize(
    ("version", "found"), [("4", ("extra", 1, 5)), ("6", ("missing", 1, 6)), ("'x'", ("extra", 1, 1))]
)
def test_a_changed_length_is_named(logs: Path, version: str, found: tuple[str, int, int]) -> None:
    assert found in after(logs, f"UPDATE case_ SET version = {version} WHERE id = 1")  # noqa: S608


def test_a_case_without_rows_and_rows_without_a_case_are_named(logs: Path) -> None:
    assert after(logs, "DELETE FROM event WHERE case_id = 1") == [("empty", 1, 0)]
    assert after(logs, "DELETE FROM case_ WHERE id = 2") == [("orphan", 2, 1), ("orphan", 2, 2), ("empty", 1, 0)]


def log_of(length: int) -> tuple[list[LogRow], CaseState]:
    made = case(id=1)
    return [event_after(made, f"event_{number}") for number in range(length)], made


def test_a_row_rewritten_with_a_hash_that_fits_is_named() -> None:
    rows, made = log_of(4)
    rows[1] = rehashed(replace(rows[1], person="P-2"))
    assert named(verify_case(rows, made)) == [("replaced", 1, 2)]


def test_a_first_row_built_on_something_is_named() -> None:
    rows, made = log_of(1)
    rows = [rehashed(replace(rows[0], previous="0" * 64))]
    made.head = rows[0].hash
    assert named(verify_case(rows, made)) == [("replaced", 1, 1)]


def test_a_row_of_another_case_is_named() -> None:
    rows, made = log_of(3)
    other = event_after(case(id=2))
    assert named(verify_case([*rows, other], made)) == [("foreign", 1, 1)]


def rehashed(row: LogRow) -> LogRow:
    *columns, previous, _ = (getattr(row, name) for name in COLUMNS)
    return chained(previous, tuple(columns))


def swapped(rows: list[LogRow], place: int) -> list[LogRow]:
    other = (place + 1) % len(rows)
    rows[place], rows[other] = rows[other], rows[place]
    return rows


TAMPERS: list[Callable[[list[LogRow], int], list[LogRow]]] = [
    lambda rows, place: rows[:place] + rows[place + 1 :],
    lambda rows, place: rows[:place],
    lambda rows, place: [*rows[:place], rows[place], *rows[place:]],
    lambda rows, place: [*rows, replace(rows[place], seq=len(rows) + 1)],
    lambda rows, place: [*rows, rehashed(replace(rows[place], seq=len(rows) + 1, previous=rows[-1].hash))],
    lambda rows, place: [*rows[:place], rehashed(replace(rows[place], at=5)), *rows[place + 1 :]],
    lambda rows, place: [*rows[:place], replace(rows[place], seq=-1), *rows[place + 1 :]],
    lambda rows, place: [*rows[:place], rehashed(replace(rows[place], seq=0)), *rows[place + 1 :]],
    swapped,
]


@given(st.integers(2, 6), st.integers(0, 5), st.sampled_from(TAMPERS))
def test_no_tampering_goes_without_a_finding(
    length: int, place: int, tamper: Callable[[list[LogRow], int], list[LogRow]]
) -> None:
    rows, made = log_of(length)
    assert verify_case(rows, made) == []
    assert verify_case(tamper(rows, place % length), made) != []


def test_a_finding_is_a_sentence_in_both_languages() -> None:
    rows, made = log_of(3)
    (found,) = verify_case([rows[0], rows[2]], made)
    assert found.text() == "案件1の記録2行目から2行目までがありません。"
    assert found.text("en") == "case 1, row 2: rows 2 to 2 are missing"
