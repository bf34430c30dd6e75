"""How a case is brought to where the learner begins: by whoever has to act on the shortest way there, and by time.

Nobody does what leads away from that place, unless nothing else happens for a long while.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.machine import Machine
from engine.store import OpenItem
from simulation.applications import Application
from simulation.means import Search
from training.filing import file
from training.scene import LONGEST_WAIT, Scene

SHORT_PATIENCE = 3
PATIENCE = 15
"""Days for which everybody waits before somebody takes a longer way."""
LONG_PATIENCE = 45
WEEK = 7
"""How often everybody waits for a week before that where the end of a period alone would lead on."""


@dataclass
class Road:
    """The way of one case to some of its states; without any, colleagues do what is usual."""

    scene: Scene
    targets: Collection[str]
    waited: int = 0
    _measured: dict[str, dict[str, int]] = field(default_factory=dict)

    def forward(self) -> bool:
        """Whether somebody brought the case nearer; otherwise time has to pass."""
        far = self._far()
        items = self.scene.items()
        case = items[-1]
        here = far.get(case.state)
        if here is None:
            return self.scene.forward()
        near = [row for row in self.scene.leaving(case) if row.by and far.get(row.to or "", here) < here]
        itself = [row for row in self.scene.leaving(case) if row.auto and far.get(row.to or "", here) < here]
        near.sort(key=lambda row: far[row.to or ""])
        if any(self._done(case, row.id) for row in (*near, *itself)):
            return self._moved()
        if any(ask_first(self.scene, case, row.id) for row in near):
            return self._moved()
        if any(self._worked(item) for item in items[:-1]):
            return self._moved()
        if self._asked(case, far, here):
            return self._moved()
        if self.waited == SHORT_PATIENCE:  # what is true and hinders them is looked up by colleagues, too
            self.scene.find_out(case)
        self.waited += 1
        return False

    @property
    def hopeless(self) -> bool:
        """Whether nobody could do anything for so long that nothing will come of it."""
        return self.waited > LONG_PATIENCE

    def wait(self) -> None:
        """Let a day pass; as many as a week where time alone leads on, until it does."""
        case = self.scene.items()[-1]
        far = self._far()
        for _ in range(WEEK if case.state in far and self._in_time(case, far) else 1):
            self.scene.wait()
            if self.scene.state().id != case.state:
                self.waited = 0
                return

    def _asked(self, case: OpenItem, far: Mapping[str, int], here: int) -> bool:
        """Whether something was done that leads no farther: what asks for something, after a while any detour."""
        rows = {row.id: row for row in self.scene.leaving(case)}
        found = self.scene.chosen(case)
        if found is None:
            return False
        row = rows.get(found[1].event)
        longest = here if self.waited < PATIENCE else max(far.values())
        if row is not None and row.to is not None and far.get(row.to, longest + 1) > longest:
            return False
        if row is not None and row.to is not None and self.waited < LONG_PATIENCE and self._in_time(case, far):
            return False
        return self.scene.clerk.do(self.scene.application, case, *found)

    def _in_time(self, case: OpenItem, far: Mapping[str, int]) -> bool:
        """Whether time alone brings the case nearer."""
        rows = [row for row in self.scene.leaving(case) if row.after is not None]
        return any(far.get(row.to or "", far[case.state]) < far[case.state] for row in rows)

    def _worked(self, item: OpenItem) -> bool:
        """Whether somebody could do what is usual with a task."""
        with self.scene.reading() as work:
            ways = self.scene.clerk.ways(work)
        outside = [row.id for row in ways.outside(item.state, item.kind) if not ways.of_office(row)]
        return any(self._done(item, event) for event in (None, *outside))

    def _done(self, item: OpenItem, event: str | None) -> bool:
        found = self.scene.chosen(item, event, or_finds_out=True)
        return found is not None and self.scene.clerk.do(self.scene.application, item, *found)

    def _moved(self) -> bool:
        self.waited = 0
        return True

    def _far(self) -> dict[str, int]:
        with self.scene.reading() as work:
            edition = work.edition
        if edition.hash not in self._measured:
            self._measured[edition.hash] = distances(edition.machine, self.targets)
        return self._measured[edition.hash]


def ask_first(scene: Scene, case: OpenItem, event: str) -> bool:
    """Whether somebody asked for what an event of the case wants to have been answered and nobody had asked yet."""
    with scene.reading() as work:
        wanted = Search().inputs_behind(work, ("events", event, "when")) - work.whole.case.memo.get("given", {}).keys()
        stays = scene.clerk.ways(work).at(case.state).stays
    done = False
    for row in stays:
        if row.asks in wanted and row.id != event:
            found = scene.chosen(case, row.id)
            done |= found is not None and scene.clerk.do(scene.application, case, *found)
    return done


def carry_out_former(made: Scene) -> None:
    """Let an earlier case of the same people put into a register what a mistake takes to be there.

    What is said of it in `besides` is what was written in its form.
    """
    lesson, now = made.lesson, made.application
    besides = lesson.error.besides if lesson.error else {}
    for path, wrote in besides.items():
        if path.startswith("register."):
            document = made.one.sample(now.number, wrote | _the_same(made), made.clock.now().date())
            first = Application(now.number, now.procedure, now.channel, now.arrives_at, document, document)
            former = replace(made, lesson=replace(lesson, error=None), application=first)
            file(former)
            _until_registered(former, path.removeprefix("register."))


def _the_same(made: Scene) -> dict[str, Any]:
    """The answers by which a form tells whom and what a case concerns."""
    rows = made.one.procedure.subjects.values()
    paths = [path for row in rows for path in ((row,) if isinstance(row, str) else row) if path.startswith("form.")]
    roots = dict.fromkeys(path.split(".")[1] for path in paths)
    return {name: made.application.document[name] for name in roots if name in made.application.document}


def _until_registered(former: Scene, name: str) -> None:
    with former.reading() as work:
        machine = work.edition.machine
        writing = [row.id for row in work.edition.procedure.effects if name in row.registers]
    road = Road(former, {machine.events[one].to or "" for one in writing})
    for _ in range(LONGEST_WAIT):
        if former.state().id in road.targets:
            return
        if not road.forward():
            road.wait()


def distances(machine: Machine, targets: Collection[str]) -> dict[str, int]:
    """How many events lie between each state and the nearest of some; without those from which none is reached."""
    found = dict.fromkeys((one for one in targets if one in machine.states), 0)
    steps = [(s, row.to) for row in machine.events.values() if row.to for s in machine.sources(row.id)]
    while True:
        nearer = {a: found[b] + 1 for a, b in steps if b in found and a not in found}
        if not nearer:
            return found
        found |= nearer
