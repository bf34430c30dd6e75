"""What lies on the desks of each post, in the order of an inbox: by priority, then longest waiting, then case.

Kept beside the store's own lists so that thousands of looks at a desk need no search. An errand is work that falls due
away from any desk: an appointment that somebody of the office keeps.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.municipality import Post
from engine.state import Whole
from engine.store import OpenItem
from simulation.people import key_of
from simulation.settings import Simulated

Place = tuple[int, int]
Line = tuple[int, int, int, int]


@dataclass(frozen=True)
class Errand:
    """An event of a task, or of the case (task 0), that somebody in a role lets happen on an appointed day."""

    item: OpenItem
    event: str


class Desks:
    """The items of every post, but for those in somebody's hands and those laid aside."""

    def __init__(self, posts: Sequence[Post], simulated: Mapping[str, Simulated]) -> None:
        self._posts = {key_of(post): post for post in posts}
        self._roles = {name: one.roles for name, one in simulated.items()}
        self._lines: dict[str, list[tuple[Line, OpenItem]]] = {key: [] for key in self._posts}
        self._lying: dict[Place, OpenItem] = {}
        self._of_case: dict[int, set[Place]] = {}
        self.errands: dict[Place, Errand] = {}

    def on(self, key: str) -> Sequence[tuple[Line, OpenItem]]:
        """What lies at a post, the most urgent first."""
        return self._lines[key]

    def see(self, whole: Whole) -> tuple[list[OpenItem], list[Place]]:
        """The items of a case that now lie on desks, and the places that no longer do."""
        found = {(item.case_id, item.task): item for item in items_of(whole)}
        known = self._of_case.get(whole.case.id, set())
        gone = sorted(known - found.keys())
        for place in gone:
            if place not in self.errands:
                self.take(place)
        self._of_case[whole.case.id] = set(found)
        return list(found.values()), gone

    def put(self, item: OpenItem) -> list[str]:
        """Lay an item on the desks of the posts that may work on it; gives their keys."""
        place = (item.case_id, item.task)
        self.take(place)
        self._lying[place] = item
        keys = self.posts_of(item)
        for key in keys:
            insort(self._lines[key], (_order(item), item))
        return keys

    def take(self, place: Place) -> None:
        """Take an item off every desk."""
        item = self._lying.pop(place, None)
        for key in self.posts_of(item) if item is not None else ():
            line = self._lines[key]
            at = bisect_left(line, (_order(item), item)) if item is not None else 0
            del line[at]

    def handed_on(self, item: OpenItem) -> bool:
        """Whether an item waits for others as an errand; one that is no longer there is forgotten."""
        place = (item.case_id, item.task)
        errand = self.errands.get(place)
        if errand is not None and errand.item.state != item.state:
            self.take(place)
            del self.errands[place]
        return place in self.errands

    def posts_of(self, item: OpenItem) -> list[str]:
        """The posts at whose desk an item lies: of the role, and the very post that a step is meant for."""
        found = []
        for key, roles in self._roles[item.procedure].items():
            post = self._posts[key]
            if item.desk in roles and (item.post is None or item.post == post.id or item.post in roles):
                found.append(key)
        return found


def items_of(whole: Whole) -> list[OpenItem]:
    """What of a case lies on desks now: the case itself, and its open tasks."""
    case = whole.case
    found = []
    if case.desk and not case.closed:
        here = (case.id, 0, "", case.procedure, case.state, case.desk, None)
        found.append(OpenItem(*here, case.state_since, case.arrived_at, case.priority))
    urgent = 0 if case.closed else case.priority
    for number, task in sorted(whole.tasks.items()):
        if task.open and task.desk:
            there = (case.id, number, task.kind, case.procedure, task.state, task.desk, task.post)
            found.append(OpenItem(*there, task.state_since, case.arrived_at, urgent))
    return found


def _order(item: OpenItem) -> Line:
    return (-item.priority, item.since, item.case_id, item.task)
