"""A city whose staff and figures are mostly assumed runs like any other, and its report says what was assumed."""

from __future__ import annotations

import pytest

from office.office import definitions
from simulation.results import Results
from simulation.year import simulate
from tests.simulation.conftest import FIRST

NOTICE = "care_plan_office_notification"


@pytest.fixture(scope="module")
def ran() -> Results:
    return simulate(definitions("kitaibaraki"), first=FIRST, last=FIRST, scenario="as-is", seed=1, only=[NOTICE])


def test_every_case_is_accounted_for_and_handled_by_its_people(ran: Results) -> None:
    (one,) = ran.procedures
    assert one.accounted == one.opened > 0
    assert {post.people for post in ran.posts} == {1, 3}


def test_the_report_tells_assumed_figures_from_the_hours_that_the_plan_states(ran: Results) -> None:
    told = {row.label: row for row in ran.assumptions}
    assert told["人口"].value == "40,000"
    assert told["職ごとの人数(常勤換算)"].assumption
    assert "平日の開庁時間" not in told
