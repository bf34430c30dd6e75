"""Which assumption moves the answer most: what a search for it found, as it is kept beside its report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Literal

from pydantic import Field, ValidationError

from engine.definition.rows import Confidence, Part
from engine.errors import Refusal
from simulation.statistics import mean_interval

Id = Literal["hours", "days", "late"]
SURENESS: dict[Confidence, str] = {"high": "高い", "medium": "ふつう", "low": "低い"}


class Figure(Part):
    """A figure over the pairs with its 95 % interval; one pair has none."""

    value: float
    low: float | None = None
    high: float | None = None

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def figure_of(values: Sequence[float]) -> Figure:
    """The mean of some values, one for each pair, with Student's interval."""
    interval = mean_interval(values)
    ends = {"low": interval.low, "high": interval.high} if interval else {}
    return Figure(value=fmean(values), **ends)


class Answer(Part):
    """What is asked about: a level, or the difference that a scenario makes, with all assumptions as they are."""

    id: Id
    label: str
    unit: str
    share: bool = False
    figure: Figure


class Ends(Part):
    """By how much an answer moves when one assumption is lowered or raised."""

    lowered: Figure | None = None
    raised: Figure | None = None

    @property
    def both(self) -> tuple[Figure, ...]:
        """The ends that could be tried."""
        return tuple(one for one in (self.lowered, self.raised) if one is not None)

    @property
    def swing(self) -> float:
        """The greater of the two moves, without its sign."""
        return max((abs(one.value) for one in self.both), default=0.0)

    @property
    def lucky(self) -> bool:
        """Whether there are intervals, and no move is more than luck."""
        return not self.sure and any(one.low is not None for one in self.both)

    @property
    def sure(self) -> bool:
        """Whether either move is more than luck."""
        return any(one.sure for one in self.both)


class Swing(Part):
    """One assumption: what it was lowered and raised to in words, where it comes from, and what each answer did."""

    id: str
    label: str
    lowered: str
    raised: str
    source: str
    confidence: Confidence
    ends: dict[Id, Ends]


class Ranking(Part):
    """A finished search. `by` is the answer by which the assumptions are put in order."""

    city: str
    city_label: str
    first: str
    last: str
    seed: int
    procedures: tuple[str, ...]
    titles: tuple[str, ...]
    scenario: str = ""
    pairs: int = Field(ge=1)
    runs: int = Field(ge=1)
    vary: float
    by: Id
    answers: tuple[Answer, ...] = Field(min_length=1)
    swings: tuple[Swing, ...]

    @property
    def asked(self) -> Answer:
        """The answer by which they are in order."""
        return next(one for one in self.answers if one.id == self.by)

    def ranked(self, by: Id | None = None) -> list[Swing]:
        """The assumptions, the one that moves an answer most first; of equals in the order of their ids."""
        key = by or self.by
        return sorted(self.swings, key=lambda one: (-one.ends.get(key, Ends()).swing, one.id))


def ranking_in(path: Path, city: str, procedures: tuple[str, ...]) -> Ranking:
    """What a search left in a file, for a report of the same city and procedures.

    Raises:
        Refusal: the file is not there, is none of ours, or is about another city or other procedures.
    """
    try:
        found = Ranking.model_validate_json(path.read_bytes())
    except OSError as error:
        raise Refusal(f"「{path}」を読めません({error.strerror})。", f"cannot read {path}") from error
    except ValidationError as error:
        ja = f"「{path}」は madoguchi sensitivity が書いたファイル(sensitivity.json)ではありません。"
        raise Refusal(ja, f"{path} was not written by madoguchi sensitivity") from error
    if (found.city, found.procedures) != (city, procedures):
        ja = f"「{path}」は、別の市町村か別の手続のものです({found.city}、{len(found.procedures)}手続)。"
        hint = "同じ --city と --procedure で madoguchi sensitivity を動かしてください。"
        raise Refusal(ja + hint, f"{path} is about another city or other procedures")
    return found
