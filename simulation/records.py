"""What a run writes down beside the log: who worked on what, how long it lay before, what outsiders took."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from simulation.applications import Application


@dataclass(frozen=True)
class Interval:
    """One step of work on one case. `spent` are the seconds on each day; `waited` the seconds it lay before.

    `started` is the instant at which somebody began, in opening hours or before them.
    """

    procedure: str
    case_id: int
    step: str
    post: str
    seconds: int
    waited: int
    visit: int
    spent: tuple[tuple[dt.date, int], ...]
    started: int = 0


@dataclass
class Records:
    """All of a run.

    `queue` holds (post, ready, started) in epoch seconds; `outside` (procedure, wait, whole days); `reported` counts
    what registers reported, `undelivered` the signals that could not be heard at once; `troubles` are errors of timers.
    """

    applications: list[Application] = field(default_factory=list)
    work: list[Interval] = field(default_factory=list)
    queue: list[tuple[str, int, int]] = field(default_factory=list)
    outside: list[tuple[str, str, int]] = field(default_factory=list)
    reported: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    undelivered: int = 0
    troubles: list[str] = field(default_factory=list)
