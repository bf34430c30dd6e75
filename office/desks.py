"""The desk of a post: its roles in every procedure, and what lies on it in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.actors import Actor, roles_of
from engine.clock import from_seconds
from engine.errors import UnknownThing
from engine.store import OpenItem
from office.office import Definitions
from office.session import Session

HEADINGS = ("案件", "作業", "仕事", "手続", "ここに来た日", "到達")


def desk(session: Session) -> list[OpenItem]:
    """What lies on the desk of the post that asks, most urgent and longest waiting first.

    Raises:
        UnknownThing: no procedure here knows such a post.
    """
    actor = session.actor
    with session.store.reading() as tx:
        used = [count.procedure for count in tx.case_counts()]
    roles = roles_everywhere(session.declared, actor, used)
    return session.engine.inbox(sorted(roles), actor.post)


def roles_everywhere(declared: Definitions, actor: Actor, used: Iterable[str]) -> frozenset[str]:
    """The roles that a post takes in the procedures in use; of all procedures, while none of those knows the post.

    Raises:
        UnknownThing: none does.
    """
    refused: UnknownThing | None = None
    for procedures in (dict.fromkeys(used), declared.library.ids()):
        roles: set[str] = set()
        for one in procedures:
            try:
                roles |= roles_of(actor, declared.catalogue.procedure(one), declared.municipality)
            except UnknownThing as unknown:
                refused = unknown
        if roles:
            return frozenset(roles)
    raise refused or UnknownThing("手続が一つもありません。", "there is no procedure")


def desk_rows(session: Session, items: Iterable[OpenItem]) -> list[tuple[str, ...]]:
    """The items as rows of a table."""
    return [_row(session.declared, item) for item in items]


def desk_facts(items: Iterable[OpenItem]) -> list[dict[str, Any]]:
    """The items for a program; instants in epoch seconds."""
    return [item._asdict() for item in items]


def _row(declared: Definitions, item: OpenItem) -> tuple[str, ...]:
    procedure = declared.catalogue.procedure(item.procedure)
    task = procedure.tasks.get(item.kind)
    states = {row.id: row.label for row in (task.states if task else procedure.states)}
    work = f"{task.label}: {states.get(item.state, item.state)}" if task else states.get(item.state, item.state)
    work += "(代決)" if item.for_absent else ""
    arrived = "" if item.arrived_at is None else f"{from_seconds(item.arrived_at):%Y-%m-%d}"
    since = f"{from_seconds(item.since):%Y-%m-%d}"
    return (str(item.case_id), str(item.task or ""), work, procedure.title, since, arrived)
