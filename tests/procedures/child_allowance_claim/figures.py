"""Runs the rules of procedure 1 on a made-up claim, in the edition that the month of benefit chooses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from engine.conditions import Scope
from engine.edition import Edition
from office.catalogue import Catalogue
from office.office import definitions

Claim = Mapping[str, Mapping[str, Any]]
CONFIRMED = {"care_equivalent": True, "living_cost_borne": True}
MODEST: Mapping[str, int | None] = {"assessed_income": 0, "dependents": 0}


@cache
def catalogue() -> Catalogue:
    """The declarations as Hitachinaka sees them."""
    return definitions("hitachinaka").catalogue


def edition_of(month: str) -> Edition:
    """The edition for a month of benefit."""
    return catalogue().edition("child_allowance_claim", dt.date.fromisoformat(f"{month}-01"))


def value(claim: Claim, month: str, *path: str) -> Any:  # noqa: ANN401 - whatever the rule gives
    """What a condition or rule gives in the edition for a month."""
    edition = edition_of(month)
    condition = edition.condition(*path)
    assert condition is not None, path
    roots = {name: _giving(claim.get(name, {})) for name in ("form", "case", "facts", "given")}
    found = condition.value(Scope(edition.language, roots))
    assert found.kind == "value", found.error
    return found.value


def start_month(claim: Claim) -> str:
    """The start month in the edition which that month itself chooses, as a case is pinned."""
    month = str(claim["case"]["arrived_on"])[:7]
    for _ in range(3):
        month, before = str(value(claim, month, "rules", "start_month")), month
        if month == before:
            return month
    raise AssertionError(f"no edition agrees with its own start month: {claim}")


def claimed(event: dt.date, arrived: dt.date, reason: str = "birth", obstacle_ended: dt.date | None = None) -> Claim:
    """A claim of which only the days matter."""
    return {
        "form": {"event_date": event.isoformat(), "claim_reason": reason},
        "case": {"arrived_on": arrived.isoformat()},
        "facts": {"obstacle_ended_on": obstacle_ended and obstacle_ended.isoformat()},
    }


def family(
    month: str,
    children: Sequence[dt.date],
    students: Sequence[dt.date] = (),
    left_out: Sequence[dt.date] = (),
    facts: Mapping[str, int | None] = MODEST,
) -> dict[str, Any]:
    """A claim of a family whose benefit begins in a month."""
    event = (dt.date.fromisoformat(f"{month}-01") - dt.timedelta(days=10)).isoformat()
    siblings = [{"birth_date": born.isoformat(), **CONFIRMED} for born in students]
    siblings += [{"birth_date": born.isoformat(), "care_equivalent": False} for born in left_out]
    return {
        "form": {
            "event_date": event,
            "claim_reason": "birth",
            "children": [{"birth_date": born.isoformat()} for born in children],
            "elder_siblings": siblings,
        },
        "case": {"arrived_on": event},
        "facts": dict(facts),
    }


def _giving(values: object) -> Any:  # noqa: ANN401 - a builder of a root
    return lambda: values
