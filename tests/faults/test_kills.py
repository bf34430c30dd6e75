"""Real kills: of a process under load on a file and on a server, and of the server itself. Nothing heard is lost."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.errors import StoreError
from engine.store import Store
from engine.verify import verify_everything
from tests.engine.desk import MONDAY
from tests.engine.invariants import complaints
from tests.faults.loaded import CLIENTS, client, town
from tests.faults.tally import TOLD, Note
from tests.faults.worlds import SMALLTOWN, definitions_of
from tests.house.layout import ROOT

if TYPE_CHECKING:
    from tests.postgres import Server

HOW = ("each command by itself", "through one writer")
ON_BOTH = pytest.mark.parametrize("kind", ["file", "postgres"])


def place_of(kind: str, request: pytest.FixtureRequest, folder: Path) -> tuple[str, Path]:
    """Where a new store is, and its keys."""
    place = str(folder / "town.db") if kind == "file" else request.getfixturevalue("server").place()
    keys = folder / "town.key"
    Store.open(place, keys, practice=True).close()
    return place, keys


def killed(place: str, keys: Path, name: str, after: float, how: str) -> list[str]:
    """The keys of which a program was told before it was killed, so many seconds after its first."""
    words = [sys.executable, "-m", "tests.faults.loaded", place, str(keys), name, how]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        first = program.stdout.readline()
        time.sleep(after)
        program.kill()
        return [first.strip(), *program.stdout.read().split("\n")[:-1]]


def nothing_is_lost(store: Store, heard: list[str]) -> int:
    """How many commands were kept, once it is sure that all that were heard of are, once each, and no case is torn."""
    definitions_of(SMALLTOWN).edition("permit", MONDAY.date())
    with store.reading() as tx:
        of = {key: tx.command(key) for key in heard}
        cases = [case.id for case in tx.cases()]
        assert verify_everything(tx) == []
        events = sum(case.version for case in tx.cases())
    assert [key for key, kept in of.items() if kept is None] == []
    assert len(of) == len(heard)
    opened = [kept.case_id for key, kept in of.items() if kept and not key.endswith("submitted")]
    assert len(set(opened)) == len(opened)
    assert cases == list(range(1, len(cases) + 1))
    assert complaints(store, definitions_of(SMALLTOWN)) == []
    return events


def kills(kind: str, count: int, request: pytest.FixtureRequest, folder: Path, note: Note) -> None:
    place, keys = place_of(kind, request, folder)
    luck, heard = random.Random(f"kills on {kind}"), list[str]()
    for number in range(count):
        heard += killed(place, keys, f"p{number}", luck.uniform(0.02, 0.3), HOW[number % 2])
    with Store.open(place, keys) as store:
        nothing_is_lost(store, heard)
        engine = town(store)
        last = iter([True, False])
        client(engine, "p0-0", heard.append, lambda: next(last))  # said again under its keys: it is there already
        nothing_is_lost(store, heard[: heard.index("p0-0-0")] + heard[heard.index("p0-0-0") + 1 : -1])
    note(TOLD, f"killed: {count} times a process under load on {kind}, {len(heard)} commands acknowledged: 0 lost")


@ON_BOTH
def test_a_process_killed_under_load_loses_nothing_that_was_acknowledged(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, record_property: Note
) -> None:
    kills(kind, 2, request, tmp_path, record_property)


@pytest.mark.full
@ON_BOTH
def test_fifty_kills_of_a_process_lose_nothing_that_was_acknowledged(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, record_property: Note
) -> None:
    kills(kind, 50, request, tmp_path, record_property)


@pytest.fixture
def mortal() -> Iterator[Server]:
    """A server of its own, which can be killed."""
    if sys.platform != "linux":
        pytest.skip("a server is killed on Linux only")
    from tests.postgres import Server

    own = Server()
    yield own
    own.stop()


def insistent(store: Store, name: str, heard: list[str], over: threading.Event) -> None:
    """A client who repeats under the same key whatever the store could not do."""
    engine, number = town(store), 0
    while not over.is_set():
        once = iter([True, False])
        try:
            client(engine, f"{name}-{number}", heard.append, lambda once=once: next(once))  # type: ignore[misc]
        except StoreError:
            time.sleep(0.02)
        else:
            number += 1


def server_kills(server: Server, count: int, folder: Path, note: Note) -> None:
    place, luck, over = server.place(), random.Random("kills of the server"), threading.Event()
    heard: list[list[str]] = [[] for _ in range(CLIENTS)]
    slowest = 0.0
    with Store.open(place, folder / "town.key", practice=True, patience=5) as store:
        work = [(store, f"c{n}", told, over) for n, told in enumerate(heard)]
        threads = [threading.Thread(target=insistent, args=each) for each in work]
        for thread in threads:
            thread.start()
        for _ in range(count):
            time.sleep(luck.uniform(0.2, 0.7))
            before = sum(map(len, heard))
            server.kill()
            server.start()
            begun = time.monotonic()
            while sum(map(len, heard)) <= before + CLIENTS:
                assert time.monotonic() < begun + 60, "nobody is served any more"
                time.sleep(0.01)
            slowest = max(slowest, time.monotonic() - begun)
        over.set()
        for thread in threads:
            thread.join()
        distinct = sorted({key for told in heard for key in told})
        nothing_is_lost(store, distinct)
    note(
        TOLD,
        f"killed: {count} times the server under load, {len(distinct)} commands acknowledged: 0 lost;"
        f" served again at most {slowest:.1f} s after its start",
    )


def test_a_server_killed_under_load_loses_nothing_that_was_acknowledged(
    mortal: Server, tmp_path: Path, record_property: Note
) -> None:
    server_kills(mortal, 2, tmp_path, record_property)


@pytest.mark.full
def test_twenty_kills_of_the_server_lose_nothing_that_was_acknowledged(
    mortal: Server, tmp_path: Path, record_property: Note
) -> None:
    server_kills(mortal, 20, tmp_path, record_property)
