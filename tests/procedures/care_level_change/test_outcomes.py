"""Which outcome a level change has: exactly one, whatever the panel judges and whichever way the city goes."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import pytest

from engine.conditions import Scope
from tests.scenarios.stage import declared

LEVELS = ("要支援1", "要支援2", "要介護1", "要介護2", "要介護3", "要介護4", "要介護5")
CITIES = tuple(itertools.product(("certify", "reject"), ("reject", "certify_support")))


def outcomes(
    now: str, result: str, *, direction: str = "worse", late: bool = False, city: tuple[str, str] = CITIES[0]
) -> list[str]:
    """The outcomes whose condition holds for a draft; `late` is near the end, with the wish to renew."""
    lower, cross = city
    seen: dict[str, Any] = {
        "form": {"direction": direction, "renewal_intent": late},
        "case": {"arrived_on": "2022-06-01"},
        "facts": {"certified_level": now, "certified_until": "2022-06-30" if late else "2022-12-31"},
        "given": {"panel_result": {"level": result}},
        "params": {"change_result_when_lower": lower, "cross_to_support_on_change": cross},
    }
    edition = declared("hitachinaka").catalogue.edition("care_level_change", dt.date(2022, 6, 1))
    scope = Scope(edition.language, {root: _giving(value) for root, value in seen.items()})
    proposed = edition.effects["draft_decision"].proposes
    conditions = {name: edition.condition("outcomes", name, "when") for name in proposed}
    return [name for name, condition in conditions.items() if condition is not None and condition.holds(scope)]


def _giving(root: object) -> Callable[[], object]:
    return lambda: root


@pytest.mark.parametrize("city", CITIES, ids="-".join)
def test_every_judgement_has_one_outcome(city: tuple[str, str]) -> None:
    for now, result in itertools.product(LEVELS, ("非該当", *LEVELS)):
        for direction, late in itertools.product(("worse", "better"), (False, True)):
            found = outcomes(now, result, direction=direction, late=late, city=city)
            assert len(found) == 1, (now, result, direction, late, found)


@pytest.mark.parametrize(
    ("now", "result", "outcome"),
    [
        ("要介護1", "要介護3", "changed_up"),
        ("要介護3", "要介護1", "changed_down"),
        ("要支援1", "要支援2", "changed_up"),
        ("要介護2", "要介護2", "same_level"),
        ("要介護1", "非該当", "not_applicable_change"),
        ("要介護1", "要支援2", "cross_to_support"),
        ("要支援2", "要介護1", "cross_to_support"),
    ],
)
def test_the_matrix_of_results(now: str, result: str, outcome: str) -> None:
    assert outcomes(now, result) == [outcome]


def test_an_unchanged_level_near_the_end_counts_as_a_renewal_where_that_was_wished() -> None:
    assert outcomes("要介護2", "要介護2", late=True) == ["same_but_renewal"]


def test_a_city_may_refuse_what_is_lower_than_was_asked_for_and_certify_across() -> None:
    assert outcomes("要介護3", "要介護1", city=("reject", "reject")) == ["not_lowered"]
    assert outcomes("要介護3", "要介護1", direction="better", city=("reject", "reject")) == ["changed_down"]
    assert outcomes("要介護1", "要支援2", city=("certify", "certify_support")) == ["crossed"]
