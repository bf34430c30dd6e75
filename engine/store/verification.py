"""Whether the log is as it was written: of one case, and of all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Protocol

from engine.state import LogRow
from engine.store.chain import COLUMNS, hash_of, row_hash
from engine.store.findings import Finding, Kind, finding
from engine.store.records import Leaf
from engine.store.rows.seals import SealRows


class Headed(Protocol):
    """What a case says of its own log: its number, how many rows there are, the last row's hash."""

    @property
    def id(self) -> int:
        """The number of the case."""
        ...

    @property
    def version(self) -> int:
        """How many rows its log has."""
        ...

    @property
    def head(self) -> str:
        """The hash of the last of them."""
        ...


def verify_case(rows: Sequence[LogRow], case: Headed) -> list[Finding]:
    """Every row of the case's log that is not as it was written, in order; none when all are.

    Args:
        rows: the log of the case as stored.
        case: the case row, or what an earlier export says of it.
    """
    return _Reading(rows, case).findings()


class _Reading:
    """One log being read against what its case says of it."""

    def __init__(self, rows: Sequence[LogRow], case: Headed) -> None:
        self.case = case
        self.foreign = [row for row in rows if row.case_id != case.id]
        self.own = [row for row in rows if row.case_id == case.id]
        # A tampered number need not be one: SQLite keeps text in a column of integers.
        self.rows: dict[Any, LogRow] = {}
        self.twice: list[LogRow] = []
        for row in self.own:
            if row.seq in self.rows:
                self.twice.append(row)
            else:
                self.rows[row.seq] = row
        self.sound = {seq for seq, row in self.rows.items() if hash_of(row) == row.hash}

    def findings(self) -> list[Finding]:
        found = [self._say("foreign", row.seq, row.case_id) for row in self.foreign]
        if not self.own:
            return [*found, self._say("empty", 0)]
        if self._untouched():
            return found
        seqs = sorted(seq for seq in self.rows if isinstance(seq, int))
        return [*found, *self._altered(), *self._misplaced(), *self._absent(seqs), *self._misfits(seqs)]

    def _untouched(self) -> bool:
        """Whether the rows are sound, follow each other from the first and end where the case says."""
        previous = ""
        for seq, row in enumerate(self.own, start=1):
            if row.seq != seq or seq not in self.sound or row.previous != previous:
                return False
            previous = row.hash
        return (self.case.version, self.case.head) == (len(self.own), previous)

    def _altered(self) -> list[Finding]:
        """The rows whose hash does not fit their columns; where only the number changed, the number they had."""
        written_as = self._order_of_writing()
        found = []
        for seq, row in self.rows.items():
            if seq in self.sound:
                continue
            former = written_as.get(seq, seq)
            columns = COLUMNS(row)
            moved = former != seq and row_hash(row.previous, (columns[0], former, *columns[2:])) == row.hash
            found.append(self._say("moved", seq, former) if moved else self._say("changed", seq))
        return found

    def _order_of_writing(self) -> dict[int, int]:
        """Which place each row has when one follows the hashes instead of the numbers."""
        after = {row.previous: row for row in self.rows.values()}
        places: dict[int, int] = {}
        row = after.get("")
        while row is not None and row.seq not in places:
            places[row.seq] = len(places) + 1
            row = after.get(row.hash)
        return places

    def _misplaced(self) -> list[Finding]:
        """The rows that stand twice, or not where their number puts them."""
        numbers = [seq for seq in self.rows if isinstance(seq, int)]
        swapped = [(place, seq) for place, seq in zip(sorted(numbers), numbers, strict=True) if place != seq]
        return [*(self._say("extra", row.seq) for row in self.twice), *(self._say("moved", *pair) for pair in swapped)]

    def _absent(self, seqs: list[int]) -> list[Finding]:
        """The gaps up to where the case says the log ends, and the rows beyond that."""
        end = self.case.version
        within = sorted(inside := {seq for seq in seqs if 0 < seq <= end})
        gaps = [(before + 1, seq - 1) for before, seq in pairwise([0, *within, end + 1]) if seq > before + 1]
        beyond = [seq for seq in self.rows if seq in self.sound and seq not in inside]
        return [*(self._say("missing", *gap) for gap in gaps), *(self._say("extra", seq) for seq in beyond)]

    def _misfits(self, seqs: list[int]) -> list[Finding]:
        """Sound rows on which the next one, or the case, was not built: written anew with a hash that fits."""
        found = []
        if seqs and seqs[0] == 1 and 1 in self.sound and self.rows[1].previous:
            found.append(self._say("replaced", 1))
        for seq in seqs:
            following = self.rows.get(seq + 1)
            if seq in self.sound and following and seq + 1 in self.sound and following.previous != self.rows[seq].hash:
                found.append(self._say("replaced", seq))
        last = max([0, *seqs])
        if last == self.case.version and last in self.sound and self.rows[last].hash != self.case.head:
            found.append(self._say("head", last))
        return found

    def _say(self, kind: Kind, seq: int, other: int = 0) -> Finding:
        return finding(kind, self.case.id, seq, other)


def verify_all(tx: SealRows) -> list[Finding]:
    """Every row of every log that is not as it was written or sealed: what belongs to no case, then case by case."""
    return [*homeless(tx), *(one for head in tx.every_head() for one in verify_log(tx, head))]


def homeless(tx: SealRows) -> list[Finding]:
    """The rows of log without a case, and the sealed cases that are gone."""
    orphans = [finding("orphan", row.case_id, row.seq) for row in tx.orphans()]
    return [*orphans, *(finding("gone", leaf.case_id, 0, leaf.version, leaf.number) for leaf in tx.gone())]


def verify_log(tx: SealRows, case: Headed) -> list[Finding]:
    """Every row of the case's log that is not as it was written or sealed, or that no seal will ever see."""
    rows, leaves = tx.log(case.id), tx.leaves_of(case.id)
    found = since_sealed(case.id, rows, leaves)
    sealed = leaves[-1].version if leaves else 0
    if not found and case.version > sealed and not tx.is_unsealed(case.id):
        found.append(finding("unmarked", case.id, sealed + 1))
    return [*verify_case(rows, case), *found]


def since_sealed(case_id: int, rows: Sequence[LogRow], leaves: Sequence[Leaf]) -> list[Finding]:
    """Where the log of a case does not go on from what was sealed of it."""
    hashes: dict[Any, str] = {row.seq: row.hash for row in rows}
    found, sound, beyond = [], 0, None
    for leaf in leaves:
        if leaf.version not in hashes:
            beyond = leaf
        elif hashes[leaf.version] != leaf.head:
            found.append(finding("rewritten", case_id, sound + 1, leaf.version, leaf.number))
        else:
            sound = leaf.version
    return [*found, *([finding("cut", case_id, len(rows), beyond.version, beyond.number)] if beyond else [])]
