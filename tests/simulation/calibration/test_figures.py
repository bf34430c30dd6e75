"""Figures and tables that come in: the ministry's, a city's CSV in two encodings, xlsx; what is bad about bad ones."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import openpyxl
import pytest

from engine.errors import UnknownThing
from simulation.calibration.figures import figures_named
from simulation.calibration.findings import BadFigures
from simulation.calibration.fitted import fitted_named
from simulation.calibration.grids import read_grid, write_grid

if TYPE_CHECKING:
    from pathlib import Path

    from engine.problems import Problem

TABLE = """項目,値,年度,出典
認定調査,9.4,令和6年度,県の集計
主治医意見書,16.0,令和6年度,県の集計
介護認定審査会等の事務,14.0,令和6年度,県の集計
認定審査期間,35.0,令和6年度,県の集計
30日以内の割合,0.4,令和6年度,県の集計
"""


def told(path: Path) -> list[Problem]:
    with pytest.raises(BadFigures) as error:
        figures_named(str(path))
    return list(error.value.problems)


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "figures.csv"
    path.write_text(text, encoding=encoding)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_table_is_read_in_the_encodings_that_offices_use(tmp_path: Path, encoding: str) -> None:
    figures = figures_named(str(written(tmp_path, TABLE, encoding)))
    assert figures.means == {"survey": 9.4, "opinion": 16.0, "panel": 14.0}
    assert (figures.total, figures.within, figures.year) == (35.0, 0.4, "令和6年度")


def test_the_three_rows_of_the_ministrys_table_come_with_their_source() -> None:
    rows = [figures_named(f"mhlw_2023_{name}") for name in ("all", "within_30", "over_30")]
    assert [(row.total, row.within) for row in rows] == [(39.8, 0.251), (27.7, 0.72), (40.4, 0.23)]
    assert all("第117回" in row.source and row.confidence == "high" for row in rows)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("16.0", "１６.０", "全角の数字"),
        ("16.0", "-16", "負の数"),
        ("16.0", "16日", "数ではありません"),
        ("16.0", "令和6年4月1日", "数ではありません"),
        ("16.0", "99999", "使えません"),
        ("主治医意見書,16.0", "主治医,16.0", "という期間はありません"),
        ("主治医意見書,16.0", ",", "平均日数がありません"),
        ("項目,値", "項目,あたい", "値 の列がありません"),
        ("項目,値,年度", "項目,値,値", "二つあります"),
    ],
)
def test_a_bad_value_is_told_with_its_place(tmp_path: Path, was: str, now: str, said: str) -> None:
    problems = told(written(tmp_path, TABLE.replace(was, now)))
    assert any(said in problem.ja and problem.line for problem in problems)


def test_the_row_and_the_column_of_a_bad_cell_are_told(tmp_path: Path) -> None:
    (problem,) = told(written(tmp_path, TABLE.replace("16.0", "１６")))
    assert (problem.line, problem.column, problem.rule) == (3, 2, "S021")
    assert "3行2列「値」" in problem.ja
    assert "16 と書く" in problem.hint


def test_an_encoding_that_nobody_reads_is_told(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(TABLE.encode("utf-16"))
    assert "UTF-8 でも CP932" in told(path)[0].ja


def test_a_spreadsheet_is_read_and_written(tmp_path: Path) -> None:
    path = tmp_path / "figures.xlsx"
    lines: list[list[str | float]] = [["項目", "値"], ["認定調査", 9.4], ["主治医意見書", 16], ["panel", 14.5]]
    write_grid(path, lines)
    assert figures_named(str(path)).means == {"survey": 9.4, "opinion": 16.0, "panel": 14.5}
    write_grid(tmp_path / "figures.csv", lines)
    assert [row["項目"].text for row in read_grid(tmp_path / "figures.csv").rows_under(["値"])][-1] == "panel"


def test_merged_cells_and_dates_in_a_spreadsheet_are_told(tmp_path: Path) -> None:
    path = tmp_path / "figures.xlsx"
    book = openpyxl.Workbook()
    assert book.active is not None
    for line in (["項目", "値"], ["認定調査", dt.date(2022, 4, 1)], ["主治医意見書", 16]):
        book.active.append(line)
    book.save(path)
    assert "日付" in told(path)[0].ja
    book.active.merge_cells("A2:A3")
    book.save(path)
    (problem,) = told(path)
    assert (problem.line, problem.column) == (2, 1)
    assert "結合" in problem.ja


def test_what_is_no_spreadsheet_and_what_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "figures.xlsx"
    path.write_text(TABLE, encoding="utf-8")
    assert "xlsx" in told(path)[0].ja
    with pytest.raises(UnknownThing, match="mhlw_2023_all"):
        figures_named("mhlw_2023_al")
    with pytest.raises(UnknownThing, match="care_certification_national"):
        fitted_named("care_certification_nationl")
