"""Events a second of the kernel, as plain Python and compiled by numba, against SimPy on the same six steps.

Compared: one year of 250 days of 8 hours on a clock that has no nights, a case about every 6 minutes, six steps at a
clerk (5 people), a chief (2) and a head (1), a tenth sent back from the fourth to the second. An event is a case that
comes or a step that ends. SimPy draws from `random`, as its users do; the kernel draws by hashing its keys, which costs
more and is counted. Counted is the time of the processor, in turns; the tables of a run are made before it begins, and
numba's compiling is told beside it.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Generator
from statistics import median
from typing import Any

import simpy

from benchmarks.tables import table
from simulation.kernel.executors import Name, executor, numba_is_here
from simulation.kernel.network import Network, Place, Post, Route
from simulation.kernel.tables import exponential, lognormal, room_for, tables_of

YEAR = 250 * 8 * 3600
GAP = 360
VARIATION = 0.8
PEOPLE = {"clerk": 5, "chief": 2, "head": 1}
STEPS = ((300, "clerk"), (720, "clerk"), (240, "clerk"), (480, "chief"), (270, "head"), (180, "clerk"))
BACK_FROM, BACK_TO, BACK = 3, 1, 0.1
TARGETS: dict[Name, float] = {"kernel": 1.5, "numba": 40}
SIMPY = "SimPy"


def six_steps() -> Network:
    """The model as the kernel is told it."""
    names = [f"step {n}" for n in range(len(STEPS))]
    routes: list[tuple[Route, ...]] = [(Route(1, name),) for name in names[1:]] + [()]
    routes[BACK_FROM] = (Route(BACK, names[BACK_TO]), Route(1 - BACK, names[BACK_FROM + 1]))
    places = tuple(
        Place(name, lognormal(seconds, VARIATION), post, ways)
        for name, (seconds, post), ways in zip(names, STEPS, routes, strict=True)
    )
    return Network(tuple(Post(name, people) for name, people in PEOPLE.items()), places, exponential(GAP))


def report(rounds: int, horizon: int = YEAR) -> str:
    """The table: events a second for each, and how the targets are met."""
    names: list[Name] = ["kernel", "numba"] if numba_is_here() else ["kernel"]
    compiling = _seconds(_kernel("numba", 0, 3600)) if "numba" in names else None
    found: dict[str, list[float]] = {SIMPY: [], **{name: [] for name in names}}
    for seed in range(max(rounds, 1)):
        found[SIMPY].append(_rate(lambda seed=seed: _simpy(seed, horizon)))  # type: ignore[misc]
        for name in names:
            found[name].append(_rate(_kernel(name, seed, horizon)))
    rates = {name: median(values) for name, values in found.items()}
    rows = [
        [name, f"{rate:,.0f}", f"{rate / rates[SIMPY]:.1f}", _met(name, rate / rates[SIMPY])]
        for name, rate in rates.items()
    ]
    text = table(
        "Six steps, one year, events a second of the processor (median of the rounds)",
        ["", "events/s", "x SimPy", "target"],
        rows,
    )
    return text + (
        "\n"
        + (f"numba compiled in {compiling:.1f} s" if compiling is not None else "numba is not installed; not measured")
    )


def _met(name: str, ratio: float) -> str:
    target = next((factor for ours, factor in TARGETS.items() if ours == name), None)
    return "" if target is None else f"at least {target:g}: {'met' if ratio >= target else 'missed'}"


def _kernel(name: Name, seed: int, horizon: int) -> Callable[[], int]:
    """Plays a run whose tables are made; gives its events."""
    on = executor(name)
    tables = tables_of(six_steps(), seed, horizon, on)
    room = room_for(tables, on)

    def run() -> int:
        on.play(tables, room, horizon, 0, 0)
        return int(room.sums[0])

    return run


def _simpy(seed: int, horizon: int) -> int:
    """The same model in SimPy; gives its events."""
    luck, env, events = random.Random(seed), simpy.Environment(), [0]
    desks = {post: simpy.Resource(env, people) for post, people in PEOPLE.items()}
    spread = math.sqrt(math.log(1 + VARIATION**2))
    steps = [(math.log(seconds) - spread**2 / 2, desks[post]) for seconds, post in STEPS]

    def case() -> Generator[simpy.Event, Any, None]:
        at = 0
        while at < len(steps):
            middle, desk = steps[at]
            with desk.request() as turn:
                yield turn
                yield env.timeout(luck.lognormvariate(middle, spread))
            events[0] += 1
            at = BACK_TO if at == BACK_FROM and luck.random() < BACK else at + 1

    def coming() -> Generator[simpy.Event, Any, None]:
        while True:
            yield env.timeout(luck.expovariate(1 / GAP))
            events[0] += 1
            env.process(case())

    env.process(coming())
    env.run(horizon)
    return events[0]


def _rate(run: Callable[[], int]) -> float:
    begun = time.process_time()
    events = run()
    return events / (time.process_time() - begun)


def _seconds(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun
