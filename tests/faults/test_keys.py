"""A program that changes the key is killed again and again while others work: no value is lost, none fails to open."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.store import Store, verify_all
from engine.store.rotation import rotate
from tests.engine.store.samples import NOON, opened
from tests.faults.tally import TOLD, Note
from tests.house.layout import ROOT

VALUES = 300
CHANGING = """
import sys
from engine.store import Store
from engine.store.rotation import rotate
with Store.open(sys.argv[1]) as store:
    print("open", flush=True)
    while True:
        rotate(store, batch=10)
"""
WRITING = """
import itertools, sys
from engine.store import Store
with Store.open(sys.argv[1]) as store:
    for number in itertools.count():
        with store.transaction() as tx:
            tx.put_value(1, f"late-{number % 50}", str(number).encode(), number)
        print(number, flush=True)
"""


def program(text: str, place: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", text, str(place)], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def killed(kills: int, place: Path) -> int:
    """How many values were acknowledged while the program that changes the key was killed so often."""
    with Store.open(place) as store, store.transaction() as tx:
        made = opened(tx)
        for number in range(VALUES):
            tx.put_value(made.id, f"early-{number}", b"{}", NOON)
    chance = random.Random("keys")
    writer = program(WRITING, place)
    for _ in range(kills):
        changing = program(CHANGING, place)
        assert changing.stdout is not None
        assert changing.stdout.readline() == "open\n"
        time.sleep(chance.uniform(0.0, 0.25))
        changing.kill()
        changing.communicate()
    writer.kill()
    said, _ = writer.communicate()
    return len(said.split())


def all_open(place: Path, acknowledged: int) -> None:
    with Store.open(place) as store:
        for _ in range(2):
            with store.reading() as tx:
                found = {one.field: tx.get_value(1, one.field) for one in tx.values(1)}
            early = [found[f"early-{number}"] for number in range(VALUES)]
            late = [int(found[f"late-{number}"] or b"-1") for number in range(50)]
            assert early == [b"{}"] * VALUES
            assert max(late) >= acknowledged - 1
            rotate(store)
        keys = json.loads(place.with_name(place.name + ".key").read_text("utf-8"))["keys"]
        assert list(keys) == [str(store.keys.active)]
        with store.reading() as tx:
            assert verify_all(tx) == []


def test_killed_at_any_moment_no_value_is_lost(tmp_path: Path, record_property: Note) -> None:
    acknowledged = killed(3, tmp_path / "town.db")
    all_open(tmp_path / "town.db", acknowledged)
    assert acknowledged > 50
    record_property(TOLD, f"key changed, killed 3 times: {acknowledged} values acknowledged meanwhile, all open")


@pytest.mark.full
def test_killed_fifty_times_no_value_is_lost(tmp_path: Path, record_property: Note) -> None:
    acknowledged = killed(50, tmp_path / "town.db")
    all_open(tmp_path / "town.db", acknowledged)
    record_property(TOLD, f"key changed, killed 50 times: {acknowledged} values acknowledged meanwhile, all open")
