"""Which events lead on from a place, read off a declaration: what people do where no plan says what is usual.

A way leads on when it brings the case nearer to an end that grants or accepts, or a task nearer to being done. What a
failed check calls for, what refuses and what ends in nothing is taken only when nothing else can be done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.definition.rows import Event, State
from engine.edition import Edition
from engine.machine import Machine

GOOD = frozenset({"granted", "accepted"})
BAD = frozenset({"refused", "void"})
FAR = 10_000


@dataclass(frozen=True)
class Place:
    """The events that leave a place: those by which persons lead on, those beside the way, those that give up.

    Those that lead on begin with the nearest to the end, and finish with those that lead as near as one is already.
    What happens `by_itself` hangs on what somebody finds out; what `stays` asks for something and moves nothing.
    """

    onward: tuple[Event, ...] = ()
    stays: tuple[Event, ...] = ()
    by_itself: tuple[Event, ...] = ()
    aside: tuple[Event, ...] = ()
    giving_up: tuple[Event, ...] = ()


class Ways:
    """The ways through one edition: its case and each of its tasks."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._known: dict[tuple[str, str], Place] = {}
        self.sides = {role.id: role.side for role in edition.procedure.roles}
        self.routes = {route.task for route in edition.procedure.approval.values()}

    def at(self, state: str, kind: str = "") -> Place:
        """The events of persons that leave a state of the case, or of a task of a kind."""
        if (kind, state) not in self._known:
            self._known[(kind, state)] = self._place(state, kind)
        return self._known[(kind, state)]

    def of_office(self, event: Event) -> bool:
        """Whether people of the office may let an event happen."""
        return not event.by or any(self.sides.get(role, "office") == "office" for role in event.by)

    def outside(self, state: str, kind: str = "") -> tuple[Event, ...]:
        """The events by which those who are waited for may end the waiting, the likeliest first; citizens first."""
        place = self.at(state, kind)
        rows = sorted((*place.onward, *place.aside), key=self.of_office)
        return (*rows, *place.by_itself)

    def _place(self, state: str, kind: str) -> Place:
        machine = self._edition.tasks[kind] if kind else self._edition.machine
        bad, far = self._bad(kind, machine), self._distances[kind]
        onward, along, aside, giving_up = list[Event](), list[Event](), list[Event](), list[Event]()
        for event in machine.leaving(state):
            if not event.by:
                continue
            if event.id in bad:
                giving_up += [event] if event.when and self.of_office(event) else []
            elif event.to is not None and far.get(event.to, FAR) < far.get(state, FAR):
                onward.append(event)
            elif event.to not in {None, state} and event.to in far and far[event.to] == far.get(state):
                along.append(event)
            elif event.when is not None or kind:
                aside.append(event)
        onward.sort(key=lambda event: far.get(event.to or "", FAR))
        itself = [event for event in machine.leaving(state) if event.auto and event.when and event.id not in bad]
        stays = [event for event in machine.leaving(state) if event.by and event.asks and event.to in {None, state}]
        return Place((*onward, *along), tuple(stays), tuple(itself), tuple(aside), tuple(giving_up))

    @cached_property
    def _distances(self) -> Mapping[str, Mapping[str, int]]:
        """How many events lie between each state and a good end, for the case and each kind of task."""
        machines = {"": self._edition.machine, **self._edition.tasks}
        return {kind: self._measured(kind, machine) for kind, machine in machines.items()}

    def _measured(self, kind: str, machine: Machine) -> dict[str, int]:
        bad = self._bad(kind, machine)
        reached = dict.fromkeys(_ends(machine.states.values(), task=bool(kind)), 0)
        steps = [
            (source, event.to)
            for event in machine.events.values()
            if event.to is not None and event.id not in bad
            for source in machine.sources(event.id)
        ]
        while True:
            nearer = {a: reached[b] + 1 for a, b in steps if b in reached and reached[b] + 1 < reached.get(a, FAR)}
            if not nearer:
                return reached
            reached |= nearer

    def _bad(self, kind: str, machine: Machine) -> Collection[str]:
        """The events that fail, refuse, withdraw or end in nothing."""
        if kind:
            return {e.id for e in machine.events.values() if e.to and machine.states[e.to].kind == "failed"}
        procedure = self._edition.procedure
        refusing = {o.id for o in procedure.outcomes if self._refuses(o.id)}
        found = {check.on_fail for check in procedure.checks}
        found |= {row.id for row in procedure.effects if row.proposes and refusing.issuperset(row.proposes)}
        found |= {e.id for e in machine.events.values() if e.to and machine.states[e.to].result in BAD}
        return found

    def _refuses(self, outcome: str) -> bool:
        row = self._edition.outcomes[outcome]
        state = self._edition.machine.states.get(row.state)
        result = state.result if state is not None else None
        return result in BAD or (result not in GOOD and row.reasons == "always")


def _ends(states: Iterable[State], *, task: bool) -> list[str]:
    """The good ends; where none is good, the settled ones, or whatever is final."""
    rows = list(states)
    if task:
        done = [row.id for row in rows if row.kind == "done"]
        return done or [row.id for row in rows if row.kind == "failed"]
    ended = [row for row in rows if row.kind in {"settled", "final"}]
    good = [row.id for row in ended if row.result in GOOD]
    return good or [row.id for row in ended if row.kind == "settled"] or [row.id for row in ended]
