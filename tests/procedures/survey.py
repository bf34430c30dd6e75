"""The rows of the government's survey of procedures that belong to ours, and whether a declaration agrees with them."""

from __future__ import annotations

import csv
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from engine.definition import Procedure

HERE = Path(__file__).parent
PART = r"\d+条(?:の\d+)*"
LENGTHS = {"1週": {"days": 7}, "1月": {"days": 30}, "30日": {"days": 30}, "1週間": {"days": 7}}
"""Periods of the survey as lengths of a clock; a month is 30 days in ours."""
FILED, ON_FILING, UNASKED = "1 申請等", "2-1 申請等に基づく処分通知等", "2-2 申請等に基づかない処分通知等"


class Row(NamedTuple):
    """One row: the procedure's number, and what the survey says of it."""

    number: int
    id: str
    title: str
    act: str
    article: str
    kind: str
    by: str
    to: str
    online: str
    paper: str
    total: int
    online_total: int

    @property
    def periods(self) -> set[str]:
        """The lengths that are figures, as the survey has them."""
        found = {word.translate(str.maketrans("１０", "10")) for word in (self.online, self.paper)}
        return {word for word in found if re.match(r"\d", word) and word != "0"}


@cache
def rows() -> tuple[Row, ...]:
    """Every row."""
    with (HERE / "survey.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.reader(file))[1:]
    return tuple(_row(*row) for row in read)


def _row(*cells: str) -> Row:
    number, *words, total, online = cells
    one, title, act, article, kind, by, to, on_line, paper = words
    return Row(int(number), one, title, act, article, kind, by, to, on_line, paper, int(total), int(online))


@cache
def notes() -> dict[str, Any]:
    """Where the survey is from, and why a declaration differs from a row."""
    return tomllib.loads((HERE / "survey.toml").read_text("utf-8"))


def why(part: str, row: Row) -> str:
    """The reason for which a declaration may differ from a row; empty where it has to agree."""
    return str(notes()["differs"][part].get(row.id, ""))


def agrees(part: str, row: Row, procedure: Procedure) -> bool:
    """Whether a declaration agrees with a row: in `law`, `kind` of act, `receiver` or `period`."""
    return bool(_AGREE[part](row, procedure))


def _law(row: Row, procedure: Procedure) -> bool:
    wanted = set(re.findall(PART, row.article))
    return any(law.act == row.act and wanted & set(re.findall(PART, law.article)) for law in procedure.law)


def _kind(row: Row, procedure: Procedure) -> bool:
    filed = any(nature.act_kind != "職権" for nature in procedure.natures)
    if row.kind == FILED:
        return filed
    if row.kind == ON_FILING:
        return filed and bool(procedure.notices)
    return row.kind == UNASKED and any(nature.act_kind == "職権" for nature in procedure.natures)


def _receiver(row: Row, procedure: Procedure) -> bool:
    """Whether both ends of the act are sides that the declaration has: the municipality, and people."""
    sides = {role.side for role in procedure.roles}
    wanted = {"office" if "地方" in end else "citizen" for end in (row.by, row.to) if end}
    return wanted <= sides


def _period(row: Row, procedure: Procedure) -> bool:
    lengths = [{key: value for key, value in clock.limit if value is not None} for clock in procedure.clocks.values()]
    wanted = [LENGTHS[word] for word in sorted(row.periods)]
    return all(any(one.items() <= length.items() for length in lengths) for one in wanted)


_AGREE = {"law": _law, "kind": _kind, "receiver": _receiver, "period": _period}
PARTS = tuple(_AGREE)
