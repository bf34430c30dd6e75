"""Asking for help is quick: what only one command needs is not loaded for all."""

import subprocess
import sys

import pytest

from benchmarks.starting import helps, ratio
from tests.house.layout import ROOT

HEAVY = (
    *("alembic", "cel_expr_python", "faker", "holidays", "jinja2", "jsonschema", "phonenumbers", "pydantic"),
    *("rich", "sqlalchemy"),
)
MOST = 2  # times a bare click group


@pytest.mark.parametrize(
    "arguments", [["--help"], ["simulate", "--help"], ["case", "--help"], ["guide", "--help"]], ids=" ".join
)
def test_help_loads_no_heavy_library(arguments: list[str]) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "madoguchi", *arguments]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stderr
    loaded = {line.rpartition("|")[2].strip() for line in told.splitlines()}
    assert loaded.intersection(HEAVY) == set()


def test_help_takes_at_most_twice_the_time_of_a_bare_group() -> None:
    assert ratio(helps(3)) <= MOST
