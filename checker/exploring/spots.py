"""Where a case can stand, without anybody's data: small enough to be counted through."""

from __future__ import annotations

from typing import Any, NamedTuple


class TaskSpot(NamedTuple):
    """A task: `live` while events may still happen to it. A whole `route` stands as one step of whoever it may be.

    Equal tasks of a kind are one: what two of them can do, one of them can.
    """

    kind: str
    state: str
    live: bool = True
    route: bool = False

    def seen(self) -> dict[str, Any]:
        """What is known of the task to a condition; of a route's one step, not whose it is."""
        known: dict[str, Any] = {"state": self.state}
        return known if self.route else {**known, "role": None, "step": None, "turn": True}


class Spot(NamedTuple):
    """Where a case stands. `clocks` are those that run, by name, with whether their end has passed."""

    state: str
    tasks: tuple[TaskSpot, ...] = ()
    clocks: tuple[tuple[str, bool], ...] = ()
    proposal: str | None = None

    def with_tasks(self, tasks: list[TaskSpot]) -> Spot:
        """The same with other tasks, in one order and each once."""
        return self._replace(tasks=tuple(sorted(set(tasks))))

    def with_clock(self, name: str, passed: bool | None) -> Spot:  # noqa: FBT001 - None: it runs no more
        """The same with a clock running, overrun or ended."""
        found = dict(self.clocks)
        found.pop(name, None)
        if passed is not None:
            found[name] = passed
        return self._replace(clocks=tuple(sorted(found.items())))
