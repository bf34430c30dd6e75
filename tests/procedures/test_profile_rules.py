"""Every mistake in a city's profile is told at once, at its line and column, with what would have been right."""

import pytest

from engine.problems import Problem
from procedures.files import our_folder
from procedures.profile_words import Asked, Asking, asked_by
from procedures.profiles import municipality_of
from procedures.reading import parse_source

ASKED = Asked(
    procedures=(Asking(1, "child_policy", ("unit_chief", "section_chief"), ("counter", "clerk"), ("board",)),),
    roles=("counter", "clerk", "reviewer", "decider"),
    params=("correction_days",),
)
GOOD = """id = "town"
label = "町"
departments = [
  { id = "child_policy", label = "子ども課", procedures = [1, 2] },
]
posts = [
  { id = "counter", label = "窓口", department = "child_policy", roles = ["counter", "clerk"] },
  { id = "unit_chief", label = "係長", department = "child_policy", roles = "reviewer" },
  { id = "section_chief", label = "課長", department = "child_policy", roles = "decider" },
]
stated = [
  { id = "cards", label = "交付率", value = 0.5, source = "計画" },
]
schedule = [
  { number = 1, title = "一", period = "済" },
  { number = 2, title = "二", period = "済" },
]
assumptions = [
  { id = "population", label = "人口", value = 100, assumption = true, confidence = "low" },
]
meetings = [
  { id = "board", label = "審査会", weekdays = ["tue"], capacity = 3, assumption = true },
]
[hours]
opens = 08:30:00
[params]
correction_days = 10
[printed_totals]
"済" = 2
"""


def problems_of(text: str) -> list[Problem]:
    source, unread = parse_source(text.encode(), "town.toml")
    assert source is not None, unread
    return municipality_of(source, ASKED)[1]


def told(old: str, new: str) -> list[tuple[str, str, str]]:
    """Rule, severity and the marked text of every problem after a change of the good profile."""
    assert GOOD.count(old) >= 1
    text = GOOD.replace(old, new, 1)
    lines = text.splitlines()
    return [(p.rule, p.severity, lines[p.line - 1][p.column - 1 :].split('"')[0].strip()) for p in problems_of(text)]


def test_a_good_profile_has_nothing_to_tell() -> None:
    source, _ = parse_source(GOOD.encode(), "town.toml")
    assert source is not None
    city, problems = municipality_of(source, ASKED)
    assert problems == []
    assert city is not None
    assert [one.id for one in city.stated] == ["cards", "population"]
    assert city.params == {"correction_days": 10}


@pytest.mark.parametrize(
    ("old", "new", "rule", "severity", "marked", "hint"),
    [
        ('label = "町"', 'lable = "町"', "D010", "error", "lable =", "label のことですか"),
        ('label = "町"\n', "", "D011", "error", "id =", "label = … を書く"),
        ("source =", "sauce =", "D010", "error", "sauce =", "source のことですか"),
        ("opens =", "open =", "D010", "error", "open = 08:30:00", "opens のことですか"),
        ("opens = 08:30:00", 'opens = "8:30"', "D013", "error", "8:30", ""),
        ('roles = "reviewer"', 'roles = "reviewr"', "M003", "error", "reviewr", "reviewer のことですか"),
        (
            '"child_policy", roles = "decider"',
            '"child_polcy", roles = "decider"',
            "M002",
            "error",
            "child_polcy",
            "child_policy",
        ),
        ("procedures = [1, 2]", "procedures = [1, 2, 28]", "M004", "error", "28] },", "1 から 27 まで"),
        ("number = 2", "number = 1", "M005", "error", "1, title =", "どちらか一つにする"),
        ('{ id = "unit_chief"', '{ id = "unit_cheif"', "M008", "error", "unit_cheif", "unit_chief のことですか"),
        ('{ id = "section_chief"', '{ id = "boss"', "M008", "error", "{ id =", 'posts に { id = "section_chief"'),
        (', roles = ["counter", "clerk"]', ', roles = "counter"', "M009", "warning", "{ id =", '"clerk" を足す'),
        (', source = "計画"', "", "M010", "error", "{ id =", "source を書くか"),
        (', source = "計画"', ", assumption = true", "M010", "error", "true },", "assumptions に移す"),
        ("assumption = true", "assumption = false", "M010", "error", "false, confidence =", "assumption = true"),
        (', confidence = "low"', "", "M010", "error", "{ id =", "confidence = high・medium・low"),
        ('confidence = "low"', 'confidence = "lo"', "D012", "error", "lo", "low のことですか"),
        ("correction_days", "correction_day", "M011", "warning", "correction_day = 10", "correction_days のことですか"),
        ('"済" = 2', '"済" = 3', "M012", "warning", "3", "元の資料"),
        ("opens = 08:30:00", "opens = 18:30:00", "M014", "error", "18:30:00", "24時間"),
        (
            'roles = "decider"',
            'roles = "decider", deputies = "unit_chief"',
            "M015",
            "error",
            "unit_chief",
            '"deputy" を足す',
        ),
        (', weekdays = ["tue"]', "", "M016", "error", "{ id =", "weekdays"),
        (', weekdays = ["tue"]', ', weekdays = ["tus"]', "D012", "error", "tus", "tue のことですか"),
        (', weekdays = ["tue"]', ', weekday = ["tue"]', "D010", "error", "weekday = [", "weekdays のことですか"),
        ("capacity = 3", "capacity = 0", "D013", "error", "0, assumption = true },", ""),
        ("capacity = 3, assumption = true", "capacity = 3", "M010", "error", "{ id =", "assumption = true"),
        ("capacity = 3, ", "", "D011", "error", "{ id =", "capacity"),
        ('{ id = "board"', '{ id = "bord"', "M017", "warning", "bord", "board のことですか"),
        ('{ id = "board"', '{ id = "bord"', "M016", "warning", "{ id =", 'meetings に { id = "board"'),
        ('{ id = "cards", label = "交付率"', '{ label = "交付率", id = "cards"', "D015", "error", "id =", "id ="),
        ('id = "population"', 'id = "cards"', "D016", "error", "cards", "別の id"),
    ],
)
def test_a_mistake_is_told_at_its_place_with_what_is_right(
    old: str, new: str, rule: str, severity: str, marked: str, hint: str
) -> None:
    assert (rule, severity, marked) in told(old, new)
    problem = next(p for p in problems_of(GOOD.replace(old, new, 1)) if p.rule == rule)
    assert hint in problem.hint
    assert problem.ja
    assert problem.en


def test_five_mistakes_are_all_told_at_once_in_the_order_of_lines() -> None:
    wrong = {
        "procedures = [1, 2]": "procedures = [1, 29]",
        'roles = "decider"': 'roles = "decidr"',
        "opens =": "oepns =",
    }
    wrong |= {"number = 2": 'number = "2"', 'source = "計画"': 'sourse = "計画"'}
    text = GOOD
    for old, new in wrong.items():
        text = text.replace(old, new, 1)
    problems = problems_of(text)
    assert [(p.line, p.rule) for p in problems if p.severity == "error"] == [
        (4, "M004"),
        (9, "M003"),
        (12, "D010"),
        (16, "D013"),
        (25, "D010"),
    ]


def test_a_department_goes_by_the_id_its_procedures_name() -> None:
    text = GOOD.replace("child_policy", "children")
    problem = next(p for p in problems_of(text) if p.rule == "M006")
    assert problem.where == "town.toml:4:11"
    assert problem.text() == (
        "town.toml:4:11: [M006] departments.children.id: "
        '手続1の担当課の id は child_policy です(いまは children)。(id = "child_policy")'
    )


def test_a_row_of_the_schedule_without_a_department_is_told() -> None:
    assert ("M007", "warning", "2, title =") in told("procedures = [1, 2]", "procedures = [1]")


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ("2手続き済（6月末現在）", []),
        ("2手続済", []),
        ("8手続き済", [("M013", "warning")]),
        ("1手続き予定", [("M013", "warning")]),
        ("おおむね済", [("M013", "info")]),
    ],
)
def test_what_the_plan_says_elsewhere_is_held_against_the_rows(stated: str, found: list[tuple[str, str]]) -> None:
    text = f'also_stated = "{stated}"\n{GOOD}'
    assert [(p.rule, p.severity) for p in problems_of(text)] == found


def test_a_printed_total_without_rows_counts_nothing() -> None:
    (problem,) = problems_of(f'{GOOD}"1～3月" = 4\n')
    assert "「1～3月」の行は0件ですが、印刷された計は4件です" in problem.ja


def test_a_warning_does_not_keep_a_profile_from_being_used_and_an_error_does() -> None:
    for change, usable in ((('"済" = 2', '"済" = 3'), True), (('"reviewer"', '"reviewr"'), False)):
        source, _ = parse_source(GOOD.replace(*change).encode(), "town.toml")
        assert source is not None
        assert (municipality_of(source, ASKED)[0] is not None) == usable


def test_rows_of_the_wrong_shape_do_not_stop_the_other_findings() -> None:
    text = 'id = "town"\nlabel = "町"\nposts = "none"\ndepartments = [1]\nschedule = [{ number = true }]\nparams = 3\n'
    assert {p.path[0] for p in problems_of(text) if p.path} >= {"posts", "departments", "schedule", "params"}


def test_what_is_asked_comes_from_the_definitions_themselves() -> None:
    asked = asked_by((our_folder(),))
    first = next(one for one in asked.procedures if one.number == 1)
    assert first.department == "child_policy"
    assert {"unit_chief", "section_chief"} <= set(first.posts)
    assert {"counter", "clerk", "accounting"} <= set(first.roles)
    assert "bank" not in asked.roles
    assert {"correction_days", "child_allowance_standard_days"} <= set(asked.params)
    assert asked.numbers == set(range(1, 28))
