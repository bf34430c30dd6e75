"""A surge: many applications for one procedure within days, and people who come to help; all of it assumption."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from pydantic import Field

from engine.definition.rows import Part
from engine.errors import DefinitionError, UnknownThing
from engine.problems import Problem, nearest
from procedures.documents import read_as
from procedures.drafts import Place, Source
from procedures.findings import found
from procedures.plan import Plan
from procedures.plan_rows import Acts, Answered, Confidence, Established
from procedures.reading import parse_source

OURS = "surges"
MOST_A_DAY, MOST = 20_000, 250_000
"""Applications of a surge: on one day, and in all; the numbers kept for them are no more."""
ONE_DAY = dt.timedelta(days=1)


class Support(Part):
    """People who hold a post besides its own, from a day after the first of the run until another.

    Those `lent_by` another post ("department/post") are its own people, and leave it for as long.
    """

    department: str
    post: str
    lent_by: str = ""
    staff: int = Field(ge=1, le=1000)
    from_day: int = Field(ge=0)
    until_day: int = Field(ge=0)


class Staffing(Part):
    """One answer to the question who does the work: a name for it, and those who help."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    label: str = Field(min_length=1, max_length=60)
    support: tuple[Support, ...] = ()


class Surge(Part):
    """Applications besides the usual ones, for each day from a day after the first of the run on.

    While it lasts, `established` and `acts` stand before those of the procedure. `support` helps in every run;
    `staffing` are answers to be held against each other.
    """

    assumption: Literal[True]
    label: str
    source: str
    confidence: Confidence = "low"
    procedure: str
    first_day: int = Field(default=0, ge=0)
    daily: tuple[int, ...] = Field(min_length=1, max_length=366)
    answers: tuple[Answered, ...] = ()
    established: tuple[Established, ...] = ()
    acts: tuple[Acts, ...] = ()
    support: tuple[Support, ...] = ()
    staffing: tuple[Staffing, ...] = Field(default=(), max_length=6)

    def over(self, plan: Plan) -> Plan:
        """The assumptions of the procedure while the surge lasts."""
        said = {(row.at, row.fact) for row in self.established}
        kept = tuple(row for row in plan.established if (row.at, row.fact) not in said)
        return plan.model_copy(update={"established": self.established + kept, "acts": self.acts + plan.acts})

    def days(self, first: dt.date) -> list[dt.date]:
        """The day of each application, in order."""
        start = first + self.first_day * ONE_DAY
        return [start + ahead * ONE_DAY for ahead, count in enumerate(self.daily) for _ in range(count)]


def surge_named(word: str) -> Surge:
    """The surge of a name that we have, or in a file.

    Raises:
        UnknownThing: it is neither.
        DefinitionError: the file says something that a surge cannot say; every problem at once.
    """
    known = {path.name.removesuffix(".toml"): path for path in (files("simulation") / OURS).iterdir()}
    path: Path | Traversable = known.get(word, Path(word))
    if not path.is_file():
        names = "・".join(sorted(known))
        ja = f"「{word}」という災害などの想定はありません。あるのは{names}です。{nearest(word, known)}"
        raise UnknownThing(ja.strip(), f"no surge {word!r}", surge=word)
    source, problems = parse_source(path.read_bytes(), path.name if word in known else word)
    surge, problems = read_as(source, Surge) if source else (None, problems)
    if source is not None and surge is not None:
        problems = list(_impossible(surge, source))
    if surge is None or problems:
        raise DefinitionError(sorted(problems))
    return surge


def _impossible(surge: Surge, source: Source) -> Iterator[Problem]:
    """What each row may say, but not all of them together."""
    for at, count in enumerate(surge.daily):
        if not 0 <= count <= MOST_A_DAY:
            said = (
                f"{at + 1}日目が{count:,}件です。0件から{MOST_A_DAY:,}件までです。",
                f"{count} applications on a day",
            )
            yield found("S004", ("daily", str(at)), Place(source, ("daily", at)), said, "")
    total = sum(surge.daily)
    if not 0 < total <= MOST:
        said = (f"申請が合わせて{total:,}件です。1件から{MOST:,}件までです。", f"{total} applications in all")
        yield found("S004", ("daily",), Place(source, ("daily",)), said, "")
    names = [row.id for row in surge.staffing]
    for name in sorted({name for name in names if names.count(name) > 1}):
        said = (f"id「{name}」の答えが二つあります。", f"two answers are called {name!r}")
        yield found("S004", ("staffing", name), Place(source, ("staffing",)), said, "別の id にする")
    every = [*surge.support, *(row for one in surge.staffing for row in one.support)]
    if any(row.until_day < row.from_day for row in every):
        said = ("until_day が from_day より前の応援があります。", "until_day is before from_day")
        yield found("S004", ("support",), Place(source, ("staffing" if surge.staffing else "support",)), said, "")
