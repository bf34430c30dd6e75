"""The shared machine: one for all cases of a definition, holding none of them."""

import threading

import pytest

from engine.definition.rows import Event, State
from engine.machine import Machine


class Thing:
    """Something that moves, and lets only some events through."""

    def __init__(self, state: str, closed: tuple[str, ...] = ()) -> None:
        self.state = state
        self.closed = closed
        self.asked: list[str] = []

    def permits(self, event: str) -> bool:
        self.asked.append(event)
        return event not in self.closed


STATES = [State(id=name, label=name, kind="working") for name in ("a", "b", "c")]
ROWS: list[dict[str, object]] = [
    {"id": "go", "from": ["a", "b"], "to": "c"},
    {"id": "stay", "from": "b"},
    {"id": "back", "from": "c", "to": "a", "auto": True},
    {"id": "jump", "from": "a", "to": "b", "by": "x"},
]
MACHINE = Machine(STATES, [Event.model_validate({"label": "x", **row}) for row in ROWS], lambda event: event.from_)


@pytest.mark.parametrize(
    ("state", "event", "after"),
    [
        ("a", "go", "c"),
        ("b", "go", "c"),
        ("c", "go", None),
        ("b", "stay", "b"),
        ("a", "stay", None),
        ("c", "back", "a"),
    ],
)
def test_an_event_moves_from_its_sources_and_from_nowhere_else(state: str, event: str, after: str | None) -> None:
    thing = Thing(state)
    assert MACHINE.fire(thing, event) == (after is not None)
    assert thing.state == (after or state)


def test_an_event_whose_condition_does_not_hold_moves_nothing() -> None:
    thing = Thing("a", closed=("go",))
    assert not MACHINE.fire(thing, "go")
    assert (thing.state, thing.asked) == ("a", ["go"])


def test_a_condition_is_not_asked_where_the_event_cannot_leave() -> None:
    thing = Thing("c")
    MACHINE.fire(thing, "stay")
    assert thing.asked == []


def test_an_unknown_event_moves_nothing() -> None:
    thing = Thing("a")
    assert not MACHINE.fire(thing, "fly")
    assert MACHINE.sources("fly") == ()
    assert MACHINE.leaving("nowhere") == MACHINE.unattended("nowhere") == []


@pytest.mark.parametrize("event", ["to_b", "to_c", "initial", "trigger"])
def test_nobody_jumps_to_a_state_past_the_events(event: str) -> None:
    thing = Thing("a")
    assert not MACHINE.fire(thing, event)
    assert thing.state == "a"


def test_events_leave_in_declared_order() -> None:
    assert [event.id for event in MACHINE.leaving("a")] == ["go", "jump"]
    assert [event.id for event in MACHINE.leaving("b")] == ["go", "stay"]


def test_one_machine_moves_many_at_once_and_mixes_up_none() -> None:
    things = [Thing("a") for _ in range(16)]

    def run(thing: Thing) -> None:
        for _ in range(200):
            MACHINE.fire(thing, "go")
            MACHINE.fire(thing, "back")

    threads = [threading.Thread(target=run, args=(thing,)) for thing in things]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {thing.state for thing in things} == {"a"}
    assert all(len(thing.asked) == 400 for thing in things)


def test_a_thing_is_left_without_anything_of_the_machine_in_it() -> None:
    thing = Thing("a")
    before = set(vars(thing))
    MACHINE.fire(thing, "go")
    assert set(vars(thing)) == before


def test_what_happens_by_itself_needs_nobody() -> None:
    assert [event.id for event in MACHINE.unattended("c")] == ["back"]
    assert MACHINE.unattended("a") == []
