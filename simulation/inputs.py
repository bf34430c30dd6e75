"""What a run was given, in the words that the report shows: the city's schedule, values and where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True)
class Assumption:
    """One input of the run. `assumption` is false for what the source states, and then `source` says where."""

    label: str
    value: str
    unit: str
    source: str
    confidence: Confidence
    assumption: bool = True


@dataclass(frozen=True)
class Finding:
    """Something a reader must know about the input, as one Japanese sentence."""

    rule: str
    severity: Literal["error", "warning", "info"]
    text: str


@dataclass(frozen=True)
class ScheduleRow:
    """One row of the city's own schedule, as printed. `modelled` is true if the procedure ran in this simulation."""

    number: int
    title: str
    department: str
    period: str
    modelled: bool
    note: str = ""


@dataclass(frozen=True)
class Schedule:
    """The city's schedule of procedures going online: rows, and the totals printed beneath them by period."""

    title: str
    source: str
    rows: tuple[ScheduleRow, ...]
    printed: tuple[tuple[str, int], ...] = ()
    also_stated: str = ""
    note: str = ""
