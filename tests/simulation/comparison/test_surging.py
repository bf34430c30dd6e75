"""A surge under several answers: who is lent is missed, who comes later comes later, every case is counted each day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from engine.errors import Refusal, UnknownThing
from simulation.case_spans import CaseSpan
from simulation.comparison import surge_page
from simulation.comparison.comparing import Asked
from simulation.comparison.counted import by_day
from simulation.comparison.surging import Surged, answers_of, surged
from simulation.preparing import come, simulated_of, staff_of
from simulation.surge import Support, surge_named
from tests.house.layout import ROOT
from tests.simulation.sample_results import sample

if TYPE_CHECKING:
    from pathlib import Path

    from office.office import Definitions

FLOOD = "disaster_damage_certificate"
FILE = str(ROOT / "docs" / "how-to" / "surge" / "small_flood.toml")
FIRST = dt.date(2023, 9, 8)
ASKED = Asked("hitachinaka", FIRST, FIRST, 1, (FLOOD,), FILE, pairs=1)
LENT = Support(
    department="safety_and_residents", post="clerk", lent_by="child_policy/clerk", staff=2, from_day=2, until_day=9
)


@pytest.fixture(scope="module")
def found(declared: Definitions, tmp_path_factory: pytest.TempPathFactory) -> Surged:
    """The small flood of the how-to page under its three answers."""
    folder = tmp_path_factory.mktemp("flood")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("simulation.comparison.comparing.definitions", lambda *_: declared)
        return surged(ASKED, folder)


def test_every_application_is_counted_on_every_day_until_it_is_over(found: Surged) -> None:
    usual = found.pairs[0][0]["procedures"][FLOOD]["arrived"] - 13
    assert usual >= 0
    for one in found.outcomes:
        assert one.days[-1].arrived.value == 13 + usual
        assert [day.arrived.value for day in one.days] == sorted(day.arrived.value for day in one.days)
        assert all(day.open.value <= day.arrived.value for day in one.days)
        assert one.worst.open.value == max(day.open.value for day in one.days) > 2


def test_the_answers_share_their_luck_and_the_page_has_all(found: Surged) -> None:
    assert [one.staffing.id for one in found.outcomes] == ["alone", "lent", "cities"]
    assert len({tuple(day.arrived.value for day in one.days) for one in found.outcomes}) == 1
    page = surge_page.render(found)
    assert all(one.staffing.label in page for one in found.outcomes)
    assert "child_policy/clerk から2人" in page
    assert len(surge_page.days(found)) == 3 * len(found.outcomes[0].days)
    assert surge_page.render(found) == page


def test_who_is_lent_leaves_the_own_post_for_as_long(declared: Definitions) -> None:
    simulated = {name: simulated_of(declared, name) for name in (FLOOD, "child_allowance_cessation")}
    staff = staff_of(declared, simulated, 1)
    own = len(staff.people["child_policy/clerk"])
    come(staff, (LENT,), FIRST, "試し")
    away = [person for person in staff.people["child_policy/clerk"] if person.away]
    assert len(away) == 2
    assert own > 2
    assert away[0].away == [(FIRST + dt.timedelta(days=2), FIRST + dt.timedelta(days=9))]
    assert len(staff.people["safety_and_residents/clerk"]) == 4


def test_who_has_no_work_here_is_missed_by_nobody_and_nobody_is_left_alone(declared: Definitions) -> None:
    alone = staff_of(declared, {FLOOD: simulated_of(declared, FLOOD)}, 1)
    come(alone, (LENT,), FIRST, "試し")
    assert len(alone.people["safety_and_residents/clerk"]) == 4
    with pytest.raises(UnknownThing, match="child_policy/clerk のことですか"):
        come(alone, (LENT.model_copy(update={"lent_by": "child_policy/clark"}),), FIRST, "試し")
    both = staff_of(declared, {n: simulated_of(declared, n) for n in (FLOOD, "child_allowance_cessation")}, 1)
    with pytest.raises(Refusal, match="一人は残して"):
        come(both, (LENT, LENT), FIRST, "試し")


def test_days_are_counted_from_when_cases_came_ended_and_were_late() -> None:
    first = dt.date(2022, 4, 1)
    spans = (CaseSpan(first, first, None), CaseSpan(first, None, first + dt.timedelta(days=1)))
    results = sample()
    flooded = replace(results, first_day=first, procedures=(replace(results.procedures[0], spans=spans),))
    told = by_day(flooded, results.procedures[0].definition.id, 3)
    assert told == {"arrived": [2, 2, 2], "open": [1, 1, 1], "late": [0, 1, 1]}


def test_a_file_without_answers_is_held_against_nobodys_help() -> None:
    plain = surge_named("flood_week").model_copy(update={"staffing": ()})
    assert [one.id for one in answers_of(plain)] == ["nobody", "written"]
    assert [one.id for one in answers_of(plain.model_copy(update={"support": ()}))] == ["nobody"]


def test_what_cannot_be_is_told_before_the_first_run(declared: Definitions, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("simulation.comparison.comparing.definitions", lambda *_: declared)
        with pytest.raises(Refusal, match="--surge"):
            surged(replace(ASKED, surge=None), tmp_path / "out")
    wrong = (LENT.model_copy(update={"post": "clark"}),)
    staff = staff_of(declared, {FLOOD: simulated_of(declared, FLOOD)}, 1)
    with pytest.raises(UnknownThing, match="応援先"):
        come(staff, wrong, FIRST, "まちがい")
    assert not (tmp_path / "out").exists()
