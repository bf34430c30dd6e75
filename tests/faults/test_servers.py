"""Servers with a writer each on one file: every client is served, no number is missing, nobody waits for an idler."""

import sys
from pathlib import Path

from engine.store import Store
from engine.verify import verify_everything
from tests.engine.desk import MONDAY
from tests.engine.invariants import complaints
from tests.faults.programs import started_together
from tests.faults.tally import TOLD, Note
from tests.faults.worlds import SMALLTOWN, definitions_of

SERVERS, CLIENTS, CASES = 2, 8, 5


def test_two_servers_on_one_file_serve_all_their_clients(tmp_path: Path, record_property: Note) -> None:
    place = tmp_path / "town.db"
    with Store.open(place, practice=True) as idler, idler.reading() as before:
        assert before.cases() == []  # from here on it sees the store as it is now, and holds nobody up
        words = [sys.executable, "-m", "tests.faults.serving", str(place), str(CLIENTS), str(CASES)]
        opened: dict[str, int] = {}
        for each in started_together([[*words, f"server{n}"] for n in range(SERVERS)]):
            opened |= each
        assert before.cases() == []
    assert sorted(opened.values()) == list(range(1, SERVERS * CLIENTS * CASES + 1))
    with Store.open(place) as store, store.reading() as tx:
        for key, case_id in opened.items():
            kept = [tx.command(name) for name in (key, f"{key} submitted")]
            assert [one and one.case_id for one in kept] == [case_id, case_id]
        assert verify_everything(tx) == []
    declared = definitions_of(SMALLTOWN)
    declared.edition("permit", MONDAY.date())  # so that this program, too, has the edition that the servers used
    with Store.open(place) as store:
        assert complaints(store, declared) == []
    record_property(TOLD, f"servers: {SERVERS} with {CLIENTS} clients each, {len(opened)} cases: none lost, no gap")
