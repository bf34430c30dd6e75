"""The permissions of a procedure in one city, for a person and for a program: each action, its states, its roles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from engine.actors import SYSTEM
from engine.errors import DefinitionError, UnknownThing
from engine.municipality import Municipality
from engine.problems import nearest
from procedures.description import on_day, read
from procedures.library import Library
from procedures.listing import laid_over
from procedures.permissions.matrix import FACT, STANDINGS, Action, Matrix, counted
from procedures.profiles import load_profile

_WORDS = {
    "own": "自分の案件(職員は自分の課の案件)",
    "own_draft": "自分が起案した案件",
    "other_department": "ほかの課の案件",
    "other_applicant": "ほかの人の案件",
}


class Shown(NamedTuple):
    """The permissions in words and as data."""

    lines: list[str]
    facts: dict[str, Any]


def shown(procedure: str, city: str, folders: Sequence[Path], on: dt.date | None) -> Shown:
    """Who may do what in which state of a procedure as it stands on a day (in its newest version), in a city.

    Raises:
        UnknownThing: there is no such procedure or city.
        DefinitionError: a declaration has errors.
    """
    loaded = read(procedure, folders)
    whole = loaded.procedure
    if whole is None:
        raise DefinitionError(loaded.problems)
    on = on or (whole.versions[-1].from_ if whole.versions else dt.date.max)
    matrix = Matrix(on_day(whole, on), profile(city, folders))
    cells = list(matrix.cells())
    total, allowed = counted(cells)
    by_standing = {
        name: counted(one for one in cells if one.standing == name)
        for name in dict.fromkeys(name for names in STANDINGS.values() for name in names)
    }
    roles = [
        f"{role.label}({role.id}){'' if matrix.filled(role) else ' この市にはいない'}"
        for role in matrix.procedure.roles
    ]
    lines = [
        f"{matrix.procedure.number}. {matrix.procedure.title}  {matrix.city.label}{_day(on)}",
        f"役割: {'・'.join(roles)}",
        *(line for action in matrix.actions if not action.id.startswith(FACT) for line in _said(matrix, action)),
        *_facts_said(matrix),
        f"升目: {total:,}、できる: {allowed:,}",
        *(f"  {_WORDS[name]}: {all_:,}、できる: {able:,}" for name, (all_, able) in by_standing.items()),
        "どの升目も、条件(確認が済んだかなど)と決裁の順番は別に調べます。自分の起案には、だれも決裁の操作ができません。",
    ]
    numbers = {"total": total, "allowed": allowed, "by_standing": by_standing}
    return Shown(lines, {**_facts(matrix, on), "cells": numbers})


def _day(on: dt.date) -> str:
    return "" if on == dt.date.max else f"  {on}の定め"


def profile(city: str, folders: Sequence[Path]) -> Municipality:
    """The profile of a city.

    Raises:
        UnknownThing: there is none of that name.
        DefinitionError: it has errors.
    """
    over = laid_over(folders, "procedures")
    known = Library(over).municipalities()
    if city not in known:
        ja = f"「{city}」という市町村の設定はありません。あるのは{'・'.join(sorted(known))}です。{nearest(city, known)}"
        raise UnknownThing(ja, f"no city {city!r}", city=city)
    found, problems = load_profile(known[city], over)
    if found is None or any(one.severity == "error" for one in problems):
        raise DefinitionError(problems)
    return found


def _said(matrix: Matrix, action: Action) -> Iterator[str]:
    """An action: what it is called, in which states, by whom."""
    states = matrix.machines[action.task].states
    every = len(action.states) == len(states)
    task = f"作業「{matrix.procedure.tasks[action.task].label}」 " if action.task else ""
    yield f"{task}{action.label}({action.id})"
    yield f"    状態: {'どの状態でも' if every else '・'.join(states[one].label for one in action.states)}"
    alone = action.by == (SYSTEM.post,)
    yield f"    できる人: {'システム(人は行わない)' if alone else _people(matrix, matrix.roles_that_may(action))}"


def _facts_said(matrix: Matrix) -> Iterator[str]:
    """The facts, those that the same roles record together."""
    found: dict[tuple[str, ...], list[str]] = {}
    for action in matrix.actions:
        if action.id.startswith(FACT):
            found.setdefault(matrix.roles_that_may(action), []).append(action.id)
    for roles, names in found.items():
        yield f"事実の記録({'・'.join(names)})"
        yield f"    できる人: {_people(matrix, roles)}"


def _people(matrix: Matrix, roles: tuple[str, ...]) -> str:
    labels = {role.id: role.label for role in matrix.procedure.roles}
    return "・".join(labels[one] for one in roles) or "この市にはいない"


def _facts(matrix: Matrix, on: dt.date) -> dict[str, Any]:
    return {
        "procedure": matrix.procedure.id,
        "city": matrix.city.id,
        "on": on.isoformat(),
        "roles": [
            {"id": role.id, "label": role.label, "side": role.side, "filled": matrix.filled(role)}
            for role in matrix.procedure.roles
        ],
        "actions": [
            {**action._asdict(), "declared": action.by, "roles": matrix.roles_that_may(action)}
            for action in matrix.actions
        ],
    }
