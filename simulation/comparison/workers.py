"""Many runs of a job, here or in several processes: which process did a run changes nothing about it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from office.office import Definitions, definitions
from simulation.comparison.counted import Counts
from simulation.comparison.job import Job, Place, run

Run = Callable[[Sequence[Place]], Iterator[tuple[Place, Counts]]]
"""Does some runs and gives each as it is done, in whatever order."""


@dataclass
class _Here:
    """What a process of the pool knows."""

    declared: Definitions
    job: Job


_here: list[_Here] = []


def _prepare(job: Job, folders: Sequence[Path]) -> None:
    """Read the declarations once in each process."""
    _here[:] = [_Here(definitions(job.city, folders), job)]


def _run_there(place: Place) -> tuple[Place, Counts]:
    (here,) = _here
    return place, run(here.declared, here.job, place)


@contextmanager
def workers(declared: Definitions, job: Job, folders: Sequence[Path], count: int) -> Iterator[Run]:
    """Gives what does runs: in this process where `count` is 1, otherwise in so many others."""
    if count == 1:
        yield lambda places: ((place, run(declared, job, place)) for place in places)
        return
    pool = ProcessPoolExecutor(count, get_context("spawn"), initializer=_prepare, initargs=(job, tuple(folders)))
    try:
        yield lambda places: _as_done(pool, places)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _as_done(pool: ProcessPoolExecutor, places: Sequence[Place]) -> Iterator[tuple[Place, Counts]]:
    with _ctrl_c_is_ours():  # processes begin when they are first given something, and take over what is ignored
        waiting: set[Future[Any]] = {pool.submit(_run_there, place) for place in places}
    while waiting:
        done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            yield future.result()


@contextmanager
def _ctrl_c_is_ours() -> Iterator[None]:
    """Within it processes begin that do not hear Ctrl-C: whoever asked for them stops them."""
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
