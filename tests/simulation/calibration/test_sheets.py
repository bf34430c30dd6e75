"""The city's own sheet: the blank one, what a filled-in one gives, and what is said of bad cells."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from simulation.calibration.findings import BadFigures
from simulation.calibration.fitted import fitted_named, laid_over, write
from simulation.calibration.sheets import fit_sheet, template
from simulation.preparing import simulated_of

if TYPE_CHECKING:
    from office.office import Definitions

CLAIM = "child_allowance_claim"
Filled = Callable[..., Path]


@pytest.fixture(scope="module")
def blank(declared: Definitions, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The blank sheet."""
    path = tmp_path_factory.mktemp("sheet") / "blank.csv"
    assert template(declared, path) > 100
    return path


@pytest.fixture
def filled(blank: Path, tmp_path: Path) -> Filled:
    """Gives the sheet with some cells of rows (procedure, step) filled in."""

    def fill(cells: dict[tuple[str, str], dict[str, str]], encoding: str = "utf-8-sig", suffix: str = "csv") -> Path:
        with blank.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            row.update(cells.get((row["手続ID"], row["作業ID"]), {}))
        path = tmp_path / f"filled.{suffix}"
        lines = [list(rows[0]), *(list(row.values()) for row in rows)]
        if suffix == "xlsx":
            book = openpyxl.Workbook()
            assert book.active is not None
            for line in lines:
                book.active.append([int(cell) if cell.isdecimal() and cell.isascii() else cell for cell in line])
            book.save(path)
        else:
            with path.open("w", encoding=encoding, newline="") as file:
                csv.writer(file).writerows(lines)
        return path

    return fill


WHOLE = {"処理件数(年)": "1200", "うちオンライン(件)": "300", "出典": "業務量調査", "年度": "令和4年度"}


@pytest.mark.parametrize(("encoding", "suffix"), [("utf-8-sig", "csv"), ("cp932", "csv"), ("", "xlsx")])
def test_a_filled_in_sheet_gives_numbers_shares_and_minutes(
    declared: Definitions, filled: Filled, encoding: str, suffix: str
) -> None:
    path = filled({(CLAIM, ""): WHOLE, (CLAIM, "reception"): {"1件当たり処理時間(分)": "20"}}, encoding, suffix)
    found = fit_sheet(declared, path)
    one = laid_over(found.fitted, simulated_of(declared, CLAIM))
    assert one.plan.arrivals is not None
    assert (one.plan.arrivals.per_year, one.plan.arrivals.city_population) == (1200, 155000)
    assert one.plan.arrivals.source == "業務量調査 令和4年度"
    assert {row.id: row.as_is for row in one.plan.channels}["online"] == 0.25
    assert sum(row.as_is for row in one.plan.channels) == pytest.approx(1)
    reception = next(row for row in one.plan.work if row.id == "reception")
    usual = next(row for row in simulated_of(declared, CLAIM).plan.work if row.id == "reception")
    assert reception.as_is == 20
    assert reception.to_be / reception.as_is == pytest.approx(usual.to_be / usual.as_is, rel=0.01)


def test_what_was_left_open_is_said(declared: Definitions, filled: Filled) -> None:
    words = "\n".join(fit_sheet(declared, filled({(CLAIM, ""): {"処理件数(年)": "900"}})).words)
    assert "年900件にしました" in words
    assert "オンラインの件数が空" in words
    assert "うち0を実績に" in words
    assert "ほかの手続" in words


def test_a_time_of_the_whole_is_shared_out_in_proportion(declared: Definitions, filled: Filled) -> None:
    path = filled({(CLAIM, ""): {"1件当たり処理時間(分)": "90"}, (CLAIM, "reception"): {"1件当たり処理時間(分)": "30"}})
    found = fit_sheet(declared, path)
    minutes = found.fitted.procedures[CLAIM].minutes
    assert sum(minutes.values()) == pytest.approx(90, abs=0.1)
    assert minutes["reception"] == 30
    assert "1件に一度" in "\n".join(found.words)


def test_a_file_from_a_sheet_is_read_back_the_same(declared: Definitions, filled: Filled, tmp_path: Path) -> None:
    fitted = fit_sheet(declared, filled({(CLAIM, ""): WHOLE})).fitted
    write(fitted, tmp_path / "fitted.toml", ["試し"])
    assert fitted_named(str(tmp_path / "fitted.toml")) == fitted


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ({"処理件数(年)": "1２00"}, "全角の数字"),
        ({"処理件数(年)": "-5"}, "負の数"),
        ({"処理件数(年)": "▲5"}, "負の数"),
        ({"処理件数(年)": "1200件"}, "数ではありません"),
        ({"処理件数(年)": "0"}, "0では動かせません"),
        ({"処理件数(年)": "99999999"}, "大きすぎます"),
        ({"処理件数(年)": "100", "うちオンライン(件)": "200"}, "処理件数より多い"),
        ({"手続ID": "child_allowance_clam"}, "child_allowance_claim のことですか"),
        ({"作業ID": "reception", "処理件数(年)": "5"}, "同じ手続・作業"),
    ],
)
def test_a_bad_cell_is_told_with_its_place(
    declared: Definitions, filled: Filled, cell: dict[str, str], said: str
) -> None:
    with pytest.raises(BadFigures) as told:
        fit_sheet(declared, filled({(CLAIM, ""): cell}))
    assert any(said in f"{problem.ja}{problem.hint}" and problem.line > 1 for problem in told.value.problems)


def test_an_empty_sheet_and_one_without_its_columns_are_told(
    declared: Definitions, blank: Path, tmp_path: Path
) -> None:
    with pytest.raises(BadFigures) as told:
        fit_sheet(declared, blank)
    assert "数が一つもありません" in told.value.problems[0].ja
    path = tmp_path / "other.csv"
    path.write_text("手続,件数\n児童手当,5\n", encoding="utf-8")
    with pytest.raises(BadFigures) as told:
        fit_sheet(declared, path)
    assert "手続ID" in told.value.problems[0].ja
