"""Declarations read once for all tests: a program reads them at every start, which takes longer than what is tested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch

from office.office import Definitions, definitions


@contextmanager
def read_once() -> Iterator[None]:
    """Within it commands on cases share our declarations; those of folders laid over them are read anew."""
    with patch("office.session.definitions", _read):
        yield


def _read(city: str | None = None, folders: Sequence[Path] = ()) -> Definitions:
    return definitions(city, folders) if folders else _ours(city)


@cache
def _ours(city: str | None) -> Definitions:
    return definitions(city)
