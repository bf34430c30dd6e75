"""Asking for help is quick: what only one command needs is not loaded for all."""

import subprocess
import sys

import pytest

from tests.house.layout import ROOT

HEAVY = ("alembic", "cel_expr_python", "faker", "holidays", "jinja2", "jsonschema", "phonenumbers", "sqlalchemy")


@pytest.mark.parametrize("arguments", [["--help"], ["simulate", "--help"], ["case", "--help"]], ids=" ".join)
def test_help_loads_no_heavy_library(arguments: list[str]) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "madoguchi", *arguments]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stderr
    loaded = {line.rpartition("|")[2].strip() for line in told.splitlines()}
    assert loaded.intersection(HEAVY) == set()
