"""Every transition that the facts print of a procedure is taken by a scenario, by the events of our declaration."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engine.state import LogRow
from engine.store import Store
from tests.scenarios.scenario import scenarios
from tests.scenarios.stage import declared, in_order, play

HERE = Path(__file__).parent
MAPPING = HERE.parents[1] / "docs" / "reference" / "mapping.md"
Row = dict[str, Any]
ANYWHERE = "*open*"  # how the facts print a transition from every state that is not an end


@dataclass(frozen=True)
class Exits:
    """One file of exits; its folder is the procedure."""

    procedure: str
    typed: dict[str, Any]

    @property
    def rows(self) -> list[Row]:
        """The transitions as the facts print them, each with what takes it."""
        return list(self.typed["transitions"])

    @property
    def states(self) -> dict[str, Row]:
        """The states of the facts by their name."""
        return {row["id"]: row for row in self.typed["states"]}


FILES = [Exits(file.parent.name, tomllib.loads(file.read_text("utf-8"))) for file in sorted(HERE.glob("*/exits.toml"))]
ROWS = [(exits, row) for exits in FILES for row in exits.rows]
FROM_SEVERAL = [(exits, row) for exits, row in ROWS if "|" in row["from"] and "scenarios" in row]
of_file = pytest.mark.parametrize("exits", FILES, ids=lambda exits: exits.procedure)


def named(value: object) -> str:
    return value.procedure if isinstance(value, Exits) else f"{value['from'][:20]}-{value['event']}"  # type: ignore[index]


def sources(row: Row) -> list[str]:
    return list(row["from"].split("|"))


@functools.cache
def log_of(scenario: str) -> tuple[LogRow, ...]:
    with Store.open(":memory:", practice=True) as store:
        return tuple(play(scenarios()[scenario], store).log)


@of_file
def test_no_transition_of_the_facts_is_missing(exits: Exits) -> None:
    assert len(exits.rows) == exits.typed["printed"]
    assert len({(row["from"], row["event"], row["to"]) for row in exits.rows}) == exits.typed["printed"]
    left = {state for row in exits.rows for state in sources(row)} - {ANYWHERE}
    assert left == set(exits.states) - set(exits.typed["ends"])
    assert {row["to"] for row in exits.rows} == set(exits.states) - set(exits.typed["starts"])


@pytest.mark.parametrize(("exits", "row"), ROWS, ids=named)
def test_a_transition_of_the_facts_is_taken_by_its_scenarios(exits: Exits, row: Row) -> None:
    assert ("scenarios" in row) != ("reason" in row)
    for name in row.get("scenarios", []):
        assert scenarios()[name].procedure == exits.procedure
        events = [entry.event for entry in log_of(name)]
        assert in_order(events, tuple(row["ours"])) == row["ours"], f"{name}: {events}"


@pytest.mark.parametrize(("exits", "row"), FROM_SEVERAL, ids=named)
def test_a_transition_from_several_states_is_taken_from_each(exits: Exits, row: Row) -> None:
    wanted = {exits.states[name]["ours"] for name in sources(row) if not exits.states[name].get("passing")}
    log = [entry for name in row["scenarios"] for entry in log_of(name)]
    assert wanted == {entry.from_state for entry in log if entry.event == row["ours"][-1]}


@of_file
def test_every_state_of_ours_that_is_named_is_declared(exits: Exits) -> None:
    procedure = declared("hitachinaka").catalogue.procedure(exits.procedure)
    assert {row["ours"] for row in exits.states.values()} <= {state.id for state in procedure.states}
    events = {event.id for event in procedure.events}
    events |= {event.id for task in procedure.tasks.values() for event in task.events}
    assert {event for row in exits.rows for event in row.get("ours", [])} <= events


@of_file
def test_the_mapping_page_names_every_state_and_event_of_the_facts(exits: Exits) -> None:
    _, _, section = MAPPING.read_text("utf-8").partition(f"(`{exits.procedure}`)")
    section = section.partition("\n## ")[0]
    names = [*exits.states, *(row["event"] for row in exits.rows)]
    assert [name for name in names if f"`{name}`" not in section] == []
