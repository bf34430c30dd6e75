"""The matrix of permissions: role × action × state × standing, each cell by the rules that the engine refuses with.

A cell says what a person in a role may try. Whether a condition lets it happen now is another question, and so is the
turn of a step on an approval route.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from engine.actors import Actor, roles_of
from engine.definition import Procedure
from engine.definition.rows import Role
from engine.errors import UnknownThing
from engine.municipality import Municipality, Post
from engine.opening import ANYONE
from engine.shapes import Sensitivity
from engine.sight import may_see
from procedures.soundness.machines import MachineView, machines_of

Standing = Literal["own", "own_draft", "other_department", "other_applicant"]
STANDINGS: dict[str, tuple[Standing, ...]] = {
    "citizen": ("own", "other_applicant"),
    "office": ("own", "own_draft", "other_department"),
    "outside": ("own",),
}
"""In which standings to a case a role of a side can be: one's own, the office's own, one that one drafted oneself."""
OPEN, SEE, SEE_NUMBER = "case:open", "case:see", "case:see_my_number"  # an event has no colon in its name
FACT = "fact:"
_ENDS = {"settled", "final", "done", "failed"}


class Action(NamedTuple):
    """Something that people do. `task` is the kind of task it is done on, empty for the case; `by` are roles."""

    id: str
    label: str
    task: str
    states: tuple[str, ...]
    by: tuple[str, ...]


class Cell(NamedTuple):
    """One answer of the matrix."""

    role: str
    action: str
    task: str
    state: str
    standing: Standing
    allowed: bool


class Matrix:
    """The permissions of a procedure as it stands on one day, in one city."""

    def __init__(self, procedure: Procedure, city: Municipality) -> None:
        self.procedure, self.city = procedure, city
        self.machines = {"".join(one.path[1:]): one for one in machines_of(procedure)}
        self.steps = frozenset(route.task for route in procedure.approval.values())
        self.actions = tuple(self._actions())
        self._people = {(role.id, standing): self._who(role, standing) for role, standing in self._seats()}

    def cells(self) -> Iterator[Cell]:
        """Every cell: the actions in declared order, each in every state of its machine."""
        for action in self.actions:
            able = [(role.id, standing, self._may(role, standing, action)) for role, standing in self._seats()]
            for state in self.machines[action.task].states:
                here = state in action.states
                for role, standing, may in able:
                    yield Cell(role, action.id, action.task, state, standing, here and may)

    def roles_that_may(self, action: Action) -> tuple[str, ...]:
        """The roles that may do it on a case of their own, in declared order."""
        return tuple(role.id for role in self.procedure.roles if self._may(role, "own", action))

    def filled(self, role: Role) -> bool:
        """Whether anybody here acts in the role."""
        return bool(self._people[role.id, "own"])

    def idle(self) -> list[tuple[str, str]]:
        """The open states, each with its task, out of which nobody here and nothing by itself leads."""
        found = []
        for task, machine in self.machines.items():
            able = {(one.id, state) for one in self.actions if one.task == task for state in one.states}
            manned = {one.id for one in self.actions if one.task == task and self.roles_that_may(one)}
            for state, row in machine.states.items():
                leaving = (event for event in machine.leaving(state) if event.to is not None or event.auto)
                moves = any(not event.by or ({event.id} <= manned and (event.id, state) in able) for event in leaving)
                if row.kind not in _ENDS and not moves:
                    found.append((task, state))
        return found

    def _seats(self) -> Iterator[tuple[Role, Standing]]:
        return ((role, standing) for role in self.procedure.roles for standing in STANDINGS[role.side])

    def _may(self, role: Role, standing: Standing, action: Action) -> bool:
        """Whether somebody in the role may, in that standing to the case."""
        if standing == "other_applicant":
            return False  # whoever opens a case for another has it as his own
        if standing == "own_draft" and action.task in self.steps:
            return False  # nobody signs, sends back or drops what he drew up
        people = self._people[role.id, standing]
        if action.id in {SEE, SEE_NUMBER}:
            kind: Sensitivity = "my_number" if action.id == SEE_NUMBER else "general"
            return any(may_see(self.procedure, self.city, one, kind) for one in people)
        return bool(people) and role.id in action.by

    def _who(self, role: Role, standing: Standing) -> list[Actor]:
        """Persons in the role whom the engine lets take it: posts of the department, or of the others."""
        if role.side != "office":
            return [Actor(role.id, "p")] if standing == "own" else []
        posts = [post for post in self.city.posts if role.id in {post.id, *post.roles}]
        here = [post for post in posts if self._serves(post)]
        if standing == "other_department":
            tried = [Actor(post.id, "p", post.department) for post in posts if post not in here]
        else:
            tried = [Actor(post.id, "p", post.department) for post in here]
            tried += [Actor(role.id, "p")] if self.city.standing == "default" else []
        return [one for one in tried if role.id in self._roles(one)]

    def _serves(self, post: Post) -> bool:
        return bool({"*", self.procedure.department} & {post.department, *post.serves})

    def _roles(self, actor: Actor) -> frozenset[str]:
        try:
            return roles_of(actor, self.procedure, self.city)
        except UnknownThing:
            return frozenset()

    def _actions(self) -> Iterator[Action]:
        case = self.machines[""]
        for state in case.states.values():
            if state.kind == "initial":
                yield Action(OPEN, "案件を開く", "", (state.id,), state.opened_by or ANYONE)
        for task, machine in self.machines.items():
            yield from (
                Action(event.id, event.label, task, machine.sources(event), event.by)
                for event in machine.events
                if event.by
            )
        yield from self._checks(case)
        there = tuple(state.id for state in case.states.values())
        office = tuple(role.id for role in self.procedure.roles if role.side == "office")
        for fact in self.procedure.facts:
            yield Action(f"{FACT}{fact.id}", f"事実の記録({fact.says})", "", there, fact.by or office)
        everybody = tuple(role.id for role in self.procedure.roles)
        yield Action(SEE, "申請内容・通知を見る", "", there, everybody)
        yield Action(SEE_NUMBER, "個人番号を見る", "", there, everybody)

    def _checks(self, case: MachineView) -> Iterator[Action]:
        """Checks that a person looks at, in the state of the case to which they belong."""
        office = tuple(role.id for role in self.procedure.roles if role.side == "office")
        citizens = {role.id for role in self.procedure.roles if role.side == "citizen"}
        for check in self.procedure.checks:
            if check.passes is None and check.stage in case.states:
                desk = case.states[check.stage].by
                by = (desk,) if desk and desk not in citizens else office
                yield Action(f"check:{check.id}", f"確認({check.says})", "", (check.stage,), by)


def counted(cells: Iterable[Cell]) -> tuple[int, int]:
    """How many cells there are, and how many of them allow."""
    total = allowed = 0
    for cell in cells:
        total += 1
        allowed += cell.allowed
    return total, allowed
