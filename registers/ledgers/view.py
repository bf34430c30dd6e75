"""A person as a register looks at one: with the household, the city, and the person to whom relations are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random

from registers.population import Population
from registers.port import Value
from registers.resident import Household, Resident

_CHILD_UNTIL = 18  # the end of the school year in which this age is reached (児童手当法3条)
_ELDER_UNTIL = 22
_ADULT = 18


@dataclass(frozen=True)
class View:
    """One look at one person; `beside` is the person to whom relations are told."""

    city: Population
    one: Resident
    beside: Resident

    @cached_property
    def household(self) -> Household:
        """The household of the person."""
        return self.city.household_of(self.one.number)

    @property
    def today(self) -> dt.date:
        """The day of the look."""
        return self.city.today

    @property
    def age(self) -> int:
        """The age in whole years."""
        return self.one.age_on(self.today)

    @property
    def is_parent(self) -> bool:
        """Whether the person is a parent of the household's children."""
        return self.one.relation in {"head", "spouse"} and any(
            one.relation == "child" for one in self.household.members
        )

    @cached_property
    def spouse(self) -> Resident | None:
        """The living spouse in the same household, or None."""
        pairs = {"head": "spouse", "spouse": "head", "parent": "parent"}
        wanted = pairs.get(self.one.relation)
        others = (one for one in self.household.living if one.relation == wanted and one.number != self.one.number)
        return next(others, None)

    @cached_property
    def children(self) -> tuple[Resident, ...]:
        """The person's children in the household who count for the child allowance."""
        found = (one for one in self.household.living if one.relation == "child")
        return tuple(one for one in found if self.is_parent and one.school_age_on(self.today) < _CHILD_UNTIL)

    @cached_property
    def elder_children(self) -> tuple[Resident, ...]:
        """Those who no longer count for it, to the end of the school year of 22."""
        found = (one for one in self.household.living if one.relation == "child" and self.is_parent)
        return tuple(one for one in found if _CHILD_UNTIL <= one.school_age_on(self.today) < _ELDER_UNTIL)

    @cached_property
    def dead_head(self) -> Resident | None:
        """The head of the household who died of late, or None."""
        return next((one for one in self.household.members if one.died_on is not None), None)

    @cached_property
    def adults(self) -> tuple[Resident, ...]:
        """The living of full age in the household."""
        return tuple(one for one in self.household.living if one.age_on(self.today) >= _ADULT)

    def of(self, one: Resident) -> View:
        """The look at somebody else of the household, in relation to the same person."""
        return replace(self, one=one)

    def luck(self, topic: str) -> Random:
        """The luck of one matter of the person."""
        return self.city.luck(topic, self.one.number)

    def luck_of_home(self, topic: str) -> Random:
        """The luck of one matter of the household."""
        return self.city.luck(topic, "household", self.household.number)


Look = Callable[[View], Value | None]
Fields = Mapping[str, Look]
"""The fields of one register; None means that nothing is known."""
