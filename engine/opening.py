"""Opening a case: by an applicant, a deputy, a clerk ex officio, or the system, in one of the initial states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import fold
from engine.actors import SYSTEM, Actor, require_role, roles_of
from engine.clock import to_seconds
from engine.definition.rows import State
from engine.edition import Edition
from engine.errors import NotPossibleNow, UnknownThing
from engine.ports import Ports
from engine.problems import nearest
from engine.store import Transaction
from engine.timers import rearm
from engine.work import Work

ANYONE = ("applicant", "representative", "counter")


def open_case(
    ports: Ports,
    tx: Transaction,
    edition: Edition,
    actor: Actor,
    state: str | None,
    filer: str | None,
    key: str,
) -> Work:
    """A new case at work, in the initial state asked for or the first that the actor may open.

    Raises:
        UnknownThing: there is no such initial state.
        NotYourTurn: the actor may not open a case there.
    """
    roles = roles_of(actor, edition.procedure, ports.municipality)
    row = _initial(edition, state, roles)
    require_role(actor, roles, _openers(row), f"{edition.procedure.title}を始めること", _labels(edition))
    role = next((r for r in _openers(row) if r in roles), SYSTEM.post)
    now = to_seconds(ports.clock.now())
    whole, effect = fold.begin(0, now, _given(ports, edition, row, actor, role, filer))
    tx.insert_case(whole.case)
    work = Work(ports, tx, whole, edition, actor, key)
    work.happens_at(now)  # a running clock has moved on; the case and its first event have one instant
    work.begun(effect)
    rearm(work, edition.machine, 0, row.id, now)
    work.happened("open", "command", to_state=row.id)
    return work


def _given(ports: Ports, edition: Edition, row: State, actor: Actor, role: str, filer: str | None) -> dict[str, Any]:
    """What a case begins with."""
    citizen = role in edition.citizens
    return {
        "procedure": edition.id,
        "edition": edition.hash,
        "municipality": ports.municipality.id,
        "state": row.id,
        "filer": filer or (actor.person if citizen else "applicant"),
        "desk": row.by,
        "memo": {"opened": {"by": role, **({"for_another": actor.person} if citizen and filer else {})}},
    }


def _initial(edition: Edition, state: str | None, roles: frozenset[str]) -> State:
    rows = edition.initial()
    if state is not None:
        found = next((row for row in rows if row.id == state), None)
        if found is None:
            names = "・".join(row.id for row in rows)
            hint = nearest(state, [row.id for row in rows])
            raise UnknownThing(
                f"「{state}」から始めることはできません。始められるのは{names}です。{hint}",
                f"{state!r} is not an initial state; those are {names}",
                state=state,
            )
        return found
    if not rows:
        raise NotPossibleNow(
            f"手続「{edition.id}」には始まりの状態がありません。", f"{edition.id} has no initial state"
        )
    return next((row for row in rows if roles & set(_openers(row))), rows[0])


def may_open(edition: Edition, post: str) -> bool:
    """Whether somebody of a post whom any city has, such as the applicant, may begin a case himself."""
    return any(post in _openers(row) for row in edition.initial())


def _openers(row: State) -> tuple[str, ...]:
    return row.opened_by or ANYONE


def _labels(edition: Edition) -> Mapping[str, str]:
    return {**edition.role_labels, SYSTEM.post: "システム"}
