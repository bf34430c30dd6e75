"""Who files for a change without being a recipient has filed a claim, on the day on which he did."""

from __future__ import annotations

import datetime as dt
import json

from engine.actors import Actor
from engine.clock import JST, SimulatedClock
from engine.delivery import deliver_signals
from engine.store import Store
from tests.house.layout import ROOT
from tests.scenarios.scenario import scenarios
from tests.scenarios.stage import Played, day, play

APPLICANT = Actor.parse("applicant:p1")


def opened(played: Played) -> Played:
    """The case that a story's end opened."""
    deliver_signals(played.engine)
    with played.engine.store.reading() as tx:
        (link,) = tx.links(played.case_id)
    return Played(played.engine, link.to_case or 0)


def test_the_claim_keeps_the_day_of_arrival() -> None:
    with Store.open(":memory:", practice=True) as store:
        claim = opened(play(scenarios()["amount_not_a_recipient"], store))
        assert (claim.whole.case.procedure, claim.whole.case.state) == ("child_allowance_claim", "draft")
        clock = claim.engine.ports.clock
        assert isinstance(clock, SimulatedClock)
        clock.set(dt.datetime(2025, 6, 20, 9, 0, tzinfo=JST))
        example = ROOT / "forms" / "childcare" / "child_allowance_claim.example.json"
        claim.engine.fire(claim.case_id, "submit", APPLICANT, json.loads(example.read_text("utf-8")))
        assert day(claim.whole.case.arrived_at) == "2025-06-10"


def test_where_no_child_is_left_the_cessation_is_taken_up_ex_officio() -> None:
    with Store.open(":memory:", practice=True) as store:
        ceasing = opened(play(scenarios()["amount_no_child_left"], store))
        assert ceasing.whole.case.procedure == "child_allowance_cessation"
        assert ceasing.whole.case.state == "ex_officio_opened"
