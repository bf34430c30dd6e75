"""An expanded declaration as the engine's frozen types."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from engine.definition import Procedure
from engine.problems import Problem
from procedures.drafts import TABLE_LISTS, Draft, DraftRow, Place
from procedures.findings import found
from procedures.refusals import Holder, frozen, refusals

_SHAPES = {
    "rows": ("行の並び([ { id = … }, ])で書きます", "a list of rows"),
    "row": ("{ id = … } の行で書きます", "a row { id = … }"),
    "table": ("表({ … })で書きます", "a table"),
}


def typed(draft: Draft) -> tuple[Procedure | None, list[Problem]]:
    """The declaration as frozen types, or None with everything that the types refuse."""
    problems = [_misshapen(path, place, shape) for path, place, shape in draft.misshapen]
    try:
        procedure = Procedure.model_validate(frozen(draft.data()), strict=True, by_alias=True, by_name=False)
    except ValidationError as refused:
        return None, problems + list(refusals(Procedure, refused, lambda steps: _holder(draft, steps)))
    return (None if problems else procedure), problems


def salvaged(draft: Draft) -> Procedure | None:
    """The declaration without the keys that no type knows, so that its names can be followed all the same.

    None when the types refuse anything else: what is left would be blamed for what is missing.
    """
    data = copy.deepcopy(draft.data())
    try:
        return Procedure.model_validate(frozen(data), strict=True, by_alias=True, by_name=False)
    except ValidationError as refused:
        errors = refused.errors(include_url=False)
    if draft.misshapen or any(error["type"] != "extra_forbidden" for error in errors):
        return None
    for *way, key in (error["loc"] for error in errors):
        inner: Any = data
        for step in way:
            inner = inner[step]
        del inner[key]
    return Procedure.model_validate(frozen(data), strict=True, by_alias=True, by_name=False)


def named(row: DraftRow, rows: list[DraftRow]) -> tuple[str, ...]:
    """How a path names a row: its id, and its `since` where others share the id."""
    if not row.id:
        return ()
    shared = sum(1 for one in rows if one.id == row.id) > 1
    return (row.id, str(row.values["since"])) if shared and "since" in row.values else (row.id,)


def _misshapen(path: tuple[str, ...], place: Place, shape: str) -> Problem:
    ja, en = _SHAPES[shape]
    return found("D013", path, place, (f"{path[-1]} は{ja}。", f"{path[-1]} is {en}"))


def _holder(draft: Draft, steps: Sequence[Any]) -> Holder:
    """The row, table or top of a declaration that a complaint of the types is about."""
    head = steps[0]
    if head in draft.lists and len(steps) > 1:
        rows = draft.lists[head]
        return _of_row(rows[steps[1]], (head, *named(rows[steps[1]], rows)), steps[2:])
    if head in draft.tables and len(steps) > 1:
        return _of_table(draft, steps)
    if head in draft.plain:
        return _of_row(draft.plain[head], (head,), steps[1:])
    return _of_row(draft.scalars, (), steps)


def _of_table(draft: Draft, steps: Sequence[Any]) -> Holder:
    kind, name, *rest = steps
    table = draft.tables[kind][name]
    if len(rest) > 1 and rest[0] in TABLE_LISTS.get(kind, ()):
        rows = table.lists[rest[0]]
        return _of_row(rows[rest[1]], (kind, name, rest[0], *named(rows[rest[1]], rows)), rest[2:])
    return _of_row(table.row, (kind, name), rest)


def _of_row(row: DraftRow, path: tuple[str, ...], keys: Sequence[Any]) -> Holder:
    return Holder(path, row.place, tuple(keys), row.place_of)
