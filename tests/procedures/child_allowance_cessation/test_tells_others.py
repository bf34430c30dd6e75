"""A cessation ends what was registered for the recipient, and a move of a recipient opens one."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.actors import Actor
from engine.delivery import deliver_signals, register_event
from engine.people import Person
from engine.store import Store
from tests.scenarios.scenario import Form, scenarios
from tests.scenarios.stage import Played, changed, document, play

APPLICANT, COUNTER, CLERK, CHIEF = (
    Actor.parse(post) for post in ("applicant:p1", "counter:c1", "clerk:k1", "section_chief:s1")
)
SAME_DAY = "2025-06-30"


def ceased(other: Played) -> Played:
    """A cessation of the person of another case, decided on the same engine, with the signals delivered."""
    one = Played(other.engine, other.engine.open("child_allowance_cessation", APPLICANT).case_id)
    born = other.document["applicant"]["birth_date"]
    one.document = changed(document("child_allowance_cessation", Form()), {"applicant.birth_date": born})
    one.engine.fire(one.case_id, "submit", APPLICANT, one.document)
    one.engine.look(one.case_id, COUNTER, dict.fromkeys(("identity", "recipient", "reason"), True))
    one.engine.fire(one.case_id, "pass", COUNTER)
    facts = {"changed_on": SAME_DAY, "ledger_children": 2, "elders_counted": 0, "paid_through": "2025-05"}
    one.engine.establish(one.case_id, CLERK, facts)
    one.engine.look(one.case_id, CLERK, {"public_servant": True})
    one.engine.fire(one.case_id, "propose", CLERK, {"ceased_on": SAME_DAY, "last_month": "2025-06"})
    one.engine.fire(one.case_id, "decide", CHIEF)
    deliver_signals(one.engine)
    return one


@pytest.mark.parametrize(
    ("scenario", "state", "event"),
    [
        ("granted_and_paid", "granted", "cease"),
        ("donation_registered", "lapsed", "lapse_by_register"),
        ("fees_registered", "closed", "end_by_register"),
    ],
)
def test_what_was_registered_ends_with_the_cessation(scenario: str, state: str, event: str) -> None:
    with Store.open(":memory:", practice=True) as store:
        other = play(scenarios()[scenario], store)
        case = ceased(other)
        with store.reading() as tx:
            (kept,) = tx.registrations(other.case_id)
            links = [(link.to_case, link.kind) for link in tx.links(case.case_id)]
        assert kept.ended_at is not None
        assert links == [(other.case_id, "amends")]
        assert (other.whole.case.state, other.log[-1].event) == (state, event)


def test_an_open_report_of_the_recipient_is_not_needed_any_more() -> None:
    with Store.open(":memory:", practice=True) as store:
        report = play(scenarios()["status_corrected"], store)
        case = ceased(report)
        with store.reading() as tx:
            assert [(link.to_case, link.kind) for link in tx.links(case.case_id)] == [(report.case_id, "joins")]
        assert (report.whole.case.state, report.log[-1].event) == ("led_to_change", "ceased")


def test_the_allowance_is_registered_until_the_day_it_ceased() -> None:
    with Store.open(":memory:", practice=True) as store:
        claim = play(scenarios()["granted_and_paid"], store)
        ceased(claim)
        with store.reading() as tx:
            assert [row.until_day for row in tx.registrations(claim.case_id)] == [SAME_DAY]


def test_a_move_of_a_recipient_opens_one_case_of_cessation_ex_officio() -> None:
    with Store.open(":memory:", practice=True) as store:
        claim = play(scenarios()["granted_and_paid"], store)
        who = claim.document["applicant"]
        person = Person(name_kana=who["name_kana"], birth_date=who["birth_date"])
        for number, event in enumerate(("moved_out", "death")):
            register_event(claim.engine, f"R-{number}", event, person, dt.date(2022, 11, 5), {})
            deliver_signals(claim.engine)
        with store.reading() as tx:
            (link,) = tx.links(claim.case_id)
        opened = Played(claim.engine, link.to_case or 0)
        case = opened.whole.case
        assert (case.procedure, case.state) == ("child_allowance_cessation", "ex_officio_opened")
        with opened.engine.reading(opened.case_id) as work:
            assert work.read("fact.moved_out_on") == "2022-11-05"
