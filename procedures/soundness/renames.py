"""Names that were changed lead from what is not here any more to what is here."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition import Procedure
from engine.definition.rows import Rename
from engine.problems import Problem
from engine.shapes import Many, Record, Shape
from procedures.findings import finding, one_of
from procedures.soundness.names import KINDS, Known


def rename_problems(procedure: Procedure, form: Shape | None) -> Iterator[Problem]:
    """Every changed name that leads nowhere on one day, or that something still has; fields where the form is known."""
    for row in procedure.renames:
        path = ("renames", row.id)
        if row.of is not None and row.of not in procedure.tasks:
            yield from Known.of(procedure).missing("task", (*path, "of"), row.of)
            continue
        known = _known(procedure, row, form)
        if known is None:
            continue
        if row.now not in known:
            rule = "D126" if row.kind == "field" else KINDS[row.kind][0]
            said = (f"{row.now} がありません。", f"there is no {row.now}")
            yield finding(rule, (*path, "now"), said, one_of(row.now, known))
        if row.was in known:
            said = (f"{row.was} はこの版にもまだあります。", f"{row.was} is still there in this edition")
            yield finding("D225", (*path, "was"), said, "前の版だけにあった名を書く")


def _known(procedure: Procedure, row: Rename, form: Shape | None) -> list[str] | None:
    """The names that there are of a kind; None where nobody knows them."""
    if row.kind == "field":
        return None if form is None else list(_fields(form))
    if row.kind == "task":
        return list(procedure.tasks)
    rows = procedure.tasks[row.of].states if row.of is not None else procedure.states
    return [state.id for state in rows]


def _fields(shape: Shape, path: str = "") -> Iterator[str]:
    """Every dotted path of a form; what lies in a list has the path of the list before it."""
    match shape:
        case Record(fields):
            for name, inner in fields.items():
                yield f"{path}{name}"
                yield from _fields(inner, f"{path}{name}.")
        case Many(item):
            yield from _fields(item, path)
        case _:
            pass
