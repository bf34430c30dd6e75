"""One school for all tests: the declarations of a city, read once."""

from __future__ import annotations

import pytest

from tests.scenarios import stage
from training.scene import School


@pytest.fixture(scope="session")
def school() -> School:
    """The declarations of Hitachinaka, with what its lessons need."""
    return School(stage.declared("hitachinaka"))
