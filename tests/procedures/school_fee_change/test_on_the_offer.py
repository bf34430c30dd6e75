"""A change acts on the deduction of the same person that is registered, and both cases tell each other so."""

from __future__ import annotations

from engine.actors import Actor
from engine.delivery import deliver_signals
from engine.store import Store
from tests.scenarios.scenario import Form, scenarios
from tests.scenarios.stage import Played, document, play

APPLICANT, COUNTER, CLERK, CHIEF = map(Actor.parse, ("applicant:p1", "counter:c1", "clerk:k1", "unit_chief:u1"))


def test_a_change_of_the_rule_is_registered_and_told_back() -> None:
    with Store.open(":memory:", practice=True) as store:
        offer = play(scenarios()["fees_registered"], store)
        change = Played(offer.engine, offer.engine.open("school_fee_change", APPLICANT).case_id)
        change.engine.fire(change.case_id, "submit", APPLICANT, document("school_fee_change", Form()))
        change.engine.fire(change.case_id, "pass", COUNTER)
        change.engine.look(change.case_id, CLERK, {"no_past": True, "creditor": True})
        change.engine.fire(change.case_id, "notify_creditor", CLERK)
        change.engine.fire(change.case_id, "apply", CHIEF, {"first_month": "2025-10"})
        deliver_signals(change.engine)
        deliver_signals(change.engine)
        assert (change.whole.case.state, offer.log[-1].event) == ("changed", "change_by_p9")
        with offer.engine.reading(offer.case_id) as work:
            facts = [work.read(f"fact.{name}") for name in ("amount_from", "new_amount_rule")]
        assert facts == ["2025-10", "full_fee"]
