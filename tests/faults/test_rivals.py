"""Of 64 who decide a real case at the same moment one wins, and every other is told who was first, and when."""

import shutil
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from engine.store import Store
from engine.verify import verify_everything
from tests.engine.invariants import complaints
from tests.faults.life import CASE
from tests.faults.lives import LIVES
from tests.faults.programs import started_together
from tests.faults.rivals import CITY, NOON, Told, decided_by, engine_on, together
from tests.faults.tally import TOLD, Note
from tests.faults.whole_lives import live
from tests.faults.worlds import definitions_of

RIVALS = 64
PROGRAMS = 4


@pytest.fixture(scope="module")
def endorsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one case that waits for nothing but its decision."""
    place = tmp_path_factory.mktemp("endorsed") / "madoguchi.db"
    life = next(life for life in LIVES if life.name == "granted_and_paid")
    with Store.open(place, practice=True) as store:
        live(life.first(next(n for n, step in enumerate(life.steps) if step.about == "decide")), store)
    return place


@pytest.fixture
def place(endorsed: Path, tmp_path: Path) -> Path:
    shutil.copytree(endorsed.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / "madoguchi.db"


def one_wins_and_all_others_know(told: Sequence[Told], store: Store) -> None:
    (winner,) = [one for one in told if one.code == ""]
    losers = [one for one in told if one.code]
    assert len(told) == RIVALS
    assert {(one.code, one.by, one.at) for one in losers} == {("overtaken", winner.person, NOON.isoformat())}
    with store.reading() as tx:
        rows = [row for row in tx.log(CASE) if row.event == "decide" and row.kind == "event"]
        assert verify_everything(tx) == []
    assert [row.person for row in rows] == [winner.person]
    assert complaints(store, definitions_of(CITY)) == []


def rounds(endorsed: Path, folder: Path, count: int) -> None:
    for number in range(count):
        place = shutil.copytree(endorsed.parent, folder / str(number)) / endorsed.name
        with Store.open(place, patience=60) as store:
            engine = engine_on(store)
            told = together([partial(decided_by, engine, f"s{n}") for n in range(RIVALS)])
            one_wins_and_all_others_know(told, store)


def test_of_64_threads_one_wins(endorsed: Path, tmp_path: Path) -> None:
    rounds(endorsed, tmp_path, 5)


@pytest.mark.full
@pytest.mark.parametrize("part", range(4))
def test_of_64_threads_one_wins_in_a_hundred_rounds(
    endorsed: Path, tmp_path: Path, part: int, record_property: Note
) -> None:
    rounds(endorsed, tmp_path / str(part), 25)
    record_property(TOLD, f"rivals: {RIVALS} threads, rounds {25 * part + 1} to {25 * part + 25}: one winner each")


@pytest.mark.parametrize("turn", [0, *(pytest.param(turn, marks=pytest.mark.full) for turn in range(1, 5))])
def test_of_64_in_four_programs_on_one_file_one_wins(place: Path, turn: int, record_property: Note) -> None:
    words = [sys.executable, "-m", "tests.faults.rivals", str(place), str(RIVALS // PROGRAMS)]
    heard = started_together([[*words, f"program{n}"] for n in range(PROGRAMS)])
    told = [Told(*each) for one in heard for each in one]
    with Store.open(place) as store:
        one_wins_and_all_others_know(told, store)
    record_property(TOLD, f"rivals: {RIVALS} in {PROGRAMS} programs, round {turn}: one winner")
