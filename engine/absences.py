"""Absences (不在) and vacancies (欠員) of posts: who stands in while they last.

A time is half-open: its end is the first instant at which the post acts again. What is in force is asked when a task is
read or acted on, so that a record works at once and stops by itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.municipality import DEPUTY, Municipality
from engine.store import Absence

ABSENT, VACANT = "absent", "vacant"
MOST_LINKS = 3
"""How far it goes on when a deputy is away too: to his own deputies, and to theirs."""

Key = tuple[str, str]


def key_of(municipality: Municipality, post: str, department: str) -> Key:
    """The department and id of a post as it serves a department; without a profile only its id is known."""
    found = municipality.post(post, department)
    return (found.department, found.id) if found else ("", post)


def listed(municipality: Municipality, post: str, department: str) -> tuple[str, ...]:
    """The posts that may stand in for a post, in the city's order; without a profile the role of the deputy."""
    found = municipality.post(post, department)
    return found.deputies if found else (DEPUTY,) if municipality.standing == "default" else ()


class Away:
    """The absences and vacancies in force at one instant, as a city's list of deputies has to be read then."""

    def __init__(self, rows: Iterable[Absence], municipality: Municipality) -> None:
        self._city = municipality
        self._rows = {(row.department, row.post): row for row in rows}

    def __bool__(self) -> bool:
        return bool(self._rows)

    def of(self, post: str, department: str) -> Absence | None:
        """The absence or vacancy of a post that serves a department; None when it can act."""
        return self._rows.get(key_of(self._city, post, department)) if self._rows else None

    def is_absent(self, post: str | None, department: str) -> bool:
        """Whether the holder of a post is away; a vacant post has no holder who could be."""
        row = self.of(post, department) if post else None
        return row is not None and row.kind == ABSENT

    def stands_in(self, post: str, department: str) -> str | None:
        """The post that may act for an absent one: of its deputies the first who is there, or else of theirs."""
        asked, seen = [post] if self.is_absent(post, department) else [], {post}
        for _ in range(MOST_LINKS):
            deputies = [one for each in asked for one in self._deputies(each, department)]
            level = [one for one in dict.fromkeys(deputies) if one not in seen]
            there = next((one for one in level if self.of(one, department) is None), None)
            if there is not None:
                return there
            seen |= set(level)
            asked = [one for one in level if self.is_absent(one, department)]
        return None

    def _deputies(self, post: str, department: str) -> tuple[str, ...]:
        row = self.of(post, department)
        return (row.deputy,) if row and row.deputy else listed(self._city, post, department)
