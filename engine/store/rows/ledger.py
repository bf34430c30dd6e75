"""Numbers without gaps, commands by their idempotency key, definitions by their hash."""

from __future__ import annotations

from collections.abc import Iterator

from engine.store import statements as sql
from engine.store.queries import COUNTERS, DEFINITION_HASHES, UNDEFINED
from engine.store.records import Answered, Edition
from engine.store.session import Session


class LedgerRows(Session):
    """What a store keeps beside its cases."""

    def next_number(self, series: str, scope: str = "") -> int:
        """The next number of a series in a scope, from 1 without a gap: a rollback gives it back."""
        self.run(sql.COUNT_UP, (series, scope))
        return int(self.rows(sql.COUNTER, (series, scope))[0][0])

    def command(self, key: str) -> Answered | None:
        """The command accepted under this idempotency key, or None."""
        found = self.row(sql.COMMAND, (key,))
        return Answered(*found) if found else None

    def put_command(self, key: str, case_id: int, fingerprint: str, answer: str, at: int) -> None:
        """Note an accepted command and its answer; `at` is epoch seconds.

        Raises:
            Conflict: the key is taken.
        """
        self.run(sql.INSERT_COMMAND, (key, case_id, fingerprint, answer, at))

    def definition(self, behaviour_hash: str) -> Edition | None:
        """The definition with this hash, or None."""
        found = self.row(sql.DEFINITION, (behaviour_hash,))
        return Edition(*found) if found else None

    def put_definition(self, edition: Edition) -> None:
        """Keep a definition; under the same hash only its wording can have changed, and the newest is kept."""
        self.run(sql.PUT_DEFINITION, edition)

    def definitions(self) -> Iterator[Edition]:
        """Every definition that is kept, one at a time, as it is stored, tampered with or not."""
        for (behaviour_hash,) in self.rows_as_stored(DEFINITION_HASHES):
            yield from (Edition(*row) for row in self.rows_as_stored(sql.DEFINITION, (behaviour_hash,)))

    def undefined(self) -> list[tuple[int, str]]:
        """The cases whose definition is not kept, each with its hash."""
        return [(case_id, edition) for case_id, edition in self.rows_as_stored(UNDEFINED)]

    def counters(self) -> dict[tuple[str, str], int]:
        """How far each series counted in each scope."""
        return {(series, scope): value for series, scope, value in self.rows_as_stored(COUNTERS)}
