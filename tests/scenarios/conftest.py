"""Every condition of every scenario is also put to the runtime, which must give the same."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from engine.conditions import Condition, Scope, Value

OURS = Condition.value


def _agreed(self: Condition, scope: Scope) -> Value:
    found = OURS(self, scope)
    theirs = self.decided(scope)
    if found.kind == "value" or theirs.kind == "value":
        assert json.dumps(found.value) == json.dumps(theirs.value), f"{self.source.cel}: {found}, not {theirs}"
    return found


@pytest.fixture(autouse=True)
def both_agree() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Condition, "value", _agreed)
        patch.setattr(Condition, "holds", lambda self, scope: _agreed(self, scope).value is True)
        yield
