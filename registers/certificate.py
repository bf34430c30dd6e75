"""署名用電子証明書: the four attributes of a person as they stood when it was issued, and until when it holds.

It holds to the fifth birthday after its issue, for somebody with a 在留期間 not beyond that, and lapses with a change
of name or address (公的個人認証法; a model of it, with no connection to any system).
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from tomllib import loads
from typing import Any, Literal

Lapse = Literal["moved", "lost"]
UNKNOWN_LETTER = "〓"


@dataclass(frozen=True)
class Attributes:
    """The four attributes (4情報). `sex` is `male`, `female` or `unspecified`."""

    name: str
    address: str
    birth_date: dt.date
    sex: str


@dataclass(frozen=True)
class Certificate:
    """A certificate; `substitutes` are the places of letters of the name (spaces not counted) that stand for others."""

    attributes: Attributes
    issued_on: dt.date
    expires_on: dt.date
    substitutes: tuple[int, ...] = ()
    revoked_on: dt.date | None = None
    lapse: Lapse | None = None

    def status_on(self, day: dt.date) -> Literal["valid", "not_yet", "revoked", "expired"]:
        """Whether it holds on a day; its last day is a day of it."""
        if day < self.issued_on:
            return "not_yet"
        if self.revoked_on is not None and self.revoked_on <= day:
            return "revoked"
        return "expired" if day > self.expires_on else "valid"


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """The sentences of a comparison, and which plainer letter stands for which."""
    return loads(files("registers").joinpath("identity.toml").read_text("utf-8"))


def letters(text: str) -> list[str]:
    """The letters of a name without spaces; a variation selector belongs to the letter before it."""
    found: list[str] = []
    for character in text:
        if unicodedata.category(character) == "Mn" and found:
            found[-1] += character
        elif not character.isspace():
            found.append(character)
    return found
