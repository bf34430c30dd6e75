"""What can happen next at a spot, by the declaration alone: events, the passing of clocks, and all that follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from checker.exploring.guessing import UNKNOWN, may_hold, must_hold
from checker.exploring.relevance import Relevance
from checker.exploring.spots import Spot, TaskSpot
from engine.definition.rows import Effect, Event
from engine.edition import Edition

_NOT_THERE = {"state": None, "role": None, "step": None}
_ENDS = frozenset({"settled", "final"})

Known = Mapping[str, Any]


class Way(NamedTuple):
    """An event (of a task where `task` names its kind) and the spot it leads to; `passes` for the end of a clock."""

    event: str
    task: str | None
    to: Spot
    citizen: bool = False


class Ways:
    """The ways of one edition.

    Args:
        edition: compiled for a city; its conditions are asked with what the spot knows.
        without: events of the case that are left out.
    """

    def __init__(self, edition: Edition, without: frozenset[str] = frozenset()) -> None:
        self._edition = edition
        self._without = without
        self._relevance = Relevance(edition)

    @cached_property
    def everywhere(self) -> frozenset[str]:
        """The events that leave from every open state, or from every undecided one: withdrawal, death, moving away."""
        states = self._edition.procedure.states
        sets = [set(self._edition.groups[name]) for name in ("open", "undecided")]
        events = self._edition.machine.events
        sources = {name: set(self._edition.machine.sources(name)) for name in events}
        few = 3
        wide = [one for one in sets if len(one) > few]
        return frozenset(name for name in events if any(one <= sources[name] for one in wide) and states)

    def begin(self) -> list[Spot]:
        """Where cases begin."""
        return [Spot(state.id) for state in self._edition.initial()]

    def from_(self, spot: Spot) -> Iterator[Way]:
        """What can happen at a spot. Where something happens by itself whatever else is so, only that."""
        here = self._standing(spot)
        for event, task, known in here:
            if event.auto and self._may(spot, event, task, known):
                yield from self._ways(spot, event, task)
                if self._must(event, task, known):
                    return
        for event, task, known in here:
            if not event.auto and self._may(spot, event, task, known):
                yield from self._ways(spot, event, task)
        for name, passed in spot.clocks:
            if not passed and self._edition.procedure.clocks[name].breach is not None:
                yield Way(f"clock:{name}", None, spot.with_clock(name, True))  # noqa: FBT003 - it has passed

    def _standing(self, spot: Spot) -> list[tuple[Event, TaskSpot | None, Known]]:
        """The events that leave from here, of the case and then of its tasks, with what is known to each."""
        known = self.known(spot)
        found: list[tuple[Event, TaskSpot | None, Known]] = [
            (event, None, known) for event in self._edition.machine.leaving(spot.state) if event.id not in self._without
        ]
        for task in spot.tasks:
            if task.live:
                of_task = {**known, "task": task.seen()}
                found += [(event, task, of_task) for event in self._edition.tasks[task.kind].leaving(task.state)]
        return found

    def _ways(self, spot: Spot, event: Event, task: TaskSpot | None) -> Iterator[Way]:
        citizen = bool(event.by) and set(event.by) <= self._edition.citizens
        found = self._case(spot, event) if task is None else self._task(spot, event, task)
        yield from (Way(event.id, task and task.kind, self._relevance.plain(to), citizen) for to in found)

    def _may(self, spot: Spot, event: Event, task: TaskSpot | None, known: Known) -> bool:
        if task is None and event.id in self._edition.bound_to_clocks and not self._clocks_allow(spot, event.id):
            return False
        tree = self._guard(event, task)
        return tree is None or may_hold(tree, known)

    def _must(self, event: Event, task: TaskSpot | None, known: Known) -> bool:
        tree = self._guard(event, task)
        return not event.nature and (tree is None or must_hold(tree, known))

    def _guard(self, event: Event, task: TaskSpot | None) -> Any:  # noqa: ANN401 - a tree, or None
        path = ("tasks", task.kind, "events", event.id, "when") if task else ("events", event.id, "when")
        condition = self._edition.condition(*path)
        return None if condition is None else condition.tree

    def _clocks_allow(self, spot: Spot, event: str) -> bool:
        """Whether the clocks let an event happen: what follows from an end waits for it, what prolongs needs it run."""
        running = dict(spot.clocks)
        for name, clock in self._edition.procedure.clocks.items():
            if clock.breach is not None and clock.breach.event == event and not running.get(name):
                return False
            by = clock.extended_by
            if by is not None and by.event == event and (name not in running or (running[name] and not by.late)):
                return False
        return True

    def known(self, spot: Spot) -> Known:
        """What a condition may know of a spot."""
        tasks: dict[str, Any] = {}
        for kind, declared in self._edition.procedure.tasks.items():
            ours = [one.seen() for one in spot.tasks if one.kind == kind]
            if declared.many:
                tasks[kind] = ours if ours or kind not in self._relevance.routes else UNKNOWN
            else:
                tasks[kind] = ours[-1] if ours else _NOT_THERE
        return {"case": {"state": spot.state}, "tasks": tasks, "proposal": {"outcome": spot.proposal}}

    def _case(self, spot: Spot, event: Event) -> Iterator[Spot]:
        """The spots after an event of the case, one for each outcome that it may propose."""
        effect = self._edition.effects.get(event.id)
        for proposed in self._proposals(spot, effect):
            after = self._after_clocks(proposed, event.id, "satisfied_by")
            if event.to is not None:
                after = self._entered(self._left(after, event.to), event.to)
            after = self._after_clocks(after, event.id, "starts")
            yield self._followed(self._routed(spot, after), effect)

    def _task(self, spot: Spot, event: Event, task: TaskSpot) -> Iterator[Spot]:
        """The spots after an event of a task."""
        effect = self._edition.task_effects.get((task.kind, event.id))
        for proposed in self._proposals(spot, effect):
            others = [one for one in proposed.tasks if one != task]
            moved = TaskSpot(task.kind, event.to or task.state, task.live, task.route)
            yield self._followed(proposed.with_tasks([*others, moved]), effect)

    def _proposals(self, spot: Spot, effect: Effect | None) -> list[Spot]:
        names = effect.proposes if effect else ()
        return [spot._replace(proposal=name) for name in names] if names else [spot]

    def _left(self, spot: Spot, to: str) -> Spot:
        """The spot without the route, where the case leaves the state that it decides in."""
        if to == spot.state or not any(one.route for one in spot.tasks):
            return spot
        return spot.with_tasks([one for one in spot.tasks if not one.route])

    def _entered(self, spot: Spot, to: str) -> Spot:
        after = spot._replace(state=to)
        if self._edition.state(to).kind not in _ENDS:
            return after
        outlives = {kind for kind, task in self._edition.procedure.tasks.items() if task.outlives}
        tasks = [one if one.kind in outlives else one._replace(live=False) for one in after.tasks]
        return after.with_tasks(tasks)._replace(clocks=())

    def _after_clocks(self, spot: Spot, event: str, key: str) -> Spot:
        for name, clock in self._edition.procedure.clocks.items():
            if name in self._relevance.clocks and event in getattr(clock, key):
                spot = spot.with_clock(name, False if key == "starts" else None)
        return spot

    def _routed(self, before: Spot, spot: Spot) -> Spot:
        """The spot with the route of a deciding state opened, as one step."""
        row = self._edition.state(spot.state)
        if row.kind != "deciding" or not row.approval or before.state == spot.state:
            return spot
        kind = self._edition.procedure.approval[row.approval].task
        first = self._edition.procedure.tasks[kind].states[0].id
        return spot.with_tasks([*spot.tasks, TaskSpot(kind, first, route=True)])

    def _followed(self, spot: Spot, effect: Effect | None) -> Spot:
        if effect is None or not (effect.opens or effect.closes):
            return spot
        tasks = [one._replace(live=False) if one.kind in effect.closes else one for one in spot.tasks]
        for kind in effect.opens:
            if kind in self._relevance.apart:
                continue
            declared = self._edition.procedure.tasks[kind]
            if not declared.many:
                tasks = [one for one in tasks if one.kind != kind]
            tasks.append(TaskSpot(kind, declared.states[0].id))
        return spot.with_tasks(tasks)
