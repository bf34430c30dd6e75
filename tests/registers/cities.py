"""A made-up city for the tests of registers: small, and the same in each of them."""

import datetime as dt
from functools import cache

from registers.population import Population

TODAY = dt.date(2025, 6, 2)


@cache
def city(place: str = "hitachinaka", seed: int = 1, households: int = 600) -> Population:
    """A city on the day of the tests."""
    return Population(place, seed, TODAY, households)
