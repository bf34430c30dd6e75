"""A notice ends the one before it: another office, a plan of one's own, and its end."""

from __future__ import annotations

from typing import Any

from engine.actors import Actor
from engine.delivery import deliver_signals
from engine.store import Store
from tests.scenarios.scenario import Form, scenarios
from tests.scenarios.stage import Played, changed, document, play

APPLICANT, COUNTER = Actor.parse("applicant:p1"), Actor.parse("counter:c1")
LEDGER: dict[str, object] = {
    "certification": "certified",
    "level_now": "care2",
    "office_designated": True,
    "in_facility": False,
    "restriction": "none",
}
TODAY = {"registered_on": "2025-07-01", "marking": "none"}
OTHER_OFFICE = {
    "kind": "change",
    "start_on": "2025-07-10",
    "former_number": "0870299983",
    "former_name": "居宅介護支援 なぎさ",
    "change_reason": "wish",
    "changed_on": "2025-07-10",
    "office.number": "0870299991",
    "office.name": "ケアプラン常陸",
}
PLAN_ENDS = {"kind": "end", "start_on": "2025-07-20"}


def noticed(former: Played, form: Form, answers: dict[str, Any], drop: tuple[str, ...] = ()) -> Played:
    """A later notice of the same person, checked and accepted."""
    one = Played(former.engine, former.engine.open("care_plan_office_notification", APPLICANT).case_id)
    one.document = changed(document("care_plan_office_notification", form), answers, drop)
    one.engine.fire(one.case_id, "submit", APPLICANT, one.document)
    one.engine.establish(one.case_id, COUNTER, LEDGER)
    one.engine.look(one.case_id, COUNTER, dict.fromkeys(("identity", "self_plan", "month_services", "provider"), True))
    one.engine.fire(one.case_id, "pass", COUNTER)
    return one


def last_day_of(notice: Played) -> str | None:
    """The last day of what a notice registered; None while it has none."""
    with notice.engine.store.reading() as tx:
        (row,) = tx.registrations(notice.case_id)
    return row.until_day


def test_another_office_takes_over_and_the_former_ends_the_day_before() -> None:
    with Store.open(":memory:", practice=True) as store:
        former = play(scenarios()["plan_office_registered"], store)
        change = noticed(former, Form(), OTHER_OFFICE)
        assert (former.whole.case.state, last_day_of(former)) == ("active", None)
        change.engine.fire(change.case_id, "register", COUNTER, TODAY)
        deliver_signals(change.engine)
        assert (change.whole.case.state, last_day_of(change)) == ("registered", None)
        assert (former.whole.case.state, last_day_of(former)) == ("superseded", "2025-07-09")


def test_a_plan_of_ones_own_takes_the_place_of_an_office() -> None:
    with Store.open(":memory:", practice=True) as store:
        former = play(scenarios()["plan_office_registered"], store)
        own = noticed(former, Form(example="example-self"), {"start_on": "2025-07-15"})
        own.engine.fire(own.case_id, "register", COUNTER, TODAY)
        deliver_signals(own.engine)
        assert (former.whole.case.state, last_day_of(former)) == ("superseded", "2025-07-14")


def test_a_plan_of_ones_own_ends_on_the_day_of_its_end_notice() -> None:
    with Store.open(":memory:", practice=True) as store:
        own = play(scenarios()["plan_office_self_made"], store)
        end = noticed(own, Form(example="example-self"), PLAN_ENDS, ("self_plan_known",))
        end.engine.fire(end.case_id, "close_end_notice", COUNTER)
        deliver_signals(end.engine)
        assert (end.whole.case.state, own.whole.case.state) == ("superseded", "superseded")
        assert last_day_of(own) == "2025-07-20"
