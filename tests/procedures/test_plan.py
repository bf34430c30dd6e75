"""A plan of assumptions: what it may say, and every mistake of it told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.errors import DefinitionError
from procedures.files import our_folder
from procedures.plan import load_plan

if TYPE_CHECKING:
    from pathlib import Path

OURS = sorted(our_folder().glob("*/*.simulation.toml"))


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_our_plans_load_and_say_that_they_are_assumptions(path: Path) -> None:
    plan = load_plan(path)
    assert plan.assumption
    assert plan.source


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_the_shares_of_channels_add_up(path: Path) -> None:
    plan = load_plan(path)
    for scenario in ("as-is", "to-be"):
        assert not plan.channels or sum(c.of(scenario) for c in plan.channels) == pytest.approx(1)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "x.simulation.toml"
    file.write_text(
        "assumption = true\nchanels = []\n[arrivals]\nper_year = -1\ncity_population = 1\n", encoding="utf-8"
    )
    with pytest.raises(DefinitionError) as caught:
        load_plan(file)
    assert {problem.path for problem in caught.value.problems} == {
        ("chanels",),
        ("arrivals", "per_year"),
    }


def test_a_missing_plan_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="定義に1件"):
        load_plan(tmp_path / "none.simulation.toml")
