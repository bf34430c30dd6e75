"""Quizzes made from the dictionary and from the declared periods; a date is right when the engine counts it so."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from random import Random
from typing import Any

from engine.errors import UnknownThing
from engine.periods import Limit, last_day
from office.asking import Misused
from office.office import Definitions
from training.lessons import FIRST_DAY

WORDS = "words"
DATES = "dates"
KINDS = (WORDS, DATES)
OPTIONS = 4
SPAN = 300
"""The first days of the questions lie within so many days of the day of the lessons."""


@dataclass(frozen=True)
class Question:
    """A question with its options; `right` is the place of the right one, from 1, `why` is told afterwards."""

    kind: str
    asks: str
    options: tuple[str, ...]
    right: int
    why: str

    def facts(self) -> dict[str, Any]:
        """The question for a program, without the answer."""
        return {"kind": self.kind, "asks": self.asks, "options": list(self.options)}


def quiz(declared: Definitions, kind: str | None, seed: int, many: int) -> list[Question]:
    """Some questions of a kind, or of each in turn; the same seed asks the same.

    Raises:
        UnknownThing: nothing is declared of which dates could be asked.
    """
    luck = Random(f"quiz/{seed}")
    makers = {WORDS: _of_words(luck), DATES: _of_dates(luck, declared)}
    kinds = [kind] if kind else list(KINDS)
    return [next(makers[kinds[place % len(kinds)]]) for place in range(many)]


def judged(questions: Sequence[Question], answers: Sequence[int]) -> list[bool]:
    """Of each question whether it was answered rightly.

    Raises:
        Misused: there are more or fewer answers than questions, or one is no option.
    """
    if len(questions) != len(answers) or not all(1 <= one <= OPTIONS for one in answers):
        ja = f"答えは問いの数({len(questions)})だけ、1から{OPTIONS}の番号で書いてください。例: --answer 2 --answer 1"
        raise Misused(ja, f"give {len(questions)} answers from 1 to {OPTIONS}")
    return [one.right == answer for one, answer in zip(questions, answers, strict=True)]


def dictionary() -> list[tuple[str, str]]:
    """The words of the trade with their meanings."""
    text = files("training").joinpath("words.toml").read_text("utf-8")
    return [(row["word"], row["means"]) for row in tomllib.loads(text)["words"]]


def _of_words(luck: Random) -> Iterator[Question]:
    words = dictionary()
    while True:
        for word, means in luck.sample(words, len(words)):
            others = [other for other, _ in words if other != word]
            ja = f"次の意味の言葉はどれですか。「{means}」"
            yield _asked(luck, WORDS, ja, word, others, f"{word}: {means}。")


def _of_dates(luck: Random, declared: Definitions) -> Iterator[Question]:
    known = list(_periods(declared))
    if not known:
        raise UnknownThing("日付の問いを作れる期限の宣言がありません。", "no declared period gives a question")
    while True:
        for title, label, limit in luck.sample(known, len(known)):
            first = declared.calendar.next_open_day(FIRST_DAY + dt.timedelta(days=luck.randrange(SPAN)))
            right = last_day(first, limit, declared.calendar)
            if right is None:
                continue
            near = {right + dt.timedelta(days=days) for days in (-7, -3, -2, -1, 1, 2, 3, 7)}
            plain = last_day(first, replace(limit, shift="none"), declared.calendar)
            tempting = [day for day in (plain, right - dt.timedelta(days=1)) if day is not None and day != right]
            rest = sorted(near - {*tempting})
            others = [*dict.fromkeys(tempting), *luck.sample(rest, len(rest))][: OPTIONS - 1]
            ja = f"「{title}」の「{label}」({_words(limit)})。起算の日は {first.isoformat()}。終わりはいつですか。"
            why = f"初日は数えません。終わりは {right.isoformat()}({_shift(limit)})。"
            yield _asked(luck, DATES, ja, right.isoformat(), [day.isoformat() for day in others], why)


def _periods(declared: Definitions) -> Iterator[tuple[str, str, Limit]]:
    """The declared periods whose length is a number, with the city's own where the declaration lets a city set one."""
    for entry in declared.library.list():
        procedure, _ = declared.library.load(entry.id)
        for clock in procedure.clocks.values() if procedure else ():
            said, own = clock.limit, declared.municipality.params.get(clock.limit.city or "")
            if said.date is None:
                days = int(own) if own is not None else said.days
                limit = Limit(days=days, months=said.months, years=said.years, unit=said.unit, shift=said.shift)
                yield entry.title, clock.label, limit


def _words(limit: Limit) -> str:
    if limit.days is not None:
        return f"{limit.days}{'開庁日' if limit.unit == 'opening' else '日'}"
    return f"{limit.years}年" if limit.years else f"{limit.months}か月"


def _shift(limit: Limit) -> str:
    moved = {"next_open": "閉庁日に当たれば次の開庁日", "previous_open": "閉庁日に当たれば前の開庁日"}
    return moved.get(limit.shift, "閉庁日に当たっても動かない")


def _asked(luck: Random, kind: str, asks: str, right: str, others: Sequence[str], why: str) -> Question:
    wrong = list(others) if kind == DATES else luck.sample(list(others), OPTIONS - 1)
    options = luck.sample([right, *wrong], OPTIONS)
    return Question(kind, asks, tuple(options), options.index(right) + 1, why)
