"""A few days of procedure 16 run with the fitted assumptions that come with the program."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from simulation.calibration.fitted import fitted_named
from simulation.calibration.fitting import Ground
from simulation.calibration.periods import periods_of
from simulation.calibration.running import Trial
from simulation.preparing import simulated_of

if TYPE_CHECKING:
    from office.office import Definitions
    from simulation.calibration.spans import Span

CERTIFICATION, PRESET = "care_certification", "care_certification_national"


@pytest.fixture(scope="session")
def ground(declared: Definitions) -> Ground:
    """What a fit of procedure 16 stands on in Hitachinaka."""
    one = simulated_of(declared, CERTIFICATION)
    assert one.own is not None
    return Ground(one.procedure, one.own, periods_of(one.procedure), declared.municipality)


@pytest.fixture(scope="session")
def spans(declared: Definitions, ground: Ground) -> list[Span]:
    """The spans of three days' applications through the real engine."""
    trial = Trial(declared, dt.date(2022, 5, 9), dt.date(2022, 5, 11), (1,))
    return trial.run(ground.periods, fitted_named(PRESET))
