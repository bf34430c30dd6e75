"""A scenario file: ours can be pulled in the whole city, and every mistake is told at its place before a run."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from engine.errors import DefinitionError, UnknownThing
from simulation.comparison.checks import Ground, scenario_problems
from simulation.comparison.job import plans_of
from simulation.comparison.scenario import read_scenario, scenario_named
from simulation.people import key_of

if TYPE_CHECKING:
    from pathlib import Path

    from engine.problems import Problem
    from office.office import Definitions

OURS = sorted(path.name.removesuffix(".toml") for path in (files("simulation") / "scenarios").iterdir())
HEAD = 'assumption = true\nlabel = "試し"\nsource = "仮定"\n'


@pytest.fixture(scope="module")
def ground(declared: Definitions) -> Ground:
    """All procedures of the city, and everybody in it."""
    names = tuple(entry.id for entry in declared.library.list())
    people = {key_of(post): round(post.staff) for post in declared.municipality.posts}
    return Ground(declared.municipality, people, names, plans_of(declared, names))


def problems(levers: str, ground: Ground, head: str = HEAD) -> list[Problem]:
    """What is wrong with some levers."""
    scenario, found = read_scenario(f"{head}levers = [\n{levers}\n]\n".encode(), "試し.toml")
    return found if scenario is None else scenario_problems(scenario, ground)


@pytest.mark.parametrize("name", OURS)
def test_each_of_ours_can_be_pulled_in_the_whole_city(name: str, ground: Ground) -> None:
    assert scenario_problems(scenario_named(name), ground) == []


def row(kind: str, rest: str, name: str = "a") -> str:
    """One lever of a file."""
    return f'{{ id = "{name}", kind = "{kind}", label = "てこ", {rest} }},'


ONE = [
    (row("stuff", 'post = "nursery/clerk", change = 1'), "D012", "stuff", "staff のことですか"),
    (row("staff", 'post = "nursery/clark", change = 1'), "S005", "nursery/clark", "nursery/clerk のことですか"),
    (row("staff", 'post = "nursery/clerk", change = 0'), "S006", "0 }", "0人では何も変わりません"),
    (row("staff", 'post = "nursery/clerk", change = -6'), "S006", "-6", "だれもいなくなります"),
    (row("staff", 'post = "nursery/clerk", change = 100000'), "D013", "100000", "1000 以下"),
    (row("staff", 'post = "nursery/clerk", change = 1, until_day = 3, from_day = 5'), "S006", "3, from", "より前です"),
    (row("staff", 'post = "nursery/clerk", chnge = 1'), "D010", "chnge", "change のことですか"),
    (row("online_share", "share = 1.4"), "D013", "1.4", "1 以下"),
    (
        row("online_share", 'share = 0.4, procedures = ["pregnancy_notise"]'),
        "S005",
        '["pregnancy_notise',
        "pregnancy_notice のことですか",
    ),
    (row("online_share", 'share = 0.4, minutes = { "受取" = 3 }'), "S005", '{ "受取', "受理"),
    (row("minutes", 'steps = ["recepton"], times = 0.5'), "S005", '["recepton', "reception のことですか"),
    (row("minutes", 'units = ["受理"]'), "S006", "", "どちらか一つ"),
    (row("minutes", 'units = ["受理"], minutes = 9999'), "D013", "9999", "1440 以下"),
    (row("minutes", "times = 0.5"), "S006", "", "どの作業のことか"),
    (row("minutes", 'units = ["認知"], times = 0.5'), "S005", '["認知', "想定ファイルにありません"),
    (row("minutes", 'units = ["受理"], times = 0.5, channels = ["fax"]'), "S005", '["fax', "fax"),
    (row("merge_steps", 'steps = ["reception", "reception"], minutes = 3'), "S006", '["reception', "二度"),
    (row("split_step", 'step = "reception", parts = { "受理" = 0.5, "本人確認" = 0.6 }'), "S006", '{ "受理', "1.1"),
    (row("meeting", 'meeting = "pannel", capacity = 3'), "S005", "pannel", "panel のことですか"),
    (row("meeting", 'meeting = "panel"'), "S006", "", "どれかを書いてください"),
    (row("counter_without_forms", "mistakes = 0.1"), "S006", "", "作業単位ごと"),
]


@pytest.mark.parametrize(("lever", "rule", "at", "said"), ONE, ids=[f"{n}-{one[3]}" for n, one in enumerate(ONE)])
def test_a_mistake_is_told_at_its_place(lever: str, rule: str, at: str, said: str, ground: Ground) -> None:
    (found,) = problems(lever, ground)
    assert found.rule == rule
    assert said in found.ja + found.hint
    assert (found.file, found.line) == ("試し.toml", 5)
    assert lever[found.column - 1 :].startswith(at or "{"), found.text()


def test_a_post_that_has_nothing_to_do_with_what_runs_is_told_as_that(ground: Ground) -> None:
    few = replace(ground, people={"care_insurance/counter": 3})
    (found,) = problems(row("staff", 'post = "nursery/clerk", change = 1'), few)
    assert (found.rule, found.hint) == ("S005", "動かす手続の職はcare_insurance/counter")
    assert "仕事をしません" in found.ja


TWO = [
    (row("online_share", "share = 0.4"), row("online_share", "share = 0.5", "b"), "別々に決めています"),
    (row("online_share", "share = 0.4"), row("planned", 'part = "channels"', "b"), "別々に決めています"),
    (
        row("remove_step", 'units = ["受理"]'),
        row("minutes", 'steps = ["reception"], times = 0.5', "b"),
        "でなくなります",
    ),
    (
        row("minutes", 'units = ["決裁"], minutes = 1'),
        row("electronic_approval", "minutes = 2", "b"),
        "別々に決めています",
    ),
    (
        row("meeting", 'meeting = "panel", capacity = 3'),
        row("meeting", 'meeting = "panel", capacity = 4', "b"),
        "別々に決めています",
    ),
    (row("minutes", 'units = ["受理"], minutes = 1'), row("planned", 'part = "work"', "b"), "はじめに書いてください"),
    (
        row("staff", 'post = "nursery/clerk", change = -3'),
        row("staff", 'post = "nursery/clerk", change = -3', "b"),
        "だれもいなくなります",
    ),
    (row("online_share", "share = 0.4"), row("mistakes", "times = 0.5"), "二つあります"),
]


@pytest.mark.parametrize(("one", "other", "said"), TWO, ids=range(len(TWO)))
def test_levers_that_contradict_each_other_are_told(one: str, other: str, said: str, ground: Ground) -> None:
    found = problems(f"{one}\n{other}", ground)
    assert found
    assert all(said in problem.ja for problem in found), [problem.text() for problem in found]
    assert any(problem.line == 6 for problem in found) or "二つ" in said


def test_levers_that_add_up_are_no_contradiction(ground: Ground) -> None:
    levers = [
        row("minutes", 'units = ["受理"], times = 0.5'),
        row("minutes", 'steps = ["reception"], times = 0.9', "b"),
        row("minutes", 'steps = ["reception"], minutes = 3, channels = ["online"]', "c"),
        row("minutes", 'steps = ["reception"], minutes = 4, channels = ["counter"]', "d"),
        row("staff", 'post = "nursery/clerk", change = -5, until_day = 4', "e"),
        row("staff", 'post = "nursery/clerk", change = -5, from_day = 5', "f"),
    ]
    assert problems("\n".join(levers), ground) == []


def test_a_file_without_levers_or_not_marked_as_assumed_is_refused(ground: Ground) -> None:
    found = problems("", ground, 'label = "試し"\nsource = "仮定"\n')
    assert {(problem.rule, problem.path[-1:]) for problem in found} == {("D011", ()), ("D013", ("levers",))}


def test_an_unknown_name_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UnknownThing, match="online のことですか"):
        scenario_named("onlin")
    broken = tmp_path / "broken.toml"
    broken.write_text("levers = [", encoding="utf-8")
    with pytest.raises(DefinitionError) as told:
        scenario_named(str(broken))
    assert {problem.rule for problem in told.value.problems} == {"D002"}
