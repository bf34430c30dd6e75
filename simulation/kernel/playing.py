"""A network played, once or often, here or in several processes; and what every run has to add up to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context

from engine.errors import MadoguchiError
from simulation.kernel.executors import Name, executor
from simulation.kernel.network import Network, require_sound
from simulation.kernel.tables import room_for, tables_of


class Unbalanced(MadoguchiError):
    """A run whose figures contradict each other."""


@dataclass(frozen=True)
class Totals:
    """What a run counted; seconds are whole.

    `inside_seconds` is the time integral of the number of cases inside, `stayed` the seconds that those who left had
    stayed, `so_far` the seconds that those still inside have. By place in the order of the network: `taken` is how
    often work began, `waited` for how long cases had stood in the line; `worked` is by post.
    """

    came: int
    left: int
    inside: int
    inside_seconds: int
    stayed: int
    so_far: int
    events: int
    taken: tuple[int, ...]
    waited: tuple[int, ...]
    worked: tuple[int, ...]

    def require_balance(self) -> None:
        """Nothing.

        Raises:
            Unbalanced: cases were lost, or Little's law does not hold to the second.
        """
        if self.came != self.left + self.inside:
            ja = f"来た {self.came} 件が、出た {self.left} 件と中の {self.inside} 件に合いません。"
            raise Unbalanced(ja, f"{self.came} came, {self.left} left, {self.inside} inside")
        if self.inside_seconds != self.stayed + self.so_far:
            ja = "中にいた件数の積分が、1件ごとの滞在時間の合計に合いません(リトルの法則)。"
            raise Unbalanced(ja, f"Little: {self.inside_seconds} is not {self.stayed} + {self.so_far}")

    @property
    def digest(self) -> str:
        """The same for the same figures."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Start:
    """The beginning of work, or of a wait outside, for one case."""

    case: int
    place: str
    at: int


def play_once(
    network: Network, seed: int, horizon: int, *, name: Name = "kernel", warm: int = 0, paths: list[Start] | None = None
) -> Totals:
    """The totals of one run.

    Args:
        warm: what begins before this instant is left out of `taken`, `waited` and `worked`.
        paths: takes every beginning, in order.

    Raises:
        NetworkError: the network cannot be played.
        ExecutorMissing: numba is asked for and not installed.
        Unbalanced: the figures of the run contradict each other.
    """
    require_sound(network, horizon)
    on = executor(name)
    tables = tables_of(network, seed, horizon, on)
    room = room_for(tables, on)
    came = int(on.play(tables, room, horizon, warm, int(paths is not None)))
    inside = [case for case in range(came) if room.done[case] < 0]
    totals = Totals(
        came,
        came - len(inside),
        int(room.sums[3]),
        int(room.sums[1]),
        int(room.sums[2]),
        sum(horizon - int(tables.arrives[case]) for case in inside),
        int(room.sums[0]),
        tuple(int(count) for count in room.taken),
        tuple(int(count) for count in room.waited),
        tuple(int(count) for count in room.worked)[: len(network.posts)],
    )
    totals.require_balance()
    if paths is not None:
        numbers = [int(number) for number in room.starts]
        for case, place, at in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
            paths.append(Start(case, network.places[place].id, at))
    return totals


def play_often(
    network: Network, seeds: Sequence[int], horizon: int, *, name: Name = "kernel", warm: int = 0, workers: int = 1
) -> list[Totals]:
    """The totals of each seed, in the order of the seeds whatever the number of processes."""
    require_sound(network, horizon)
    once = partial(_of_seed, network, horizon, name, warm)
    if workers == 1:
        return [once(seed) for seed in seeds]
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        return list(pool.map(once, seeds, chunksize=max(1, len(seeds) // (4 * workers))))


def _of_seed(network: Network, horizon: int, name: Name, warm: int, seed: int) -> Totals:
    return play_once(network, seed, horizon, name=name, warm=warm)
