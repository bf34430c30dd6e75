"""However the clock jumps, no timer of any case, task or legal clock is lost, and none comes twice."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections import Counter
from functools import cache
from random import Random

import pytest

from engine.actors import Actor
from engine.clock import JST, to_seconds
from engine.state import LogRow
from engine.store import Store
from tests.engine.desk import Desk
from tests.engine.made_up.shelf import TOWN, Shelf, legal, shelf
from tests.engine.test_walks import FORMS
from tests.engine.walks import Walk
from tests.faults.clockwatch import Watch, overdue

MADE_UP = (("square",), ("grove", "permit", "square"))  # by turns: that of legal clocks and meetings alone, and all
SOME, STEPS = range(4), 250
ALL, MANY_STEPS = range(4, 40), 1000
FIRST, LAST = 2021, 2080  # the holidays of every year that a period can reach must be known


class Tortured(Walk):
    """A walk whose clock goes backwards, leaps years, and stops at the edges of days, months and years."""

    jumped: Counter[str]

    def _time(self) -> None:
        odd = min(sorted(set(JUMPS) - {"days"}), key=self.jumped.__getitem__)
        name = "days" if self.luck.random() < 0.5 else odd
        self.jumped[name] += 1
        moved = JUMPS[name](self.clock.now(), self.luck)
        if not FIRST <= moved.year <= LAST:
            moved = moved.replace(year=2024)
        self.clock.set(moved)
        if self.luck.random() < 0.8:
            for receipt in self.engine.tick():
                self._heard(receipt)

    def _made_up(self, kind: str | tuple[str, ...]) -> object:
        if kind == "date" and self.luck.random() < 0.8:  # late enough for an extension
            return (self.clock.now().date() + dt.timedelta(days=self.luck.randint(20, 90))).isoformat()
        return super()._made_up(kind)


def midnight(now: dt.datetime, luck: Random) -> dt.datetime:
    """The last second of a Japanese day, its end, or the first of the next."""
    start = now.astimezone(JST).replace(hour=0, minute=0, second=0) + dt.timedelta(days=luck.randint(1, 40))
    return start + dt.timedelta(seconds=luck.choice((-1, 0, 1)))


def leap_day(now: dt.datetime, luck: Random) -> dt.datetime:
    """29 February of the next year that has one, around its midnights."""
    year = now.year + (4 - now.year % 4)
    return dt.datetime(year, 2, 29, luck.choice((0, 12, 23)), tzinfo=JST)


def fiscal_year(now: dt.datetime, luck: Random) -> dt.datetime:
    """The first or the last hour of the next 31 March."""
    return dt.datetime(now.year + (now.month > 3), 3, 31, luck.choice((0, 23)), 59, 59, tzinfo=JST)


def new_year(now: dt.datetime, luck: Random) -> dt.datetime:
    """The end of the year, or a second before it."""
    return dt.datetime(now.year + 1, 1, 1, tzinfo=JST) - dt.timedelta(seconds=luck.choice((0, 1)))


def backwards(now: dt.datetime, luck: Random) -> dt.datetime:
    """Up to forty days ago."""
    return now - dt.timedelta(seconds=luck.choice((1, 3600, 86_400, 40 * 86_400)))


def days(now: dt.datetime, luck: Random) -> dt.datetime:
    """As time goes."""
    return now + dt.timedelta(days=luck.choice((0.5, 1, 5, 8, 16, 31)))


def ten_years(now: dt.datetime, _luck: Random) -> dt.datetime:
    """Ten years ahead."""
    return now + dt.timedelta(days=3653)


JUMPS = {jump.__name__: jump for jump in (backwards, days, fiscal_year, leap_day, midnight, new_year, ten_years)}


@cache
def definitions() -> Shelf:
    return Shelf({**shelf().procedures, **legal().procedures})


def people(procedure: str) -> list[Actor]:
    whole = definitions().procedures[procedure]
    outside = [Actor(role.id, f"{role.id}-1") for role in whole.roles if role.side == "outside"]
    needed = {role.id for role in whole.roles if role.side == "office"}
    posts = [
        Actor(post.id, f"{post.id}-1")
        for post in TOWN.posts
        if post.department == "streets" and needed & set(post.roles)
    ]
    return [Actor("applicant", "p1"), *posts, *outside]


@cache
def tortured(seed: int, steps: int) -> tuple[Tortured, Watch, tuple[list[LogRow], ...]]:
    """A walk, its logs, and what they say of the timers once time could act a last time."""
    desk = Desk(Store.open(":memory:"), definitions())
    forms = {**FORMS, "square": FORMS["badge"]}
    walk = Tortured(desk.engine, desk.clock, Random(seed), forms, {name: people(name) for name in MADE_UP[seed % 2]})
    walk.jumped = Counter()
    walk.go(steps)
    desk.clock.set(dt.datetime(LAST + 5, 1, 1, tzinfo=JST))
    while any(receipt.events for receipt in desk.engine.tick()):
        pass
    watch = Watch(definitions())
    with desk.store.reading() as tx:
        logs = tuple(tx.log(number) for number in walk.cases)
        for number, rows in zip(walk.cases, logs, strict=True):
            watch.read(rows)
            whole = tx.whole(number)
            assert whole is not None
            watch.broken += overdue(whole, to_seconds(desk.clock.now()))
    return walk, watch, logs


@pytest.mark.parametrize(
    ("seed", "steps"),
    [*((seed, STEPS) for seed in SOME), *(pytest.param(seed, MANY_STEPS, marks=pytest.mark.full) for seed in ALL)],
)
def test_no_timer_is_lost_and_none_comes_twice(seed: int, steps: int) -> None:
    walk, watch, _ = tortured(seed, steps)
    assert (walk.broken, watch.broken) == ([], [])
    assert set(walk.jumped) == set(JUMPS)
    assert watch.fired > steps // 40


def doctored(rows: list[LogRow], effect: str, about: str, times: int) -> list[LogRow]:
    """The log with the first such effect so many times; empty where it has none."""
    for place, row in enumerate(rows):
        effects = json.loads(row.effects)
        found = next((at for at, one in enumerate(effects) if one[0] == effect and about in one), None)
        if found is not None:
            effects[found : found + 1] = [effects[found]] * times
            return [*rows[:place], dataclasses.replace(row, effects=json.dumps(effects)), *rows[place + 1 :]]
    return []


@pytest.mark.parametrize(
    ("effect", "about", "times", "said"),
    [
        ("timer+", "expire", 0, "nothing waits for expire"),
        ("timer+", "clock:statutory", 0, "nothing waits for the end of statutory"),
        ("timer-", "expire", 0, "is still there"),
        ("clock.told", "statutory", 2, "told twice"),
        ("clock.breach", "standard", 2, "passed twice"),
    ],
)
def test_a_log_in_which_a_timer_is_lost_or_comes_twice_is_noticed(
    effect: str, about: str, times: int, said: str
) -> None:
    logs = [doctored(rows, effect, about, times) for seed in SOME for rows in tortured(seed, STEPS)[2]]
    found = []
    for rows in filter(None, logs):
        watch = Watch(definitions())
        watch.read(rows)
        found += watch.broken
    assert any(said in one for one in found)
