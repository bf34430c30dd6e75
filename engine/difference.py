"""One thing stored that what was recorded tells otherwise, as a place and a sentence."""

from __future__ import annotations

import json
from dataclasses import dataclass

ABSENT = "-"


@dataclass(frozen=True)
class Difference:
    """One thing stored that the logs tell otherwise; `where` is a path of names, "-" means not there.

    What belongs to no case has the number 0.
    """

    case_id: int
    where: str
    stored: str
    told: str
    ja: str
    en: str

    def text(self, lang: str = "ja") -> str:
        """The finding as a sentence."""
        return self.en if lang == "en" else self.ja


def different(case_id: int, where: str, stored: object, told: object) -> Difference:
    """The difference between what is stored of a case and what its log tells."""
    ours, log = _short(stored), _short(told)
    ja = f"案件{case_id}の {where} は、記録から計算すると {log} ですが、{ours} になっています。"
    en = f"case {case_id}: {where} is {ours}, but its log tells {log}"
    return Difference(case_id, where, ours, log, ja, en)


def _short(value: object, longest: int = 80) -> str:
    """A value in a sentence; nothing stored outside the value table is personal."""
    text = value if value == ABSENT else json.dumps(value, ensure_ascii=False, default=str)
    return str(text) if len(str(text)) <= longest else f"{str(text)[:longest]}…"
