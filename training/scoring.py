"""What the acts on a case are worth out of 100: what was found counts, a lucky end does not, a wrong act costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from training.best_way import Step
from training.judging import Judged

FULL = 100
FOR_FINDING = 40
FOR_DECIDING = FULL - FOR_FINDING
LATE = 0.5
WRONG = 15
DETOUR = 1
MOST_DETOURS = 10
PASS_MARK = 80


@dataclass(frozen=True)
class Score:
    """Points out of 100; `found` of `needed` things were found out, `decided` of `decisions` were right."""

    points: int
    found: int
    needed: int
    decided: int
    decisions: int
    wrong: int
    over: bool


def scored(steps: Sequence[Step], judged: Sequence[Judged], *, over: bool) -> Score:
    """The score of some acts against the best way."""
    needed = ["look application"]
    for step in steps:
        needed += [f"look {name}" for name in step.facts] + [f"check {name}" for name in step.checks]
    rightly = {f"{one.act} {one.name}" for one in judged if one.verdict == "right"}
    found = len(set(needed) & rightly)
    decisions = [one for one in judged if one.act == "do"]
    earned = sum({"right": 1.0, "late": LATE}.get(one.verdict, 0.0) for one in decisions)
    wrong = sum(one.verdict == "wrong" for one in judged)
    detours = min(MOST_DETOURS, sum(one.verdict == "detour" for one in judged) * DETOUR)
    of_all = len(set(needed))
    points = FOR_FINDING * found / of_all + FOR_DECIDING * earned / len(steps) - WRONG * wrong - detours
    return Score(max(0, round(points)), found, of_all, int(earned), len(steps), wrong, over)
