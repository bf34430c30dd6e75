"""Random legal and illegal commands keep every promise; all events of the made-up procedures are reached on the way."""

import copy
import json
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from engine.actors import Actor
from engine.clock import SimulatedClock
from engine.scope import changed_by, roots_of
from engine.store import Store
from engine.work import Work
from office.office import definitions, engine_for
from tests.engine.desk import Desk
from tests.engine.journeys import PERMIT
from tests.engine.made_up.shelf import TOWN, declared
from tests.engine.walks import Walk, start_of

MADE_UP = ("badge", "permit", "grove")
STEPS, SEEDS, MOST_WALKS = 900, tuple(range(6)), 40


def permit_answers(luck: Random) -> dict[str, Any]:
    kinds, days = ("new", "new", "new", "renewal", "report"), ("2022-07-01", "2022-07-01", "2023-05-01")
    size = luck.choice((5, 5, 15, 40))
    chosen = {"kind": luck.choice(kinds), "start_on": luck.choice(days), "size": size, "near_park": luck.random() < 0.3}
    return PERMIT | chosen | {"urgent": luck.random() < 0.2, "plan": luck.choice(("plan-1", "plan-2"))}


FORMS = {
    "badge": lambda luck: {"name": luck.choice(("山田", "鈴木"))},
    "permit": permit_answers,
    "owner": lambda luck: {"name": luck.choice(("木村", "森")), "my_number": "987654321098"},
    "grove": lambda luck: {"tree": "けやき", "wants_badge": luck.random() < 0.5},
}


def people(procedure: str) -> list[Actor]:
    """One person in each post that serves the procedure, two citizens, and every outside body."""
    whole = declared(procedure)
    outside = [Actor(role.id, f"{role.id}-1") for role in whole.roles if role.side == "outside"]
    posts = [Actor(post.id, f"{post.id}-1") for post in TOWN.posts if post.department == "streets" or post.serves]
    return [Actor("applicant", "p1"), Actor("applicant", "p2"), *posts, *outside]


@cache
def walked(seed: int) -> Walk:
    """A walk through the made-up procedures."""
    desk = Desk(Store.open(":memory:"))
    walk = Walk(desk.engine, desk.clock, Random(seed), FORMS, {name: people(name) for name in MADE_UP})
    walk.go(STEPS)
    return walk


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_walk_keeps_every_promise(seed: int) -> None:
    assert walked(seed).broken == []


def test_the_walks_reach_every_event_of_the_made_up_procedures() -> None:
    known = {(name, "", event.id) for name in MADE_UP for event in declared(name).events}
    known |= {(n, kind, e.id) for n in MADE_UP for kind, task in declared(n).tasks.items() for e in task.events}
    reached: Counter[tuple[str, str, str]] = Counter()
    for seed in range(MOST_WALKS):  # most are reached on the walks above; the last ones want a few more
        reached += walked(seed).reached
        if known <= set(reached):
            break
    print(f"{len(known & set(reached))} of {len(known)} events reached, {sum(reached.values())} times together")  # noqa: T201 - seen with -s
    assert sorted(known - set(reached)) == []


def test_the_walks_are_refused_in_every_way() -> None:
    refused: Counter[str] = sum((walked(seed).refused for seed in SEEDS), Counter())
    assert set(refused) >= {"UnknownThing", "NotPossibleNow", "NotYourTurn", "Overtaken", "BadAnswers"}


def test_the_same_seed_walks_the_same_way() -> None:
    again = walked.__wrapped__(SEEDS[0])
    assert again.reached == walked(SEEDS[0]).reached
    assert again.refused == walked(SEEDS[0]).refused


@pytest.mark.full
def test_long_random_walks_keep_every_promise() -> None:
    for seed in range(100, 140):
        desk = Desk(Store.open(":memory:"))
        walk = Walk(desk.engine, desk.clock, Random(seed), FORMS, {name: people(name) for name in MADE_UP})
        walk.go(2500)
        assert walk.broken == [], seed


CLAIM = Path(__file__).parents[2] / "forms" / "childcare" / "child_allowance_claim.example.json"


def claim(luck: Random) -> dict[str, Any]:
    answers: dict[str, Any] = copy.deepcopy(json.loads(CLAIM.read_text(encoding="utf-8")))
    answers["income_order"] = luck.choice(["claimant", "spouse", "equal"])
    return answers


@pytest.mark.parametrize("seed", range(3))
def test_a_random_walk_through_a_real_procedure_keeps_every_promise(seed: int) -> None:
    declared_here = definitions("hitachinaka")
    clock = SimulatedClock(start_of(2022))
    with Store.open(":memory:") as store:
        engine = engine_for(declared_here, store, clock)
        procedure = declared_here.catalogue.procedure("child_allowance_claim")
        posts = [
            Actor(p.id, f"{p.id}-1") for p in declared_here.municipality.posts if p.department == procedure.department
        ]
        outside = [Actor(role.id, role.id) for role in procedure.roles if role.side == "outside"]
        everybody = [Actor("applicant", "p1"), *posts, *outside]
        walk = Walk(engine, clock, Random(seed), {procedure.id: claim}, {procedure.id: everybody})
        walk.go(250)
    print(f"{len(walk.reached)} events of {procedure.id} reached: {dict(walk.reached)}")  # noqa: T201 - seen with -s
    assert walk.broken == []
    assert len(walk.reached) > 5


def test_an_effect_changes_only_those_roots_that_are_then_built_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    done = Work.do
    changed: Counter[tuple[str, str]] = Counter()
    missed: Counter[tuple[str, str]] = Counter()

    def watched(work: Work, *effect: Any) -> None:  # noqa: ANN401 - as the method has it
        before = {name: copy.deepcopy(build()) for name, build in roots_of(work).items()}
        done(work, *effect)
        named = changed_by([*effect], work.edition.judging)
        for name, build in roots_of(work).items():
            if build() != before[name]:
                changed[effect[0], name] += 1
                missed[effect[0], name] += name not in named

    monkeypatch.setattr(Work, "do", watched)
    walked.__wrapped__(seed=11)
    assert changed.keys() >= {("state", "case"), ("task", "tasks"), ("memo", "form"), ("clock.pause", "clocks")}
    assert +missed == Counter()
