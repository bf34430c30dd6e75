"""On a server: of 64 in four programs who decide one case at once one wins. And numbers have no gap anywhere."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.store import Store
from engine.verify import verify_everything
from tests.engine.desk import MONDAY, Desk
from tests.engine.invariants import complaints
from tests.engine.journeys import endorsed
from tests.faults.rivals import Told
from tests.faults.tally import TOLD, Note
from tests.grounds import Ground
from tests.house.layout import ROOT

if TYPE_CHECKING:
    from tests.postgres import Server

RIVALS, PROGRAMS = 64, 4


def raced(programs: list[subprocess.Popen[str]], case_id: int) -> list[Told]:
    """What all rivals were told about one case."""
    for one in programs:
        assert one.stdin is not None
        one.stdin.write(f"{case_id}\n")
        one.stdin.flush()
    return [Told(*each) for one in programs if one.stdout for each in json.loads(one.stdout.readline())]


def rounds(server: Server, keys: Path, count: int) -> None:
    place = server.place()
    words = [sys.executable, "-m", "tests.faults.racing", place, str(keys), str(RIVALS // PROGRAMS)]
    with Store.open(place, keys, practice=True) as store, ExitStack() as running:
        desk = Desk(store)
        cases = [endorsed(desk).id for _ in range(count)]
        programs = [
            running.enter_context(
                subprocess.Popen([*words, f"p{n}"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            for n in range(PROGRAMS)
        ]
        for case_id in cases:
            told = raced(programs, case_id)
            (winner,) = [one.person for one in told if one.code == ""]
            assert len(told) == RIVALS
            losers = {(one.code, one.by, one.at) for one in told if one.code}
            assert losers == {("overtaken", winner, MONDAY.isoformat())}
            with store.reading() as tx:
                assert [row.person for row in tx.log(case_id) if (row.event, row.kind) == ("decide", "event")] == [
                    winner
                ]
        with store.reading() as tx:
            assert verify_everything(tx) == []
        assert complaints(store, desk.ports.definitions) == []


def test_of_64_in_four_programs_one_wins(server: Server, tmp_path: Path) -> None:
    rounds(server, tmp_path / "town.key", 3)


@pytest.mark.full
def test_of_64_in_four_programs_one_wins_in_a_hundred_rounds(
    server: Server, tmp_path: Path, record_property: Note
) -> None:
    rounds(server, tmp_path / "town.key", 100)
    record_property(TOLD, f"rivals on postgres: {RIVALS} in {PROGRAMS} programs, 100 rounds: one winner each")


class GivenUp(Exception):
    """The transaction is not wanted after all."""


def drawn(ground: Ground, count: int, threads: int = 8) -> list[int]:
    """So many document numbers, drawn by threads through two stores, of which every fifth attempt is given up."""
    numbers: list[int] = []

    def work(store: Store) -> None:
        for turn in range(count // threads):
            if turn % 4 == 0:
                with suppress(GivenUp), store.transaction() as tx:
                    tx.next_number("文書番号", "福祉課/2022")
                    raise GivenUp
            with store.transaction() as tx:
                number = tx.next_number("文書番号", "福祉課/2022")
            numbers.append(number)

    with ground.open(synchronous="OFF", patience=60) as one, ground.open(synchronous="OFF", patience=60) as other:
        working = [threading.Thread(target=work, args=((one, other)[n % 2],)) for n in range(threads)]
        for thread in working:
            thread.start()
        for thread in working:
            thread.join()
    return sorted(numbers)


def test_document_numbers_have_no_gap_and_no_double(lasting: Ground) -> None:
    assert drawn(lasting, 400) == list(range(1, 401))


@pytest.mark.full
def test_ten_thousand_document_numbers_have_no_gap_and_no_double(lasting: Ground, record_property: Note) -> None:
    assert drawn(lasting, 10_000) == list(range(1, 10_001))
    kind = type(lasting).__name__.removesuffix("Ground").lower()
    record_property(TOLD, f"numbers on {kind}: 10,000 by 8 threads through 2 stores, 2,500 given up: no gap, no double")
