"""For which times which posts have nobody to act."""

from __future__ import annotations

from engine.store import away as sql
from engine.store.records import Absence
from engine.store.session import Session


class AbsenceRows(Session):
    """Keeps absences and vacancies; what has ended stays to be read."""

    def add_absence(self, row: Absence) -> None:
        """Add one.

        Raises:
            Conflict: there is one of this number already.
        """
        self.run(sql.ADD, row)

    def absence(self, number: int) -> Absence | None:
        """The one of this number, or None."""
        found = self.row(sql.READ, (number,))
        return None if found is None else Absence(*found)

    def absences(self, since: int, until: int) -> list[Absence]:
        """Those that share an instant with the time from `since` until just before `until`, by their beginning."""
        return [Absence(*row) for row in self.rows(sql.DURING, (since, until))]

    def end_absence(self, number: int, until: int, ended_by: str) -> None:
        """Let one end at another instant than was planned."""
        self.run(sql.END, (until, ended_by, number))
