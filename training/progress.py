"""How the learners of a folder stand, for their instructor: points, skills, and the mistakes most made."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import MadoguchiError
from training.diary import CODE, Diary
from training.scoring import PASS_MARK
from training.spacing import SKILLS, standings

HEADINGS = ("学習者", "終えた課題", "合格", "平均点", "誤り")


@dataclass(frozen=True)
class Learner:
    """One learner: lessons finished and passed, the mean of the points, wrong acts, and skills as passed of tried."""

    code: str
    finished: int
    passed: int
    mean: int
    wrong: int
    skills: dict[str, tuple[int, int]]
    mistakes: Counter[tuple[str, str]]

    def facts(self) -> dict[str, Any]:
        """The same for a program."""
        skills = {name: {"passed": passed, "tried": tried} for name, (passed, tried) in self.skills.items()}
        named = {"learner": self.code, "finished": self.finished, "passed": self.passed, "mean": self.mean}
        return {**named, "wrong": self.wrong, "skills": skills}


def of_class(folder: Path) -> list[Learner]:
    """Every learner with a diary in a folder, by code."""
    return [_learner(Diary(folder, code)) for code in codes(folder)]


def codes(folder: Path) -> list[str]:
    """The codes of those with a diary in a folder, in order; a file that is no diary is left out."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        if CODE.fullmatch(path.stem):
            try:
                Diary(folder, path.stem)
            except MadoguchiError:
                continue
            found.append(path.stem)
    return found


def mistakes(learners: list[Learner]) -> list[tuple[str, str, int]]:
    """The wrong acts of a class as lesson, act and how often, the most made first."""
    total = sum((one.mistakes for one in learners), Counter[tuple[str, str]]())
    ranked = sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(lesson, act, times) for (lesson, act), times in ranked]


def as_csv(learners: list[Learner]) -> str:
    """The class as a table for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*HEADINGS, *SKILLS])
    for one in learners:
        skills = [f"{passed}/{tried}" for passed, tried in one.skills.values()]
        writer.writerow([one.code, one.finished, one.passed, one.mean, one.wrong, *skills])
    return out.getvalue()


def rows(learners: list[Learner]) -> list[tuple[str, ...]]:
    """The class as rows of a table."""
    return [(one.code, str(one.finished), str(one.passed), str(one.mean), str(one.wrong)) for one in learners]


def _learner(diary: Diary) -> Learner:
    points = [row["points"] for row in diary.rows if row["kind"] == "finish"]
    found: Counter[tuple[str, str]] = Counter()
    cases: list[dict[str, Any]] = []
    for row in diary.rows:
        cases = row["cases"] if row["kind"] == "start" else cases
        if row["kind"] == "act" and row["verdict"] == "wrong":
            found[cases[row["case"] - 1]["lesson"], f"{row['act']} {row['name']}"] += 1
    mean = round(sum(points) / len(points)) if points else 0
    skills = {one.skill: (one.passed, one.tried) for one in standings(diary.rows)}
    passed = sum(one >= PASS_MARK for one in points)
    return Learner(diary.learner, len(points), passed, mean, found.total(), skills, found)
