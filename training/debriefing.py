"""The way back over a lesson: points, the learner's way beside the best one."""

from __future__ import annotations

from typing import Any

from engine.errors import NotPossibleNow
from training.desk import Desk
from training.flow.play import FlowPlay
from training.play import Play
from training.scoring import FULL, PASS_MARK
from training.showing import debrief


def of_case(desk: Desk, number: int | None) -> tuple[int, Play | FlowPlay]:
    """A case that is over: the one named, or the last.

    Raises:
        NotPossibleNow: it is not over yet.
    """
    over = [place for place, done in enumerate(desk.over(), 1) if done]
    if not over or (number is not None and number not in over):
        ja = "この案件はまだ終わっていません。終わってから振り返ります。手がかりは madoguchi train hint です。"
        raise NotPossibleNow(ja, "the case is not over yet; ask for a hint")
    return desk.play(number or over[-1])


def finished(desk: Desk) -> tuple[list[str], dict[str, Any]]:
    """The lesson at its end: a single case at length, each of several in a line."""
    points = desk.points()
    lines: list[str] = []
    facts: list[dict[str, Any]] = []
    if len(points) == 1:
        lines, one = debrief(*desk.play(1))
        facts.append(one)
    else:
        for number, (case, found) in enumerate(zip(desk.begun["cases"], points, strict=True), 1):
            said = f"{found}点" if found is not None else "手を付けていない(0点)"
            lines.append(f"案件{number}  {case['lesson']}  {said}")
            facts.append({"case": number, "lesson": case["lesson"], "points": found or 0})
    row = desk.finish()
    passed = row["points"] >= PASS_MARK
    lines.append(f"課題「{row['lesson']}」 {row['points']}点/{FULL}点 {'合格' if passed else 'もう一度'}")
    return lines, {"lesson": row["lesson"], "points": row["points"], "passed": passed, "cases": facts}
