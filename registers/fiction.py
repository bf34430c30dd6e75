"""Made-up people, addresses, banks and numbers that look real and belong to nobody."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from random import Random
from typing import TYPE_CHECKING

from registers.check_digit import my_number_check_digit

if TYPE_CHECKING:
    from faker import Faker

# Names that a system must carry through unchanged: outside JIS, outside the first plane, with a variation selector.
RARE = (("髙橋", "タカハシ"), ("𠮷田", "ヨシダ"), ("辻󠄀", "ツジ"), ("山﨑", "ヤマザキ"), ("濵田", "ハマダ"))
SHARE_OF_RARE = 0.1
BANKS = ("0130", "0131", "0001", "0009", "1240", "9900")


@dataclass(frozen=True)
class Name:
    """One part of a name as written, in katakana and in Latin letters."""

    kanji: str
    kana: str
    latin: str = ""


@dataclass(frozen=True)
class Person:
    """A person's two names."""

    family: Name
    given: Name

    @property
    def kanji(self) -> str:
        """Family and given name with a wide space, as on a form."""
        return f"{self.family.kanji}　{self.given.kanji}"

    @property
    def kana(self) -> str:
        """The same in katakana, with a plain space."""
        return f"{self.family.kana} {self.given.kana}"


@dataclass(frozen=True)
class Branch:
    """A branch of a bank with both codes and names."""

    bank_code: str
    bank_name: str
    branch_code: str
    branch_name: str


@dataclass(frozen=True)
class Place:
    """A city with some of its towns, each with its postal code, its telephone area code and its code (団体コード)."""

    id: str
    code: str
    prefecture: str
    city: str
    area: str
    towns: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def places() -> dict[str, Place]:
    """The cities for which addresses can be made up, by id."""
    raw = tomllib.loads(files("registers").joinpath("places.toml").read_text("utf-8"))
    towns = {name: tuple((code, town) for code, town in rows) for name, rows in raw["towns"].items()}
    return {row["id"]: Place(**row | {"towns": towns[row["towns"]]}) for row in raw["places"]}


class Fiction:
    """Draws what a sample needs; the same luck gives the same fiction.

    Args:
        place: the city of the addresses.
    """

    def __init__(self, luck: Random, place: Place) -> None:
        self._luck = luck
        self.place = place

    def family(self) -> Name:
        """A family name, now and then one that old systems mangle."""
        if self._luck.random() < SHARE_OF_RARE:
            return Name(*self._luck.choice(RARE))
        return Name(*self._names.last_name_pair())

    def person(self, family: Name) -> Person:
        """A person of that family name."""
        return Person(family, Name(*self._names.first_name_pair()))

    def street(self) -> tuple[str, str]:
        """A postal code and the town and number that go with it."""
        code, town = self._luck.choice(self.place.towns)
        return code, f"{town}{self._luck.randint(9000, 9999)}番地{self._luck.choice(['', 'の1', 'の2', 'の15'])}"

    def branch(self) -> Branch:
        """A bank and one of its branches as the banks' own list has them."""
        from zengin_code import Bank

        code = self._luck.choice(BANKS)
        bank = Bank.all[code]
        branch = bank.branches[self._luck.choice(sorted(bank.branches))]
        name = bank.name.replace("信金", "信用金庫") if bank.name.endswith("信金") else f"{bank.name}銀行"
        return Branch(code, name, branch.code, branch.name if branch.name.endswith("部") else f"{branch.name}支店")

    def phone(self) -> str:
        """A mobile number from a block that no carrier has (090-0…)."""
        return f"0900{self._luck.randint(0, 9_999_999):07}"

    def my_number(self) -> str:
        """Twelve digits whose check digit is wrong, so that they are nobody's."""
        eleven = "".join(self._luck.choice("0123456789") for _ in range(11))
        wrong = (my_number_check_digit(eleven) + self._luck.randint(1, 9)) % 10
        return f"{eleven}{wrong}"

    @cached_property
    def _names(self) -> Faker:
        from faker import Faker

        names = Faker("ja_JP")
        names.seed_instance(self._luck.getrandbits(64))
        return names
