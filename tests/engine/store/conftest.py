"""Stores to test on: every test that takes `store` runs on a file and in memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "madoguchi.db"


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, path: Path) -> Iterator[Store]:
    with Store.open(path if request.param == "file" else ":memory:") as opened:
        yield opened
