"""What the sheets of a survey come to, against figures worked out by hand from the guideline's tables."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from engine.conditions import Scope
from tests.scenarios.stage import declared

LAST, NEXT = "2020-12-03", "2020-12-04"  # the days around the one on which 中規模半壊 came in
RATIOS = [
    (LAST, 9, "準半壊に至らない"),
    (LAST, 10, "準半壊"),
    (LAST, 19, "準半壊"),
    (LAST, 20, "半壊"),
    (LAST, 39, "半壊"),
    (LAST, 40, "大規模半壊"),
    (LAST, 50, "全壊"),
    (NEXT, 0, "準半壊に至らない"),
    (NEXT, 10, "準半壊"),
    (NEXT, 20, "半壊"),
    (NEXT, 29, "半壊"),
    (NEXT, 30, "中規模半壊"),
    (NEXT, 39, "中規模半壊"),
    (NEXT, 40, "大規模半壊"),
    (NEXT, 49, "大規模半壊"),
    (NEXT, 50, "全壊"),
    (NEXT, 100, "全壊"),
]
DEPTHS = [
    (LAST, 0, "準半壊に至らない"),
    (LAST, 99, "半壊"),
    (LAST, 100, "大規模半壊"),
    (NEXT, 0, "準半壊に至らない"),
    (NEXT, 1, "半壊"),
    (NEXT, 49, "半壊"),
    (NEXT, 50, "中規模半壊"),
    (NEXT, 99, "中規模半壊"),
    (NEXT, 100, "大規模半壊"),
    (NEXT, 179, "大規模半壊"),
    (NEXT, 180, "全壊"),
]
WOOD = {"structure": "wood", "stories": 2}
NOT_BY_DEPTH: list[dict[str, Any]] = [
    {"cause": "quake"},
    {"structure": "rc"},
    {"stories": 3},
    {"external_force": False},
    {"external_force": None},
]
TILTS = [
    ("quake", "1/20以上", "全壊"),
    ("quake", "1/60以上1/20未満", None),
    ("liquefaction", "1/60以上1/20未満", "大規模半壊"),
    ("liquefaction", "1/100以上1/60未満", "半壊"),
]


def graded(day: str, sheet: dict[str, Any], name: str = "first", cause: str = "flood", **dwelling: object) -> object:
    """What the rule for a grade gives for one sheet."""
    edition = declared("hitachinaka").catalogue.edition("building_survey", dt.date.fromisoformat(day))
    condition = edition.condition("rules", f"{name}_grade")
    assert condition is not None
    form = {"disaster_event": {"happened_on": day, "cause": cause}, "dwelling": {**WOOD, **dwelling}}
    roots = {"form": lambda: form, "given": lambda: {f"{name}_sheet": sheet}}
    found = condition.value(Scope(edition.language, roots))
    assert found.kind == "value", found.error
    return found.value


@pytest.mark.parametrize(("day", "ratio", "grade"), RATIOS)
def test_the_ratio_of_damage_says_the_grade_of_its_day(day: str, ratio: int, grade: str) -> None:
    assert graded(day, {"how": "ratio", "ratio": ratio}) == grade
    assert graded(day, {"how": "ratio", "ratio": ratio}, "second") == grade


@pytest.mark.parametrize(("day", "depth", "grade"), DEPTHS)
def test_the_depth_of_water_says_the_grade_of_a_low_wooden_house(day: str, depth: int, grade: str) -> None:
    assert graded(day, {"how": "depth", "depth_cm": depth, "external_force": True}) == grade


@pytest.mark.parametrize("otherwise", NOT_BY_DEPTH, ids=str)
def test_another_house_or_cause_has_no_grade_by_depth(otherwise: dict[str, Any]) -> None:
    sheet = {"how": "depth", "depth_cm": 120, "external_force": True}
    sheet |= {key: otherwise[key] for key in otherwise.keys() & sheet.keys()}
    others = {key: value for key, value in otherwise.items() if key != "external_force"}
    assert graded(NEXT, sheet, **others) is None


@pytest.mark.parametrize(("cause", "tilt", "grade"), TILTS)
def test_a_small_tilt_counts_only_where_the_ground_liquefied(cause: str, tilt: str, grade: str | None) -> None:
    assert graded(NEXT, {"how": "tilt", "tilt": tilt}, cause=cause) == grade


@pytest.mark.parametrize(
    ("roof", "wall", "foundation", "grade"),
    [
        (100, 100, 100, "全壊"),
        (0, 66, 10, "全壊"),
        (0, 65, 10, "大規模半壊"),
        (100, 0, 49, "準半壊"),
        (0, 0, 0, "準半壊に至らない"),
    ],
)
def test_the_parts_seen_from_outside_count_15_75_and_10(roof: int, wall: int, foundation: int, grade: str) -> None:
    assert graded(NEXT, {"how": "parts", "roof": roof, "wall": wall, "foundation": foundation}) == grade


def test_a_part_that_was_not_looked_at_leaves_no_grade() -> None:
    assert graded(NEXT, {"how": "parts", "roof": 100, "wall": 100}) is None
    assert graded(NEXT, {"how": "parts", "roof": 100}, "second") is None


def test_the_nine_parts_of_the_second_survey_add_up_to_the_whole() -> None:
    weights = declared("hitachinaka").library.tables().table("damaged_part_weights").rows
    parts = [row.key.removeprefix("second_") for row in weights if row.key.startswith("second_")]
    assert len(parts) == 9
    assert graded(NEXT, {"how": "parts", **dict.fromkeys(parts, 50)}, "second") == "全壊"
    assert graded(NEXT, {"how": "parts", **dict.fromkeys(parts, 49)}, "second") == "大規模半壊"
    assert sum(int(row.value) for row in weights if row.key.startswith("first_")) == 100
