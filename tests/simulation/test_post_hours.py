"""The hours at which posts work: counted where the work fell, drawn and written for recalculation."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from engine.calendar import OpeningCalendar
from engine.clock import JST, to_seconds
from engine.municipality import OpeningHours, Post
from simulation.books import write_book
from simulation.people import Staff
from simulation.post_hours import PostHour, post_hours
from simulation.records import Interval, Records
from simulation.report.hours import hour_maps
from simulation.results import Post as PostResults

if TYPE_CHECKING:
    from pathlib import Path

POST = Post(id="clerk", label="担当", department="d", roles=("clerk",))
MONDAY = dt.date(2022, 4, 4)
HOURS = OpeningHours(opens=dt.time(9), closes=dt.time(12))


def at(hour: int, minute: int = 0) -> int:
    return to_seconds(dt.datetime.combine(MONDAY, dt.time(hour, minute), JST))


def counted(*work: Interval) -> dict[tuple[int, int], PostHour]:
    staff = Staff(OpeningCalendar(), HOURS, (POST,), 0.0, 1)
    rows = post_hours(staff, Records(work=list(work)), "d/clerk", MONDAY, MONDAY + dt.timedelta(days=6))
    return {(one.weekday, one.hour): one for one in rows}


def test_work_falls_into_the_hours_in_which_it_was_done() -> None:
    spent = ((MONDAY, 5400), (MONDAY + dt.timedelta(days=1), 600))
    found = counted(Interval("p", 1, "s", "d/clerk", 6000, 0, 1, spent, at(10, 30)))
    worked = {key: one.worked_seconds for key, one in found.items() if one.worked_seconds}
    assert worked == {(0, 10): 1800, (0, 11): 3600, (1, 9): 600}
    assert all(one.available_seconds == 3600 for one in found.values())
    assert {day for day, _ in found} == {0, 1, 2, 3, 4}


def test_work_of_others_and_of_days_outside_the_period_is_not_counted() -> None:
    other = Interval("p", 1, "s", "d/chief", 600, 0, 1, ((MONDAY, 600),), at(10))
    late = Interval("p", 1, "s", "d/clerk", 600, 0, 1, ((MONDAY + dt.timedelta(days=7), 600),), at(10))
    assert not any(one.worked_seconds for one in counted(other, late).values())


def test_a_map_has_a_cell_for_every_hour_and_says_when_it_is_busiest() -> None:
    hours = (PostHour(0, 9, 3600, 3600), PostHour(1, 10, 0, 3600))
    drawn = hour_maps((PostResults("d/clerk", "担当", 1, (), hours),), "k", 840)
    assert drawn.count("<rect") == 2
    assert 'class="heat-5"' in drawn
    assert "担当は月曜日9時台の100%" in drawn
    assert not hour_maps((PostResults("d/clerk", "担当", 1, (), (PostHour(0, 9, 0, 3600),)),), "k", 840)


def test_a_workbook_has_a_sheet_for_every_file_numbers_as_numbers_and_no_formula(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("名,数,比\n'=1+1,12,0.5\n007,,-3\n", encoding="utf-8-sig")
    (tmp_path / "a.csv").write_text("x\n1\n", encoding="utf-8-sig")
    assert write_book(tmp_path, tmp_path / "one.xlsx") == 2
    book = openpyxl.load_workbook(tmp_path / "one.xlsx")
    assert book.sheetnames == ["a", "b"]
    assert [[cell.value for cell in row] for row in book["b"].iter_rows()] == [
        ["名", "数", "比"],
        ["=1+1", 12, 0.5],
        ["007", None, -3],
    ]
    assert book["b"]["A2"].data_type != "f"


def test_the_same_tables_are_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("x\n1\n", encoding="utf-8-sig")
    write_book(tmp_path, tmp_path / "one.xlsx")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    write_book(tmp_path, tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO((tmp_path / "one.xlsx").read_bytes())) as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {1980}
