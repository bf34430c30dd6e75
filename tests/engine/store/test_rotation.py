"""Changing the key of a store: nothing is lost, whoever works on it meanwhile, and wherever the program ends."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.errors import StoreError
from engine.store import KeyRing, Store
from engine.store.recognition import keyed
from engine.store.rotation import Rotated, rotate
from tests.engine.gate import Gate, Stopped
from tests.engine.store.samples import NOON, ROOT, opened

FIELDS = 7


def filled(path: Path) -> dict[str, str]:
    """A closed store with one case; the digests of its values by field."""
    with Store.open(path) as store, store.transaction() as tx:
        made = opened(tx)
        return {f"f{n}": tx.put_value(made.id, f"f{n}", plain(f"f{n}"), NOON) for n in range(FIELDS)}


def plain(field: str) -> bytes:
    return json.dumps({"値": field}, ensure_ascii=False).encode()


def read(store: Store) -> dict[str, str]:
    """The digests of the values of the case, every one of which opens to what was put."""
    with store.reading() as tx:
        kept = tx.values(1)
        assert {one.field: tx.get_value(1, one.field) for one in kept} == {one.field: plain(one.field) for one in kept}
        return {one.field: one.digest for one in kept}


def key_file(path: Path) -> Path:
    return path.with_name(path.name + ".key")


def ids(path: Path) -> list[str]:
    return sorted(json.loads(key_file(path).read_text("utf-8"))["keys"])


def test_every_value_goes_over_to_a_new_key_and_its_digest_stays(store: Store) -> None:
    with store.transaction() as tx:
        made = opened(tx)
        digests = {f"f{n}": tx.put_value(made.id, f"f{n}", plain(f"f{n}"), NOON) for n in range(FIELDS)}
    assert rotate(store, batch=3) == Rotated(key=2, resealed=FIELDS, went_on=False)
    assert read(store) == digests
    with store.reading() as tx:
        assert {value.key_id for value in tx.values(1)} == {2}


def test_the_old_key_leaves_the_file_and_the_file_stays_its_owners(path: Path) -> None:
    digests = filled(path)
    before = json.loads(key_file(path).read_text("utf-8"))["keys"]["1"]
    with Store.open(path) as store:
        rotate(store)
    text = key_file(path).read_text("utf-8")
    assert (ids(path), before in text) == (["2"], False)
    assert key_file(path).stat().st_mode & 0o777 == 0o600
    with Store.open(path) as store:
        assert read(store) == digests
    assert sorted(file.name for file in path.parent.iterdir()) == [path.name, key_file(path).name]


def test_a_program_that_was_open_before_reads_and_writes_on(path: Path) -> None:
    filled(path)
    with Store.open(path) as reader, Store.open(path) as writer, Store.open(path) as store:
        rotate(store)
        assert len(read(reader)) == FIELDS
        with writer.transaction() as tx:
            tx.put_value(1, "late", plain("late"), NOON)
        with store.reading() as tx:
            assert {value.key_id for value in tx.values(1)} == {2}
        rotate(store)
        assert len(read(reader)) == len(read(writer)) == FIELDS + 1


def test_a_value_that_was_destroyed_stays_so(path: Path) -> None:
    filled(path)
    with Store.open(path) as store:
        with store.transaction() as tx:
            tx.destroy(1, ["f0"], NOON)
        assert rotate(store).resealed == FIELDS - 1
        with store.reading() as tx:
            assert tx.get_value(1, "f0") is None


@pytest.fixture
def crossings(tmp_path: Path) -> int:
    """How often a change of the key crosses the boundary."""
    gate = Gate()
    path = tmp_path / "counted.db"
    filled(path)
    with Store.open(path, boundary=gate) as store:
        rotate(store, batch=3)
    assert {kind for kind, _ in gate.crossed} == {"execute", "commit", "file"}
    return len(gate.crossed)


def test_stopped_before_every_crossing_the_store_serves_and_the_change_is_finished_later(
    tmp_path: Path, crossings: int
) -> None:
    begun = tmp_path / "begun.db"
    digests = filled(begun)
    for stop in range(crossings):
        path = tmp_path / f"{stop}.db"
        shutil.copy(begun, path)
        shutil.copy(key_file(begun), key_file(path))
        gate = Gate()
        with Store.open(path) as other:
            with Store.open(path, boundary=gate) as store:
                gate.stop_before(stop)
                with pytest.raises(Stopped):
                    rotate(store, batch=3)
            assert read(other) == digests
            with other.transaction() as tx:
                digests_now = digests | {"late": tx.put_value(1, "late", plain("late"), NOON)}
        with Store.open(path) as store:
            assert read(store) == digests_now
            rotate(store)
            assert read(store) == digests_now
            assert ids(path) == [str(store.keys.active)]
            with store.reading() as tx:
                assert {value.key_id for value in tx.values(1)} == {store.keys.active}


def test_two_changes_at_once_lose_nothing(path: Path) -> None:
    digests = filled(path)
    with Store.open(path) as one, Store.open(path) as other:
        threads = [threading.Thread(target=rotate, args=(store,), kwargs={"batch": 1}) for store in (one, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with Store.open(path) as store:
        assert read(store) == digests
        assert ids(path) == [str(store.keys.active)]


WRITER = """
import sys
from engine.store import Store
from tests.engine.store.samples import NOON
with Store.open(sys.argv[1]) as store:
    for number in range(int(sys.argv[3])):
        with store.transaction() as tx:
            tx.put_value(1, f"{sys.argv[2]}-{number}", b"{}", NOON)
            assert tx.get_value(1, f"{sys.argv[2]}-0") == b"{}"
        print(number, flush=True)
"""


def test_under_load_every_acknowledged_value_opens_after_each_of_several_changes(path: Path) -> None:
    filled(path)
    command = [sys.executable, "-c", WRITER, str(path)]
    writers = [
        subprocess.Popen([*command, name, "120"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for name in "ab"
    ]
    changes = 0
    with Store.open(path) as store:
        while any(writer.poll() is None for writer in writers):
            rotate(store, batch=20)
            changes += 1
    for writer in writers:
        said, error = writer.communicate()
        assert (error, len(said.split())) == (b"", 120)
    assert changes > 1
    with Store.open(path) as store, store.reading() as tx:
        assert [tx.get_value(1, f"{name}-{n}") for name in "ab" for n in range(120)] == [b"{}"] * 240
    assert len(ids(path)) == 1


@contextmanager
def damaged(path: Path) -> Iterator[None]:
    """While this lasts, one value of the store does not open."""
    with Store.open(path) as store, store.transaction() as tx:
        kept = tx.envelopes(1)["f3"]
        tx.put_envelopes([kept._replace(blob=b"?" * 40)])
    yield
    with Store.open(path) as store, store.transaction() as tx:
        tx.put_envelopes([kept])


def test_a_value_that_does_not_open_is_named_and_keeps_its_key(path: Path) -> None:
    filled(path)
    with damaged(path), Store.open(path) as store, pytest.raises(StoreError) as refused:
        rotate(store)
    assert "案件1の「f3」" in refused.value.ja
    assert "値1件を開けない" in refused.value.ja
    assert ids(path) == ["1", "2"]
    with Store.open(path) as store:
        assert rotate(store) == Rotated(key=2, resealed=1, went_on=True)
    assert ids(path) == ["2"]


def test_the_key_file_from_before_the_change_is_told_from_that_of_another_store(path: Path) -> None:
    filled(path)
    former, stranger = path.with_name("former.key"), path.with_name("stranger.key")
    shutil.copy(key_file(path), former)
    KeyRing.create(stranger)
    with Store.open(path) as store:
        rotate(store)
    for file in (former, stranger):
        with pytest.raises(StoreError, match="鍵を替える前の鍵ファイル"):
            Store.open(path, file)
    former.unlink()
    shutil.copy(stranger, key_file(path).with_name("two.key"))
    KeyRing.load(key_file(path).with_name("two.key")).add_key()
    with pytest.raises(StoreError, match="のものではありません"):
        Store.open(path, path.with_name("two.key"))


def test_a_program_left_with_the_former_file_refuses_to_seal_and_says_why(path: Path) -> None:
    filled(path)
    elsewhere = path.with_name("elsewhere.key")
    shutil.copy(key_file(path), elsewhere)
    with Store.open(path, elsewhere) as other, Store.open(path) as store:
        rotate(store)
        with pytest.raises(StoreError, match="鍵を替えた後の鍵ファイル"), other.transaction() as tx:
            tx.put_value(1, "late", plain("late"), NOON)
        with pytest.raises(StoreError, match="番号2"), other.reading() as tx:
            tx.get_value(1, "f0")
        shutil.copy(key_file(path), elsewhere)
        assert len(read(other)) == FIELDS


def test_what_a_program_that_was_stopped_left_beside_the_key_file_is_in_nobodys_way(path: Path) -> None:
    filled(path)
    left = key_file(path).with_name(key_file(path).name + ".new")
    left.write_text("half a", "utf-8")
    with Store.open(path) as store:
        rotate(store)
    assert not left.exists()


def test_a_key_file_that_cannot_be_written_leaves_everything_as_it_was(path: Path) -> None:
    digests = filled(path)
    before = key_file(path).read_bytes()
    program = f"""
import resource, sys
from engine.errors import StoreError
from engine.store import Store
from engine.store.rotation import rotate
with Store.open({str(path)!r}) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))
    try:
        rotate(store)
    except StoreError as error:
        print(error.ja)
"""
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True)
    assert "鍵ファイル" in run.stdout
    assert "書きかえられません" in run.stdout
    assert key_file(path).read_bytes() == before
    with Store.open(path) as store:
        assert read(store) == digests


def test_the_secret_of_the_store_stays_when_the_key_changes(path: Path) -> None:
    filled(path)
    with Store.open(path) as store:
        before = store.secret
        rotate(store)
    with Store.open(path) as store:
        assert store.secret == before
        assert keyed("a", before) != keyed("a", b"x" * 32)


def test_an_id_that_has_come_round_to_another_key_is_looked_up_again(path: Path) -> None:
    filled(path)
    with Store.open(path) as held:
        first = held.keys.cipher(1)
        with Store.open(path) as store:
            for _ in range(255):
                rotate(store)
        assert ids(path) == ["1"]
        with held.reading() as tx:
            assert tx.get_value(1, "f3") is not None
        assert held.keys.cipher(1) is not first
