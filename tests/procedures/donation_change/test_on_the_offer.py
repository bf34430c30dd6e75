"""A change acts on the offer of the same person that is registered, and both cases tell each other so."""

from __future__ import annotations

import datetime as dt
from typing import Any

from engine.actors import Actor
from engine.clock import JST, SimulatedClock
from engine.delivery import deliver_signals
from engine.store import Store
from tests.scenarios.scenario import Form, scenarios
from tests.scenarios.stage import Played, changed, document, play

APPLICANT, COUNTER, CHIEF = (Actor.parse(post) for post in ("applicant:p1", "counter:c1", "unit_chief:u1"))
TO_DECEMBER = {"change_kind": "months", "new_months": ["2025-12", "2026-02"]}
STOP = {"change_kind": "stop"}


def filed(offer: Played, answers: dict[str, Any], event: str) -> Played:
    """A change from October that was checked and registered, after the signals were delivered."""
    one = Played(offer.engine, offer.engine.open("donation_change", APPLICANT).case_id)
    drop = ("new_donation_kind", "new_amount") if answers else ()
    one.document = changed(document("donation_change", Form()), answers, drop)
    one.engine.fire(one.case_id, "submit", APPLICANT, one.document)
    one.engine.look(one.case_id, COUNTER, {"signer": True})
    one.engine.fire(one.case_id, "pass", COUNTER)
    one.engine.fire(one.case_id, event, CHIEF, {"first_month": "2025-10"})
    deliver_signals(one.engine)
    deliver_signals(one.engine)
    return one


def month_now(offer: Played) -> object:
    return offer.value("first_month")


def test_a_change_of_the_amount_is_registered_and_told_back() -> None:
    with Store.open(":memory:", practice=True) as store:
        offer = play(scenarios()["donation_registered"], store)
        change = filed(offer, {}, "apply")
        assert (change.whole.case.state, offer.log[-1].event) == ("changed", "change_by_p7")
        with offer.engine.reading(offer.case_id) as work:
            facts = [work.read(f"fact.{name}") for name in ("amount_from", "new_donation_kind", "new_amount")]
        assert facts == ["2025-10", "part", 10000]


def test_a_change_of_the_months_leaves_what_comes_before_and_moves_the_rest() -> None:
    with Store.open(":memory:", practice=True) as store:
        offer = play(scenarios()["donation_registered"], store)
        filed(offer, TO_DECEMBER, "apply")
        with offer.engine.reading(offer.case_id) as work:
            assert work.read("fact.listed_months") == "2025-12 2026-02 "
        assert month_now(offer) == "2025-08"


def test_an_offer_that_is_stopped_ends_after_the_month_before() -> None:
    with Store.open(":memory:", practice=True) as store:
        offer = play(scenarios()["donation_registered"], store)
        change = filed(offer, STOP, "apply_stop")
        assert (change.whole.case.state, offer.whole.case.state) == ("stopped", "registered")
        clock = offer.engine.ports.clock
        assert isinstance(clock, SimulatedClock)
        clock.set(dt.datetime(2025, 8, 9, 9, 0, tzinfo=JST))
        offer.engine.tick()
        paid = {"month": "2025-08", "allowance": 30000, "deducted": 0, "donated": 5000}
        offer.engine.fire(offer.case_id, "take_in", Actor.parse("section_chief:s1"), paid)
        offer.engine.fire(offer.case_id, "issue_receipt", Actor.parse("clerk:k1"))
        assert offer.whole.case.state == "stopped"
