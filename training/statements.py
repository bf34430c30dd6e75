"""Results of a class as xAPI statements (IEEE 9274.1.1): who did which lesson and with what score; codes, no names."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from training.diary import Diary
from training.progress import codes
from training.scoring import FULL, PASS_MARK

HOME = "https://madoguchi.invalid/training"
"""Where the codes of learners are known: a name that no computer answers to."""
VERBS = {
    "passed": ("http://adlnet.gov/expapi/verbs/passed", "合格した"),
    "failed": ("http://adlnet.gov/expapi/verbs/failed", "合格しなかった"),
}


def statements(folder: Path) -> list[dict[str, Any]]:
    """A statement for each case that was finished, by learner, in order; the same diary gives the same bytes."""
    found: list[dict[str, Any]] = []
    for code in codes(folder):
        for row in Diary(folder, code).rows:
            if row["kind"] == "finish":
                found += [_statement(code, row, place, case) for place, case in enumerate(row["cases"], 1)]
    return found


def _statement(code: str, row: dict[str, Any], place: int, case: dict[str, Any]) -> dict[str, Any]:
    good = case["points"] >= PASS_MARK
    verb, said = VERBS["passed" if good else "failed"]
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{HOME}/{code}/{row['row']}/{place}")),
        "actor": {"objectType": "Agent", "account": {"homePage": HOME, "name": code}},
        "verb": {"id": verb, "display": {"ja": said}},
        "object": {
            "objectType": "Activity",
            "id": f"{HOME}/lessons/{case['lesson']}",
            "definition": {"type": "http://adlnet.gov/expapi/activities/assessment", "name": {"ja": case["lesson"]}},
        },
        "result": {
            "score": {"scaled": case["points"] / FULL, "raw": case["points"], "min": 0, "max": FULL},
            "success": good,
            "completion": True,
        },
        "context": {"contextActivities": {"grouping": [{"id": f"{HOME}/rounds/{row['lesson']}"}]}},
        "timestamp": f"{row['on']}T00:00:00+09:00",
    }
