"""The port to the registers: what a real system would implement, and the words in which it is asked.

A look-up says who asks, when and for what; it is noted before a value is given. What a register does not know of
somebody is not there: no key, no empty value.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal, Protocol, get_args

from engine.actors import Actor
from engine.shapes import Sensitivity
from registers.certificate import Attributes, Certificate

Value = str | int | bool | list[str]
Role = Literal[
    "person",
    "spouse",
    "children",
    "new_children",
    "elder_children",
    "head",
    "household",
    "others",
    "former_recipient",
    "nobody",
]
"""Whom a part of a form is about, seen from the person whose form it is.

`household` are all but the head, `others` all but the person; `nobody` is somebody whom no register names."""

ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True)
class Known:
    """One field of a register: its names, the kind of its value (as a form's field type) and how sensitive it is."""

    key: str
    label: str
    en: str
    kind: str
    sensitivity: Sensitivity


@lru_cache(maxsize=1)
def vocabulary() -> Mapping[str, Known]:
    """Every field that can be asked for, by its key (`juki.name_kanji`), register by register."""
    rows = tomllib.loads(files("registers").joinpath("vocabulary.toml").read_text("utf-8"))
    return {
        f"{name}.{field}": Known(f"{name}.{field}", row["label"], row["en"], kind, row.get("sensitivity", "general"))
        for name, row in rows.items()
        for field, kind in row["fields"].items()
    }


class Registers(Protocol):
    """The registers of a city."""

    def people(self, person: int, role: Role) -> tuple[int, ...]:
        """The numbers of those who stand in a role to a person, in the order of the register.

        Raises:
            UnknownThing: there is no such person.
        """

    def read(self, person: int, keys: Sequence[str], beside: int) -> Mapping[str, Value]:
        """What is known of a person, by key; a key of which nothing is known is left out.

        Args:
            beside: the person to whom relations are told.

        Raises:
            UnknownThing: there is no such person, or no such key.
        """

    def certificate(self, person: int) -> Certificate | None:
        """The newest signing certificate of a person, or None.

        Raises:
            UnknownThing: there is no such person.
        """

    def registered(self, person: int) -> Attributes:
        """The four attributes of a person as the resident register has them now.

        Raises:
            UnknownThing: there is no such person.
        """


@dataclass(frozen=True)
class LookUp:
    """One look-up: who asked when, for what, about whom, for which fields; never a value.

    `at` is in epoch seconds.
    """

    viewer: Actor
    purpose: str
    at: int
    person: int
    keys: tuple[str, ...]

    @property
    def shown(self) -> dict[str, Sensitivity]:
        """Each field with the number of the person it is about, and how sensitive it is."""
        return {f"{self.person}/{key}": vocabulary()[key].sensitivity for key in self.keys}


class Counter:
    """Registers as one viewer sees them for one purpose: every look-up is noted first, or there is none.

    Args:
        note: keeps a look-up, or raises.
        now: epoch seconds.
    """

    def __init__(
        self, registers: Registers, viewer: Actor, purpose: str, note: Callable[[LookUp], None], now: Callable[[], int]
    ) -> None:
        self._registers = registers
        self._viewer = viewer
        self._purpose = purpose
        self._note = note
        self._now = now

    def people(self, person: int, role: Role) -> tuple[int, ...]:
        """Those who stand in a role to a person; whoever asks for others than the person reads the household."""
        if role not in {"person", "nobody"}:
            self._noted(person, ("juki.relation",))
        return self._registers.people(person, role)

    def read(self, person: int, keys: Sequence[str], beside: int) -> Mapping[str, Value]:
        """What is known of a person."""
        if not keys:
            return {}
        self._noted(person, keys)
        return self._registers.read(person, keys, beside)

    def certificate(self, person: int) -> Certificate | None:
        """The newest signing certificate of a person, or None."""
        self._noted(person, ("certificate.status", "certificate.expires_on"))
        return self._registers.certificate(person)

    def registered(self, person: int) -> Attributes:
        """The four attributes of a person as the resident register has them now."""
        self._noted(person, ("juki.name_kanji", "juki.address", "juki.birth_date", "juki.sex"))
        return self._registers.registered(person)

    def _noted(self, person: int, keys: Sequence[str]) -> None:
        self._note(LookUp(self._viewer, self._purpose, self._now(), person, tuple(keys)))
