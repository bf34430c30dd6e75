"""The diagram of a procedure as a text: the library's one door for commands and documents."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from engine.definition import Procedure
from engine.errors import DefinitionError
from procedures.description import on_day
from procedures.diagram.machines import drawn
from procedures.diagram.mermaid import mermaid
from procedures.diagram.sheets import about_of, sheets_of, title_of, told_of
from procedures.diagram.svg import svg
from procedures.loader import Loaded

Format = Literal["svg", "mermaid"]


def diagram(loaded: Loaded, on: dt.date | None, form: Format) -> str:
    """The diagram of a procedure as it stands on a day, without a day as it stands by its newest version.

    Raises:
        DefinitionError: it does not load.
        UnknownThing: it has no version on that day.
    """
    if loaded.procedure is None:
        raise DefinitionError(loaded.errors)
    now, day = standing(loaded.procedure, on)
    if form == "svg":
        return svg(sheets_of(now, day))
    all_ = drawn(now)
    return mermaid(all_, title_of(now), f"{about_of(now, day)}。{told_of(all_)}")


def standing(whole: Procedure, on: dt.date | None = None) -> tuple[Procedure, dt.date | None]:
    """A procedure as it stands on a day, and the day; without one, on the first day of its newest version.

    A declaration without versions stands as on its last day of change; one without any dates has no day.
    """
    days = [version.from_ for version in whole.versions] or [*whole.changes()]
    day = on or max(days, default=None)
    return (on_day(whole, day) if day else whole), day
