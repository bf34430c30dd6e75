"""The certification of a child and the application for a place tell each other what becomes of them."""

from __future__ import annotations

from engine.actors import Actor
from engine.clock import SimulatedClock
from engine.delivery import deliver_signals
from engine.store import Store
from office.asking import instant
from tests.scenarios.scenario import Form, scenarios
from tests.scenarios.stage import Played, document, play

APPLICANT, COUNTER, CLERK = (Actor.parse(name) for name in ("applicant:p1", "counter:c1", "clerk:k1"))
CERTIFIED = {
    "category": "3",
    "hours": "standard",
    "valid_from": "2026-04-01",
    "valid_to": "2027-06-13",
    "bracket": "D7",
}
REFUSED = {"ground": "cc-rule-1-5", "reason": "父の事由がない"}


def with_certification(store: Store) -> tuple[Played, Played]:
    """A place waiting for its round, and the certification of the same child under review."""
    place = play(scenarios()["place_pool_corrected"], store)
    other = Played(place.engine, place.engine.open("childcare_certification", APPLICANT).case_id)
    other.document = document("childcare_certification", Form())
    other.engine.fire(other.case_id, "submit", APPLICANT, other.document)
    other.engine.look(other.case_id, COUNTER, dict.fromkeys(("identity", "evidence", "residence"), True))
    other.engine.fire(other.case_id, "pass", COUNTER)
    return place, other


def signed(one: Played, issue: str) -> None:
    """A draft decided and sent."""
    for who, step in (("unit_chief:u1", "endorse"), ("section_chief:s1", "decide"), ("counter:c1", issue)):
        one.engine.fire(one.case_id, step, Actor.parse(who))


def decided(certification: Played, event: str, answers: dict[str, str]) -> None:
    """Drafted, decided, sent and told."""
    engine = certification.engine
    engine.fire(certification.case_id, event, CLERK, answers)
    signed(certification, "issue")
    clock = engine.ports.clock
    assert isinstance(clock, SimulatedClock)
    clock.set(instant("2025-11-20T09:00"))
    engine.tick()
    deliver_signals(engine)


def test_a_certification_is_known_to_the_place_that_waits() -> None:
    with Store.open(":memory:", practice=True) as store:
        place, certification = with_certification(store)
        engine, case = certification.engine, certification.case_id
        engine.establish(case, CLERK, {"other_city_live": False, "starts_on": "2026-04-01"})
        engine.look(case, CLERK, dict.fromkeys(("reason", "grandparents", "tax"), True))
        decided(certification, "propose", CERTIFIED)
        assert place.whole.case.state == "pooled"
        assert [row.event for row in place.log][-1] == "note_certified"
        with engine.reading(place.case_id) as work:
            assert work.value("conditions", "certified_now") is True


def test_a_refused_certification_leads_to_a_refusal_with_reasons() -> None:
    with Store.open(":memory:", practice=True) as store:
        place, certification = with_certification(store)
        certification.engine.look(certification.case_id, CLERK, {"reason": False})
        decided(certification, "propose_refusal", REFUSED)
        assert place.whole.case.state == "unplaceable"
        place.engine.fire(place.case_id, "propose_refusal", CLERK, {"ground": "cw-24", "reason": "認定されなかった"})
        signed(place, "issue_refusal")
        assert (place.whole.case.state, place.whole.case.outcome) == ("refused", "refused")
        assert "市長" in place.letters()[-1][1]


def test_a_withdrawn_certification_takes_the_place_out_of_the_rounds() -> None:
    with Store.open(":memory:", practice=True) as store:
        place, certification = with_certification(store)
        certification.engine.fire(certification.case_id, "withdraw", APPLICANT, {})
        deliver_signals(certification.engine)
        assert place.whole.case.state == "lapsed"
