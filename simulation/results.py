"""What one simulated run measured, as plain numbers that anyone can count again from the event log.

Days are Japanese civil days, months are ISO months ("2022-04"), times are whole seconds. Labels are the Japanese ones
of the definitions. Nothing here is a rate or a mean: the report derives those, so that they agree with the counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from simulation.case_spans import CaseSpan
from simulation.inputs import Assumption, Finding, Schedule
from simulation.post_hours import PostHour

LimitKind = Literal["standard", "statutory"]


@dataclass(frozen=True)
class Definition:
    """Which declaration the cases ran under.

    `behaviour` is its content hash, `versions` the labels of the versions that cases used.
    """

    id: str
    number: int
    title: str
    behaviour: str
    versions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrival:
    """Cases opened in one month through one channel, and how many of them were submitted (arrived)."""

    month: str
    channel: str
    channel_label: str
    opened: int
    arrived: int


@dataclass(frozen=True)
class StateCount:
    """One state of the case: how often it was entered, by how many cases, and how many are in it at the end of the run.

    `at_rest` is true where a case may stay for good (settled or final); opening a case counts as entering its initial
    state.
    """

    id: str
    label: str
    at_rest: bool
    cases: int
    entered: int
    visits: int


@dataclass(frozen=True)
class Move:
    """How often one event took a case from one state to another. `event` is the label."""

    source: str
    target: str
    event: str
    count: int


@dataclass(frozen=True)
class Outcome:
    """The cases whose last outcome this is. `disposition` is true for a 処分."""

    id: str
    label: str
    disposition: bool
    count: int


@dataclass(frozen=True)
class Limit:
    """A legal or standard period.

    Clocks started under it and clocks that ran out before they were satisfied, cases still open included.
    `days` are civil days, or opening days by `unit`; `assumption` is true while the city has not stated the length.
    """

    id: str
    label: str
    kind: LimitKind
    days: int
    unit: Literal["calendar", "opening"]
    ground: str
    assumption: bool
    started: int
    breached: int


@dataclass(frozen=True)
class LeadTime:
    """One case from arrival to its notice, in whole days; the day of arrival is day 0.

    `counted_days` is the count of the procedure's first limit (its unit, pauses taken out), equal to `civil_days`
    where there is none.
    `breached` is true if the clock of that limit ran out before the notice.
    """

    case: str
    civil_days: int
    opening_days: int
    counted_days: int
    breached: bool = False


@dataclass(frozen=True)
class Exchange:
    """Questions put to somebody outside; `unanswered` ones were closed without an answer, the rest still wait."""

    id: str
    label: str
    asked: int
    answered: int
    unanswered: int

    @property
    def waiting(self) -> int:
        """Questions without an answer that are still open."""
        return self.asked - self.answered - self.unanswered


@dataclass(frozen=True)
class PlantedError:
    """A mistake put into applications on purpose.

    `noticed` by the declared checks or by staff; `slipped` through to a decision.
    """

    id: str
    label: str
    planted: int
    noticed: int
    slipped: int

    @property
    def undecided(self) -> int:
        """Planted ones that were neither noticed nor decided: withdrawn before the check, or still open."""
        return self.planted - self.noticed - self.slipped


@dataclass(frozen=True)
class StepWork:
    """One step of staff work: times done, seconds of work, and seconds that cases stood in the queue for it.

    `work_seconds` are hands-on seconds within opening hours; `waiting_seconds` run on the civil clock, nights and
    closed days included.
    `repeats` are the times beyond the first for the same case.
    """

    id: str
    label: str
    post: str
    count: int
    repeats: int
    work_seconds: int
    waiting_seconds: int


@dataclass(frozen=True)
class OutsideWait:
    """Waiting for somebody outside the office (an applicant, a bank): whole civil days for each time it ended."""

    id: str
    label: str
    days: tuple[int, ...]


@dataclass(frozen=True)
class Phase:
    """The seconds that one branch, state or wait between branches took of the time from arrival to notice, by case."""

    id: str
    label: str
    seconds: tuple[int, ...]


@dataclass(frozen=True)
class ChannelCases:
    """Cases that came by one channel: how many carried a mistake, and how many had to be corrected.

    `online` is true of a channel that is open at any time.
    """

    channel: str
    label: str
    online: bool
    cases: int
    mistaken: int
    corrected: int


@dataclass(frozen=True)
class Payments:
    """Payments made, the yen they add up to, and transfers that came back."""

    made: int = 0
    yen: int = 0
    bounced: int = 0


@dataclass(frozen=True)
class ProcedureResults:
    """One procedure's cases in the run. `limits` puts first the one that `leads` were counted by."""

    definition: Definition
    opened: int
    arrivals: tuple[Arrival, ...] = ()
    states: tuple[StateCount, ...] = ()
    moves: tuple[Move, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    limits: tuple[Limit, ...] = ()
    leads: tuple[LeadTime, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    errors: tuple[PlantedError, ...] = ()
    steps: tuple[StepWork, ...] = ()
    waits: tuple[OutsideWait, ...] = ()
    payments: Payments = field(default_factory=Payments)
    phases: tuple[Phase, ...] = ()
    stays: tuple[Phase, ...] = ()
    channels: tuple[ChannelCases, ...] = ()
    spans: tuple[CaseSpan, ...] = ()

    @property
    def arrived(self) -> int:
        """Cases that were submitted."""
        return sum(row.arrived for row in self.arrivals)

    @property
    def accounted(self) -> int:
        """Cases found in some state at the end; anything but `opened` is a fault of the run."""
        return sum(state.cases for state in self.states)

    @property
    def unfinished(self) -> int:
        """Cases that are not at rest at the end."""
        return sum(state.cases for state in self.states if not state.at_rest)


@dataclass(frozen=True)
class PostDay:
    """One opening day of a post, all procedures of the run together.

    `queue_median` and `queue_max` are lengths of the queue over the day's opening time (time-weighted median: a
    length that was there).
    """

    day: date
    worked_seconds: int
    available_seconds: int
    queue_median: int
    queue_max: int


@dataclass(frozen=True)
class Post:
    """A post with the people who hold it; a day on which the office is closed is absent from `days`."""

    id: str
    label: str
    people: int
    days: tuple[PostDay, ...] = ()
    hours: tuple[PostHour, ...] = ()


@dataclass(frozen=True)
class Results:
    """A run of one city: applications came from `first_day` to `last_day`, and cases were worked until `run_until`.

    `commands` were accepted by the engine, `refused` were not, `events` are rows of the log.
    `not_modelled` says what this run leaves out, one Japanese sentence each.
    """

    city_id: str
    city: str
    first_day: date
    last_day: date
    run_until: date
    seed: int
    scenario: str
    scenario_label: str
    procedures: tuple[ProcedureResults, ...] = ()
    posts: tuple[Post, ...] = ()
    schedule: Schedule | None = None
    assumptions: tuple[Assumption, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_modelled: tuple[str, ...] = ()
    commands: int = 0
    refused: int = 0
    events: int = 0
