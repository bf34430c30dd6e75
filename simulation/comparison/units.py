"""Work in the official vocabulary: which 作業単位 a step of work belongs to."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from procedures.plan_rows import Work

OTHER = "そのほか"
AFTER = "."
"""A step that was split bears the name of its part after this."""


@dataclass(frozen=True)
class Units:
    """The vocabulary: words of the ministry's specification, our own, and what belongs to which."""

    official: tuple[str, ...]
    ours: tuple[str, ...]
    tasks: Mapping[str, str]
    steps: Mapping[str, str]

    @property
    def words(self) -> tuple[str, ...]:
        """Every word, in the order in which an application meets them."""
        return (*self.official, *self.ours)

    def of(self, step: Work) -> str:
        """The word for a step of work."""
        part = step.id.partition(AFTER)[2]
        return part if part in self.words else self.tasks.get(step.task or "") or self.steps.get(step.id, OTHER)


@cache
def units() -> Units:
    """The vocabulary in `units.toml`."""
    data = tomllib.loads((files("simulation.comparison") / "units.toml").read_text("utf-8"))
    return Units(tuple(data["official"]), tuple(data["ours"]), data["tasks"], data["steps"])
