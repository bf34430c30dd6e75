"""Two programs open the case that many share: it is opened once, and every one of them is linked to it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from engine.actors import Actor
from engine.store import Store
from engine.verify import verify_everything
from tests.engine.desk import Desk
from tests.engine.family import submitted
from tests.engine.made_up.shelf import linked
from tests.faults.programs import started_together
from tests.postgres import Server

HOMES, HOUSES = 6, 2


@pytest.mark.parametrize("ground", ["file", "postgres"])
def test_two_programs_at_once_open_one_case_for_each_house(
    ground: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    server: Server | None = request.getfixturevalue("server") if ground == "postgres" else None
    place, keys = (server.place() if server else str(tmp_path / "town.db"), tmp_path / "town.key")
    with Store.open(place, keys) as store:
        town = Desk(store).using(linked())
        for number in range(HOMES):
            home = submitted(town, "dwelling")
            town.engine.establish(home.id, Actor.parse("clerk:k1"), {"house_no": f"A-{number % HOUSES}"})
            home.fire("ask", "clerk:k1")
    started_together([[sys.executable, "-m", "tests.faults.delivering", place, str(keys)]] * 2)
    with Store.open(place, keys) as store, store.reading() as tx:
        houses = tx.cases(procedure="house")
        sharing = [[link.case_id for link in tx.linked_to(house.id)] for house in houses]
        assert sorted(map(sorted, sharing)) == [list(range(1 + n, HOMES + 1, HOUSES)) for n in range(HOUSES)]
        assert verify_everything(tx) == []
