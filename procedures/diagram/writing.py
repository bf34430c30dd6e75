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
    whole = loaded.procedure
    if whole is None:
        raise DefinitionError(loaded.errors)
    day = on or newest(whole)
    now = on_day(whole, day)
    if form == "svg":
        return svg(sheets_of(now, day))
    all_ = drawn(now)
    return mermaid(all_, title_of(now), f"{about_of(now, day)}。{told_of(all_)}")


def newest(procedure: Procedure) -> dt.date:
    """The first day of the newest version; of a procedure without versions, its last day of change.

    A declaration without any dates holds on every day, and is drawn as of the first that there is a calendar for.
    """
    days = [version.from_ for version in procedure.versions] or [*procedure.changes()]
    return max(days, default=dt.date(2000, 1, 1))
