"""In whose lane a state lies: the role whose inbox holds it, or whom it waits for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine import actors
from engine.definition import Procedure
from engine.definition.rows import State
from procedures.diagram.words import Words
from procedures.soundness.machines import MachineView

APPLICANT, SYSTEM, DECIDING, OUTSIDE, RESULT = "@applicant", "@system", "@deciding", "@outside", "@result"
_LANES = {"settled": RESULT, "final": RESULT, "deciding": DECIDING, "waiting_applicant": APPLICANT}


@dataclass(frozen=True)
class Lane:
    """A lane with its heading and whom it holds."""

    id: str
    title: str
    about: str = ""


class Lanes:
    """The lanes of a case: applicant, system, the roles of the office in the order of their first state, outside."""

    def __init__(self, procedure: Procedure, case: MachineView, words: Words) -> None:
        self._procedure = procedure
        self._case = case
        self._words = words
        self._sides = {role.id: role.side for role in procedure.roles}
        routes = procedure.approval.values()
        self._deciders = [role for route in routes for role in (*route.steps, *(one.decider for one in route.levels))]
        self._of = {state.id: self._lane(state) for state in case.states.values()}

    def of(self, state: str) -> str:
        """The lane of a state."""
        return self._of[state]

    def used(self, states: Iterable[str]) -> tuple[Lane, ...]:
        """The lanes that some states need, from left to right; those of the office in the order of the states."""
        used = list(dict.fromkeys(self._of[state] for state in states))
        order = [APPLICANT, SYSTEM, *(one for one in used if not one.startswith("@") or one == DECIDING)]
        return tuple(self._titled(lane) for lane in (*order, OUTSIDE, RESULT) if lane in used)

    def _titled(self, lane: str) -> Lane:
        sides = {APPLICANT: ("申請者", "citizen"), OUTSIDE: ("外部機関", "outside")}
        if lane in sides:
            title, side = sides[lane]
            return Lane(lane, title, "/".join(role.label for role in self._procedure.roles if role.side == side))
        if lane == DECIDING:
            return Lane(lane, "決裁", "・".join(self._words.role(role) for role in dict.fromkeys(self._deciders)))
        return Lane(lane, {SYSTEM: "システム", RESULT: "結果"}.get(lane) or self._words.role(lane))

    def _lane(self, state: State) -> str:
        if state.by and state.kind not in _LANES:
            return self._side(state.by)
        if state.kind == "waiting_outside":
            return next(self._awaited(state.id), OUTSIDE)
        if state.kind == "initial":
            senders = [role for event in self._case.leaving(state.id) for role in event.by]
            return next((self._side(role) for role in (*state.opened_by, *senders)), SYSTEM)
        return _LANES.get(state.kind, SYSTEM)

    def _side(self, role: str) -> str:
        side = self._sides.get(role)
        if role == actors.SYSTEM.post:
            return SYSTEM
        return APPLICANT if side == "citizen" else OUTSIDE if side == "outside" else role

    def _awaited(self, state: str) -> Iterator[str]:
        """Whom a state waits for that nobody holds: those who hold the task opened on the way in."""
        into = {event.id for event in self._case.events if event.to == state}
        for effect in self._case.effects:
            for kind in effect.opens if effect.id in into else ():
                first = self._procedure.tasks[kind].states[0] if kind in self._procedure.tasks else None
                if first and first.by:
                    yield self._side(first.by)
