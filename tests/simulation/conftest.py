"""A short run of the city, made once and shared by the tests that look at it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from simulation.year import simulate
from tests.scenarios import stage

if TYPE_CHECKING:
    from office.office import Definitions
    from simulation.results import Results

CLAIMS = "child_allowance_claim"
FIRST, LAST = dt.date(2022, 4, 1), dt.date(2022, 4, 20)


@dataclass(frozen=True)
class Kept:
    """The results of a run and the file its cases were kept in."""

    results: Results
    store: Path
    declared: Definitions


@pytest.fixture(scope="session")
def declared() -> Definitions:
    """Hitachinaka's declarations, read once for all tests."""
    return stage.declared("hitachinaka")


@pytest.fixture(scope="session")
def kept(declared: Definitions, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Three weeks of spring of one procedure, kept in a file."""
    store = tmp_path_factory.mktemp("run") / "kept.db"
    results = simulate(declared, first=FIRST, last=LAST, scenario="as-is", seed=1, keep=store, only=[CLAIMS])
    return Kept(results, store, declared)
