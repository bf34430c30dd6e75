"""A municipality fills slots: posts for roles, opening hours, figures of its own. It never edits a machine."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field

from engine.definition.rows import Confidence, Part, Words

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


DEPUTY = "deputy"
"""The role in which a post may stand in for another."""


class Department(Part):
    """A department (所管課) and the procedures, by number, that it has."""

    id: str
    label: str
    short: str = ""
    procedures: tuple[int, ...] = ()


class Post(Part):
    """A post (職) of a department and the roles it may act in. `staff` persons hold it, in full-time equivalents.

    `deputies` are the posts that may decide for it while it is absent (代決), in their order.
    """

    id: str
    label: str
    department: str
    roles: Words
    staff: float = Field(default=1, gt=0)
    serves: Words = ()
    deputies: Words = ()
    assumption: bool = False


class Stated(Part):
    """A figure as somebody stated it: a fact with its source, or a labelled assumption."""

    id: str
    label: str
    value: Any
    unit: str = ""
    source: str = ""
    assumption: bool = False
    confidence: Confidence = "high"
    as_of: str = ""


class OnlineRow(Part):
    """One printed row of the city's schedule of going online."""

    number: int = Field(ge=1)
    title: str
    period: str
    note: str = ""


class OpeningHours(Part):
    """When the counters are open, in Japanese civil time, and the days closed besides weekends and holidays."""

    opens: dt.time = dt.time(8, 30)
    closes: dt.time = dt.time(17, 15)
    closed_days: tuple[dt.date, ...] = ()
    assumption: bool = True


class Sittings(Part):
    """The days on which a meeting sits, and how many cases it takes on one.

    It sits on the `weekdays` on which the hall is open, of every week or of the `weeks` of a month (1 is the first such
    weekday), and on the `days` besides.
    """

    id: str
    label: str = ""
    weekdays: tuple[Weekday, ...] = ()
    weeks: tuple[Annotated[int, Field(ge=1, le=5)], ...] = ()
    days: tuple[dt.date, ...] = ()
    capacity: int = Field(ge=1)
    source: str = ""
    assumption: bool = False
    confidence: Confidence = "high"


class Municipality(Part):
    """One city's profile."""

    id: str
    label: str
    prefecture: str = ""
    sources: tuple[str, ...] = ()
    hours: OpeningHours = OpeningHours()
    departments: tuple[Department, ...] = ()
    posts: tuple[Post, ...] = ()
    meetings: tuple[Sittings, ...] = ()
    params: dict[str, Any] = {}
    stated: tuple[Stated, ...] = ()
    schedule: tuple[OnlineRow, ...] = ()
    printed_totals: dict[str, int] = {}
    also_stated: str = ""
    channels: tuple[str, ...] = ()
    standing: Literal["city", "default"] = "city"

    def department_of(self, number: int) -> Department | None:
        """The department that has the procedure of that number."""
        return next((one for one in self.departments if number in one.procedures), None)

    def posts_for(self, role: str, department: str) -> tuple[Post, ...]:
        """The posts that fill a role for a department; a post without a profile fills the role of its own name."""
        found = tuple(
            post
            for post in self.posts
            if role in post.roles and (post.department == department or department in post.serves or "*" in post.serves)
        )
        return found or (Post(id=role, label=role, department=department, roles=(role,)),)

    def sittings(self, meeting: str) -> Sittings | None:
        """When the meeting of that id sits; None where the city does not say."""
        return next((row for row in self.meetings if row.id == meeting), None)

    def has_post(self, post_id: str) -> bool:
        """Whether any department has a post of that id."""
        return post_id in self._by_id

    def post(self, post_id: str, department: str, of: str = "") -> Post | None:
        """The post of that id that serves the department; only one `of` a department where that is named."""
        found = (one for one in self._by_id.get(post_id, ()) if of in {"", one.department})
        return next((one for one in found if self._serves(one, department)), None)

    @cached_property
    def _by_id(self) -> dict[str, tuple[Post, ...]]:
        found: dict[str, tuple[Post, ...]] = {}
        for one in self.posts:
            found[one.id] = (*found.get(one.id, ()), one)
        return found

    def _serves(self, post: Post, department: str) -> bool:
        return post.department == department or department in post.serves or "*" in post.serves
