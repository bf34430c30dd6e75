"""What a learner should practise next: each skill comes back after a growing number of days, at once after a failure.

The days are a plain ladder. Nothing is kept for it: it is read off the diary.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from training.intervals import next_day
from training.lessons import Lesson
from training.scoring import PASS_MARK

SKILLS = ("form_check", "register", "attachment", "ordinary_way", "referral", "clock")


@dataclass(frozen=True)
class Standing:
    """How a learner stands in a skill: how often tried and passed, how often in a row now, and when it comes back."""

    skill: str
    tried: int
    passed: int
    in_a_row: int
    due_on: dt.date | None


def standings(rows: Sequence[Mapping[str, Any]]) -> list[Standing]:
    """How the learner of a diary stands in every skill."""
    return [_standing(skill, rows) for skill in SKILLS]


def _standing(skill: str, rows: Sequence[Mapping[str, Any]]) -> Standing:
    tried = passed = in_a_row = 0
    reviews: list[tuple[dt.date, int]] = []
    for row in rows:
        if row["kind"] != "finish":
            continue
        for case in row["cases"]:
            if skill in case["skills"]:
                good = case["points"] >= PASS_MARK
                tried, passed, in_a_row = tried + 1, passed + good, in_a_row + 1 if good else 0
                reviews.append((dt.date.fromisoformat(row["on"]), case["points"]))
    return Standing(skill, tried, passed, in_a_row, next_day(reviews) if reviews else None)


def weakest(rows: Sequence[Mapping[str, Any]], today: dt.date) -> Standing:
    """The skill to practise: one that has come back, the weakest first; then one never tried; then the next to come."""
    found = standings(rows)
    back = [one for one in found if one.due_on is not None and one.due_on <= today]
    new = [one for one in found if one.due_on is None]
    if back:
        return min(back, key=lambda one: (one.in_a_row, one.due_on, SKILLS.index(one.skill)))
    return new[0] if new else min(found, key=lambda one: (one.due_on or today, SKILLS.index(one.skill)))


def candidates(rows: Sequence[Mapping[str, Any]], known: Sequence[Lesson], skill: str) -> list[Lesson]:
    """The lessons that train a skill, those least often finished first; the length of the diary is the luck."""
    done = Counter(case["lesson"] for row in rows if row["kind"] == "finish" for case in row["cases"])
    ours = [one for one in known if skill in one.skills and one.cannot is None]
    luck = Random(f"next/{skill}/{len(rows)}")
    return sorted(luck.sample(ours, len(ours)), key=lambda one: done[one.id])
