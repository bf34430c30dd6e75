"""A report that never came ends the certification it is about, and with it the use of the place."""

from __future__ import annotations

from engine.actors import Actor
from engine.clock import SimulatedClock
from engine.delivery import deliver_signals
from engine.store import Store
from office.asking import instant
from tests.scenarios.scenario import Form, scenarios
from tests.scenarios.stage import Played, document, play

APPLICANT, COUNTER, CLERK = (Actor.parse(name) for name in ("applicant:p1", "counter:c1", "clerk:k1"))
CHIEF, HEAD = Actor.parse("unit_chief:u1"), Actor.parse("section_chief:s1")
CERTIFIED = {
    "category": "3",
    "hours": "standard",
    "valid_from": "2026-04-01",
    "valid_to": "2027-06-13",
    "bracket": "D7",
}


def at(one: Played, moment: str) -> None:
    """Time goes on, and what is under way between cases arrives."""
    clock = one.engine.ports.clock
    assert isinstance(clock, SimulatedClock)
    clock.set(instant(moment))
    one.engine.tick()
    deliver_signals(one.engine)


def certified(place: Played) -> Played:
    """The certification of the child that has the place."""
    one = Played(place.engine, place.engine.open("childcare_certification", APPLICANT).case_id)
    one.engine.fire(one.case_id, "submit", APPLICANT, document("childcare_certification", Form()))
    one.engine.establish(one.case_id, CLERK, {"other_city_live": False, "starts_on": "2026-04-01"})
    looked = ("identity", "evidence", "residence", "reason", "grandparents", "tax")
    one.engine.look(one.case_id, COUNTER, dict.fromkeys(looked[:3], True))
    one.engine.fire(one.case_id, "pass", COUNTER)
    one.engine.look(one.case_id, CLERK, dict.fromkeys(looked[3:], True))
    one.engine.fire(one.case_id, "propose", CLERK, CERTIFIED)
    for actor, event in ((CHIEF, "endorse"), (HEAD, "decide"), (COUNTER, "issue")):
        one.engine.fire(one.case_id, event, actor)
    at(one, "2026-01-10T09:00")
    return one


def not_reported(about: Played) -> Played:
    """The report of October 2026 that never comes, up to the revocation that is decided and sent."""
    at(about, "2026-10-01T09:00")
    one = Played(
        about.engine, about.engine.open("childcare_current_status", CLERK, filer="p1", about=about.case_id).case_id
    )
    at(one, "2026-11-01T09:00")
    one.engine.fire(one.case_id, "remind_again", CLERK, {"how": "電話"})
    plan = {"reason": "現況届の未提出", "opinion_due": "2026-12-10"}
    one.engine.fire(one.case_id, "propose_revocation", CLERK, plan)
    one.engine.establish(one.case_id, CLERK, {"just_cause": False})
    at(one, "2026-12-11T09:00")
    why = {"ground": "cc-24", "reason": "督促しても届出がない", "ends_on": "2027-01-01"}
    one.engine.fire(one.case_id, "revoke", CLERK, why)
    one.engine.fire(one.case_id, "decide", HEAD)
    one.engine.fire(one.case_id, "issue_revocation", COUNTER)
    deliver_signals(one.engine)
    deliver_signals(one.engine)
    return one


def last_day_of(one: Played) -> str | None:
    """The last day of what a case registered."""
    with one.engine.store.reading() as tx:
        (row,) = tx.registrations(one.case_id)
    return row.until_day


def test_a_report_that_never_came_ends_certification_and_place_on_one_day() -> None:
    with Store.open(":memory:", practice=True) as store:
        place = play(scenarios()["place_enrolled"], store)
        certification = certified(place)
        assert (last_day_of(certification), last_day_of(place)) == ("2027-06-13", "2031-03-31")
        report = not_reported(certification)
        assert report.whole.case.state == "revoked"
        assert (last_day_of(certification), last_day_of(place)) == ("2026-12-31", "2026-12-31")
        assert place.whole.case.state == "closed"
