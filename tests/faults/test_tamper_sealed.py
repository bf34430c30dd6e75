"""Whoever rewrites, cuts off or removes what was sealed is found out, however well he makes the hashes fit."""

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from engine.state import LogRow
from engine.store import Store, chained, heads
from engine.store.chain import COLUMNS
from engine.store.heads import SignedHead
from engine.store.seal_verification import verify_head, verify_seals
from engine.store.sealing import seal
from engine.store.signing import Signer
from engine.verify import verify_everything
from tests.faults.lives import LIVES
from tests.faults.tally import TOLD, Note
from tests.faults.whole_lives import live

NAMES = ("granted_and_paid", "correction_never_answered", "made_up_grove")
SIGNER = Signer.create(None)
NOON = 1_680_000_000
TOLD_COLUMNS: dict[str, Any] = {
    "at": 1,
    "event": "x",
    "kind": "x",
    "task": 7,
    "person": "m",
    "post": "mayor",
    "key": "x",
}
Rows = list[LogRow]


@dataclass
class Sealed:
    """A whole life in a store that was sealed, with its head, and the rows as they were written."""

    name: str
    place: Path
    head: SignedHead
    rows: Rows

    @property
    def case(self) -> int:
        return self.rows[0].case_id

    def found_after(self, rows: Sequence[LogRow]) -> list[str]:
        """What is found once the log of the case is these rows, and the case fits them."""
        kept = self.place.read_bytes()
        with closing(sqlite3.connect(self.place)) as connection, connection:
            connection.execute("DELETE FROM event WHERE case_id = ?", (self.case,))
            marks = ", ".join("?" * len(LogRow.__slots__))
            given = [tuple(getattr(row, name) for name in LogRow.__slots__) for row in rows]
            connection.executemany(f"INSERT INTO event VALUES ({marks})", given)  # noqa: S608 - as many as there are
            end = (len(rows), rows[-1].hash if rows else "", self.case)
            connection.execute("UPDATE case_ SET version = ?, head = ? WHERE id = ?", end)
            if not rows:
                connection.execute("DELETE FROM case_ WHERE id = ?", (self.case,))
        told = self.found()
        self.place.write_bytes(kept)
        return told

    def found(self) -> list[str]:
        with Store.open(self.place) as store, store.reading() as tx:
            found = [*verify_everything(tx), *verify_seals(tx, [SIGNER.public]), *verify_head(tx, self.head)]
            return [one.en for one in found]


@pytest.fixture(scope="module")
def led(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sealed]:
    """A sealed store for each of some whole lives."""
    found = {}
    for life in (one for one in LIVES if one.name in NAMES):
        place = tmp_path_factory.mktemp(life.name) / "madoguchi.db"
        with Store.open(place, practice=True) as store:
            live(life, store)
            (made,) = seal(store, SIGNER, NOON)
            with store.reading() as tx:
                file = place.with_name("head.json")
                file.write_text(heads.write(made, tx.leaves(0, made.size)), "utf-8")
                rows = tx.log(tx.heads(0, 1)[0].id)
        found[life.name] = Sealed(life.name, place, heads.read(file, [SIGNER.public]), rows)
    return found


@pytest.fixture(params=NAMES)
def sealed(led: dict[str, Sealed], request: pytest.FixtureRequest, tmp_path: Path) -> Sealed:
    one = led[request.param]
    shutil.copytree(one.place.parent, tmp_path, dirs_exist_ok=True)
    return replace(one, place=tmp_path / one.place.name)


def rechained(rows: Sequence[LogRow]) -> Rows:
    """The rows one after another, numbered and hashed as if they had been written so."""
    made: Rows = []
    for number, row in enumerate(rows, start=1):
        columns = COLUMNS(replace(row, seq=number))
        made.append(chained(made[-1].hash if made else "", columns))
    return made


def rewritings(rows: Rows) -> Iterator[tuple[str, Rows]]:
    """Every way to change a column, take out, bring in or swap rows, or cut the log, with all hashes made to fit."""
    for place, row in enumerate(rows):
        for column, value in TOLD_COLUMNS.items():
            yield "edit", rechained([*rows[:place], replace(row, **{column: value}), *rows[place + 1 :]])
        yield "deletion", rechained([*rows[:place], *rows[place + 1 :]])
        yield "insertion", rechained([*rows[:place], rows[0], *rows[place:]])
        yield "truncation", list(rows[:place])
        if place + 1 < len(rows):
            yield "swap", rechained([*rows[:place], rows[place + 1], row, *rows[place + 2 :]])


def unnoticed(sealed: Sealed, tries: Sequence[tuple[str, Rows]]) -> list[str]:
    missed = []
    for kind, rows in tries:
        told = sealed.found_after(rows)
        if not any(f"case {sealed.case}" in one and "leaf" in one for one in told):
            missed.append(f"{kind}: {told}")
    return missed


def test_what_is_rewritten_with_hashes_that_fit_is_named_by_case(sealed: Sealed) -> None:
    assert sealed.found() == []
    assert unnoticed(sealed, random.Random("rewritten").sample([*rewritings(sealed.rows)], 24)) == []


@pytest.mark.full
def test_whatever_is_rewritten_with_hashes_that_fit_is_named_by_case(sealed: Sealed, record_property: Note) -> None:
    tries = [*rewritings(sealed.rows)]
    missed = unnoticed(sealed, tries)
    kinds = Counter(kind for kind, _ in tries)
    counted = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    record_property(TOLD, f"sealed log of {sealed.name} rewritten: {len(tries)}, {len(missed)} unnoticed ({counted})")
    assert missed == []
    assert kinds["edit"] == len(TOLD_COLUMNS) * len(sealed.rows)


def test_only_what_came_after_the_seal_can_be_rewritten_unseen(sealed: Sealed) -> None:
    longer = rechained([*sealed.rows, sealed.rows[-1]])
    assert not [one for one in sealed.found_after(longer) if "leaf" in one]
