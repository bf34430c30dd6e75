"""A log of past cases, as XES or as a table: who, what, when; every row that cannot be read is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, iterparse

from engine.clock import JST
from engine.problems import Problem
from simulation.calibration.findings import BadFigures
from simulation.calibration.grids import LARGEST_FILE, Cell, Row, read_grid

TITLES: Mapping[str, tuple[str, ...]] = {
    "案件": ("案件", "案件番号", "case", "case_id", "case:concept:name"),
    "できごと": ("できごと", "作業", "event", "activity", "concept:name"),
    "日時": ("日時", "日付", "timestamp", "time", "time:timestamp"),
}
"""The columns of a table, by the names under which tools write them."""
_HEAD = 4096
_SCHEDULE, _SUSPENDED = "schedule", frozenset({"schedule", "start", "assign", "suspend", "resume"})


class Past(NamedTuple):
    """One event of the past. `opens` where a task was opened, not where something happened in it."""

    case: str
    name: str
    at: dt.datetime
    opens: bool = False


@dataclass(frozen=True)
class PastLog:
    """The events of each case in order of time. `dated` where only days are known."""

    file: str
    cases: Mapping[str, tuple[Past, ...]]
    dated: bool


def read_past(path: Path) -> PastLog:
    """The log in a file: .xes, .csv or .xlsx.

    Raises:
        BadFigures: it cannot be read, or some of its rows are wrong; all of them are named.
        OSError: it cannot be opened.
    """
    problems: list[Problem] = []
    found = list(_from_xes(path, problems) if path.suffix.lower() == ".xes" else _from_table(path, problems))
    if not found and not problems:
        problems.append(Problem(path.name, 1, 1, "S023", (), "できごとが一つもありません。", "there is no event"))
    if problems:
        raise BadFigures(problems)
    cases: dict[str, list[Past]] = {}
    for one in found:
        cases.setdefault(one.case, []).append(one)
    ordered = {name: tuple(sorted(rows, key=lambda row: row.at)) for name, rows in cases.items()}
    dated = all(one.at.time() == dt.time() for one in found)
    return PastLog(path.name, ordered, dated)


def _from_table(path: Path, problems: list[Problem]) -> Iterator[Past]:
    grid = read_grid(path)
    there = {title for line in grid.lines[:10] for title in line}
    names = {key: next((one for one in known if one in there), key) for key, known in TITLES.items()}
    for row in grid.rows_under(tuple(names.values())):
        read = _row(row, names, problems)
        if read is not None:
            yield read


def _row(row: Row, names: Mapping[str, str], problems: list[Problem]) -> Past | None:
    case, name, when = (row[names[key]] for key in TITLES)
    empty = [cell for cell in (case, name, when) if not cell.text]
    problems += [cell.wrong("空です。", "it is empty") for cell in empty]
    if empty:
        return None
    at = _moment(when, problems)
    return Past(case.text, name.text, at) if at is not None else None


def _moment(cell: Cell, problems: list[Problem]) -> dt.datetime | None:
    """The instant in a cell: what a spreadsheet holds as one, or one written out; Japanese time where none is said."""
    if isinstance(cell.raw, dt.datetime):
        return cell.raw.replace(tzinfo=JST)
    if isinstance(cell.raw, dt.date):
        return dt.datetime.combine(cell.raw, dt.time(), JST)
    try:
        found = dt.datetime.fromisoformat(_dashed(cell.text))
    except ValueError:
        ja = f"「{cell.text[:30]}」は日時として読めません。"
        problems.append(cell.wrong(ja, "it is no instant", "2022-04-01 09:00 か 2022-04-01 と書く"))
        return None
    return found if found.tzinfo else found.replace(tzinfo=JST)


def _dashed(text: str) -> str:
    """2022/4/1 9:05 as 2022-04-01 09:05; anything else as it is."""
    day, _, time = text.strip().partition(" ")
    parts = day.split("/")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts):  # noqa: PLR2004 - year, month, day
        day = f"{parts[0]}-{parts[1]:0>2}-{parts[2]:0>2}"
    hour, colon, rest = time.strip().partition(":")
    return f"{day} {hour:0>2}{colon}{rest}" if time else day


def _from_xes(path: Path, problems: list[Problem]) -> Iterator[Past]:
    """The events of an XES log that are done, and the tasks that were opened."""
    if path.stat().st_size > LARGEST_FILE:
        problems.append(Problem(path.name, 1, 1, "S023", (), "大きすぎます(50MBまで)。", "it is too large"))
        return
    if b"<!DOCTYPE" in path.read_bytes()[:_HEAD]:
        problems.append(
            Problem(path.name, 1, 1, "S023", (), "DOCTYPE のあるXMLは読みません。", "a DOCTYPE is not read")
        )
        return
    try:
        traces = 0
        for _, element in iterparse(path):  # noqa: S314 - without a DOCTYPE there is no entity to expand
            if element.tag.rpartition("}")[2] == "trace":
                traces += 1
                yield from _trace(element, f"{path.name}の{traces}番目の案件", path.name, problems)
                element.clear()
    except ParseError as error:
        line, column = error.position
        problems.append(
            Problem(path.name, line, column + 1, "S023", (), "XMLとして読めません。", f"it is no XML: {error}")
        )


def _trace(trace: Element, where: str, file: str, problems: list[Problem]) -> Iterator[Past]:
    said = _values(trace)
    case = said.get("concept:name", where)
    for number, event in enumerate((one for one in trace if one.tag.rpartition("}")[2] == "event"), 1):
        values = _values(event)
        name, at, life = (
            values.get("concept:name"),
            values.get("time:timestamp"),
            values.get("lifecycle:transition", ""),
        )
        if life.lower() in _SUSPENDED - {_SCHEDULE}:
            continue
        try:
            when = dt.datetime.fromisoformat(at or "")
        except ValueError:
            when = None
        if not name or when is None:
            ja = f"{where}の{number}番目のできごとに、名(concept:name)か日時(time:timestamp)がありません。"
            problems.append(Problem(file, 1, 1, "S023", (), ja, f"trace {case}, event {number}: no name or time"))
            continue
        yield Past(case, name, when if when.tzinfo else when.replace(tzinfo=JST), life.lower() == _SCHEDULE)


def _values(element: Element) -> dict[str, str]:
    return {child.get("key", ""): child.get("value", "") for child in element if child.get("key")}
