"""Everything in a declaration that leads nowhere or goes in circles, on every day on which a row begins or ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import replace
from difflib import get_close_matches

from engine.definition import Procedure
from engine.definition.in_force import in_force
from engine.definition.rows import Row
from engine.problems import Problem
from engine.shapes import Shape
from procedures.findings import finding
from procedures.soundness.between import between_problems
from procedures.soundness.choices import choice_problems, unused_problems, version_problems
from procedures.soundness.flow import flow_problems
from procedures.soundness.lawfulness import lawfulness_problems
from procedures.soundness.names import name_problems
from procedures.soundness.network import Others, network_problems
from procedures.soundness.renames import rename_problems
from procedures.soundness.row_names import Paths, row_name_problems

# A name that leads nowhere cuts an arrow; what seems wrong only because of the cut is not said as well.
_CUT_BY = {
    **dict.fromkeys(("D301", "D309", "D310"), ("D101",)),
    **dict.fromkeys(("D202", "D203", "D204", "D209"), ("D101", "D102", "D210")),
    "D213": ("D101", "D109"),
    "D214": ("D110",),
}
_UNUSED_BY = {"timers": "D104", "inputs": "D106", "notices": "D111", "meetings": "D114", "groups": "D102"}
_NEAR = 0.85  # ids of procedures have long parts in common; only a slip of the pen is near
_Path = tuple[str, ...]


def check_references(
    procedure: Procedure,
    *,
    procedures: Collection[str] | None = None,
    form: Shape | None = None,
    others: Others | None = None,
) -> list[Problem]:
    """Every problem of names, arrows and law, by path of ids; what holds only from some day on says the day.

    Args:
        procedures: the ids of the library; links to others are warnings. None leaves links alone.
        form: the shape of the main form; None leaves its fields alone.
        others: the other procedures; None leaves alone what they would have to answer.
    """
    days = days_to_check(procedure)
    seen: dict[Problem, list[dt.date]] = {}
    for on in days:
        day = in_force(procedure, on)
        for problem in _of_day(day, form):
            seen.setdefault(replace(problem, path=dated(procedure, problem.path, on)), []).append(on)
    found = [_from_day(problem, on[0], everywhere=len(on) == len(days)) for problem, on in seen.items()]
    found += [*version_problems(procedure), *unused_problems(procedure)]
    if procedures is not None:
        found += _links(procedure, procedures)
    if others is not None:
        found += network_problems(in_force(procedure, days[-1]), others)
    said = {problem.rule for problem in found}
    return [problem for problem in found if not _follows(problem, said)]


def days_to_check(procedure: Procedure) -> list[dt.date]:
    """One day of every interval in which no row changes, from the first version on."""
    changes = procedure.changes()
    first = min((version.from_ for version in procedure.versions), default=None)
    before = [changes[0] - dt.timedelta(days=1)] if changes else [dt.date.min]
    days = [day for day in [*before, *changes] if first is None or day >= first]
    last = max((version.until or dt.date.max for version in procedure.versions), default=dt.date.max)
    return [day for day in days if day < last]


def _of_day(day: Procedure, form: Shape | None) -> Iterator[Problem]:
    yield from name_problems(day)
    yield from row_name_problems(day, form)
    yield from between_problems(day, Paths(day, form))
    yield from rename_problems(day, form)
    yield from choice_problems(day)
    yield from flow_problems(day)
    yield from lawfulness_problems(day)


def dated(procedure: Procedure, path: _Path, on: dt.date) -> _Path:
    """The path with the row's `since` after its id, where rows of other days share the id.

    Args:
        on: a day on which the row is in force.
    """
    rows, at = _rows_at(procedure, path)
    same = [row for row in rows if len(path) > at and row.id == path[at]]
    row = next((one for one in same if one.in_force(on)), None)
    if len(same) < 2 or row is None or row.since is None:  # noqa: PLR2004 - two rows share an id
        return path
    return (*path[: at + 1], row.since.isoformat(), *path[at + 1 :])


def _rows_at(procedure: Procedure, path: _Path) -> tuple[tuple[Row, ...], int]:
    """The list of rows a path leads into, and where in the path the row's id stands."""
    if len(path) > 2 and path[0] == "tasks" and path[1] in procedure.tasks:  # noqa: PLR2004 - tasks, kind, list
        holder: object = procedure.tasks[path[1]]
        name, at = path[2], 3
    else:
        holder, name, at = procedure, path[0] if path else "", 1
    rows = getattr(holder, name, ())
    return (tuple(row for row in rows if isinstance(row, Row)), at) if isinstance(rows, tuple) else ((), at)


def _from_day(problem: Problem, on: dt.date, *, everywhere: bool) -> Problem:
    if everywhere:
        return problem
    hint = "期間(since・until)を合わせる" if problem.rule < "D2" else problem.hint
    return replace(problem, ja=f"{on}の定めでは、{problem.ja}", en=f"as of {on}: {problem.en}", hint=hint)


def _follows(problem: Problem, said: Collection[str]) -> bool:
    """Whether a problem is only what follows from another that is said."""
    if problem.rule == "D224":
        return _UNUSED_BY[problem.path[0]] in said
    return any(rule in said for rule in _CUT_BY.get(problem.rule, ()))


def _links(procedure: Procedure, procedures: Collection[str]) -> Iterator[Problem]:
    named = [(("links", row.id, "to"), row.to) for row in procedure.links if not row.outside]
    named += [(("registrations", row.id, "ended_by"), row.ended_by) for row in procedure.registrations if row.ended_by]
    named += [(("common_errors", row.id, "filed_as"), row.filed_as) for row in procedure.common_errors if row.filed_as]
    named += [(("signals", row.id, "procedure"), to) for row in procedure.signals for to in row.procedure]
    for path, to in named:
        if to not in procedures:
            said = (f"手続 {to} がまだありません。", f"there is no procedure {to} yet")
            near = get_close_matches(to, sorted(procedures), n=1, cutoff=_NEAR)
            hint = f"{near[0]} のことですか" if near else "27手続の外なら outside = true を書く"
            yield finding("D127", path, said, hint, "warning")
