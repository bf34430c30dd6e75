"""A simulation as a command runs it: progress on the screen, the report on disk, a summary in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import cast

from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from engine.errors import Refusal
from office.office import definitions
from procedures.plan_rows import Scenario
from simulation.books import BOOK, write_book
from simulation.calibration.fitted import fitted_named
from simulation.preparing import ids_of, modelled
from simulation.report import render, write_csv
from simulation.results import ProcedureResults, Results
from simulation.surge import surge_named
from simulation.swings import Ranking, ranking_in
from simulation.year import as_json as totals
from simulation.year import simulate

REPORT, TABLES = "report.html", "tables"


def run(  # noqa: PLR0913 - what the command asks for
    city: str,
    period: tuple[dt.date, dt.date],
    scenario: str,
    seed: int,
    keep: Path | None,
    folders: Sequence[Path],
    *,
    only: Sequence[str] = (),
    surge: str | None = None,
    fitted: str | None = None,
    show: bool,
) -> Results:
    """The results of a period, with a progress bar when somebody watches.

    Args:
        only: the procedures to run, by id or number; every declared one where none is named.
        surge: the name of one of ours, or a file.
        fitted: the name of one of ours, or a file.

    Raises:
        Refusal: the period ends before it begins, or is longer than ten years.
    """
    first, last = period
    if last < first or (last - first).days > 3653:  # noqa: PLR2004 - ten years
        raise Refusal(
            f"{first}から{last}までの期間は動かせません。終わりは始まり以後、長さは10年までです。",
            f"the period {first} to {last} must not be empty or longer than ten years",
        )
    if keep is not None and keep.exists():
        raise Refusal(
            f"「{keep}」はもうあります。案件を残すファイルには、まだない名前を付けてください。",
            f"{keep} exists; name a file that does not, to keep the cases in",
        )
    declared = definitions(city, folders)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[day]}"), TimeRemainingColumn())
    bar = Progress(*columns) if show else None
    with bar or nullcontext():
        task = bar.add_task("模擬実行", total=(last - first).days + 1, day="") if bar else None

        def progress(day: dt.date) -> None:
            if bar is not None and task is not None:
                bar.update(task, completed=(day - first).days + 1, day=day.isoformat())

        return simulate(
            declared,
            first=first,
            last=last,
            scenario=cast("Scenario", scenario),
            seed=seed,
            keep=keep,
            only=ids_of(declared, only),
            surge=surge_named(surge) if surge else None,
            fitted=fitted_named(fitted) if fitted else None,
            progress=progress,
        )


def ranking(
    path: Path, city: str, period: tuple[dt.date, dt.date], folders: Sequence[Path], only: Sequence[str]
) -> Ranking:
    """Which assumptions move the answer, from a file that was written for the city and the procedures of this run.

    Raises:
        Refusal: the file is none of ours, or is about something else.
    """
    declared = definitions(city, folders)
    return ranking_in(path, city, tuple(modelled(declared, ids_of(declared, only), period)))


def write(results: Results, out: Path, swings: Ranking | None = None, *, book: bool = False) -> Path:
    """The path of the report, written whole or not at all, with its tables as CSV files in a folder beside it.

    Args:
        book: write the tables as one workbook (xlsx) too.
    """
    tables = out / TABLES
    tables.mkdir(parents=True, exist_ok=True)
    write_csv(results, tables)
    if book:
        write_book(tables, out / BOOK)
    path = out / REPORT
    draft = path.with_suffix(".part")
    draft.write_text(render(results, swings), encoding="utf-8")
    draft.replace(path)
    return path


def summary(results: Results, *, as_json: bool = False) -> str:
    """The result in a few lines, every case accounted for by state; each of several procedures has one line."""
    if as_json:
        return totals(results)
    lines = [f"{results.city} {results.first_day}〜{results.last_day} {results.scenario_label} (種 {results.seed})"]
    if len(results.procedures) == 1:
        lines += _at_length(results.procedures[0])
    else:
        lines += [_in_a_line(one) for one in results.procedures]
        opened, found, open_ones = (
            sum(getattr(one, name) for one in results.procedures) for name in ("opened", "accounted", "unfinished")
        )
        lines.append(f"   合計 {found}件(始めた案件 {opened}件、終わっていない案件 {open_ones}件)")
    lines.append(f"操作 {results.commands:,}回、記録 {results.events:,}行、断られた操作 {results.refused:,}回")
    return "\n".join(lines)


def _at_length(one: ProcedureResults) -> list[str]:
    lines = [f"{one.definition.number}. {one.definition.title}: {one.opened}件"]
    lines += [f"   {state.label}: {state.cases}件" for state in one.states if state.cases]
    lines.append(f"   合計 {one.accounted}件(始めた案件 {one.opened}件、終わっていない案件 {one.unfinished}件)")
    days = sorted(lead.civil_days for lead in one.leads)
    if days:
        over = sum(lead.breached for lead in one.leads)
        lines.append(f"   到達から通知まで 中央値 {days[len(days) // 2]}日、標準処理期間を超えたもの {over}件")
    return lines


def _in_a_line(one: ProcedureResults) -> str:
    states = "・".join(f"{state.label} {state.cases}" for state in one.states if state.cases)
    days = sorted(lead.civil_days for lead in one.leads)
    took = f" 中央値{days[len(days) // 2]}日" if days else ""
    said = f" ({states}){took}" if states else ""
    return f"{one.definition.number:>2}. {one.definition.title}: {one.accounted}件{said}"
