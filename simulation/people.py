"""People at work: who holds a post, when they are in, and when a piece of work that starts now will be done.

Work stops at closing time and goes on the next day the same person is in; nobody is interrupted for something else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.calendar import OpeningCalendar
from engine.clock import JST, civil_day, to_seconds
from engine.municipality import OpeningHours, Post
from simulation.draws import share

ONE_DAY = dt.timedelta(days=1)
LEAST_PART = 0.05
"""The least that somebody works, of full time: half a day in two weeks. What is left of a number below it is nobody."""


@dataclass
class Person:
    """One holder of a post. `key` names the post in the whole city, `post` inside its department.

    `here` are the first and last day of one who comes to help, `away` the spans of one who is needed elsewhere, `part`
    the share of days on which a part-timer comes.
    """

    key: str
    post: str
    name: str
    number: int
    busy_with: tuple[int, int] | None = None
    here: tuple[dt.date, dt.date] | None = None
    away: list[tuple[dt.date, dt.date]] = field(default_factory=list)
    part: float = 1.0


@dataclass
class Staff:
    """All people of one city. Days off are drawn by person and day, so they are the same in every scenario.

    A post of 2.5 people has two and a part-timer, who comes on half of the days.

    Args:
        elsewhere: the posts of the city that have no work here; whoever they lend is missed by nobody.
        windows: the part of the day that a post has for a procedure; for "" the span of them all, where each has one.
    """

    calendar: OpeningCalendar
    hours: OpeningHours
    posts: tuple[Post, ...]
    absence_share: float
    seed: int
    windows: Mapping[tuple[str, str], tuple[dt.time, dt.time]] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()
    people: dict[str, list[Person]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for post in self.posts:
            key, whole = key_of(post), int(post.staff + LEAST_PART)
            part = post.staff - whole
            count = whole + (part >= LEAST_PART or not whole)
            people = [Person(key, post.id, f"{post.id}-{n}", n) for n in range(1, count + 1)]
            if count > whole:
                people[-1].part = max(LEAST_PART, part)
            self.people[key] = people

    def add(self, key: str, staff: int, first: dt.date, last: dt.date) -> None:
        """Let people hold a post besides its own, from a day to a day."""
        people = self.people[key]
        post = people[0].post
        for number in range(len(people) + 1, len(people) + 1 + staff):
            people.append(Person(key, post, f"{post}-{number}", number, here=(first, last)))

    def leave(self, key: str, staff: int, first: dt.date, last: dt.date) -> None:
        """Let people of a post be elsewhere from a day to a day, those with the highest numbers first."""
        own = [person for person in self.people[key] if person.here is None]
        for person in [p for p in own if all(b < first or last < a for a, b in p.away)][-staff:]:
            person.away.append((first, last))

    def holders(self, key: str, first: dt.date, last: dt.date) -> int:
        """How many people belong to a post on any day from one to another."""
        people = self.people[key]
        elsewhere = [p for p in people if any(begin <= first and last <= end for begin, end in p.away)]
        return len(people) - len(elsewhere)

    def is_in(self, person: Person, day: dt.date) -> bool:
        """Whether a person is at work on a day."""
        if person.here is not None and not person.here[0] <= day <= person.here[1]:
            return False
        if any(begin <= day <= end for begin, end in person.away):
            return False
        return self._comes(person, day)

    def _comes(self, person: Person, day: dt.date) -> bool:
        """Whether a person would be at work on a day, however long he belongs here."""
        key = (person.key, person.number, day.toordinal())
        if person.part < 1 and share(self.seed, "part time", *key) >= person.part:
            return False
        return self.calendar.is_open(day) and share(self.seed, "absent", *key) >= self.absence_share

    def opening(self, day: dt.date, key: str = "", procedure: str = "") -> tuple[int, int]:
        """The instants at which the office opens and closes on a day, or a post begins and ends work of a procedure."""
        opens, closes = self.windows.get((key, procedure), (self.hours.opens, self.hours.closes))
        begin, end = dt.datetime.combine(day, opens, JST), dt.datetime.combine(day, closes, JST)
        return to_seconds(begin), to_seconds(end)

    def is_open(self, at: int, key: str = "", procedure: str = "") -> bool:
        """Whether the office, or a post's time for a procedure, is open at an instant."""
        day = civil_day(at)
        opens, closes = self.opening(day, key, procedure)
        return self.calendar.is_open(day) and opens <= at < closes

    def idle(self, post: str, at: int) -> Person | None:
        """The free person of a post with the lowest number who is in now; None when there is none."""
        day = civil_day(at)
        if not self.is_open(at):
            return None
        free = (p for p in self.people[post] if p.busy_with is None and self.is_in(p, day))
        return next(free, None)

    def finish(
        self, person: Person, start: int, seconds: int, procedure: str = ""
    ) -> tuple[int, list[tuple[dt.date, int]]]:
        """When work that starts now is done, and the seconds of it that fall on each day.

        Whoever leaves the post finishes what is in hand first.
        """
        spent: list[tuple[dt.date, int]] = []
        at, left = start, seconds
        while True:
            day = civil_day(at)
            opens, closes = self.opening(day, person.key, procedure)
            if self._comes(person, day) and at < closes:
                begin = max(at, opens)
                part = min(left, closes - begin)
                spent.append((day, part))
                left -= part
                if left <= 0:
                    return begin + part, spent
            at = self.opening(day + ONE_DAY, person.key, procedure)[0]

    def next_opening(self, after: int, key: str = "", procedure: str = "") -> int:
        """The first instant after this one at which the office, or a post's time for a procedure, opens."""
        day = civil_day(after)
        first = self.opening(day, key, procedure)[0]
        if self.calendar.is_open(day) and after < first:
            return first
        return self.opening(self.calendar.next_open_day(day + ONE_DAY), key, procedure)[0]

    def available(self, post: str, day: dt.date) -> int:
        """The seconds that the people of a post are in on a day."""
        opens, closes = self.opening(day, post)
        return sum(closes - opens for p in self.people[post] if self.is_in(p, day))


def key_of(post: Post) -> str:
    """The name of a post in the whole city."""
    return f"{post.department}/{post.id}"
