"""The log of readings: who was shown which values of a case. One chain over the whole store."""

from __future__ import annotations

from collections.abc import Iterator

from engine.store import seal_statements as sql
from engine.store.canonical import canonical
from engine.store.chain import row_hash
from engine.store.queries import EVERYTHING
from engine.store.records import Reading
from engine.store.session import Session

_PAGE = 1000


class ReadingRows(Session):
    """Adds to the log of readings, which nothing here ever changes."""

    def add_reading(self, case_id: int, who: tuple[str, str], purpose: str, fields: dict[str, str], at: int) -> Reading:
        """The reading as it was noted.

        Args:
            who: post and person.
            purpose: what the values were shown for.
            fields: the sensitivity of each value by its name.
            at: epoch seconds.

        Raises:
            Conflict: another reading was noted in the same moment.
        """
        last = self.last_reading()
        number, previous = (last.number + 1, last.hash) if last else (1, "")
        post, person = who
        columns = (number, at, case_id, person, post, purpose, canonical(fields))
        reading = Reading(*columns, previous, row_hash(previous, columns))
        self.run(sql.INSERT_READING, reading)
        return reading

    def last_reading(self) -> Reading | None:
        """The newest reading, or None."""
        found = self.rows_as_stored(sql.LAST_READING, (1,))
        return Reading(*found[0]) if found else None

    def readings(
        self, *, case_id: int | None = None, person: str | None = None, after: int = 0, limit: int = EVERYTHING
    ) -> list[Reading]:
        """The readings in order; a filter that is None does not filter.

        Args:
            case_id: only of this case.
            person: only by this person.
            after: only those with a higher number, to read page by page.
            limit: at most so many.
        """
        given = {name: value for name, value in (("case_id", case_id), ("person", person)) if value is not None}
        values = (*given.values(), after, limit)
        return [Reading(*row) for row in self.rows_as_stored(sql.readings_by(tuple(given)), values)]

    def every_reading(self) -> Iterator[Reading]:
        """All readings in order, read page by page."""
        after = -EVERYTHING
        while page := self.readings(after=after, limit=_PAGE):
            yield from page
            after = page[-1].number
