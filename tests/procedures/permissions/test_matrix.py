"""Who may do what: equal to tables written by hand for three procedures, and four rules that hold for all of them."""

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path
from typing import NamedTuple

import pytest

from engine.actors import Actor, roles_of
from engine.definition import Procedure
from engine.definition.in_force import in_force
from engine.errors import UnknownThing
from engine.municipality import Municipality
from procedures.library import Library
from procedures.permissions.matrix import Cell, Matrix
from procedures.permissions.shown import profile

HERE = Path(__file__).parent
TODAY = dt.date(2022, 6, 1)
CITIES = ("hitachinaka", "omitama", "kitaibaraki", "ryugasaki")
BY_HAND = ("child_allowance_claim", "care_certification", "care_plan_office_notification")
NEVER = {"other_applicant", "other_department"}
Allowed = set[tuple[str, str, str]]


@functools.cache
def library() -> Library:
    return Library()


@functools.cache
def city(name: str) -> Municipality:
    return profile(name, ())


@functools.cache
def whole(name: str) -> Procedure:
    loaded, problems = library().load(name)
    assert loaded is not None, problems
    return loaded


def day_of(procedure: Procedure) -> dt.date:
    """A day on which it is in force in its newest version."""
    return procedure.versions[-1].from_ if procedure.versions else TODAY


def matrix(name: str, town: str, on: dt.date | None = None) -> Matrix:
    return Matrix(in_force(whole(name), on or day_of(whole(name))), city(town))


class Looked(NamedTuple):
    """The cells of one procedure in one city: how many, how many allow, and those that never may."""

    total: int
    allowed: int
    wrong: list[Cell]


@functools.cache
def looked(name: str, town: str) -> Looked:
    found = matrix(name, town)
    total = allowed = 0
    wrong = []
    for cell in found.cells():
        total += 1
        if cell.allowed:
            allowed += 1
            if cell.standing in NEVER or (cell.standing == "own_draft" and cell.task in found.steps):
                wrong.append(cell)
    return Looked(total, allowed, wrong)


PROCEDURES = [entry.id for entry in library().list()]
everywhere = pytest.mark.parametrize("town", CITIES)


def by_hand(name: str, found: Matrix) -> Allowed:
    """What a table allows: role, action and state. `fact:*` is every fact that has no line of its own."""
    sets: dict[str, list[str]] = {}
    allowed: Allowed = set()
    facts = [one.id for one in found.actions if one.id.startswith("fact:")]
    lines = [line for line in (HERE / f"{name}.txt").read_text("utf-8").splitlines() if line and line[0] != "#"]
    named = {line.split(" | ")[0] for line in lines}

    def words(text: str) -> list[str]:
        return [one for word in text.split() for one in sets.get(word, [word])]

    for line in lines:
        if line.startswith("@"):
            key, _, text = line.partition(" = ")
            sets[key] = words(text)
            continue
        action, who, where = line.split(" | ")
        actions = [one for one in facts if one not in named] if action == "fact:*" else [action]
        allowed |= {(role, one, state) for one in actions for role in words(who) for state in words(where)}
    return allowed


@pytest.mark.parametrize("name", BY_HAND)
def test_it_is_equal_to_the_table_written_by_hand(name: str) -> None:
    found = matrix(name, "hitachinaka", TODAY)
    expected = by_hand(name, found)
    own: Allowed = set()
    drafted: Allowed = set()
    others: Allowed = set()
    for cell in found.cells():
        place = (cell.role, f"{cell.task}.{cell.action}" if cell.task else cell.action, cell.state)
        if cell.allowed:
            {"own": own, "own_draft": drafted}.get(cell.standing, others).add(place)
    assert sorted(own ^ expected) == []
    office = {role.id for role in found.procedure.roles if role.side == "office"}
    assert drafted == {one for one in expected if one[0] in office and not one[1].startswith("approval_step.")}
    assert others == set()


@everywhere
def test_nobody_outside_the_declaration_acts(town: str) -> None:
    """Every post of the city, whichever department it is of, against every event of people."""
    for name in PROCEDURES:
        procedure = in_force(whole(name), day_of(whole(name)))
        rows = [*procedure.events, *(row for task in procedure.tasks.values() for row in task.events)]
        for post in city(town).posts:
            roles = taken(Actor(post.id, "p", post.department), procedure, city(town))
            serves = {"*", procedure.department} & {post.department, *post.serves}
            assert bool(roles) == bool(serves), (name, post.id, post.department)
            assert roles <= {post.id, *post.roles}
            declared = {role.id for role in procedure.roles}
            assert {one for row in rows for one in roles & set(row.by)} <= declared


@everywhere
def test_every_open_state_has_somebody_who_can_lead_out_of_it(town: str) -> None:
    assert [(name, *state) for name in PROCEDURES for state in matrix(name, town).idle()] == []


@everywhere
def test_no_drafter_decides_no_applicant_sees_anothers_case_and_no_other_department_acts(town: str) -> None:
    assert [one for name in PROCEDURES for one in looked(name, town).wrong] == []


def test_the_cells_are_counted_for_all_procedures_and_cities() -> None:
    found = [looked(name, town) for name in PROCEDURES for town in CITIES]
    assert all(0 < one.allowed < one.total / 3 for one in found)
    assert sum(one.total for one in found) > 1_000_000


def taken(actor: Actor, procedure: Procedure, town: Municipality) -> frozenset[str]:
    try:
        return roles_of(actor, procedure, town)
    except UnknownThing:
        return frozenset()
