"""What a city answers: one value of the sheet understood, or the sentence that says what would have been right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from procedures.cities.questions import Kind, Question

OURS = "市が記入した数字の票"
"""The source of an answer that names none: the sheet itself."""
ASSUMED = "仮定"
"""What stands in the place of a source when the answer is itself an assumption."""
MOST = 500
"""The letters of a text; nothing that a sheet asks for is longer."""
DAYS = dict(zip("月火水木金土日", ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), strict=True))
_WHOLE = re.compile(r"[0-9]{1,3}(,[0-9]{3})+|[0-9]{1,9}")
_DECIMAL = re.compile(r"[0-9]{1,6}(\.[0-9]{1,4})?")
_SPAN = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])\s*[-〜~–ー]\s*([01]?[0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True)
class Answer:
    """A value with its source; `assumed` where whoever wrote it says that nobody stated it."""

    value: Any
    source: str = OURS
    assumed: bool = False


@dataclass(frozen=True)
class Fact:
    """Something more that a plan states."""

    id: str
    label: str
    value: Any
    unit: str
    source: str


class Unclear(ValueError):
    """A value that is not what was asked for; the sentences say what is."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(ja)
        self.ja = ja
        self.en = en


def understood(question: Question, text: str) -> Any:  # noqa: ANN401 - of the kind that is asked for
    """The value that a text gives to a question.

    Raises:
        Unclear: it gives none.
    """
    require_letters(text)
    plain = unicodedata.normalize("NFKC", text).strip()
    if question.kind in ("text", "lines"):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if question.kind == "text" and len(lines) != 1:
            raise Unclear("一行で書いてください。", "write one line")
        return lines if question.kind == "lines" else lines[0]
    return _READ[question.kind](plain)


def anything(text: str) -> Any:  # noqa: ANN401 - a fact is of any kind
    """The value of a fact: a number, a text, or several lines of text."""
    require_letters(text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) == 1 and re.fullmatch(r"0|[1-9][0-9]{0,8}", lines[0]):
        return int(lines[0])
    if len(lines) == 1 and re.fullmatch(r"(0|[1-9][0-9]{0,8})\.[0-9]{1,4}", lines[0]):
        return float(lines[0])
    return lines if len(lines) > 1 else lines[0]


def require_letters(text: str) -> None:
    """Nothing, where a text has only letters that can be seen, and not too many.

    Raises:
        Unclear: it has others.
    """
    if len(text) > MOST:
        raise Unclear(f"{MOST}文字までにしてください。", f"at most {MOST} letters")
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") and letter not in "\n\r" for letter in text):
        raise Unclear("見えない文字(制御文字)を消してください。", "it has control characters")


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text) or int(text.replace(",", "")) == 0:
        raise Unclear("1以上の整数で書いてください(例 48000)。", "a whole number from 1, such as 48000")
    return int(text.replace(",", ""))


def _share(text: str) -> float:
    percent = text.endswith("%")
    number = text.removesuffix("%").strip()
    value = float(number) if _DECIMAL.fullmatch(number) else 2.0
    value = round(value / 100, 6) if percent else value
    if not 0 <= value <= 1:
        raise Unclear("0から1までの割合か、百分率で書いてください(例 0.25、25%)。", "a share such as 0.25 or 25%")
    return value


def _staff(text: str) -> float | int:
    value = float(text) if _DECIMAL.fullmatch(text) else 0.0
    if not 0 < value <= 10_000:  # noqa: PLR2004 - more than any city has
        raise Unclear("0より多い人数で書いてください(常勤換算、例 2、0.5)。", "a number of people, such as 2 or 0.5")
    return int(value) if value.is_integer() else value


def _hours(text: str) -> str:
    found = _SPAN.fullmatch(text)
    times = found and (f"{int(found[1]):02}:{found[2]}", f"{int(found[3]):02}:{found[4]}")
    if not times or times[0] >= times[1]:
        raise Unclear("開庁と閉庁を24時間の時刻で書いてください(例 08:30-17:15)。", "hours such as 08:30-17:15")
    return "-".join(times)


def _weekdays(text: str) -> list[str]:
    names = re.sub(r"曜日?|[\s、,・]", "", text)
    if not names or {*names} - {*DAYS}:
        raise Unclear("曜日を月・火・水・木・金のように書いてください(例 火・木)。", "weekdays such as 火・木")
    return [day for letter, day in DAYS.items() if letter in names]


_READ: dict[Kind, Callable[[str], Any]] = {
    "whole": _whole,
    "share": _share,
    "staff": _staff,
    "hours": _hours,
    "weekdays": _weekdays,
}


def shown(question: Question, value: object) -> str:
    """A value as somebody would write it on the sheet."""
    if question.kind == "weekdays" and isinstance(value, list):
        return "・".join(letter for letter, day in DAYS.items() if day in value)
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)
