"""Rivals take turns, so that a busy minute of the machine falls on all of them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Hashable, Mapping
from statistics import median
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)


def interleaved(rivals: Mapping[Name, Callable[[], float]], rounds: int, about: str) -> dict[Name, float]:
    """The median of each rival's figures over the rounds; in every round each has one turn, in the given order.

    The first round is not counted: files grow, caches fill and libraries are loaded in it.
    """
    figures: dict[Name, list[float]] = {name: [] for name in rivals}
    for number in range(rounds + 1):
        tell(f"{about}: round {number} of {rounds}")
        for name, turn in rivals.items():
            figure = turn()
            if number:
                figures[name].append(figure)
    return {name: median(found) for name, found in figures.items()}


def seconds(act: Callable[[], object]) -> float:
    """How many seconds an act takes by the wall clock."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def worked(act: Callable[[], object]) -> float:
    """How many seconds of the processor an act takes, for what waits for nothing: other work does not count then."""
    begun = time.process_time()
    act()
    return time.process_time() - begun


def tell(about: str) -> None:
    """Nothing; on a terminal it says what is being measured, in the place of what was said before."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{about}" if about else "\r\x1b[K")
        sys.stderr.flush()
