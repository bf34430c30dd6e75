"""Several programs deliver signals on one store: each is heard once, also when one of them is killed on the way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.store import Store
from engine.verify import verify_everything
from tests.engine.desk import Desk
from tests.engine.family import submitted
from tests.engine.made_up.shelf import linked
from tests.faults.programs import started_together
from tests.house.layout import ROOT
from tests.postgres import Server

GIFTS = 6
EACH = 3
Place = tuple[str, Path]


@pytest.fixture(params=["file", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A store with signals on their way to several cases, from cases of their own, and its key file."""
    server: Server | None = request.getfixturevalue("server") if request.param == "postgres" else None
    where = (server.place() if server else str(tmp_path / "town.db"), tmp_path / "town.key")
    with Store.open(*where) as store:
        town = Desk(store).using(linked())
        for number in range(GIFTS):
            submitted(town, "gift")
            for amount in range(1, EACH + 1):
                change = submitted(town, "gift_change")
                change.fire("wish", "applicant:p1", {"amount": 100 * number + amount})
    return where


def command(place: Place, *hangs: str) -> list[str]:
    return [sys.executable, "-m", "tests.faults.delivering", place[0], str(place[1]), *hangs]


def heard_once_in_order(place: Place) -> Iterator[str]:
    """Every promise of delivery that is broken, in words."""
    with Store.open(*place) as store, store.reading() as tx:
        yield from (f"signal {letter.id} waits: {letter.trouble}" for letter in tx.waiting_letters())
        for case in tx.cases(procedure="gift"):
            keys = [int(row.key.removeprefix("signal:")) for row in tx.log(case.id) if row.kind == "signal"]
            if keys != sorted(set(keys)):
                yield f"case {case.id} heard {keys}"
        closed = [case.state for case in tx.cases(procedure="gift_change")]
        if closed != ["closed"] * GIFTS * EACH:
            yield f"the changes are {closed}"
        yield from map(str, verify_everything(tx))


def test_four_programs_at_once_deliver_each_signal_once(place: Place) -> None:
    told = started_together([command(place)] * 4)
    assert sum(sum(one.values()) for one in told) == 2 * GIFTS * EACH
    assert list(heard_once_in_order(place)) == []


def test_what_a_killed_program_had_in_hand_another_delivers(place: Place) -> None:
    with subprocess.Popen(command(place, "hangs"), cwd=ROOT, stdin=-1, stdout=-1, text=True) as hanging:
        assert hanging.stdin is not None
        assert hanging.stdout is not None
        hanging.stdin.write("go\n")
        hanging.stdin.flush()
        assert [hanging.stdout.readline() for _ in range(2)] == ["ready\n", "has one\n"]
        hanging.kill()
    (told,) = started_together([command(place)])
    assert sum(told.values()) == 2 * GIFTS * EACH
    assert list(heard_once_in_order(place)) == []
