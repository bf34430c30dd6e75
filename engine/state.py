"""What is true of one case now: the case, its tasks, clocks and timers, as plain columns.

Nothing here is personal: answers and facts that are values live encrypted in the value table and appear here by digest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

ClockState = Literal["running", "paused", "satisfied", "stopped"]
Standing = Literal["running", "due", "overdue", "paused", "satisfied", "stopped"]


@dataclass(slots=True)
class CaseState:
    """One case (案件). Instants are whole epoch seconds; `version` is the number of its events."""

    id: int
    procedure: str
    edition: str
    municipality: str
    state: str
    state_since: int
    opened_at: int
    filer: str
    nature: str | None = None
    desk: str | None = None
    version: int = 0
    head: str = ""
    arrived_at: int | None = None
    outcome: str | None = None
    decided_at: int | None = None
    closed: bool = False
    priority: int = 0
    memo: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class TaskState:
    """One piece of work of a case. `desk` is the role whose inbox holds it now; `post` narrows it to one post."""

    case_id: int
    number: int
    kind: str
    state: str
    state_since: int
    opened_at: int
    desk: str | None = None
    post: str | None = None
    open: bool = True
    version: int = 0
    memo: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class ClockRun:
    """One legal period of a case. Dates are ISO civil days; `pauses` are [from, to-or-null] pairs.

    `breached` says that its present end has passed. The memo holds under `extensions` the pairs [on, until] of each
    extension, under `told` the rungs of which somebody was told, under `breaches` how often an end passed that was then
    extended, under `paused_in` the state behind each pause.
    """

    case_id: int
    id: str
    state: ClockState
    starts_on: str
    due_on: str | None
    pauses: list[list[str | None]] = field(default_factory=list)
    satisfied_on: str | None = None
    breached: bool = False
    memo: dict[str, Any] = field(default_factory=dict)

    @property
    def extensions(self) -> list[list[str]]:
        """The day on which each extension was made, and the end it set."""
        found: list[list[str]] = self.memo.get("extensions", [])
        return found

    @property
    def overran(self) -> bool:
        """Whether an end of it passed, the present one or one that was extended afterwards."""
        return self.breached or bool(self.memo.get("breaches"))

    @property
    def standing(self) -> Standing:
        """How it stands, in one word: due once somebody had to be told, overdue when its end has passed."""
        if self.state != "running":
            return self.state
        return "overdue" if self.breached else "due" if self.memo.get("told") else "running"


@dataclass(slots=True)
class TimerRun:
    """One event waiting for its hour. `owner` is a task number, or 0 for the case itself."""

    case_id: int
    owner: int
    event: str
    due_at: int
    turn: int = 1


@dataclass(slots=True)
class Whole:
    """Everything of one case that a command reads and writes."""

    case: CaseState
    tasks: dict[int, TaskState] = field(default_factory=dict)
    clocks: dict[str, ClockRun] = field(default_factory=dict)
    timers: dict[tuple[int, str], TimerRun] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LogRow:
    """One event of a case's history. `hash` covers every other column and the hash before it."""

    case_id: int
    seq: int
    at: int
    event: str
    kind: str
    task: int
    person: str
    post: str
    from_state: str
    to_state: str
    edition: str
    effects: str
    key: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Notified:
    """One row of the outbox: something the world is to be told, written in the transaction that decided it."""

    case_id: int
    seq: int
    ordinal: int
    notice: str
    recipient: str
    digest: str
    at: int
    sent_at: int | None = None
