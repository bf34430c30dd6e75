"""What was sealed of the logs, and what waits for the next seal."""

from __future__ import annotations

from collections.abc import Sequence

from engine.store import seal_statements as sql
from engine.store.queries import EVERYTHING
from engine.store.records import Leaf, Seal
from engine.store.rows.history import Head, HistoryRows


class SealRows(HistoryRows):
    """Adds leaves and seals, which nothing here ever changes."""

    def unsealed_heads(self, limit: int) -> list[Head]:
        """Cases whose log grew since the last seal, by number, at most so many; nobody changes them meanwhile."""
        return [Head(*row) for row in self.rows(sql.UNSEALED_HEADS, (limit,))]

    def is_unsealed(self, case_id: int) -> bool:
        """Whether the case waits for the next seal."""
        return self.row(sql.UNSEALED, (case_id,)) is not None

    def add_seal(self, seal: Seal, leaves: Sequence[Leaf]) -> None:
        """Add a seal with the leaves it closes over; their cases no longer wait.

        Raises:
            Conflict: somebody else made this seal.
        """
        self.run_each(sql.INSERT_LEAF, leaves)
        self.run_each(sql.UNMARK_UNSEALED, [(leaf.case_id,) for leaf in leaves if leaf.kind == "case"])
        self.run(sql.INSERT_SEAL, seal)

    def last_seal(self) -> Seal | None:
        """The newest seal, or None."""
        found = self.row(sql.LAST_SEAL, (1,))
        return Seal(*found) if found else None

    def seals(self) -> list[Seal]:
        """All seals in order, as they are stored, tampered with or not."""
        return [Seal(*row) for row in self.rows_as_stored(sql.SEALS)]

    def leaves(self, first: int, until: int) -> list[Leaf]:
        """The leaves from one number up to, but without, another."""
        return [Leaf(*row) for row in self.rows_as_stored(sql.LEAVES, (first, until))]

    def leaves_of(self, case_id: int) -> list[Leaf]:
        """What was sealed of a case, in order."""
        return [Leaf(*row) for row in self.rows_as_stored(sql.LEAVES_OF, (case_id,))]

    def readings_leaves(self, limit: int = EVERYTHING) -> list[Leaf]:
        """What was sealed of the log of readings, newest first, at most so many."""
        return [Leaf(*row) for row in self.rows_as_stored(sql.READINGS_LEAVES, (limit,))]

    def gone(self) -> list[Leaf]:
        """Of each case that was sealed and is not there any more, the last leaf."""
        return [Leaf(*row) for row in self.rows_as_stored(sql.GONE)]
