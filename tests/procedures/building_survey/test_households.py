"""One building and its twenty households: one survey for all of them, before and after they apply."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from engine.actors import Actor
from engine.clock import SimulatedClock
from engine.commands import Engine
from engine.delivery import deliver_signals
from engine.errors import NotPossibleNow
from engine.store import Store
from engine.verify import verify_everything
from office.asking import instant
from office.office import engine_for
from tests.house.layout import ROOT
from tests.scenarios.stage import declared

SURVEY, CERTIFICATE = "building_survey", "disaster_damage_certificate"
KNOWN = {"code_open": True, "receipt_until": "2025-08-31", "dwelling": True, "in_register": True}
ASKED_LATER = ("identity_check", "submitter", "standing", "disaster_code", "house_address", "head", "copies")
HOUSEHOLDS = 20


def example(procedure: str) -> dict[str, Any]:
    """The example of a form."""
    document: dict[str, Any] = json.loads(
        (ROOT / "forms" / "disaster" / f"{procedure}.example.json").read_text("utf-8")
    )
    return document


@dataclass
class Town:
    """The city after a storm."""

    engine: Engine

    def fire(self, case: int, event: str, by: str, **answers: object) -> None:
        """Let somebody do something."""
        self.engine.fire(case, event, Actor.parse(by), answers or None)

    def state(self, case: int) -> str:
        """Where a case stands."""
        with self.engine.store.reading() as tx:
            found = tx.case(case)
        assert found is not None
        return found.state

    def fact(self, case: int, name: str) -> object:
        """What a case knows."""
        with self.engine.reading(case) as work:
            return work.read(f"fact.{name}")

    def deliver(self) -> None:
        """Let every case hear what waits for it."""
        assert deliver_signals(self.engine).failed == []

    def survey(self, building: str = "K-1201") -> int:
        """A survey begun by the city, planned for a day."""
        clerk = Actor.parse("clerk:k1")
        case = self.engine.open(SURVEY, clerk).case_id
        self.fire(case, "describe", "clerk:k1", **example(SURVEY) | {"disaster_code": "2026-typhoon-21"})
        self.plan(case, building)
        return case

    def plan(self, case: int, building: str = "K-1201") -> None:
        """Give a described building its number and its day."""
        clerk = Actor.parse("clerk:k1")
        self.engine.establish(case, clerk, {"building_no": building})
        self.engine.look(case, clerk, {"only_one": True})
        self.fire(case, "assign_single", "clerk:k1", team="1班", visit_on="2025-06-12")

    def looked(self, case: int, ratio: int) -> None:
        """The first survey, from which a grade follows."""
        self.fire(case, "survey_first", "survey_team:f1", how="ratio", ratio=ratio)
        self.engine.look(case, Actor.parse("clerk:k1"), {"first_method": True, "whole_building": True})
        self.fire(case, "grade", "clerk:k1")

    def reviewed(self, person: str, building: str = "K-1201", kind: str = "new") -> int:
        """The application of a household whose building was found, with every check of the counter."""
        applicant, counter = Actor.parse(f"applicant:{person}"), Actor.parse("counter:c1")
        case = self.engine.open(CERTIFICATE, applicant).case_id
        document = copy.deepcopy(example(CERTIFICATE)) | {"request_kind": kind}
        document["head"]["birth_date"] = f"19{60 + len(person) + int(person[1:]) % 30}-04-{int(person[1:]) % 28 + 1:02}"
        if kind != "new":
            more = {"prior_grade": "hankai", "retry_reason": "床を見ていない"} if kind == "reexam" else {}
            document = {name: document[name] for name in ASKED_LATER} | {"request_kind": kind} | more
        self.engine.fire(case, "submit", applicant, document)
        self.engine.establish(case, counter, {**KNOWN, "building_no": building})
        self.engine.look(case, counter, {"identity": True, "attorney": True})
        return case

    def applied(self, person: str, building: str = "K-1201") -> int:
        """An application that was accepted."""
        case = self.reviewed(person, building)
        self.fire(case, "pass", "counter:c1")
        return case

    def issued(self, case: int, grade: str) -> None:
        """The certificate of a household, from the grade of its building."""
        clerk = Actor.parse("clerk:k1")
        self.engine.establish(case, clerk, {"large_disaster": True})
        self.engine.look(case, clerk, {"causation": True, "whole_building": True})
        self.fire(case, "draft", "clerk:k1", grade=grade)
        self.fire(case, "decide", "unit_chief:u1")
        self.fire(case, "issue", "counter:c1")


@pytest.fixture
def town() -> Iterator[Town]:
    with Store.open(":memory:", practice=True) as store:
        clock = SimulatedClock(instant("2025-06-10T10:00"))
        town = Town(engine_for(declared("hitachinaka"), store, clock))
        yield town
        with store.reading() as tx:
            assert verify_everything(tx) == []


def test_one_survey_serves_twenty_households_and_was_there_before_them(town: Town) -> None:
    survey = town.survey()
    homes = [town.applied(f"p{number}") for number in range(HOUSEHOLDS)]
    for home in homes:
        town.fire(home, "triage_onsite", "clerk:k1")
    town.deliver()
    assert {town.state(home) for home in homes} == {"survey_scheduled"}
    town.looked(survey, 35)
    town.deliver()
    assert {(town.state(home), town.fact(home, "grade")) for home in homes} == {("judged", "中規模半壊")}
    with town.engine.store.reading() as tx:
        assert [case.procedure for case in tx.cases()].count(SURVEY) == 1
        assert sorted(link.case_id for link in tx.linked_to(survey)) == homes


def test_the_first_household_opens_the_survey_and_who_comes_after_it_is_graded_at_once(town: Town) -> None:
    first, second = town.applied("p1"), town.applied("p2")
    for home in (first, second):
        town.fire(home, "triage_onsite", "clerk:k1")
    town.deliver()
    survey = second + 1
    assert town.state(survey) == "not_planned"
    town.plan(survey)
    town.looked(survey, 55)
    town.deliver()
    assert (town.state(first), town.state(second)) == ("judged", "judged")
    late = town.applied("p3")
    assert town.state(late) == "joining"
    town.deliver()
    assert (town.state(late), town.fact(late, "grade")) == ("judged", "全壊")
    elsewhere = town.applied("p4", "K-1202")
    assert town.state(elsewhere) == "accepted"


def test_a_second_survey_asked_by_one_household_is_noted_at_the_others(town: Town) -> None:
    survey = town.survey()
    asking, other = town.applied("p1"), town.applied("p2")
    for home in (asking, other):
        town.fire(home, "triage_onsite", "clerk:k1")
    town.looked(survey, 25)
    town.deliver()
    for home in (asking, other):
        town.issued(home, "半壊")
    town.fire(asking, "request_reexam", "applicant:p1", reason="床を見ていない")
    town.fire(asking, "schedule_second", "clerk:k1", inside_ok=True)
    town.deliver()
    assert town.state(survey) == "assigned"
    town.fire(survey, "survey_second", "survey_team:f1", how="ratio", ratio=33)
    town.engine.look(survey, Actor.parse("clerk:k1"), {"second_method": True})
    town.fire(survey, "regrade", "clerk:k1")
    town.deliver()
    assert (town.state(asking), town.state(other)) == ("rejudged", "issued")
    with town.engine.reading(other) as work:
        assert "building_regraded" in work.whole.case.memo["noted"]
        assert work.whole.case.outcome == "hankai"


def test_a_later_request_goes_on_in_the_case_of_the_certificate(town: Town) -> None:
    survey = town.survey()
    home = town.applied("p1")
    town.fire(home, "triage_onsite", "clerk:k1")
    town.looked(survey, 25)
    town.deliver()
    town.issued(home, "半壊")
    copies = town.reviewed("p1", kind="copy")
    town.fire(copies, "hand_over", "counter:c1")
    town.deliver()
    assert (town.state(copies), town.state(home)) == ("handed_over", "issued")
    assert (town.fact(home, "later_kind"), town.fact(home, "copies")) == ("copy", 1)
    again = town.reviewed("p1", kind="reexam")
    town.fire(again, "hand_over", "counter:c1")
    town.deliver()
    assert (town.state(home), town.fact(home, "retry_reason")) == ("reexam_requested", "床を見ていない")


def test_the_same_household_does_not_get_a_second_certificate_for_the_same_house(town: Town) -> None:
    survey = town.survey()
    home = town.applied("p1")
    town.fire(home, "triage_onsite", "clerk:k1")
    town.looked(survey, 25)
    town.deliver()
    town.issued(home, "半壊")
    twice = town.reviewed("p1")
    with pytest.raises(NotPossibleNow):
        town.fire(twice, "pass", "counter:c1")
    town.applied("p2")


def test_a_survey_that_was_dropped_is_begun_anew_for_who_still_waits(town: Town) -> None:
    home = town.applied("p1")
    town.fire(home, "triage_onsite", "clerk:k1")
    town.deliver()
    town.fire(home + 1, "drop", "clerk:k1", reason="棟の取り違え")
    town.deliver()
    with town.engine.reading(home) as work:
        assert "survey_dropped" in work.whole.case.memo["noted"]
    town.fire(home, "ask_again", "clerk:k1")
    town.deliver()
    assert town.state(home + 2) == "not_planned"
