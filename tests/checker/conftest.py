"""A folder to check in, and the day on which it is checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.checking import Report, check
from checker.scope import scope_of

DAY = dt.date(2026, 4, 1)
Checked = Callable[[str | bytes], Report]


@pytest.fixture
def checked(tmp_path: Path) -> Checked:
    """The report of a schema that stands by itself."""

    def of(text: str | bytes) -> Report:
        path = tmp_path / "one.json"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        return check(scope_of([path]), DAY)

    return of
