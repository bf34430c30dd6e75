"""The dated tables that a declaration reads, as they stand on two days or in two folders."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Sequence

from engine.definition import Procedure
from procedures.differences.found import Difference
from procedures.tables import Table, TableRow, Tables

_READ = re.compile(r"table\('(\w+)'")
Figures = dict[str, TableRow]


def figure_differences(
    procedures: Sequence[Procedure], tables: tuple[Tables, Tables], days: tuple[dt.date, dt.date]
) -> list[Difference]:
    """Every figure that differs between two days, of the tables that one of the declarations reads."""
    names = sorted({name for one in procedures for name in _READ.findall(json.dumps(one.model_dump(mode="json")))})
    return [one for name in names for one in _of_table(name, tables, days)]


def _of_table(name: str, tables: tuple[Tables, Tables], days: tuple[dt.date, dt.date]) -> Iterator[Difference]:
    pair = [one.table(name) if name in one.ids() else None for one in tables]
    known = pair[1] or pair[0]
    if known is None:
        return
    old, new = (_on(table, day) for table, day in zip(pair, days, strict=True))
    changed = {key: (old.get(key), new.get(key)) for key in [*new, *(key for key in old if key not in new)]}
    changed = {key: both for key, both in changed.items() if _value(both[0]) != _value(both[1])}
    if old and not new:
        yield _whole(known, old, "removed", "の値がすべてなくなります")
    elif new and not old:
        yield _whole(known, new, "added", "の値ができます")
    else:
        yield from (_figure(known, key, *both) for key, both in changed.items())


def _on(table: Table | None, day: dt.date) -> Figures:
    return {row.key: row for row in table.rows if row.in_force(day)} if table else {}


def _value(row: TableRow | None) -> int | str | None:
    return row.value if row else None


def _whole(table: Table, rows: Figures, kind: str, end: str) -> Difference:
    values = {key: row.value for key, row in rows.items()}
    return Difference(
        group="amounts",
        kind="removed" if kind == "removed" else "added",
        path=("tables", table.id),
        touches="figures",
        ja=f"表「{table.title}」({table.id}){end}({len(rows)}行)。",
        before=values if kind == "removed" else None,
        after=values if kind == "added" else None,
        sources=_laws(rows.values()),
    )


def _figure(table: Table, key: str, old: TableRow | None, new: TableRow | None) -> Difference:
    was, now = (_said(table, _value(row)) for row in (old, new))
    return Difference(
        group="amounts",
        kind="changed" if old and new else "added" if new else "removed",
        path=("tables", table.id, key),
        touches="figures",
        ja=f"表「{table.title}」の {key}: {was} → {now}",
        before=_value(old),
        after=_value(new),
        sources=_laws(row for row in (new or old,) if row),
    )


def _said(table: Table, value: int | str | None) -> str:
    if value is None:
        return "なし"
    unit = {"yen": "円", "age": "歳"}.get(table.unit, "")
    return f"{value:,}{unit}" if isinstance(value, int) else value


def _laws(rows: Iterable[TableRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.law for row in rows))
