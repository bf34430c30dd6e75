"""Figures that no run could end with are told before it begins, all at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine.errors import DefinitionError
from engine.municipality import Municipality, OpeningHours, Stated
from office.office import Definitions
from procedures.plan_rows import Arrivals, DeskHours, Work
from simulation.plausible import require_plausible
from simulation.preparing import population, simulated_of
from simulation.year import simulate
from tests.simulation.conftest import FIRST, LAST

CARD = "insured_card_reissue"


def test_everything_absurd_is_told_at_once_and_nothing_else(declared: Definitions) -> None:
    one = simulated_of(declared, CARD)
    city = declared.municipality
    require_plausible(city, {CARD: one}, FIRST, LAST, population(city))
    changed = {
        "desk_hours": (DeskHours(role="clerk", opens=dt.time(15), closes=dt.time(13)),),
        "work": (Work(id="check", label="確認", as_is=1, to_be=1, by_channel={"mail": 1e9}),),
        "arrivals": Arrivals(per_year=1e12, city_population=1, monthly_weights={"3": -1.0}),
    }
    absurd = replace(one, plan=one.plan.model_copy(update=changed))
    with pytest.raises(DefinitionError) as told:
        require_plausible(city, {CARD: absurd}, FIRST, LAST, population(city))
    assert [problem.path[0] for problem in told.value.problems] == ["desk_hours", "work", "arrivals", "arrivals"]
    assert {problem.rule for problem in told.value.problems} == {"S007"}


@pytest.mark.parametrize(("share", "people"), [(1.0, 100), (-0.1, 100), (0.1, 0)], ids=["nobody", "less", "empty"])
def test_a_city_in_which_nobody_works_or_lives_is_refused(share: float, people: int) -> None:
    stated = Stated(id="absence_share", label="不在", value=share, assumption=True)
    with pytest.raises(DefinitionError, match="1件"):
        require_plausible(Municipality(id="c", label="市", stated=(stated,)), {}, FIRST, LAST, people)


def test_a_hall_that_never_opens_is_refused() -> None:
    closed = tuple(FIRST + dt.timedelta(days=n) for n in range(200))
    city = Municipality(id="c", label="市", hours=OpeningHours(closed_days=closed))
    with pytest.raises(DefinitionError) as told:
        require_plausible(city, {}, FIRST, FIRST, 100)
    assert [(one.rule, one.path) for one in told.value.problems] == [("S007", ("hours", "closed_days"))]
    assert "開庁日が一日もありません" in told.value.problems[0].ja
    require_plausible(city.model_copy(update={"hours": OpeningHours(closed_days=closed[:40])}), {}, FIRST, FIRST, 100)


def test_a_run_is_refused_before_its_first_day(declared: Definitions) -> None:
    absent = Stated(id="absence_share", label="不在", value=1, assumption=True)
    city = declared.municipality.model_copy(update={"stated": (absent,)})
    with pytest.raises(DefinitionError):
        simulate(replace(declared, municipality=city), first=FIRST, last=FIRST, scenario="as-is", seed=1, only=[CARD])
