"""The two ways to play the loop: as it stands, or compiled by numba, which is in the extra `fast`.

Both give the same numbers, because they are the same text over whole numbers.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from types import FunctionType, ModuleType
from typing import Any, Literal

from engine.errors import MadoguchiError
from simulation.kernel import loop

Name = Literal["kernel", "numba"]
UNSIGNED = ("FIRST", "SECOND", "FULL", "BY_29", "BY_32", "TO_31", "TO_10", "ONE", "TOOK", "WENT")


class ExecutorMissing(MadoguchiError):
    """The library that an executor needs is not installed."""


@dataclass(frozen=True)
class Executor:
    """A way to play the loop, and the rows it plays on.

    `row` makes a row of whole numbers, `mixable` one of numbers that go into a hash, `table` one of rows, `log` an
    empty row that grows.
    """

    play: Callable[[loop.Tables, loop.Room, int, int, int], int]
    row: Callable[[Sequence[int]], Any]
    mixable: Callable[[Sequence[int]], Any]
    table: Callable[[Sequence[Sequence[int]]], Any]
    log: Callable[[], Any]


def executor(name: Name) -> Executor:
    """The executor of a name.

    Raises:
        ExecutorMissing: numba is not installed.
    """
    return _compiled() if name == "numba" else Executor(loop.play, list, list, list, list)


def numba_is_here() -> bool:
    """Whether numba is installed."""
    return importlib.util.find_spec("numba") is not None


@cache
def _compiled() -> Executor:
    if not numba_is_here():
        ja = "numba が入っていません。pip install 'madoguchi[fast]' で入れるか、executor を kernel にしてください。"
        raise ExecutorMissing(ja, "numba is not installed: pip install 'madoguchi[fast]', or use the kernel executor")
    numba, numpy = importlib.import_module("numba"), importlib.import_module("numpy")

    def log() -> Any:  # noqa: ANN401 - a list of numba's
        return numba.typed.List.empty_list(numba.int64)

    return Executor(
        _translated(numba, numpy),
        lambda values: numpy.array(values, dtype=numpy.int64),
        lambda values: numpy.array(values, dtype=numpy.uint64),
        lambda rows: numpy.array(rows, dtype=numpy.int64),
        log,
    )


def _translated(numba: ModuleType, numpy: ModuleType) -> Any:  # noqa: ANN401 - a compiled function
    """The loop's functions, the very same code, with constants of 64 bits without a sign and callees compiled."""
    around = dict(vars(loop))
    around |= {name: numpy.uint64(around[name]) for name in UNSIGNED}
    ours = [
        name for name, one in vars(loop).items() if isinstance(one, FunctionType) and one.__module__ == loop.__name__
    ]
    for name in ours:
        around[name] = numba.njit(inline="never" if name == "play" else "always")(
            FunctionType(around[name].__code__, around, name)
        )
    return around["play"]
