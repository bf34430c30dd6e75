"""A surge: many applications besides the usual ones, people who come to help, and bad files told in sentences."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from engine.errors import DefinitionError, UnknownThing
from simulation.preparing import reinforce, simulated_of, staff_of
from simulation.surge import surge_named
from simulation.year import simulate
from tests.simulation.conftest import FIRST

if TYPE_CHECKING:
    from pathlib import Path

    from office.office import Definitions

NOTICE = """
assumption = true
label = "試し"
source = "試しの仮定"
procedure = "pregnancy_notice"
first_day = 1
daily = [3, 4]
"""


def written(folder: Path, text: str) -> str:
    path = folder / "surge.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_applications_of_a_surge_come_besides_the_usual_ones(declared: Definitions, tmp_path: Path) -> None:
    only, day = ["pregnancy_notice"], FIRST + dt.timedelta(days=2)
    usual = simulate(declared, first=FIRST, last=day, scenario="as-is", seed=1, only=only)
    surge = surge_named(written(tmp_path, NOTICE))
    more = simulate(declared, first=FIRST, last=day, scenario="as-is", seed=1, only=only, surge=surge)
    assert more.procedures[0].opened == usual.procedures[0].opened + 7
    assert more.procedures[0].accounted == more.procedures[0].opened
    assert any(row.label.startswith("試し") and row.assumption for row in more.assumptions)


def test_those_who_help_are_there_from_their_first_day_to_their_last(declared: Definitions) -> None:
    surge = surge_named("flood_week")
    simulated = {surge.procedure: simulated_of(declared, surge.procedure)}
    staff = staff_of(declared, simulated, 1)
    usual = len(staff.people["safety_and_residents/survey_team"])
    reinforce(staff, surge, FIRST, simulated)
    helper = staff.people["safety_and_residents/survey_team"][usual]
    days = [FIRST + dt.timedelta(days=n) for n in range(80)]
    there = [day for day in days if staff.is_in(helper, day)]
    assert FIRST + dt.timedelta(days=7) <= min(there) <= max(there) <= FIRST + dt.timedelta(days=45)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (NOTICE.replace("daily = [3, 4]", "daily = []"), "daily"),
        (NOTICE.replace("daily = [3, 4]", "daily = [0]"), "0件"),
        (NOTICE.replace("daily = [3, 4]", "daily = [3, -4]"), "2日目が-4件"),
        (NOTICE.replace("daily = [3, 4]", "daily = [1000000000]"), "1日目が1,000,000,000件"),
        (NOTICE.replace("daily = [3, 4]", f"daily = {[20_000] * 20}"), "250,000件"),
        (NOTICE.replace("label", "lable"), "lable"),
        (NOTICE + 'staffing = [{ id = "a", label = "A" }, { id = "a", label = "B" }]', "二つ"),
        (
            NOTICE + 'support = [{ department = "d", post = "p", staff = 1, from_day = 3, until_day = 2 }]',
            "until_day",
        ),
        ("assumption = yes", "読めません"),
    ],
    ids=["no days", "nobody", "less", "absurd", "too many", "misspelt", "twice", "backwards", "no TOML"],
)
def test_a_bad_file_is_told(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DefinitionError) as told:
        surge_named(written(tmp_path, text))
    assert any(said in f"{problem.path} {problem.ja}" for problem in told.value.problems)
    assert all(problem.line for problem in told.value.problems)


def test_an_unknown_name_and_a_procedure_that_does_not_run_are_told(declared: Definitions) -> None:
    with pytest.raises(UnknownThing, match="flood_week"):
        surge_named("flood_weak")
    notice = {"pregnancy_notice": simulated_of(declared, "pregnancy_notice")}
    with pytest.raises(UnknownThing, match="disaster_damage_certificate"):
        reinforce(staff_of(declared, notice, 1), surge_named("flood_week"), FIRST, notice)
