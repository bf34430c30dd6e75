"""What every command of the office is told besides its own words: which store, which city, who acts, and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from engine.clock import JST
from engine.errors import MadoguchiError

DEFAULT_STORE = "madoguchi.db"


class Misused(MadoguchiError):
    """The command was called in a way it does not know; nothing was done."""

    code = "usage"


YEARS = range(1971, 2200)
"""The years an instant may lie in: the calendar knows them, and so does what is stored as seconds since 1970."""

_SPAN = f"{YEARS.start}-01-01 – {YEARS.stop - 1}-12-31"

LONGEST = 200
"""How many letters a name may have."""


@dataclass(frozen=True)
class Asked:
    """The standing words of a command.

    `keys` is where the key file of the store is, if not beside it; `actor` is POST or POST:PERSON; `at` an instant for
    a practice store; `warnings` are what a person is to be told besides the answer, whatever the answer is.
    """

    db: str = DEFAULT_STORE
    keys: Path | None = None
    city: str | None = None
    definitions: tuple[Path, ...] = ()
    actor: str | None = None
    key: str = ""
    at: str | None = None
    practice: bool = False
    as_json: bool = False
    lang: Literal["ja", "en"] = "ja"
    warnings: list[str] = field(default_factory=list)


def instant(text: str, option: str = "--at") -> dt.datetime:
    """The instant that a text names; without an offset it is Japanese civil time, without an hour its midnight.

    Raises:
        Misused: it names none.
    """
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise _no_instant(text, option) from error
    if found.year not in YEARS:
        raise _no_instant(text, option)
    return found if found.tzinfo else found.replace(tzinfo=JST)


def _no_instant(text: str, option: str) -> Misused:
    return Misused(
        f"{option} {text} は日時として使えません。2022-06-01 か 2022-06-01T09:00 のように書いてください({_SPAN})。",
        f"{option} {text} is no instant; write it like 2022-06-01 or 2022-06-01T09:00 ({_SPAN})",
        at=text,
    )


def plain(text: str, option: str) -> str:
    """The text, if it is a name: printable letters, not too many.

    Raises:
        Misused: it holds something else, such as the end of a line.
    """
    if not text.isprintable() or len(text) > LONGEST:
        ja = f"{option} には{LONGEST}字までの普通の文字だけを書いてください(改行や制御文字は使えません)。"
        raise Misused(ja, f"{option} takes at most {LONGEST} printable letters", option=option)
    return text
