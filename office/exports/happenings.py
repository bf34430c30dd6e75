"""What happened in cases, from the log, in codes: no answer, no name of a person leaves with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine import archive
from engine.commands import Engine
from engine.definition import Procedure
from engine.definition.procedure import Task
from engine.ports import Ports
from engine.state import CaseState, LogRow
from engine.store import Transaction
from engine.store.canonical import unpack

KINDS = frozenset({"event", "auto", "timer", "signal", "clock"})
OPENED = "open"
Effects = list[list[Any]]


@dataclass(frozen=True)
class Happening:
    """One event of a case. `name` is the code of the event, with its task before it; `at` epoch seconds.

    `lifecycle` is schedule for a task that was opened, otherwise complete. `resource` tells people of one post apart,
    by the order in which they first acted; it is empty for those who are not of the office.
    """

    case_id: int
    seq: int
    at: int
    name: str
    label: str
    lifecycle: str
    role: str
    resource: str
    task: int
    kind: str
    source: str
    target: str
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class History:
    """A case with its happenings, in order. `number` is the procedure's, `tasks` the kind of each task.

    `things` are the pseudonyms of what the case is about and is no person, by name; `shares` the names of those that
    cases of several procedures have in common. `links` are the cases it led to, with the kind of each link.
    """

    case: CaseState
    number: int
    title: str
    happenings: tuple[Happening, ...]
    tasks: Mapping[int, str]
    things: Mapping[str, str]
    shares: frozenset[str]
    links: tuple[tuple[int, str], ...]


def histories(engine: Engine, procedure: str | None = None) -> Iterator[History]:
    """The histories of the cases of a store, or of those of one procedure, by number."""
    teller = _Teller(engine.ports)
    with engine.store.reading() as tx:
        for case in tx.cases(procedure=procedure):
            yield teller.history(tx, case)


class _Teller:
    """Tells cases in codes; remembers who was who, so that one person has one pseudonym in all cases."""

    def __init__(self, ports: Ports) -> None:
        self._definitions = ports.definitions
        self._posts = {post.id for post in ports.municipality.posts}
        self._editions: dict[str, Procedure] = {}
        self._people: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}

    def history(self, tx: Transaction, case: CaseState) -> History:
        """The history of a case."""
        kinds: dict[int, str] = {}
        found: list[Happening] = []
        subjects: dict[str, str] = {}
        for row in tx.log(case.id):
            effects = unpack(row.effects, row.case_id, f"events.{row.seq}.effects")
            subjects |= {name: digest for one in effects if one[0] == "subjects" for name, digest in one[1]}
            found += self._told(row, effects, self._declared(tx, case.procedure, row.edition), kinds)
        last = self._declared(tx, case.procedure, case.edition)
        things = {name: subjects[name] for name in sorted(subjects) if isinstance(last.subjects.get(name), tuple)}
        shares = frozenset(row.subject for row in last.links if row.kind == "shares")
        links = tuple((link.to_case, link.kind) for link in tx.links(case.id) if link.to_case is not None)
        return History(case, last.number, last.title, tuple(found), kinds, things, shares, links)

    def _declared(self, tx: Transaction, procedure: str, edition: str) -> Procedure:
        """The declaration that a row was written under, also one that has been edited since."""
        if edition not in self._editions:
            self._editions[edition] = archive.recalled(self._definitions, tx, procedure, edition).procedure
        return self._editions[edition]

    def _told(self, row: LogRow, effects: Effects, procedure: Procedure, kinds: dict[int, str]) -> Iterator[Happening]:
        opened = [(effect[1], effect[2]) for effect in effects if effect[0] == "task+"]
        kinds.update(opened)
        resource = self._resource(row)
        if row.kind in KINDS or row.event == OPENED:
            kind = kinds.get(row.task, "")
            yield Happening(
                case_id=row.case_id,
                seq=row.seq,
                at=row.at,
                name=f"{kind}.{row.event}" if kind else row.event,
                label=_label(procedure, kind, row.event),
                lifecycle="complete",
                role=row.post,
                resource=resource,
                task=row.task,
                kind=kind,
                source=row.from_state,
                target=row.to_state,
                notices=tuple(str(effect[2]) for effect in effects if effect[0] == "notice"),
            )
        for number, kind in opened:
            label = procedure.tasks[kind].label if kind in procedure.tasks else kind
            state = next(one[3]["state"] for one in effects if one[0] == "task+" and one[1] == number)
            opening = (kind, label, "schedule", row.post, resource, number, kind, "", state)
            yield Happening(row.case_id, row.seq, row.at, *opening)

    def _resource(self, row: LogRow) -> str:
        """A pseudonym for somebody of the office; an applicant has none at all."""
        if row.post not in self._posts:
            return ""
        key = (row.post, row.person)
        if key not in self._people:
            self._counts[row.post] = self._counts.get(row.post, 0) + 1
            self._people[key] = f"{row.post}-{self._counts[row.post]}"
        return self._people[key]


def _label(procedure: Procedure, kind: str, event: str) -> str:
    machine: Procedure | Task = procedure.tasks.get(kind, procedure)
    return next((row.label for row in machine.events if row.id == event), "開く" if event == OPENED else event)
