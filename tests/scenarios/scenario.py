"""A scenario as an officer writes it: what is given, what is done, what must then be so.

The folder is the procedure; what several of its scenarios do alike stands in its paths.toml.
"""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

HERE = Path(__file__).parent
SHARED = "paths.toml"


class Part(BaseModel):
    """Read strictly: a misspelt key is a mistake of the scenario, not something to skip."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Form(Part):
    """An example of the form, with some answers changed by dotted path and some left out."""

    example: str = "example"
    set: dict[str, Any] = {}
    drop: tuple[str, ...] = ()


class Given(Part):
    """Where and when it begins. `at` is Japanese civil time; `about` the scenario whose case this one is about."""

    city: str = "hitachinaka"
    at: str
    about: str | None = None
    form: Form = Form()


class Step(Part):
    """One command. `at` moves the clock first; `refused` is the code it must be refused with; `state` what follows.

    `tell` delivers what cases sent each other; `away` records that the post `what` is absent from now on for so many
    `hours`, or `vacant`; `back` ends a record.
    """

    at: str | None = None
    by: str = "system"
    do: Literal["open", "submit", "check", "fact", "fire", "tick", "signal", "tell", "away", "back", "path"]
    what: str = ""
    filer: str | None = Field(default=None, alias="for")
    set: dict[str, Any] | None = None
    drop: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    answers: dict[str, Any] | None = None
    facts: dict[str, Any] = {}
    task: int | None = None
    hours: float = 0
    vacant: bool = False
    refused: str | None = None
    says: str = ""
    state: str | None = None


class Then(Part):
    """What must be so in the end; what is not named is not looked at.

    `log` and `notices` are in order; `log` may leave events out, `notices` may not. `letters` are pieces of the text of
    a notice. `tasks` are all tasks as "kind: state". `about` is the state of the case that this one is about.
    """

    state: str
    about: str | None = None
    outcome: str | None = None
    closed: bool = True
    arrived_on: str | None = None
    clocks: dict[str, str] = {}
    due: dict[str, str] = {}
    breached: tuple[str, ...] = ()
    notices: tuple[str, ...] | None = None
    numbers: dict[str, str] | None = None
    tasks: tuple[str, ...] | None = None
    log: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    start_month: str | None = None
    amounts: dict[str, int] = {}
    registered: tuple[str, ...] | None = None
    links: tuple[str, ...] | None = None
    letters: dict[str, tuple[str, ...]] = {}


class Scenario(Part):
    """One story of one case."""

    id: str
    procedure: str
    says: str
    given: Given
    when: tuple[Step, ...]
    then: Then

    def steps(self) -> tuple[Step, ...]:
        """The commands one by one, with the shared paths written out."""
        return tuple(one for step in self.when for one in _written_out(self.procedure, step))


@functools.cache
def scenarios() -> dict[str, Scenario]:
    """Every scenario by id, in the order of files and of their tables."""
    found: dict[str, Scenario] = {}
    if lost := sorted(file.name for file in HERE.glob("*.toml")):
        raise ValueError(f"a scenario belongs into the folder of its procedure: {lost}")
    for file in sorted(HERE.glob("*/*.toml")):
        for name, table in tomllib.loads(file.read_text("utf-8")).items() if file.name != SHARED else ():
            if name in found:
                raise ValueError(f"two scenarios are called {name}")
            found[name] = Scenario(id=name, procedure=file.parent.name, **table)
    return found


@functools.cache
def _paths(procedure: str) -> dict[str, tuple[Step, ...]]:
    tables = tomllib.loads((HERE / procedure / SHARED).read_text("utf-8"))
    return {name: tuple(Step(**row) for row in rows) for name, rows in tables.items()}


def _written_out(procedure: str, step: Step) -> tuple[Step, ...]:
    """The steps of a path; the first takes over the hour, the last the state expected."""
    if step.do != "path":
        return (step,)
    inner = [one for row in _paths(procedure)[step.what] for one in _written_out(procedure, row)]
    inner[0] = inner[0].model_copy(update={"at": step.at})
    inner[-1] = inner[-1].model_copy(update={"state": step.state or inner[-1].state})
    return tuple(inner)
