"""Every scenario, on a store in a file, in memory and on a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.verify import verify
from tests.engine.invariants import of_case
from tests.grounds import ground_called
from tests.scenarios.scenario import Scenario, Then, scenarios
from tests.scenarios.stage import Played, day, declared, in_order, play

CASES = list(scenarios().values())
NOT_PERSONAL = {"茨城県", "ひたちなか市"}
"""The city stands in the receipt number's department, not as an address."""


def _on_grounds() -> Iterator[object]:
    """Each scenario in memory; in turn on a server or a file, and on both by `make faults`."""
    for number, scenario in enumerate(CASES):
        for turn, name in enumerate(("memory", "postgres", "file")):
            rest = turn > 0 and number % 4 != turn
            yield pytest.param(scenario, name, id=f"{scenario.id}-{name}", marks=[pytest.mark.full] if rest else [])


@pytest.mark.parametrize(("scenario", "name"), list(_on_grounds()))
def test_a_scenario_ends_as_it_says(
    scenario: Scenario, name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with ground_called(name, request, tmp_path).open(practice=True) as store:
        played = play(scenario, store)
        found = list(otherwise(played, scenario.then))
        assert found == [], "\n".join([scenario.says, *found])
        _holds_for_every_case(played, scenario)


def test_a_scenario_with_a_misspelt_key_is_refused() -> None:
    with pytest.raises(ValueError, match="outcom"):
        Then.model_validate({"state": "granted", "outcom": "approved"})


def _holds_for_every_case(played: Played, scenario: Scenario) -> None:
    """Folding the log gives the state, the chain holds, every value has its digest, and no value is in the log."""
    with played.engine.store.reading() as tx:
        assert of_case(tx, played.case_id, declared(scenario.given.city).catalogue) == []
        assert verify(tx, played.case_id) == []
    told = "\n".join(" ".join(str(column) for column in (row.effects, row.event, row.person)) for row in played.log)
    answered = [answer for step in scenario.steps() for answer in (step.answers, step.facts) if answer]
    loaded, _ = declared(scenario.given.city).library.load(scenario.procedure)
    assert loaded is not None
    for outcome in sorted(loaded.outcomes, key=lambda one: -len(one.label)):  # a draft's title names one
        told = told.replace(outcome.label, "")
    values = [*_values(played.document), *_values(answered)]
    assert [value for value in values if value in told] == []


def _values(part: object) -> Iterator[str]:
    """What somebody wrote: texts that are no choices of a list, and long digits."""
    if isinstance(part, dict):
        yield from (value for one in part.values() for value in _values(one))
    elif isinstance(part, list):
        yield from (value for one in part for value in _values(one))
    elif isinstance(part, int) and not isinstance(part, bool) and part > 10**6:
        yield str(part)
    elif isinstance(part, str) and part not in NOT_PERSONAL:
        written = not part.isascii() or "@" in part or "-20" in part or (part.isdigit() and len(part) > 6)
        if written:
            yield part


def otherwise(played: Played, then: Then) -> Iterator[str]:
    """Everything that is not as the scenario says, a line each."""
    case = played.whole.case
    events = [row.event for row in played.log]
    seen: dict[str, tuple[Any, Any]] = {
        "state": (case.state, then.state),
        "outcome": (case.outcome, then.outcome),
        "closed": (case.closed, then.closed),
        "events in this order": (in_order(events, then.log), list(then.log)),
        "events that must not happen": ([name for name in then.never if name in events], []),
        "breached": (tuple(name for name, run in played.whole.clocks.items() if run.breached), then.breached),
    }
    seen |= {f"clock {n}": (played.whole.clocks[n].state, said) for n, said in then.clocks.items()}
    seen |= {f"due {n}": (played.whole.clocks[n].due_on, said) for n, said in then.due.items()}
    seen |= {f"amount {n}": (played.value(n), said) for n, said in then.amounts.items()}
    seen |= _left_behind(played, then)
    if then.arrived_on:
        seen["arrived_on"] = (day(case.arrived_at), then.arrived_on)
    if then.start_month:
        seen["start_month"] = (played.value("start_month"), then.start_month)
    yield from (f"{name}: {found!r}, not {said!r}" for name, (found, said) in seen.items() if found != said)
    yield from _missing_words(played, then)


def _left_behind(played: Played, then: Then) -> dict[str, tuple[Any, Any]]:
    """What the case left outside its state: notices, numbers, tasks, registrations, links."""
    whole = played.whole
    with played.engine.store.reading() as tx:
        registered = tuple(f"{one.kind} {one.since[:7]}" for one in tx.registrations(played.case_id))
        links = tuple(one.to_procedure for one in tx.links(played.case_id))
    found = {
        "notices": (tuple(notice for notice, _ in played.letters()), then.notices),
        "numbers": (whole.case.memo.get("numbers", {}), then.numbers),
        "tasks": (tuple(f"{t.kind}: {t.state}" for _, t in sorted(whole.tasks.items())), then.tasks),
        "registered": (registered, then.registered),
        "links": (links, then.links),
        "about": (_state_of(played, played.about), then.about),
    }
    return {name: pair for name, pair in found.items() if pair[1] is not None}


def _state_of(played: Played, case_id: int | None) -> str | None:
    with played.engine.store.reading() as tx:
        case = tx.case(case_id) if case_id else None
    return case.state if case else None


def _missing_words(played: Played, then: Then) -> Iterator[str]:
    letters = dict(played.letters())
    for notice, pieces in then.letters.items():
        text = letters.get(notice, "")
        yield from (f"notice {notice} does not say {piece!r}:\n{text}" for piece in pieces if piece not in text)
