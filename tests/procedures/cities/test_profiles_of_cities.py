"""What must hold of every city whose profile comes with the program, and what the plans of three of them state."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from engine.municipality import Municipality
from engine.problems import Problem
from procedures.files import our_folder
from procedures.profile_words import asked_by
from procedures.profiles import load_profile
from simulation.people import key_of
from tests.docs.writing import profiles

HOME = our_folder() / "municipalities"
CITIES = sorted(path.stem for path in HOME.glob("*.toml"))
STALE = "the profile is not what its sheet says: run `.venv/bin/python -m tests.docs.writing`"
every_city = pytest.mark.parametrize("name", CITIES)


@cache
def loaded(name: str) -> tuple[Municipality, list[Problem]]:
    city, problems = load_profile(name)
    assert city is not None, [problem.text() for problem in problems]
    return city, problems


def stated(name: str) -> dict[str, object]:
    return {one.id: one.value for one in loaded(name)[0].stated if not one.assumption}


def test_there_are_four_cities() -> None:
    assert CITIES == ["hitachinaka", "kitaibaraki", "omitama", "ryugasaki"]


@every_city
def test_nobody_is_missing_and_nothing_is_written_wrongly(name: str) -> None:
    told = [problem.text() for problem in loaded(name)[1] if problem.rule not in ("M012", "M013")]
    assert told == [], f"{name} lacks what the procedures ask for; {STALE}"


@every_city
def test_every_role_that_a_procedure_waits_for_has_a_post_with_people(name: str) -> None:
    city = loaded(name)[0]
    wanted = {(one.department, role) for one in asked_by([our_folder()]).procedures for role in one.roles}
    lacking = [f"{name}: {role} in {where}" for where, role in sorted(wanted) if not held(city, role, where)]
    assert wanted
    assert lacking == []
    assert all(post.staff >= 0.5 for post in city.posts)
    assert len({key_of(post) for post in city.posts}) == len(city.posts)


def held(city: Municipality, role: str, department: str) -> bool:
    """Whether somebody acts in a role for a department; a post's own id is a role too."""
    posts = (post for post in city.posts if role in (post.id, *post.roles))
    return any({department, "*"} & {post.department, *post.serves} for post in posts)


@every_city
def test_every_declared_procedure_has_a_department_and_so_have_the_27(name: str) -> None:
    city = loaded(name)[0]
    numbers = asked_by([our_folder()]).numbers  # a review is before a body that is none of the city's
    assert [number for number in sorted(numbers) if city.department_of(number) is None] == []


@every_city
def test_the_figures_that_a_simulation_reads_are_there(name: str) -> None:
    figures = {one.id: one.value for one in loaded(name)[0].stated}
    assert figures["population"] > 10_000
    assert 0 < figures["absence_share"] < 0.5


@every_city
def test_what_is_stated_has_its_plan_and_what_is_not_is_marked(name: str) -> None:
    city = loaded(name)[0]
    assert [one.id for one in city.stated if not one.assumption and not one.source] == []
    assert all(post.assumption for post in city.posts)
    assert all(row.assumption for row in city.meetings)
    named = {one.source for one in city.stated if not one.assumption} - {"市の計画"}
    assert named <= {*city.sources}


def test_the_profiles_are_what_a_new_city_becomes_from_their_sheets() -> None:
    written = profiles()
    assert sorted(path.stem for path in written) == ["kitaibaraki", "omitama", "ryugasaki"]
    assert {path: path.read_text("utf-8") for path in written} == written, STALE


def test_omitamas_child_section_has_the_procedures_of_two_and_one_chief() -> None:
    city = loaded("omitama")[0]
    assert [city.department_of(number).label for number in (1, 14, 15, 16)] == [  # type: ignore[union-attr]
        "子ども課",
        "子ども課",
        "健康増進課",
        "介護福祉課",
    ]
    chiefs = {department: city.post("section_chief", department) for department in ("child_policy", "nursery")}
    assert chiefs["child_policy"] is chiefs["nursery"] is not None
    assert {row.period for row in city.schedule} == {"令和4年度中"}
    assert [row.number for row in city.schedule] == list(range(1, 28))
    assert stated("omitama")["seal_abolished"] == 2080
    assert "department_safety_and_residents" not in stated("omitama")


def test_kitaibaraki_opens_at_a_quarter_past_eight_as_its_plan_says() -> None:
    hours = loaded("kitaibaraki")[0].hours
    assert (hours.opens, hours.closes, hours.assumption) == (dt.time(8, 15), dt.time(17, 15), False)
    assert "決裁は原則紙媒体" in stated("kitaibaraki")["problems_named"]  # type: ignore[operator]
    assert loaded("ryugasaki")[0].hours.assumption
    assert stated("ryugasaki")["procedures_online"] == 83


@pytest.mark.parametrize(
    ("name", "clerks", "surveyors"), [("omitama", 3, 4), ("kitaibaraki", 1, 3), ("ryugasaki", 2, 6)]
)
def test_the_staff_is_that_of_the_model_by_population_and_at_least_one_person(
    name: str, clerks: int, surveyors: int
) -> None:
    posts = {key_of(post): post for post in loaded(name)[0].posts}
    staff = {key: post.staff for key, post in posts.items()}
    ours = [post for key, post in posts.items() if post.id == "clerk" and post.department == "child_policy"]
    assert [post.staff for post in ours] == [clerks]
    assert next(one.staff for one in posts.values() if one.id == "surveyor") == surveyors
    assert min(staff.values()) == 1


def test_the_sheets_stand_beside_the_profiles() -> None:
    assert [path.name for path in sorted(Path(HOME).glob("*.csv"))] == [
        "kitaibaraki.csv",
        "omitama.csv",
        "ryugasaki.csv",
    ]
