"""The tables as CSV files: complete, safe to open in a spreadsheet, and the same as on the page."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from simulation.report import write_csv
from simulation.report.files import as_csv, guarded, unguarded
from simulation.report.tables import Column, Table
from simulation.results import ProcedureResults
from tests.simulation.sample_results import sample

SAMPLE = sample()
PROCEDURE = SAMPLE.procedures[0]


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tables")
    write_csv(SAMPLE, path)
    return path


def test_there_is_one_file_for_each_table_and_none_twice(folder: Path) -> None:
    names = sorted(path.stem for path in folder.iterdir())
    assert len(names) == 24
    assert {"arrivals", "leads", "post_days", "assumptions", "schedule", "schedule_totals", "run"} <= set(names)


def test_every_row_has_the_columns_of_its_heading(folder: Path) -> None:
    for path in folder.iterdir():
        found = rows(path)
        assert {len(row) for row in found} == {len(found[0])}, path.name


def test_a_file_opens_as_japanese_in_excel(folder: Path) -> None:
    assert (folder / "states.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in (folder / "states.csv").read_bytes()


def test_sums_over_the_files_are_the_results(folder: Path) -> None:
    assert sum(int(row[-1]) for row in rows(folder / "states.csv")[1:]) == PROCEDURE.opened
    assert sum(int(row[-1]) for row in rows(folder / "arrivals.csv")[1:]) == PROCEDURE.arrived
    late = [row for row in rows(folder / "leads.csv")[1:] if row[-1] == "はい"]
    assert len(late) == sum(lead.breached for lead in PROCEDURE.leads)
    days = [day for post in SAMPLE.posts for day in post.days]
    assert sum(int(row[2]) for row in rows(folder / "post_days.csv")[1:]) == sum(day.worked_seconds for day in days)


def test_procedures_share_a_file_with_their_id_in_front(tmp_path: Path) -> None:
    other = replace(PROCEDURE, definition=replace(PROCEDURE.definition, id="other"))
    write_csv(replace(SAMPLE, procedures=(PROCEDURE, other)), tmp_path)
    assert [row[0] for row in rows(tmp_path / "outcomes.csv")[1:]].count("other") == len(PROCEDURE.outcomes) + 1


def test_a_run_without_cases_writes_headings_only(tmp_path: Path) -> None:
    empty = replace(SAMPLE, procedures=(ProcedureResults(PROCEDURE.definition, 0),), posts=(), schedule=None)
    written = write_csv(empty, tmp_path)
    assert len(rows(tmp_path / "leads.csv")) == 1
    assert "schedule.csv" not in {path.name for path in written}


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_words_that_begin_like_a_formula_are_guarded(first: str) -> None:
    table = Table("t", "表", (Column("語"),), ((f"{first}1+1",),))
    cell = list(csv.reader(io.StringIO(as_csv(table), newline="")))[1][0]
    assert cell == f"'{first}1+1"


def test_numbers_are_not_guarded_and_a_missing_one_is_empty() -> None:
    table = Table(
        "t", "表", (Column("差", "signed"), Column("率", "share"), Column("数", "count")), ((-2, 0.12345, None),)
    )
    assert as_csv(table).splitlines()[1] == "-2,0.1235,"


@given(some.text(alphabet="'=+-@＝a\t", max_size=6) | some.text(max_size=20))
def test_guarding_loses_nothing_and_leaves_no_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


def test_half_a_letter_does_not_stop_the_file(tmp_path: Path) -> None:
    write_csv(replace(SAMPLE, city="市\ud800"), tmp_path)
    assert rows(tmp_path / "run.csv")[1][1].startswith("市?")
