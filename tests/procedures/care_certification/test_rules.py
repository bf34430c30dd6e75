"""Periods of validity, levels by standard minutes and the days of a move, against figures worked out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from engine.conditions import Scope
from tests.scenarios.stage import declared

JUNE = "2022-06-01"
ROOTS = ("form", "case", "facts", "given", "params")
Answers = Mapping[str, Any]


def value(procedure: str, seen: Answers, *path: str) -> object:
    """What a rule or condition gives of an application that arrived on the first of June 2022."""
    edition = declared("hitachinaka").catalogue.edition(procedure, dt.date.fromisoformat(JUNE))
    condition = edition.condition(*path)
    assert condition is not None, path
    seen = {"case": {"arrived_on": JUNE}, "params": edition.procedure.params, **seen}
    found = condition.value(Scope(edition.language, {root: _giving(seen.get(root, {})) for root in ROOTS}))
    assert found.kind == "value", found.error
    return found.value


def _giving(root: Answers) -> Callable[[], object]:
    return lambda: root


@pytest.mark.parametrize(
    ("arrived", "months", "last"),
    [
        ("2022-04-10", 6, "2022-10-31"),
        ("2022-04-01", 6, "2022-09-30"),
        ("2022-01-31", 3, "2022-04-30"),
        ("2022-02-28", 12, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2022-12-31", 3, "2023-03-31"),
    ],
)
def test_a_certification_ends_with_a_month(arrived: str, months: int, last: str) -> None:
    seen = {"case": {"arrived_on": arrived}, "given": {"panel_result": {"months": months}}}
    assert value("care_certification", seen, "rules", "valid_until") == last


@pytest.mark.parametrize(
    ("minutes", "stable", "level"),
    [
        (24.9, True, "非該当"),
        (25.0, True, "要支援1"),
        (31.9, False, "要支援1"),
        (32.0, True, "要支援2"),
        (32.0, False, "要介護1"),
        (49.9, True, "要支援2"),
        (50.0, None, "要介護2"),
        (69.9, None, "要介護2"),
        (70.0, None, "要介護3"),
        (90.0, None, "要介護4"),
        (110.0, None, "要介護5"),
    ],
)
def test_the_minutes_give_the_level(minutes: float, stable: bool | None, level: str) -> None:  # noqa: FBT001 - a vector
    edition = declared("hitachinaka").catalogue.edition("care_certification", dt.date.fromisoformat(JUNE))
    fits = edition.condition("conditions", "primary_fits")
    assert fits is not None
    for said in ("非該当", "要支援1", "要支援2", "要介護1", "要介護2", "要介護3", "要介護4", "要介護5"):
        asked = {"minutes": minutes, "stable": stable, "level": said}
        seen = Scope(edition.language, {"asked": _giving(asked), "case": _giving({"arrived_on": JUNE})})
        assert fits.holds(seen) == (said == level), said


@pytest.mark.parametrize(
    ("procedure", "level", "months", "fits"),
    [
        ("care_certification", "要介護1", 2, False),
        ("care_certification", "要介護1", 3, True),
        ("care_certification", "要介護1", 12, True),
        ("care_certification", "要介護1", 13, False),
        ("care_level_change", "要介護2", 12, True),
        ("care_level_change", "要介護2", 13, False),
        ("care_certification_renewal", "要介護1", 48, True),
        ("care_certification_renewal", "要介護1", 49, False),
        ("care_certification_renewal", "要介護2", 36, True),
        ("care_certification_renewal", "要介護2", 37, False),
    ],
)
def test_the_months_are_bounded(procedure: str, level: str, months: int, fits: bool) -> None:  # noqa: FBT001 - a vector
    seen = {
        "facts": {"certified_level": "要介護1", "certified_until": "2022-12-31"},
        "given": {"panel_result": {"level": level, "months": months}},
    }
    assert value(procedure, seen, "conditions", "months_fit") is fits


@pytest.mark.parametrize(
    ("qualified", "arrived", "in_time"),
    [("2022-05-25", "2022-06-08", True), ("2022-05-25", "2022-06-09", False), ("2022-12-20", "2023-01-03", True)],
)
def test_fourteen_days_begin_on_the_day_after_the_qualification(qualified: str, arrived: str, in_time: bool) -> None:  # noqa: FBT001 - a vector
    seen = {"form": {"qualified_on": qualified}, "case": {"arrived_on": arrived}}
    assert value("care_certification_after_move", seen, "conditions", "in_fourteen_days") is in_time
