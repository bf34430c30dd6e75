"""Whether what a store keeps beside its cases is what they tell: definitions by their hashes, counters by the numbers.

The rows of commands under their idempotency keys follow from no log and are not compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from engine import archive
from engine.definition.hashes import behaviour_hash, wording_hash
from engine.definition.in_force import in_force
from engine.difference import ABSENT, Difference
from engine.errors import StoreError
from engine.store import Edition, Transaction

_UNRECORDED = frozenset({"signal", "absence"})  # series whose numbers stand in no log


class Issued:
    """The numbers that were given, by series and scope: how many, and the highest."""

    def __init__(self) -> None:
        self.told: dict[tuple[str, str], tuple[int, int]] = {}

    def note(self, series: str, scope: str, number: int) -> None:
        """Count one number."""
        count, highest = self.told.get((series, scope), (0, 0))
        self.told[series, scope] = count + 1, max(highest, number)

    def note_all(self, numbers: Iterable[tuple[str, str, int]]) -> None:
        """Count the numbers that a log tells of."""
        for number in numbers:
            self.note(*number)


def counters(tx: Transaction, issued: Issued) -> Iterator[Difference]:
    """Every series that stands at another number than the last that was given, or has gaps or doubles."""
    stored = tx.counters()
    for series, scope in dict.fromkeys([*issued.told, *stored]):
        count, highest = issued.told.get((series, scope), (0, 0))
        value = stored.get((series, scope), 0)
        if series not in _UNRECORDED and not value == count == highest:
            ja = f"番号の帳簿 {series}({scope}) は {value} ですが、記録にある番号は{count}個、最後は {highest} です。"
            en = f"the counter {series} ({scope}) is {value}, but {count} numbers were given, the last {highest}"
            yield Difference(0, f"counters.{series}.{scope}", str(value), str(highest), ja, en)


def definitions(tx: Transaction) -> Iterator[Difference]:
    """Every kept definition that is not the one of its hashes, and every case whose definition is not kept."""
    for case_id, edition in tx.undefined():
        ja = f"案件{case_id}の定義 {edition:.16} が保存されていません。"
        yield Difference(case_id, f"definitions.{edition}", ABSENT, edition, ja, f"case {case_id}: no definition kept")
    for kept in tx.definitions():
        for column in _wrong(kept):
            ja = f"保存された定義 {kept.hash:.16} の {column} が、そのハッシュと合いません。書きかえられています。"
            en = f"the kept definition {kept.hash:.16}: its {column} does not fit its hash"
            yield Difference(0, f"definitions.{kept.hash}.{column}", ABSENT, ABSENT, ja, en)


@lru_cache(maxsize=64)
def _wrong(kept: Edition) -> tuple[str, ...]:
    """The columns that are not as they were kept; the body alone where it cannot be read."""
    try:
        was = archive.read(kept.body)
        now = in_force(was.procedure, was.on)
        told = {
            "hash": (kept.hash, behaviour_hash(now, was.form_hash)),
            "procedure": (kept.procedure, now.id),
            "wording_hash": (kept.wording_hash, wording_hash(now)),
            "valid_from": (kept.valid_from, was.on.isoformat()),
            "valid_until": (kept.valid_until, None),
        }
    except StoreError:
        return ("body",)
    return tuple(column for column, (ours, theirs) in told.items() if ours != theirs)
