"""Backups: of one moment, read back, without keys; restored elsewhere they have the same state hash."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from engine.boundary import Boundary, Kind
from engine.errors import StoreError
from engine.store import Store, inspection, schema
from engine.store.backup import Backup, back_up, hash_of, rows_of
from engine.store.inspection import is_there
from engine.store.place import Place
from engine.store.restoring import restore, rows_of_backup
from tests.engine.store.samples import NOON, ROOT, notice, opened, task
from tests.grounds import FileGround, Ground

SECRET = "カナリア".encode()


def filled(ground: Ground, cases: int = 3) -> Place:
    """A closed store with cases in every table that a case has."""
    with ground.open(practice=True) as store, store.transaction() as tx:
        for number in range(cases):
            made = opened(tx, events=number + 1, closed=number == 1, outcome=None if number else "辻󠄀𠮷")
            tx.put_tasks([task(made.id)])
            tx.add_outbox([notice(made.id)])
            tx.put_value(made.id, "form.1", SECRET, NOON)
        tx.put_value(1, "form.2", SECRET, NOON)
        tx.destroy(1, ["form.1"], NOON)
        tx.put_command("鍵", 1, "f", "{}", NOON)
    return Place.of(ground.place)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "town.backup"


@pytest.fixture(autouse=True)
def folder(file: Path) -> Path:
    file.parent.mkdir()
    return file.parent


def test_a_backup_has_the_state_hash_of_the_store_and_so_has_what_is_restored(lasting: Ground, file: Path) -> None:
    place = filled(lasting)
    backup, findings = back_up(place, file, NOON)
    assert backup == Backup(hash_of(place), schema.REVISION, practice=True, cases=3, at=NOON)
    assert findings == []
    new = Place(file.with_name("new.db"))
    assert restore(file, new) == backup
    assert hash_of(new) == backup.hash
    assert sorted(one.name for one in file.parent.iterdir()) == ["new.db", "town.backup"]


def test_a_backup_of_a_file_is_restored_onto_a_server_and_back(lasting: Ground, file: Path, schema: str) -> None:
    backup, _ = back_up(filled(lasting), file, NOON)
    assert restore(file, Place.of(schema)) == backup
    assert hash_of(Place.of(schema)) == backup.hash
    again, _ = back_up(Place.of(schema), file.with_name("again.backup"), NOON)
    assert again == backup


def test_a_restored_store_opens_with_its_keys_and_stays_for_practice(tmp_path: Path, file: Path) -> None:
    path = tmp_path / "a.db"
    with Store.open(path, practice=True) as store, store.transaction() as tx:
        tx.put_value(opened(tx).id, "form.1", SECRET, NOON)
    back_up(Place(path), file, NOON)
    new = file.with_name("new.db")
    restore(file, Place(new))
    with pytest.raises(StoreError, match="鍵ファイル"):
        Store.open(new)
    shutil.copy(path.with_name("a.db.key"), file.with_name("new.db.key"))
    with Store.open(new, practice=True) as store, store.reading() as tx:
        assert tx.get_value(1, "form.1") == SECRET
    with pytest.raises(StoreError, match="練習用"):
        Store.open(new, practice=False)


def test_neither_keys_nor_values_nor_what_was_destroyed_are_in_it(tmp_path: Path, file: Path) -> None:
    path = tmp_path / "a.db"
    with Store.open(path) as store:
        with store.transaction() as tx:
            tx.put_value(opened(tx).id, "form.1", SECRET * 500, NOON)
            envelope = tx.envelopes(1)["form.1"]
        with store.transaction() as tx:
            tx.destroy(1, ["form.1"], NOON)
        back_up(Place(path), file, NOON)
    kept = file.read_bytes()
    key = path.with_name("a.db.key").read_bytes()
    assert [part for part in (envelope.blob, envelope.salt, SECRET, key[-50:-10]) if part and part in kept] == []
    assert envelope.digest.encode() in kept
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_hash_changes_with_any_row_and_with_nothing_else(lasting: Ground) -> None:
    place = filled(lasting)
    seen = {hash_of(place)}
    with lasting.open() as store, store.reading() as tx:
        tx.cases()
    assert hash_of(place) in seen
    for said in (
        "UPDATE case_ SET state = 'x' WHERE id = 2",
        "UPDATE case_ SET closed = (closed = false) WHERE id = 2",
        "DELETE FROM outbox WHERE case_id = 3",
        "UPDATE value SET salt = NULL WHERE case_id = 2",
        "UPDATE counter SET value = value + 1",
    ):
        lasting.execute(said)
        assert hash_of(place) not in seen
        seen.add(hash_of(place))


def test_while_others_write_a_backup_is_of_one_moment(lasting: Ground, file: Path) -> None:
    place = filled(lasting)
    done = threading.Event()

    def write() -> None:
        with lasting.open() as store:
            while not done.is_set():
                with store.transaction() as tx:
                    tx.put_value(opened(tx).id, "form.1", SECRET, NOON)

    thread = threading.Thread(target=write)
    thread.start()
    cases = []
    for number in range(4):
        backup, findings = back_up(place, file.with_name(f"{number}.backup"), NOON)
        assert findings == []
        restore(file.with_name(f"{number}.backup"), Place(file.with_name(f"{number}.db")))
        with closing(sqlite3.connect(file.with_name(f"{number}.db"))) as connection:
            counts = {connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("case_", "event")}  # noqa: S608
        assert backup.cases in counts
        cases.append(backup.cases)
    done.set()
    thread.join()
    assert cases[-1] > cases[0]


def test_what_is_wrong_with_a_log_is_told_and_kept_as_it_is(lasting: Ground, file: Path) -> None:
    place = filled(lasting)
    lasting.execute("UPDATE event SET person = 'Q' WHERE case_id = 3 AND seq = 2")
    backup, findings = back_up(place, file, NOON)
    assert [(one.case_id, one.seq) for one in findings] == [(3, 2)]
    assert backup.hash == hash_of(place)


def test_nothing_is_overwritten(lasting: Ground, file: Path) -> None:
    place = filled(lasting)
    file.write_text("kept", "utf-8")
    with pytest.raises(StoreError, match="上書きはしません"):
        back_up(place, file, NOON)
    assert file.read_text("utf-8") == "kept"
    back_up(place, file.with_name("b"), NOON)
    for taken in (place, Place(file), Place(None)):
        with pytest.raises(StoreError, match="もう何かあります"):
            restore(file.with_name("b"), taken)


def test_there_must_be_a_store_and_a_folder(tmp_path: Path, file: Path, schema: str) -> None:
    for place in (Place(tmp_path / "none.db"), Place.of(schema)):
        with pytest.raises(StoreError, match="まだストアがありません"):
            back_up(place, file, NOON)
        with pytest.raises(StoreError, match="まだストアがありません"):
            hash_of(place)
    Store.open(tmp_path / "a.db").close()
    with pytest.raises(StoreError, match="書けません"):
        back_up(Place(tmp_path / "a.db"), tmp_path / "nowhere" / "b", NOON)
    assert list(file.parent.iterdir()) == []


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut short": (lambda file: file.write_bytes(file.read_bytes()[:20_000]), "壊れているか"),
    "empty": (lambda file: file.write_bytes(b""), "控えのファイルではありません"),
    "a text": (lambda file: file.write_text("a spreadsheet, say" * 300, "utf-8"), "控えのファイルではありません"),
    "a row changed": (lambda file: said(file, "UPDATE case_ SET state = 'x'"), "壊れているか"),
    "a row gone": (lambda file: said(file, "DELETE FROM event WHERE case_id = 1"), "壊れているか"),
    "a type changed": (lambda file: said(file, "UPDATE value SET blob = 'text' WHERE case_id = 2"), "壊れているか"),
    "no mark": (lambda file: said(file, "DROP TABLE backup"), "控えのファイルではありません"),
    "half a mark": (lambda file: said(file, "DELETE FROM backup WHERE name = 'hash'"), "控えのファイルではありません"),
    "another format": (lambda file: said(file, "UPDATE backup SET value = 'x/9'"), "控えのファイルではありません"),
    "newer": (lambda file: said(file, "UPDATE alembic_version SET version_num = '0999'"), "新しい版（0999）"),
    "gone": (Path.unlink, "控えのファイルではありません"),
}


def said(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


@pytest.mark.parametrize("name", DAMAGES)
def test_a_file_that_is_not_as_it_was_written_restores_nothing(tmp_path: Path, file: Path, name: str) -> None:
    with Store.open(tmp_path / "a.db") as store, store.transaction() as tx:
        for _ in range(20):
            tx.put_value(opened(tx, events=5).id, "form.1", SECRET * 100, NOON)
    back_up(Place(tmp_path / "a.db"), file, NOON)
    damage, sentence = DAMAGES[name]
    damage(file)
    new = Place(file.with_name("new.db"))
    with pytest.raises(StoreError, match=sentence):
        restore(file, new)
    assert [one.name for one in file.parent.iterdir() if one != file] == []


class Stopped(BaseException):
    """The program ends here."""


class Stopping(Boundary):
    """Ends the program before the crossing of a number, from 0."""

    def __init__(self, stop: int) -> None:
        self.stop = stop

    def cross(self, kind: Kind, what: str) -> None:
        del what
        if self.stop == 0:
            raise Stopped(kind)
        self.stop -= 1


ACTS: dict[str, tuple[int, Callable[[Place, Path, Place, Stopping], object]]] = {
    "backup": (4, lambda place, file, _, boundary: back_up(place, file, NOON, boundary=boundary)),
    "restore": (2, lambda _, file, new, boundary: restore(file, new, boundary=boundary)),
    "onto a server": (1, lambda _, file, new, boundary: restore(file, new, boundary=boundary)),
}


@pytest.mark.parametrize("name", ACTS)
def test_stopped_before_any_crossing_there_is_all_of_it_or_nothing(
    tmp_path: Path, file: Path, schema: str, name: str
) -> None:
    place = filled(FileGround(tmp_path))
    crossings, act = ACTS[name]
    new = Place.of(schema) if name == "onto a server" else Place(file.with_name("new.db"))
    if name != "backup":
        back_up(place, file, NOON)
    before = sorted(file.parent.iterdir())
    for stop in range(crossings):
        with pytest.raises(Stopped):
            act(place, file, new, Stopping(stop))
        assert sorted(file.parent.iterdir()) == before
        assert not is_there(new, 5)
    act(place, file, new, Stopping(crossings))
    assert hash_of(place) == (restore(file, new).hash if name == "backup" else hash_of(new))


PROGRAM = """
import resource, sys
from engine.errors import StoreError
from engine.store.backup import back_up
from engine.store.place import Place
from engine.store.restoring import restore
from pathlib import Path
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), resource.RLIM_INFINITY))
try:
    if sys.argv[1] == "backup":
        back_up(Place(Path(sys.argv[2])), Path(sys.argv[3]), 0)
    else:
        restore(Path(sys.argv[3]), Place(Path(sys.argv[2])))
except StoreError as error:
    print(error.ja)
"""


@pytest.mark.parametrize("room", [4_000, 60_000, 300_000])
def test_a_full_disk_is_said_and_nothing_is_left(tmp_path: Path, file: Path, room: int) -> None:
    with Store.open(tmp_path / "a.db") as store, store.transaction() as tx:
        for _ in range(100):
            tx.put_value(opened(tx, events=5).id, "form.1", SECRET * 500, NOON)
    for name, place in (("backup", tmp_path / "a.db"), ("restore", file.with_name("new.db"))):
        command = [sys.executable, "-c", PROGRAM, name, str(place), str(file), str(room)]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
        assert "ディスクがいっぱいか" in run.stdout
        assert run.stderr == ""
        assert [one for one in file.parent.iterdir() if one != file] == []
        if name == "backup":
            back_up(Place(place), file, NOON)


def test_how_much_there_is_to_do_is_known_before_and_told_on_the_way(lasting: Ground, file: Path) -> None:
    place = filled(lasting)
    rows = rows_of(place)
    done: list[int] = []
    back_up(place, file, NOON, progress=done.append)
    assert sum(done) == 2 * rows == 2 * rows_of_backup(file)
    done.clear()
    restore(file, Place(file.with_name("new.db")), progress=done.append)
    assert sum(done) == 3 * rows


def test_a_store_of_an_older_revision_is_backed_up_and_restored_as_it_is(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(tmp_path / "a.db").close()
    ours = schema.REVISION
    with monkeypatch.context() as newer:
        newer.setattr(inspection, "REVISION", f"{int(ours) + 1:04}")
        with pytest.raises(StoreError, match="控えを取ってから"):
            Store.open(tmp_path / "a.db")
        backup, _ = back_up(Place(tmp_path / "a.db"), file, NOON)
        restore(file, Place(file.with_name("new.db")))
    assert backup.revision == ours
    assert hash_of(Place(file.with_name("new.db"))) == backup.hash
