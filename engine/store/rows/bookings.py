"""The lists of meetings: which case, or task of a case, is dealt with on which day."""

from __future__ import annotations

from engine.store import booking_statements as sql
from engine.store.records import Booked
from engine.store.session import Session


class BookingRows(Session):
    """Keeps the lists. Who looks for room counts a number of the meeting up first, and so does it alone."""

    def book(self, row: Booked) -> None:
        """Put a case on a list.

        Raises:
            Conflict: the place is taken.
        """
        self.run(sql.INSERT, row)

    def drop_booking(self, row: Booked) -> None:
        """Take a case off a list; its place stays empty."""
        self.run(sql.DROP, row[:4])

    def booked(self, municipality: str, meeting: str, held_on: str) -> list[Booked]:
        """The list of one day, in the order in which the cases were put on it."""
        return [Booked(*row) for row in self.rows(sql.LISTED, (municipality, meeting, held_on))]

    def taken(self, municipality: str, meeting: str, since: str) -> dict[str, int]:
        """How many cases are on the list of each day from an ISO day on; a day with none is left out."""
        return dict(self.rows(sql.TAKEN, (municipality, meeting, since)))

    def bookings_of(self, case_id: int) -> list[Booked]:
        """The lists that a case stands on, by day."""
        return [Booked(*row) for row in self.rows(sql.OF_CASE, (case_id,))]
