"""The office of every engine test, on every ground; whatever a test did, all promises still hold after it."""

from collections.abc import Iterator

import pytest

from tests.engine.desk import Desk
from tests.engine.gate import Gate
from tests.engine.invariants import complaints, kept_otherwise
from tests.grounds import Ground


@pytest.fixture
def desk(ground: Ground) -> Iterator[Desk]:
    gate = Gate()
    with ground.open(boundary=gate) as store:
        office = Desk(store, gate=gate)
        yield office
        assert complaints(store, office.ports.definitions) == []
        assert kept_otherwise(office.engine) == []
