"""A surge: many applications for one procedure within days, and people who come to help; all of it assumption."""

from __future__ import annotations

import datetime as dt
import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from engine.definition.rows import Part
from engine.errors import DefinitionError, UnknownThing
from engine.problems import Problem, nearest
from procedures.plan import Plan
from procedures.plan_rows import Acts, Answered, Confidence, Established

OURS = "surges"
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
    try:
        return Surge.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefinitionError([_problem(path, (), f"TOMLとして読めません: {error}")]) from error
    except ValidationError as error:
        rows = [_problem(path, tuple(map(str, one["loc"])), f"{one['msg']}") for one in error.errors()]
        raise DefinitionError(rows) from error


def _problem(path: Path | Traversable, where: tuple[str, ...], ja: str) -> Problem:
    return Problem(file=path.name, rule="S004", path=where, ja=ja, en=ja)
