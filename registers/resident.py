"""A resident, the household and the home, as plain values; a day of birth makes an age, the rest is looked up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from registers.fiction import Person

Sex = Literal["male", "female"]
Relation = Literal["head", "spouse", "child", "parent"]


@dataclass(frozen=True)
class Stay:
    """The nationality of somebody without the Japanese one, the 在留資格 and its last day (None: no end)."""

    nation: str
    status: str
    until: dt.date | None


@dataclass(frozen=True)
class Address:
    """A place where somebody lives, in the parts of the resident register."""

    postal_code: str
    prefecture: str
    city: str
    street: str
    building: str = ""

    @property
    def line(self) -> str:
        """The address in one line, as a certificate has it."""
        return f"{self.prefecture}{self.city}{self.street}{self.building}"


@dataclass(frozen=True)
class Resident:
    """One person of the resident register (住基).

    `number` is the number within the city (宛名番号), not the My Number. `relation` is that to the head (続柄).
    """

    number: int
    name: Person
    sex: Sex
    birth_date: dt.date
    relation: Relation
    my_number: str
    stay: Stay | None = None
    died_on: dt.date | None = None

    @property
    def kanji(self) -> str:
        """The name as registered: family and given name with a wide space; in Latin letters with a plain one."""
        return self.name.kanji if self.stay is None else f"{self.name.family.kanji} {self.name.given.kanji}"

    @property
    def kana(self) -> str:
        """The reading; somebody without a fixed one is registered in Latin letters."""
        return self.name.kana

    def age_on(self, day: dt.date) -> int:
        """The age in whole years on a day."""
        had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (not had_birthday)

    def school_age_on(self, day: dt.date) -> int:
        """The age reached by the first of April on or before a day; born on that first counts as the year before."""
        return Resident.age_on(self, dt.date(day.year - (day < dt.date(day.year, 4, 1)), 4, 1))


@dataclass(frozen=True)
class Household:
    """Those who share a home, its head first; the dead of the last year are still in the register.

    `moved_on` is the day on which all came here from `from_address`, None if they have lived here for long.
    """

    number: int
    address: Address
    members: tuple[Resident, ...]
    moved_on: dt.date | None = None
    from_address: Address | None = None

    @property
    def living(self) -> tuple[Resident, ...]:
        """Those who are alive, the head (or who follows) first."""
        return tuple(one for one in self.members if one.died_on is None)
