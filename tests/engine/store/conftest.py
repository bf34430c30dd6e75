"""Stores to test on: every test that takes `store` runs on a file, in memory and on a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.store import Store
from tests.grounds import Ground

if TYPE_CHECKING:
    from tests.postgres import Server


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "madoguchi.db"


@pytest.fixture
def schema(server: Server) -> str:
    """The URL of a schema with nothing in it."""
    return server.place()


@pytest.fixture
def store(ground: Ground) -> Iterator[Store]:
    with ground.open() as opened:
        yield opened
