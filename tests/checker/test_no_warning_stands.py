"""Nothing that `check` finds in the declarations that come with the program is left standing."""

from __future__ import annotations

import pytest

from checker.checking import Report, check
from checker.scope import scope_of
from tests.checker.conftest import DAY


@pytest.fixture(scope="module")
def ours() -> Report:
    return check(scope_of([]), DAY)


def test_every_error_and_every_warning_is_mended_or_allowed(ours: Report) -> None:
    assert [f"{one.where} {one.rule} {one.ja}" for one in ours.findings] == []
    assert len(ours.sources) > 200


def test_few_are_allowed_and_none_of_them_is_an_error(ours: Report) -> None:
    assert 0 < len(ours.allowed) < 30
    assert {one.severity for one in ours.allowed} == {"warning"}
