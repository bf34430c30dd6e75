"""Of a hundred schemas that no document satisfies nearly all are decided, and of none is a document shown."""

from __future__ import annotations

import pytest

from forms.satisfy import Satisfiable, Unsatisfiable, decide
from tests.forms.unsatisfiable import KINDS

DECIDED = dict.fromkeys(KINDS, 10) | {"lists": 7}
"""Lists that want more different items than there are stay undecided here; the checker has a rule of its own, K16."""


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_is_decided_and_never_called_possible(kind: str) -> None:
    found = [decide(schema) for schema in KINDS[kind]]
    assert len(found) == 10
    assert not [one for one in found if isinstance(one, Satisfiable)]
    assert sum(isinstance(one, Unsatisfiable) for one in found) == DECIDED[kind]
