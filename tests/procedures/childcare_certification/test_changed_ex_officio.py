"""A change ex officio takes the place of the certification it is about, and a revocation ends it, each on its day."""

from __future__ import annotations

from typing import Any

from engine.actors import Actor
from engine.clock import SimulatedClock
from engine.delivery import deliver_signals
from engine.store import Store
from office.asking import instant
from tests.scenarios.scenario import scenarios
from tests.scenarios.stage import Played, play

CLERK = Actor.parse("clerk:k1")
SHORT = {
    "category": "3",
    "hours": "short",
    "valid_from": "2026-07-01",
    "valid_to": "2027-06-13",
    "bracket": "D7",
    "ground": "cc-23",
    "reason": "就労時間が短くなったため",
}
REVOKED = {"ground": "cc-24", "reason": "保育を必要とする事由がない", "ends_on": "2026-08-01"}


def certified(store: Store) -> Played:
    """The certification of a child from April 2026 to the eve of turning three."""
    return play(scenarios()["nursery_certified"], store)


def taken_up(former: Played) -> Played:
    """A case that the clerk opens about the same child."""
    one = Played(former.engine, former.engine.open("childcare_certification", CLERK, filer="p1").case_id)
    one.document = former.document
    one.engine.fire(one.case_id, "take_up", CLERK, one.document)
    return one


def signed(one: Played, days: str) -> None:
    """Decided, sent, and told."""
    for who, event in (("unit_chief:u1", "endorse"), ("section_chief:s1", "decide"), ("counter:c1", "issue")):
        one.engine.fire(one.case_id, event, Actor.parse(who))
    clock = one.engine.ports.clock
    assert isinstance(clock, SimulatedClock)
    clock.set(instant(days))
    one.engine.tick()
    deliver_signals(one.engine)


def periods(one: Played) -> list[tuple[str, str | None]]:
    """From when to when what came of a case is registered."""
    with one.engine.store.reading() as tx:
        return [(row.since, row.until_day) for row in tx.registrations(one.case_id)]


def test_a_change_leaves_no_gap_and_no_overlap() -> None:
    with Store.open(":memory:", practice=True) as store:
        former = certified(store)
        change = taken_up(former)
        change.engine.establish(change.case_id, CLERK, {"starts_on": "2026-07-01"})
        change.engine.fire(change.case_id, "propose_change", CLERK, SHORT)
        signed(change, "2025-12-20T09:00")
        assert periods(former) == [("2026-04-01", "2026-06-30")]
        assert periods(change) == [("2026-07-01", "2027-06-13")]


def test_a_revocation_ends_the_certification_the_day_before_it_takes_effect() -> None:
    with Store.open(":memory:", practice=True) as store:
        former = certified(store)
        case = taken_up(former)
        heard: tuple[tuple[str, dict[str, Any]], ...] = (
            ("tell_plan", {"reason": "就労していない", "opinion_due": "2025-12-20"}),
            ("note_opinion", {"text": "就労の予定はない"}),
            ("propose_revocation", REVOKED),
        )
        for event, answers in heard:
            case.engine.fire(case.case_id, event, CLERK, answers)
        signed(case, "2025-12-20T09:00")
        assert (case.whole.case.state, periods(case)) == ("revoked", [])
        assert periods(former) == [("2026-04-01", "2026-07-31")]


def test_turning_three_opens_a_case_that_knows_the_child_and_the_day() -> None:
    with Store.open(":memory:", practice=True) as store:
        former = play(scenarios()["nursery_third_birthday"], store)
        deliver_signals(former.engine)
        with store.reading() as tx:
            (link,) = tx.links(former.case_id)
        assert link.to_case is not None
        case = Played(former.engine, link.to_case)
        assert (case.whole.case.state, case.whole.case.nature) == ("ex_officio_opened", "ex_officio")
        assert case.value("starts_on") == "2027-06-14"
        assert case.value("until_school") == "2031-03-31"
