"""The runs of a job until there are enough: known or done now, pair by pair, with a bar and a way to stop."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from engine.errors import Refusal
from office.office import Definitions
from simulation.comparison.counted import Counts
from simulation.comparison.job import Job, Place
from simulation.comparison.journal import Journal
from simulation.comparison.workers import Run, workers

Pair = tuple[Counts, ...]
"""The counts of one pair's runs, by rung."""
Enough = Callable[[Sequence[Pair]], bool]


@dataclass(frozen=True)
class Effort:
    """How much is to be done: at most so many pairs, until `enough` of the first of them, by so many processes."""

    pairs: int
    enough: Enough | None
    workers: int
    show: bool


def run_pairs(declared: Definitions, folders: Sequence[Path], job: Job, out: Path, effort: Effort) -> list[Pair]:
    """The pairs, in order; the same whatever was known before and however many processes took part.

    Raises:
        Refusal: the folder belongs to another job, or somebody stopped it; what was done is kept.
    """
    journal = Journal(out, job.key(declared))
    total = effort.pairs * len(job.rungs)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(file=sys.stderr)) if effort.show else None
    with bar or nullcontext():
        task = bar.add_task("組の実行", total=total, completed=len(journal.done)) if bar else None

        def did(place: Place, counts: Counts) -> None:
            journal.add(place, counts)
            if bar is not None and task is not None:
                bar.advance(task)

        try:
            with workers(declared, job, folders, effort.workers) as run:
                return _until_enough(job, journal, effort, run, did)
        except KeyboardInterrupt:
            done = len(journal.done)
            ja = f"途中で止めました。{done}回の実行は残っています。同じ指定でもう一度動かすと、続きから始めます。"
            raise Refusal(ja, f"stopped; {done} runs are kept, and the same command goes on from there") from None
        except BrokenProcessPool as broken:
            ja = f"動かしていたプロセスが止められました(メモリー不足など)。{len(journal.done)}回の実行は残っています。"
            hint = "--workers を減らして同じ指定でもう一度動かすと、続きから始めます。"
            raise Refusal(ja + hint, "a process was killed; fewer --workers go on from there") from broken


def _until_enough(
    job: Job, journal: Journal, effort: Effort, run: Run, did: Callable[[Place, Counts], None]
) -> list[Pair]:
    """Do the pairs in batches, and look after each batch whether the first pairs were already enough."""
    batch = effort.pairs if effort.enough is None else 2 * effort.workers
    for begin in range(0, effort.pairs, batch):
        places = [(n, rung) for n in range(begin, min(begin + batch, effort.pairs)) for rung in range(len(job.rungs))]
        for place, counts in run([place for place in places if place not in journal.done]):
            did(place, counts)
        for count in range(begin + 1, min(begin + batch, effort.pairs) + 1):
            pairs = _pairs(job, journal, count)
            if effort.enough is not None and effort.enough(pairs):
                return pairs
    return _pairs(job, journal, effort.pairs)


def _pairs(job: Job, journal: Journal, count: int) -> list[Pair]:
    return [tuple(journal.done[(n, rung)] for rung in range(len(job.rungs))) for n in range(count)]
