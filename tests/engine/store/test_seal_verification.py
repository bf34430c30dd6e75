"""Whatever is done to a store that was sealed is found, by the seals in it or by a head kept elsewhere."""

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.state import LogRow
from engine.store import Finding, Store, heads, verify_all
from engine.store.canonical import canonical_bytes
from engine.store.chain import COLUMNS, chained, row_hash
from engine.store.heads import SignedHead
from engine.store.schema import metadata
from engine.store.seal_verification import verify_head, verify_readings, verify_seals
from engine.store.sealing import seal
from engine.store.signing import Signer
from engine.store.tree import Frontier
from tests.engine.store.samples import NOON, opened, store_with
from tests.engine.store.test_sealing import WHO, grown

SIGNER = Signer.create(None)


@dataclass
class Sealed:
    """A store in a file, and the heads of its seals, which were kept elsewhere."""

    path: Path
    heads: list[SignedHead]

    def found(self, *heads: SignedHead) -> list[tuple[str, int, int]]:
        """What a verification finds, with these heads."""
        return [(one.kind, one.case_id, one.seq) for one in self.told(*heads)]

    def told(self, *heads: SignedHead) -> list[Finding]:
        """The same with its sentences."""
        with Store.open(self.path) as store, store.reading() as tx:
            told: list[Finding] = [*verify_all(tx), *verify_seals(tx, [SIGNER.public]), *verify_readings(tx)]
            told += [one for head in heads for one in verify_head(tx, head)]
        return list(dict.fromkeys(told))

    def after(self, *changes: str) -> list[tuple[str, int, int]]:
        """What is found, without any head, once somebody ran these statements."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            for change in changes:
                connection.execute(change)
        return self.found()


def head_of_new_seal(store: Store, file: Path) -> SignedHead:
    """Seal, and give the head that is kept elsewhere."""
    (made,) = seal(store, SIGNER, NOON)
    with store.reading() as tx:
        former = next((one.size for one in tx.seals() if one.number == made.number - 1), 0)
        file.write_text(heads.write(made, tx.leaves(former, made.size)), "utf-8")
    return heads.read(file, [SIGNER.public])


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """Three cases, two readings, two seals; after the second, one case grew."""
    folder = tmp_path_factory.mktemp("sealed")
    path, given = folder / "madoguchi.db", []
    store_with(path, 3, 2, 4)
    with Store.open(path) as store:
        with store.transaction() as tx:
            for field in ("form.1", "form.2"):
                tx.add_reading(1, WHO, "case show", {field: "general"}, NOON)
        given.append(head_of_new_seal(store, folder / "1.json"))
    shutil.copy(path, folder / "before.db")
    with Store.open(path) as store:
        with store.transaction() as tx:
            grown(tx, 1)
            grown(tx, 1)
            tx.add_reading(1, WHO, "case notices", {"notice.2.1": "general"}, NOON)
        given.append(head_of_new_seal(store, folder / "2.json"))
        with store.transaction() as tx:
            grown(tx, 3)
    return Sealed(path, given)


@pytest.fixture
def sealed(kept: Sealed, path: Path) -> Sealed:
    """A copy of it, to be tampered with."""
    shutil.copytree(kept.path.parent, path.parent, dirs_exist_ok=True)
    return Sealed(path, kept.heads)


def test_nothing_is_found_where_nothing_was_done(sealed: Sealed) -> None:
    assert sealed.found(*sealed.heads) == []


def test_a_store_goes_on_from_its_heads_after_more_events_and_seals(sealed: Sealed) -> None:
    with Store.open(sealed.path) as store:
        with store.transaction() as tx:
            opened(tx, 2)
            grown(tx, 2)
        seal(store, SIGNER, NOON)
    assert sealed.found(*sealed.heads) == []


def rewritten(path: Path, case_id: int, seq: int) -> None:
    """Write one row of a log anew, and every hash that follows from it: the rows after it and the case's head."""
    with Store.open(path) as store, store.transaction() as tx:
        rows, previous = tx.log(case_id), ""
    for place, row in enumerate(rows):
        columns = COLUMNS(row)
        new = chained(previous, (*columns[:6], "mallory", *columns[7:]) if place + 1 == seq else columns)
        rows[place], previous = new, new.hash
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for row in rows:
            _put(connection, row)
        connection.execute("UPDATE case_ SET head = ? WHERE id = ?", (previous, case_id))


def _put(connection: sqlite3.Connection, row: LogRow) -> None:
    said = "UPDATE event SET person = ?, previous = ?, hash = ? WHERE case_id = ? AND seq = ?"
    connection.execute(said, (row.person, row.previous, row.hash, row.case_id, row.seq))


@pytest.mark.parametrize("seq", [1, 2, 3, 4, 5])
def test_a_log_rewritten_with_all_its_hashes_is_named_by_what_was_sealed(sealed: Sealed, seq: int) -> None:
    rewritten(sealed.path, 1, seq)
    assert sealed.found() == ([("rewritten", 1, 1)] * 2 if seq <= 3 else [("rewritten", 1, 4)])


def test_what_came_after_the_last_seal_can_be_rewritten_unseen(sealed: Sealed) -> None:
    rewritten(sealed.path, 3, 5)
    assert sealed.found(*sealed.heads) == []


def cut(case_id: int, length: int) -> tuple[str, ...]:
    """Take off the end of a log, together with what the case says of it."""
    head = f"(SELECT hash FROM event WHERE case_id = {case_id} AND seq = {length})"  # noqa: S608 - of our own
    return (
        f"DELETE FROM event WHERE case_id = {case_id} AND seq > {length}",  # noqa: S608 - of our own
        f"UPDATE case_ SET version = {length}, head = {head} WHERE id = {case_id}",  # noqa: S608 - of our own
    )


def test_a_log_cut_off_together_with_its_case_is_named(sealed: Sealed) -> None:
    assert sealed.after(*cut(3, 4)) == []  # what came after the last seal is not missed
    assert sealed.after(*cut(1, 4)) == [("cut", 1, 4)]
    assert sealed.after(*cut(1, 2)) == [("cut", 1, 2)]


def test_a_case_removed_with_all_its_rows_is_named(sealed: Sealed) -> None:
    assert sealed.after("DELETE FROM event WHERE case_id = 2", "DELETE FROM case_ WHERE id = 2") == [("gone", 2, 0)]


def test_a_case_kept_from_the_next_seal_is_named(sealed: Sealed) -> None:
    assert sealed.after("DELETE FROM unsealed") == [("unmarked", 3, 5)]


def test_a_tree_made_to_fit_again_is_not_signed(sealed: Sealed) -> None:
    rewritten(sealed.path, 1, 2)
    forged(sealed.path, signer=None)
    assert sealed.found() == [("seal", 0, 1), ("seal", 0, 2)]


def test_a_tree_made_to_fit_again_by_who_has_the_key_is_named_by_the_head(sealed: Sealed) -> None:
    rewritten(sealed.path, 1, 2)
    forged(sealed.path, SIGNER)
    assert sealed.found() == []
    first, last = sealed.heads
    assert sealed.found(first) == [("root", 0, 1), ("leaf_unlike", 1, 0), ("rewritten", 1, 1)]
    assert ("rewritten", 1, 4) in sealed.found(last)
    assert ("root", 0, 2) in sealed.found(last)


def forged(path: Path, signer: Signer | None) -> None:
    """Make leaves and seals fit the logs as they are now; sign them too, when the key was stolen."""
    with Store.open(path) as store, store.reading() as tx:
        seals, leaves = tx.seals(), tx.leaves(0, 99)
        hashes = {("case", row.case_id, row.seq): row.hash for head in tx.every_head() for row in tx.log(head.id)}
    tree, former = Frontier(), None
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for one in seals:
            own = [leaf._replace(head=hashes.get(leaf[1:4], leaf.head)) for leaf in leaves[tree.size : one.size]]
            for leaf in own:
                tree.append(heads.leaf_digest(leaf))
                connection.execute("UPDATE leaf SET head = ? WHERE number = ?", (leaf.head, leaf.number))
            frontier = json.dumps([peak.hex() for peak in tree.peaks], separators=(",", ":"))
            former = one._replace(root=tree.root().hex(), frontier=frontier, previous=heads.after(former))
            if signer:
                former = former._replace(signature=signer.sign(canonical_bytes(heads.told(former, own))))
            connection.execute("REPLACE INTO seal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", former)


def test_a_head_of_another_store_is_told_apart(sealed: Sealed, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    store_with(other, 1)
    with Store.open(other) as store:
        head = head_of_new_seal(store, tmp_path / "other.json")
    assert sealed.found(head) == [("other_store", 0, 1)]
    assert Sealed(other, []).found(*sealed.heads) == [("other_store", 0, 1), ("other_store", 0, 2)]


def test_a_store_that_was_never_sealed_is_not_the_one_of_the_head(sealed: Sealed, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.db"
    store_with(fresh, 1)
    assert Sealed(fresh, []).found(sealed.heads[0]) == [
        *(("never_sealed", 0, 1), ("cut", 1, 1), ("gone", 2, 0), ("gone", 3, 0)),
        ("readings_cut", 0, 0),
    ]


def test_a_backup_from_before_the_head_is_told_with_every_case_that_went_back(sealed: Sealed) -> None:
    shutil.copy(sealed.path.with_name("before.db"), sealed.path)
    first, last = sealed.heads
    assert sealed.found(first) == []
    assert sealed.found(first, last) == [("seal_lost", 0, 1), ("cut", 1, 3), ("readings_cut", 0, 2)]


def test_a_backup_that_went_on_and_was_sealed_again_does_not_fit_the_head(sealed: Sealed) -> None:
    shutil.copy(sealed.path.with_name("before.db"), sealed.path)
    with Store.open(sealed.path) as store:
        with store.transaction() as tx:
            grown(tx, 2)
        seal(store, SIGNER, NOON)
    told = sealed.found(sealed.heads[1])
    assert told[:2] == [("root", 0, 2), ("leaf_unlike", 1, 4)]
    assert {("cut", 1, 3), ("readings_cut", 0, 2)} <= set(told)


NAMED = {"leaf": "(?:leaf|leaves|missing)", "seal": "seals?", "reading": "readings?"}


def single_changes(path: Path) -> Iterator[tuple[str, int, str]]:
    """Every column of every row of the tree and the log of readings, changed by one and taken out."""
    for table in NAMED:
        with closing(sqlite3.connect(path)) as connection:
            numbers = [row[0] for row in connection.execute(f"SELECT number FROM {table}")]  # noqa: S608 - our tables
        for number in numbers:
            yield table, number, f"DELETE FROM {table} WHERE number = {number}"  # noqa: S608
            for column in metadata.tables[table].columns.keys():  # noqa: SIM118 - the names
                flip = f"CASE typeof({column}) WHEN 'integer' THEN {column} + 40 ELSE 'x' || {column} END"
                yield table, number, f"UPDATE {table} SET {column} = {flip} WHERE number = {number}"  # noqa: S608


def test_every_change_of_a_leaf_a_seal_or_a_reading_is_named(sealed: Sealed) -> None:
    kept, missed, tried = sealed.path.read_bytes(), [], 0
    for table, number, change in single_changes(sealed.path):
        sealed.after(change)
        told = [one.text("en") for one in sealed.told()]
        last_seal = change == "DELETE FROM seal WHERE number = 2"  # that is a matter of its own, below
        if not last_seal and not any(re.search(rf"{NAMED[table]} {number}\b", one) for one in told):
            missed.append((change, told))
        sealed.path.write_bytes(kept)
        tried += 1
    assert missed == [], "\n".join(map(str, missed))
    assert tried == 6 * 6 + 2 * 10 + 3 * 10


def test_a_last_seal_taken_out_leaves_leaves_without_a_seal(sealed: Sealed) -> None:
    assert sealed.after("DELETE FROM seal WHERE number = 2") == [("leaf", 0, 4), ("leaf", 0, 5)]


@pytest.mark.parametrize("seq", [1, 2])
def test_a_reading_written_anew_with_a_hash_that_fits_is_named(sealed: Sealed, seq: int) -> None:
    with Store.open(sealed.path) as store, store.reading() as tx:
        row = tx.readings()[seq - 1]._replace(person="nobody")
    with closing(sqlite3.connect(sealed.path, isolation_level=None)) as connection:
        said = "UPDATE reading SET person = ?, hash = ? WHERE number = ?"
        connection.execute(said, (row.person, row_hash(row.previous, row[:-2]), seq))
    assert ("reading", 0, seq) in sealed.found()


def test_seals_by_an_unknown_key_are_said_to_be_so(sealed: Sealed) -> None:
    with Store.open(sealed.path) as store, store.reading() as tx:
        found = [one.text() for one in verify_seals(tx, [])]
    assert found == [
        f"封{n}は、手もとにない鍵で署名されています。その公開鍵を --public-key で示してください。" for n in (1, 2)
    ]
