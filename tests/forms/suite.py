"""The JSON Schema Test Suite, where it lies beside the repository."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

HOME = Path(__file__).resolve().parents[3] / "shared" / "data" / "json-schema-test-suite"
needed = pytest.mark.skipif(not HOME.is_dir(), reason=f"the JSON Schema Test Suite is not at {HOME}")
_DIALECT = "draft2020-12"


class Group(NamedTuple):
    """A schema of the suite, with its tests."""

    name: str
    schema: Any
    tests: list[dict[str, Any]]


def groups(pattern: str = "*.json") -> Iterator[Group]:
    """The groups of the required tests; `**/*.json` also gives the optional ones."""
    for path in sorted((HOME / "tests" / _DIALECT).glob(pattern)):
        for one in json.loads(path.read_text("utf-8")):
            yield Group(f"{path.stem}: {one['description']}", one["schema"], one["tests"])


def remotes() -> dict[str, Any]:
    """The schemas to which references of the suite lead, by their address."""
    return {
        f"http://localhost:1234/{path.relative_to(HOME / 'remotes').as_posix()}": json.loads(path.read_text("utf-8"))
        for path in sorted((HOME / "remotes" / _DIALECT).rglob("*.json"))
    }
