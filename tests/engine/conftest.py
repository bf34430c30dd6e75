"""The office of every engine test, on a file and in memory; whatever a test did, all promises still hold after it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.store import Store
from tests.engine.desk import Desk
from tests.engine.gate import Gate
from tests.engine.invariants import complaints


@pytest.fixture(params=["file", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "town.db") if request.param == "file" else ":memory:"


@pytest.fixture
def desk(place: str) -> Iterator[Desk]:
    gate = Gate()
    with Store.open(place, boundary=gate) as store:
        office = Desk(store, gate=gate)
        yield office
        assert complaints(store, office.ports.definitions) == []
