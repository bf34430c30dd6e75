"""What of a spot can still matter: the rest is left out, or a case of sixteen states would be a million spots."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property

from checker.exploring.spots import Spot, TaskSpot
from engine.conditions.tree import Literal, walk
from engine.definition.rows import Event
from engine.edition import Edition

Path = tuple[str, ...]


class Relevance:
    """For one edition, in which states of the case a finished task or a proposal may still be asked about."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._as_asked: dict[TaskSpot, TaskSpot] = {}

    def plain(self, spot: Spot) -> Spot:
        """The spot without what nothing can ask about any more; what nothing tells apart is one."""
        tasks = {
            one for task in spot.tasks if (one := self._rested(task)).live or spot.state in self._asked_in[one.kind]
        }
        proposal = spot.proposal if spot.state in self._proposal_asked_in else None
        if proposal is not None and proposal not in self._words_of["proposal"]:
            proposal = "…"
        return Spot(spot.state, tuple(sorted(tasks)), spot.clocks, proposal)

    def _rested(self, task: TaskSpot) -> TaskSpot:
        """The task as far as it matters: one that can move no more is only asked about, by the words of conditions."""
        found = self._as_asked.get(task)
        if found is None:
            live = task.live and bool(self._edition.tasks[task.kind].leaving(task.state))
            told_apart = live or task.state in self._words_of[f"tasks.{task.kind}"]
            found = TaskSpot(task.kind, task.state if told_apart else "…", live, task.route)
            self._as_asked[task] = found
        return found

    @cached_property
    def routes(self) -> frozenset[str]:
        """The kinds of tasks that are steps of a route."""
        return frozenset(route.task for route in self._edition.procedure.approval.values())

    @cached_property
    def apart(self) -> frozenset[str]:
        """The kinds that no condition asks about and that do nothing to the case: what they do, they do alone."""
        rows = self._edition.task_effects.items()
        acting = {kind for (kind, _), row in rows if row.opens or row.closes or row.proposes}
        asked = {kind for kind in self._edition.procedure.tasks if list(self._asking(f"tasks.{kind}"))}
        return frozenset(self._edition.procedure.tasks) - acting - asked - self.routes

    @cached_property
    def clocks(self) -> frozenset[str]:
        """The clocks that let events happen, or not."""
        clocks = self._edition.procedure.clocks.items()
        return frozenset(name for name, one in clocks if one.extended_by or (one.breach and one.breach.event))

    @cached_property
    def _asked_in(self) -> Mapping[str, Collection[str]]:
        """By kind of task, the states of the case from which an event may come that asks about it as it is now."""
        effects = self._edition.effects

        def renews(kind: str) -> Callable[[Event], bool]:
            return lambda event: event.id in effects and kind in effects[event.id].opens

        return {kind: self._states_before(f"tasks.{kind}", renews(kind)) for kind in self._edition.procedure.tasks}

    @cached_property
    def _proposal_asked_in(self) -> Collection[str]:
        effects = self._edition.effects
        return self._states_before("proposal", lambda one: one.id in effects and bool(effects[one.id].proposes))

    def _states_before(self, root: str, renewed: Callable[[Event], bool]) -> Collection[str]:
        """The states from which a question about a root may come before an event renews what is asked about."""
        states = set(self._edition.machine.states)
        asking = list(self._asking(root))
        if any(path[0] == "tasks" for path in asking):
            return states  # another task asks, wherever the case stands
        events = {path[1] for path in asking}
        found = {one for one in states if any(event.id in events for event in self._edition.machine.leaving(one))}
        while True:
            more = {
                one
                for one in states - found
                for event in self._edition.machine.leaving(one)
                if event.to in found and not renewed(event)
            }
            if not more:
                return found
            found |= more

    def _asking(self, root: str) -> Iterator[Path]:
        """The guards of events that ask about a root."""
        for path, one in self._edition.conditions.items():
            reads = {read.replace("[]", "") for read in one.reads}
            if path[-1] == "when" and "events" in path and any(f"{read}.".startswith(f"{root}.") for read in reads):
                yield path

    @cached_property
    def _words_of(self) -> Mapping[str, frozenset[str]]:
        """The words that guards which ask about a root compare anything with, by root."""
        roots = ["proposal", *(f"tasks.{kind}" for kind in self._edition.procedure.tasks)]
        return {root: frozenset(self._words(root)) for root in roots}

    def _words(self, root: str) -> Iterator[str]:
        for path in self._asking(root):
            for node in walk(self._edition.conditions[path].tree):
                if isinstance(node, Literal) and isinstance(node.value, str):
                    yield node.value
