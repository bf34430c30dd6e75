"""What is waiting, what is due, how much there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict, Unpack

from engine.state import CaseState, TimerRun
from engine.store import queries
from engine.store.queries import EVERYTHING
from engine.store.records import CaseCount, EventCount, OpenItem
from engine.store.rows.cases import case_of
from engine.store.session import Session


class Filters(TypedDict, total=False):
    """The columns by which cases can be listed."""

    procedure: str | None
    municipality: str | None
    state: str | None
    edition: str | None
    outcome: str | None
    desk: str | None


class ListRows(Session):
    """Searches over all cases; every list has an order of its own and never depends on luck."""

    def due_timers(self, now: int, limit: int = EVERYTHING) -> list[TimerRun]:
        """The timers due at this instant or before, oldest first, then by case, owner and event."""
        return [TimerRun(*row) for row in self.rows(queries.DUE_TIMERS, (now, limit))]

    def next_due(self) -> int | None:
        """The instant at which the next timer is due, or None."""
        instant: int | None = self.rows(queries.NEXT_DUE)[0][0]
        return instant

    def open_items(self, desks: Sequence[str], limit: int = EVERYTHING) -> list[OpenItem]:
        """What lies at these desks, cases and tasks together: by priority, then longest waiting, then case.

        What is left to do of a closed case is not urgent any more, whatever the case was.
        """
        kinds = (queries.OPEN_CASES, queries.URGENT_TASKS, queries.OTHER_TASKS)
        found = [self.rows(kind, (desk, limit)) for desk in dict.fromkeys(desks) for kind in kinds]
        items = [OpenItem(*row) for rows in found for row in rows]
        items.sort(key=lambda item: (-item.priority, item.since, item.case_id, item.task))
        return items[:limit]

    def cases(
        self, *, closed: bool | None = None, after: int = 0, limit: int = EVERYTHING, **columns: Unpack[Filters]
    ) -> list[CaseState]:
        """The cases with these columns, by number; a filter that is None does not filter.

        Args:
            closed: only closed ones, or only those that are not.
            after: only cases with a higher number, to read page by page.
            limit: at most so many.
            columns: what a column has to be.
        """
        given = {name: value for name, value in sorted(columns.items()) if value is not None}
        statement = queries.cases_by(tuple(given), closed=closed)
        return [case_of(row) for row in self.rows(statement, (*given.values(), after, limit))]

    def case_counts(self) -> list[CaseCount]:
        """How many cases there are by procedure, state, outcome and whether they are closed."""
        counts = [CaseCount(*row) for row in self.rows(queries.CASE_COUNTS)]
        return [count._replace(closed=bool(count.closed)) for count in counts]

    def event_counts(self) -> list[EventCount]:
        """How often each event happened, by procedure."""
        return [EventCount(*row) for row in self.rows(queries.EVENT_COUNTS)]
