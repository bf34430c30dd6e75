"""Hitachinaka's profile says what the city's plans say, counts for itself, and marks what nobody stated."""

import datetime as dt
from pathlib import Path

import pytest

from engine.municipality import Municipality
from engine.problems import Problem
from procedures.files import our_folder
from procedures.profiles import load_profile

FILE = our_folder() / "municipalities" / "hitachinaka.toml"
PRINTED = {
    "済": [1, 2, 3, 4, 5, 6, 7, 11, 26],
    "9～12月": [8, 9, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25],
    "1～3月": [12, 13, 14, 15, 27],
    "実施せず": [10],
}


@pytest.fixture(scope="module")
def loaded() -> tuple[Municipality, list[Problem]]:
    city, problems = load_profile("hitachinaka")
    assert city is not None
    return city, problems


@pytest.fixture
def city(loaded: tuple[Municipality, list[Problem]]) -> Municipality:
    return loaded[0]


def test_the_27_rows_of_the_schedule_stand_as_printed(city: Municipality) -> None:
    assert [row.number for row in city.schedule] == list(range(1, 28))
    assert {row.number: row.period for row in city.schedule} == {
        n: period for period in PRINTED for n in PRINTED[period]
    }
    assert city.schedule[9].note == "法令により、R4年6月より提出省略としたため"
    assert city.printed_totals == {"済": 8, "9～12月": 14, "1～3月": 4}


def test_the_contradictions_of_the_schedule_are_told_with_both_figures_and_nothing_is_mended(
    loaded: tuple[Municipality, list[Problem]],
) -> None:
    told = {problem.path[-1]: problem for problem in loaded[1]}
    assert sorted(told) == ["1～3月", "9～12月", "also_stated", "済"]
    assert {problem.severity for problem in told.values()} == {"warning"}
    assert "数えると9件(1・2・3・4・5・6・7・11・26)ですが、印刷された計は8件" in told["済"].ja
    assert "数えると12件" in told["9～12月"].ja
    assert "計は14件" in told["9～12月"].ja
    assert "数えると5件(12・13・14・15・27)ですが、印刷された計は4件" in told["1～3月"].ja
    assert "「8手続き済」" in told["also_stated"].ja
    assert "数えると9件" in told["also_stated"].ja


def test_a_contradiction_stands_at_its_line_in_the_file(loaded: tuple[Municipality, list[Problem]]) -> None:
    lines = FILE.read_text("utf-8").splitlines()
    for problem in loaded[1]:
        assert problem.file == "procedures/municipalities/hitachinaka.toml"
        key = problem.path[-1]
        assert lines[problem.line - 1].lstrip('"').startswith(key)


def test_every_procedure_has_its_department(city: Municipality) -> None:
    numbers = {department.label: department.procedures for department in city.departments if department.procedures}
    assert numbers == {
        "子ども政策課": tuple(range(1, 12)),
        "幼児保育課": (12, 13, 14),
        "健康推進課": (15,),
        "介護保険課": tuple(range(16, 27)),
        "生活安全課・市民課": (27,),
    }


def test_the_posts_hold_the_assumed_numbers_of_people(city: Municipality) -> None:
    assert all(post.assumption for post in city.posts)
    staff = {(post.department, post.label): post.staff for post in city.posts}
    assert staff[("child_policy", "担当")] == 4
    assert [staff[("care_insurance", label)] for label in ("窓口", "認定担当", "給付担当", "調査員", "係長")] == [
        3,
        5,
        4,
        12,
        3,
    ]
    assert staff[("health_promotion", "保健師")] == 5
    assert staff[("safety_and_residents", "調査班")] == 2
    assert staff[("accounting", "審査")] == 1


def test_the_posts_fill_the_roles_of_a_procedure(city: Municipality) -> None:
    holders = {role: city.posts_for(role, "child_policy") for role in ("counter", "clerk", "reviewer", "decider")}
    assert {role: [post.id for post in posts] for role, posts in holders.items()} == {
        "counter": ["counter"],
        "clerk": ["clerk"],
        "reviewer": ["unit_chief"],
        "decider": ["unit_chief", "section_chief"],
    }
    assert [post.department for post in city.posts_for("accounting", "care_insurance")] == ["accounting"]
    assert city.posts_for("cosigner", "child_policy")[0].label == "市民税担当"


def test_the_counters_are_open_from_half_past_eight_as_an_assumption(city: Municipality) -> None:
    assert (city.hours.opens, city.hours.closes) == (dt.time(8, 30), dt.time(17, 15))
    assert city.hours.assumption
    said = next(one for one in city.stated if one.id == "opening_hours")
    assert said.value == f"{city.hours.opens:%H:%M}-{city.hours.closes:%H:%M}"


def test_facts_have_sources_and_assumptions_are_marked(city: Municipality) -> None:
    facts = [one for one in city.stated if not one.assumption]
    assumptions = {one.id: one for one in city.stated if one.assumption}
    assert all(fact.source for fact in facts)
    assert {one.confidence for one in assumptions.values()} == {"medium"}
    figures = {"population": 155000, "absence_share": 0.10, "online_share_as_is": 0.03, "online_share_to_be": 0.40}
    figures |= {"correction_share_counter": 0.25, "correction_share_online": 0.10, "correction_answer_days": 5}
    assert {name: assumptions[name].value for name in figures} == figures


def test_what_the_plan_states_is_kept_with_its_date(city: Municipality) -> None:
    stated = {one.id: one for one in city.stated}
    assert (stated["my_number_card_rate"].value, stated["my_number_card_rate"].as_of) == (0.42, "2022-06-30")
    assert (stated["childcare_app"].value, stated["childcare_app"].as_of) == (3027, "2022-05-31")
    assert city.sources[0] == "ひたちなか市デジタル化推進アクションプラン 令和4年7月"
    assert len(city.channels) == 4


def test_a_city_nobody_knows_is_told_with_the_nearest_name() -> None:
    city, (problem,) = load_profile("hitachinka")
    assert city is None
    assert (
        problem.text()
        == "hitachinka: [M001] hitachinka: 市町村「hitachinka」の設定ファイルがありません。(hitachinaka のことですか)"
    )


def test_a_file_of_ours_and_its_name_give_the_same(loaded: tuple[Municipality, list[Problem]]) -> None:
    assert load_profile(FILE) == loaded


def test_a_file_that_is_not_there_or_not_toml_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text('id = "x"\nlabel = \n', encoding="utf-8")
    assert load_profile(tmp_path / "none.toml")[1][0].rule == "D001"
    assert [(p.rule, p.line) for p in load_profile(str(broken))[1]] == [("D002", 2)]


def test_a_folder_laid_over_ours_brings_a_city_and_may_replace_one(tmp_path: Path) -> None:
    (tmp_path / "municipalities").mkdir()
    (tmp_path / "municipalities" / "elsewhere.toml").write_text(
        'id = "elsewhere"\nlabel = "よそ市"\n', encoding="utf-8"
    )
    (tmp_path / "municipalities" / "hitachinaka.toml").write_text(
        'id = "hitachinaka"\nlabel = "別"\n', encoding="utf-8"
    )
    elsewhere, none = load_profile("elsewhere", [tmp_path])
    replaced, _ = load_profile("hitachinaka", [tmp_path])
    assert elsewhere == Municipality(id="elsewhere", label="よそ市")
    assert none == []
    assert replaced is not None
    assert replaced.label == "別"
