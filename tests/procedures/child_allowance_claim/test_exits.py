"""Every transition that the facts print is taken by a scenario, by the events of our declaration."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import Any

import pytest

from engine.state import LogRow
from tests.scenarios.scenario import scenarios
from tests.scenarios.stage import declared, in_order, play

TYPED = tomllib.loads((Path(__file__).parent / "exits.toml").read_text("utf-8"))
ROWS: list[dict[str, Any]] = TYPED["transitions"]
STATES = {row["id"]: row for row in TYPED["states"]}
PRINTED = 31
MAPPING = Path(__file__).parents[3] / "docs" / "reference" / "mapping.md"


def sources(row: dict[str, Any]) -> list[str]:
    return list(row["from"].split("|"))


@functools.cache
def log_of(scenario: str) -> tuple[LogRow, ...]:
    played = play(scenarios()[scenario], ":memory:")
    with played.engine.store:
        return tuple(played.log)


def test_no_transition_of_the_facts_is_missing() -> None:
    assert len(ROWS) == PRINTED
    assert len({(row["from"], row["event"], row["to"]) for row in ROWS}) == PRINTED
    ends = {"closed", "withdrawn", "returned"}
    assert {state for row in ROWS for state in sources(row)} == set(STATES) - ends
    assert {row["to"] for row in ROWS} == set(STATES) - {"draft"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['from'][:20]}-{row['event']}")
def test_a_transition_of_the_facts_is_taken_by_its_scenarios(row: dict[str, Any]) -> None:
    assert ("scenarios" in row) != ("reason" in row)
    for name in row.get("scenarios", []):
        events = [entry.event for entry in log_of(name)]
        assert in_order(events, tuple(row["ours"])) == row["ours"], f"{name}: {events}"


@pytest.mark.parametrize("row", [row for row in ROWS if len(sources(row)) > 1], ids=lambda row: row["event"])
def test_a_transition_from_several_states_is_taken_from_each(row: dict[str, Any]) -> None:
    wanted = {STATES[name]["ours"] for name in sources(row) if not STATES[name].get("passing")}
    log = [entry for name in row["scenarios"] for entry in log_of(name)]
    assert wanted == {entry.from_state for entry in log if entry.event == row["ours"][-1]}


def test_every_state_of_ours_that_is_named_is_declared() -> None:
    procedure = declared("hitachinaka").catalogue.procedure(TYPED["procedure"])
    assert {row["ours"] for row in STATES.values()} <= {state.id for state in procedure.states}
    events = {event.id for event in procedure.events}
    events |= {event.id for task in procedure.tasks.values() for event in task.events}
    assert {event for row in ROWS for event in row.get("ours", [])} <= events


def test_the_mapping_page_names_every_state_and_event_of_the_facts() -> None:
    page = MAPPING.read_text("utf-8")
    names = [*STATES, *(row["event"] for row in ROWS)]
    assert [name for name in names if f"`{name}`" not in page] == []
