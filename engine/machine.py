"""The one place that knows `transitions`: one shared machine per definition and task kind, never one per case.

`auto_transitions` is off, or anybody could jump to any state; models are never registered, so a machine holds no case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

import transitions

from engine.definition.rows import Event, State


class Mover(Protocol):
    """What a machine moves: it holds a state and says whether an event's condition holds for it."""

    state: str

    def permits(self, event: str) -> bool:
        """Whether the declared condition of the event holds."""
        ...


class Machine:
    """A flat machine built from rows of states and events."""

    def __init__(
        self,
        states: Iterable[State],
        events: Iterable[Event],
        sources: Callable[[Event], tuple[str, ...]],
    ) -> None:
        self.states = {state.id: state for state in states}
        self.events = {event.id: event for event in events}
        self._leaving: dict[str, list[Event]] = {state: [] for state in self.states}
        self._sources = {event.id: sources(event) for event in self.events.values()}
        self._machine = transitions.Machine(
            model=None, states=list(self.states), initial=None, auto_transitions=False, send_event=False
        )
        for event in self.events.values():
            for source in self._sources[event.id]:
                self._leaving[source].append(event)
                self._machine.add_transition(event.id, source, event.to)
        self._unattended = {
            state: [event for event in leaving if event.auto or event.after is not None]
            for state, leaving in self._leaving.items()
        }

    def leaving(self, state: str) -> list[Event]:
        """The events that can leave a state, in declared order."""
        return self._leaving.get(state, [])

    def unattended(self, state: str) -> list[Event]:
        """Those of them that happen by themselves or when their time has come."""
        return self._unattended.get(state, [])

    def sources(self, event: str) -> tuple[str, ...]:
        """The states an event can leave from."""
        return self._sources.get(event, ())

    def fire(self, mover: Mover, event: str) -> bool:
        """True when the event moved the mover (or stayed inside its state); False when it may not happen now."""
        if mover.state not in self._sources.get(event, ()) or not mover.permits(event):
            return False
        return bool(self._machine.events[event].trigger(mover))
