"""What a case leaves behind: registrations, and links to other cases."""

from __future__ import annotations

from collections.abc import Iterable

from engine.store import statements as sql
from engine.store.records import Linked, Registered
from engine.store.session import Session


class ResultRows(Session):
    """Keeps long-lived results under the event that brought them about."""

    def add_registrations(self, rows: Iterable[Registered]) -> None:
        """Add registrations.

        Raises:
            Conflict: there is one under this key already.
        """
        self.run_each(sql.INSERT_REGISTRATION, list(rows))

    def registrations(self, case_id: int) -> list[Registered]:
        """The registrations that came of a case, in order."""
        return [Registered(*row) for row in self.rows(sql.REGISTRATIONS, (case_id,))]

    def registrations_of(self, kind: str, subject_digest: str) -> list[Registered]:
        """The registrations of one kind of one subject, ended ones included, by case."""
        return [Registered(*row) for row in self.rows(sql.REGISTRATIONS_OF, (kind, subject_digest))]

    def update_registration(self, row: Registered) -> bool:
        """Whether there is such a registration; it now holds what the row says, of the same kind and person."""
        return self.run(sql.UPDATE_REGISTRATION, (*row[5:], *row[:3])) == 1

    def add_links(self, rows: Iterable[Linked]) -> None:
        """Add links.

        Raises:
            Conflict: there is one under this key already.
        """
        self.run_each(sql.INSERT_LINK, list(rows))

    def links(self, case_id: int) -> list[Linked]:
        """Where a case led to, in order."""
        return [Linked(*row) for row in self.rows(sql.LINKS, (case_id,))]

    def linked_to(self, case_id: int) -> list[Linked]:
        """The links by which other cases lead to this one, in the order of their cases."""
        return [Linked(*row) for row in self.rows(sql.LINKED_TO, (case_id,))]

    def open_link(self, case_id: int, seq: int, ordinal: int, to_case: int) -> None:
        """Say which case a link has opened."""
        self.run(sql.OPEN_LINK, (to_case, case_id, seq, ordinal))
