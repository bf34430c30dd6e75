"""Wherever random commands have taken a case: a rehearsal says what the move does, and the move keeps every promise."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from engine.actors import Actor
from engine.carrying import CannotMove
from engine.commands import Engine
from engine.store import Store
from tests.engine.desk import Desk
from tests.engine.invariants import complaints
from tests.engine.made_up.shelf import Shelf, changed
from tests.engine.test_migrating import EXAMINING, REQUESTED, edited, no_clock, other_words, whole
from tests.engine.test_walks import FORMS, people
from tests.engine.walks import Walk

CLERK = Actor("clerk", "k9")


def another_way() -> Shelf:
    """The permit with another desk, another check and a period of its own for what is being reviewed."""
    plain = whole()
    states = [row | ({"by": "counter"} if row["id"] == "review" else {}) for row in plain["states"]]
    checks = [row | ({"reads": ["form"]} if row["id"] == "papers" else {}) for row in plain["checks"]]
    lapse = {"id": "lapse", "label": "流れる", "from": "review", "to": "withdrawn", "after": "reminder"}
    return changed("permit", states=states, checks=checks, events=[*plain["events"], lapse])


SHELVES = {
    "edited": edited,
    "renamed": lambda: other_words(EXAMINING, REQUESTED),
    "another way": another_way,
    "no clock": no_clock,
    "nothing renamed": other_words,
}


def fate(engine: Engine, number: int) -> str:
    """The reason why a case stays, "moved" or "stands"; the rehearsal and the move agree about it."""
    would = engine.rehearse(number)
    refused: CannotMove | None = None
    moved = False
    try:
        moved = "migrated" in engine.migrate(number, CLERK).events
    except CannotMove as refusal:
        refused = refusal
    told = [one and (one.reason, one.ja) for one in (would.refusal, refused)]
    assert told[0] == told[1]
    assert moved == (refused is None and not would.stands)
    return refused.reason if refused else "moved" if moved else "stands"


@pytest.mark.parametrize("name", SHELVES)
@pytest.mark.parametrize("seed", range(2))
def test_a_walk_goes_on_under_another_edition(name: str, seed: int) -> None:
    desk = Desk(Store.open(":memory:"))
    walk = Walk(desk.engine, desk.clock, Random(seed), FORMS, {"permit": people("permit")}, most_open=12)
    walk.go(250)
    later = desk.using(SHELVES[name]())
    fates = Counter(fate(later.engine, number) for number in walk.cases)
    assert complaints(desk.store, later.ports.definitions) == []
    assert fates["moved"] or name in {"nothing renamed", "no clock"}
    assert fates.keys() <= {"moved", "stands", "closed", "ended", "decided", "drafted", "state", "task", "clock"}
    on = Walk(later.engine, later.clock, Random(seed), FORMS, walk.actors, cases=dict(walk.cases))
    on.go(150)
    assert on.broken == []
