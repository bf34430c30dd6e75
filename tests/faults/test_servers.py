"""Servers with a writer each on one store: every client is served, no number is missing, nobody waits for an idler."""

import sys
from pathlib import Path

import pytest

from engine.store import Store
from tests.faults.programs import started_together
from tests.faults.tally import TOLD, Note
from tests.faults.test_kills import ON_BOTH, nothing_is_lost, place_of

SERVERS, CLIENTS, CASES = 2, 8, 5


@ON_BOTH
def test_two_servers_on_one_store_serve_all_their_clients(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, record_property: Note
) -> None:
    place, keys = place_of(kind, request, tmp_path)
    with Store.open(place, keys) as idler, idler.reading() as before:
        assert before.cases() == []  # from here on it sees the store as it is now, and holds nobody up
        words = [sys.executable, "-m", "tests.faults.serving", place, str(keys), str(CLIENTS), str(CASES)]
        opened: dict[str, int] = {}
        for each in started_together([[*words, f"server{n}"] for n in range(SERVERS)]):
            opened |= each
        assert before.cases() == []
    assert sorted(opened.values()) == list(range(1, SERVERS * CLIENTS * CASES + 1))
    with Store.open(place, keys) as store:
        nothing_is_lost(store, [*opened, *(f"{key} submitted" for key in opened)])
    told = f"servers: {SERVERS} with {CLIENTS} clients each on {kind}, {len(opened)} cases: none lost, no gap"
    record_property(TOLD, told)
