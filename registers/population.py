"""The made-up residents of a city: household by household, each from its own luck, so that any of them comes first.

The same seed, city and day give the same people, whoever is asked for and in whatever order.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import Any

from engine.errors import UnknownThing
from registers.fiction import Fiction, Name, Person, Place, places
from registers.names import family_name, given_name, given_names
from registers.resident import Address, Household, Relation, Resident, Sex, Stay

HOUSEHOLDS = 10_000
MOST_MEMBERS = 10
_FLATS = 8
_HALF = 0.5
_OLDEST = 104
_LATELY = 300  # days
_DAYS_A_YEAR = 365.25


@lru_cache(maxsize=1)
def assumptions() -> Mapping[str, Any]:
    """The shares from which a city is made up; all of them are assumptions."""
    return tomllib.loads(files("registers").joinpath("city.toml").read_text("utf-8"))


class Population:
    """The residents of one city on one day.

    Args:
        place: the city (`registers.fiction.places`).
        today: the day on which they are looked at, in Japan; ages count back from it.
        households: how many there are, numbered from 1.
    """

    def __init__(self, place: str, seed: int, today: dt.date, households: int = HOUSEHOLDS) -> None:
        self.place = places()[place]
        self.seed = seed
        self.today = today
        self.size = households
        self._drawn = lru_cache(maxsize=256)(self._draw)

    def households(self) -> Iterator[Household]:
        """Every household, by number."""
        return map(self.household, range(1, self.size + 1))

    def residents(self) -> Iterator[Resident]:
        """Everybody in the register, household by household."""
        return (one for household in self.households() for one in household.members)

    def household(self, number: int) -> Household:
        """The household of a number.

        Raises:
            UnknownThing: there is none.
        """
        if not 1 <= number <= self.size:
            raise UnknownThing(f"世帯 {number} はありません。1から{self.size}までです。", f"no household {number}")
        return self._drawn(number)

    def resident(self, number: int) -> Resident:
        """The resident of a number: that of the household, then one digit from 1.

        Raises:
            UnknownThing: there is nobody of that number.
        """
        members = self.household_of(number).members
        return members[number % MOST_MEMBERS - 1]

    def household_of(self, number: int) -> Household:
        """The household of a resident's number.

        Raises:
            UnknownThing: there is nobody of that number.
        """
        household, place = divmod(number, MOST_MEMBERS)
        if 1 <= household <= self.size and 1 <= place <= len(self._drawn(household).members):
            return self._drawn(household)
        known = [one.number for one in self._drawn(min(max(household, 1), self.size)).members]
        ja = f"住民番号 {number} の人はいません。世帯の番号に1桁を付けた番号です(例 {known[0]})。"
        raise UnknownThing(ja, f"there is no resident {number}; {known[0]} is one", person=number)

    def luck(self, *about: object) -> Random:
        """The luck of one matter, apart from that of any other."""
        return Random("/".join(map(str, (self.place.id, self.seed, *about))))

    def _draw(self, number: int) -> Household:
        return Draw(self, number).household()


class Draw:
    """Makes up one household."""

    def __init__(self, city: Population, number: int) -> None:
        self._city = city
        self._number = number
        self._luck = city.luck("household", number)
        self._fiction = Fiction(self._luck, city.place)
        self._shares = assumptions()["shares"]
        self._given: set[str] = set()

    def household(self) -> Household:
        """The household, its home and where it came from."""
        kind = self._weighted(assumptions()["households"], "share")
        nation = self._weighted(assumptions()["nations"], "weight") if self._chance("foreign_household") else None
        address = self._address(self._city.place, apartment=self._chance("apartment"))
        members = self._members(kind, nation)
        moved_on, came_from = self._move(min(one.birth_date for one in members[:1]))
        return Household(self._number, address, tuple(members), moved_on, came_from)

    def _members(self, kind: Mapping[str, Any], nation: Mapping[str, Any] | None) -> list[Resident]:
        head_age = self._luck.randint(*kind["head"])
        head_sex: Sex = "male" if self._luck.random() < _HALF else "female"
        other: Sex = "female" if head_sex == "male" else "male"
        people: list[tuple[Relation, Sex, int]] = [("head", head_sex, head_age)]
        if kind.get("spouse"):
            people.append(("spouse", other, max(20, head_age + self._luck.randint(-5, 5))))
        parent_age = min(age for _, _, age in people)
        for _ in range(self._luck.randint(*kind.get("children", (0, 0)))):
            age_at_birth = self._luck.randint(20, min(36, parent_age))
            people.append(("child", self._luck.choice(("male", "female")), parent_age - age_at_birth))
        older = self._luck.randint(*kind.get("parents", (0, 0)))
        both: tuple[Sex, Sex] = ("female", "male")
        people += [("parent", sex, min(_OLDEST, head_age + self._luck.randint(22, 36))) for sex in both[:older]]
        family = self._family(nation)
        return [self._resident(place, one, family, nation) for place, one in enumerate(people, 1)]

    def _resident(
        self, place: int, one: tuple[Relation, Sex, int], family: Name, nation: Mapping[str, Any] | None
    ) -> Resident:
        relation, sex, age = one
        born = self._city.today - dt.timedelta(days=int(age * _DAYS_A_YEAR) + 1 + self._luck.randint(0, 363))
        dead = place == 1 and relation == "head" and self._chance("died_lately")
        return Resident(
            number=self._number * MOST_MEMBERS + place,
            name=self._name(family, sex, nation),
            sex=sex,
            birth_date=born,
            relation=relation,
            my_number=self._fiction.my_number(),
            stay=self._stay(nation) if nation else None,
            died_on=self._city.today - dt.timedelta(days=self._luck.randint(5, _LATELY)) if dead else None,
        )

    def _family(self, nation: Mapping[str, Any] | None) -> Name:
        if nation is not None:
            family = self._luck.choice(nation["families"])
            return Name(family, family, family)
        return family_name(self._luck)

    def _name(self, family: Name, sex: Sex, nation: Mapping[str, Any] | None) -> Person:
        """A name that nobody else of the household has."""
        names = [(one, one, one) for one in nation[sex]] if nation is not None else given_names()[sex]
        chosen = given_name(self._luck, names, self._given)
        self._given.add(chosen.kanji)
        return Person(family, chosen)

    def _stay(self, nation: Mapping[str, Any]) -> Stay:
        kind = self._weighted(assumptions()["residence"], "weight")
        days = self._luck.randint(20, kind["years"] * 365) if kind["years"] else None
        until = None if days is None else self._city.today + dt.timedelta(days=days)
        return Stay(nation["code"], kind["status"], until)

    def _move(self, head_born: dt.date) -> tuple[dt.date | None, Address | None]:
        """When they came and from where: from another city, from another home in this one, or not lately."""
        draw = self._luck.random()
        share = self._shares["moved_in_lately"]
        if draw >= share + self._shares["moved_within_city_lately"]:
            return None, None
        others = [one for one in places().values() if one.id != self._city.place.id]
        place = self._luck.choice(others) if draw < share else self._city.place
        day = self._city.today - dt.timedelta(days=self._luck.randint(1, _LATELY))
        return max(day, head_born), self._address(place, apartment=False)

    def _address(self, place: Place, *, apartment: bool) -> Address:
        """A detached house, or a flat in a building whose flats are shared out to neighbouring numbers."""
        block, flat = divmod(self._number - 1, _FLATS)
        luck = self._city.luck("block", block) if apartment else self._luck
        code, street = Fiction(luck, place).street()
        floor, door = divmod(flat, _FLATS // 2)
        room = f"コーポ潮騒{'ABCDEF'[block % 6]}棟{floor + 1}{door + 1:02}号" if apartment else ""
        return Address(code, place.prefecture, place.city, street, room)

    def _chance(self, share: str) -> bool:
        return self._luck.random() < float(self._shares[share])

    def _weighted(self, rows: Sequence[Mapping[str, Any]], weight: str) -> Mapping[str, Any]:
        return self._luck.choices(rows, [row[weight] for row in rows])[0]
