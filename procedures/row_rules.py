"""How rows are written: id first, one id per day, no [[…]], nothing lost below a table, rows that fit a screen."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import combinations

from engine.definition.procedure import LISTS
from engine.problems import Problem
from procedures.drafts import Draft, DraftRow, Place, Source, draft_of
from procedures.expand import periods_meet
from procedures.findings import found
from procedures.types import named

LONGEST_ROW = 200
_DOUBLE = re.compile(r"^\s*\[\[", re.MULTILINE)


def written_problems(source: Source) -> list[Problem]:
    """What is wrong with one file's writing, apart from its types."""
    draft = draft_of(source)
    problems = [*_long_rows(source), *_double_brackets(source), *_lost_lists(draft)]
    for path, rows in draft.all_lists():
        problems += [_id_late(path, row) for row in rows if row.id and next(iter(row.values)) != "id"]
        problems += _shared_ids(path, [row for row in rows if row.values.get("override")])  # the later one would win
    return problems


def expanded_problems(draft: Draft) -> list[Problem]:
    """What is wrong with the rows once fragments are in: shared ids, and periods that end before they begin."""
    problems = []
    for path, rows in draft.all_lists():
        problems += [*_shared_ids(path, rows), *_empty_periods(path, rows)]
    return problems


def _long_rows(source: Source) -> Iterator[Problem]:
    for number, line in enumerate(source.text.splitlines(), start=1):
        if len(line) > LONGEST_ROW:
            ja = f"{len(line)}文字の行です。{LONGEST_ROW}文字までにしてください。"
            en = f"a line of {len(line)} characters; at most {LONGEST_ROW}"
            hint = "条件・期間・状態のまとまりに名を付けて外に出す"
            yield Problem(source.file, number, LONGEST_ROW + 1, "D006", (), ja, en, hint, "warning")


def _double_brackets(source: Source) -> Iterator[Problem]:
    for spot in source.positions.double_brackets if _DOUBLE.search(source.text) else ():
        said = ("[[…]] は使いません。", "[[…]] is not used here")
        hint = "名 = [ { id = … }, ] と一行ずつ書く"
        yield Problem(source.file, spot.line, spot.column, "D004", (), *said, hint)


def _lost_lists(draft: Draft) -> Iterator[Problem]:
    """A list below [params] or [subjects] belongs to it without a word: nobody would notice."""
    for name in ("params", "subjects"):
        row = draft.plain.get(name, DraftRow({}, Place(draft.source)))
        for key, value in row.values.items():
            if key in LISTS and isinstance(value, list):
                said = (f"{key} が [{name}] の中に入っています。", f"{key} stands inside [{name}]")
                yield found("D005", (name, key), row.place_of(key), said, "最初の [表] より上に移す", key=True)


def _id_late(path: tuple[str, ...], row: DraftRow) -> Problem:
    said = ("行の最初の項目は id です。", "the first key of a row is its id")
    return found("D015", (*path, row.id), row.place_of("id"), said, f'{{ id = "{row.id}", … }}', key=True)


def _shared_ids(path: tuple[str, ...], rows: list[DraftRow]) -> Iterator[Problem]:
    groups: dict[str, list[DraftRow]] = {}
    for row in rows:
        groups.setdefault(row.id, []).append(row)
    for name, same in groups.items():
        for first, again in combinations(same, 2) if name else ():
            if periods_meet(first, again):
                at = first.place.text()
                ja = f"{name} は {at} にもあります。同じ日に同じ id の行は一つです。"
                en = f"{name} is also at {at}; on any day an id has one row"
                hint = "別の id にするか、since・until を分ける"
                yield found("D016", (*path, *named(again, rows)), again.place_of("id"), (ja, en), hint)


def _empty_periods(path: tuple[str, ...], rows: list[DraftRow]) -> Iterator[Problem]:
    for row in rows:
        key = "from" if path == ("versions",) else "since"
        since, until = row.values.get(key), row.values.get("until")
        if isinstance(since, dt.date) and isinstance(until, dt.date) and str(since) >= str(until):
            said = (f"until が {key} より後ではありません。", f"until is not after {key}")
            hint = f"{since} より後の日にする(その日は含まない)"
            yield found("D017", (*path, *named(row, rows), "until"), row.place_of("until"), said, hint)
