"""A family and its cases under the linked declarations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from engine.delivery import Delivered, deliver_signals
from engine.people import Person
from engine.state import Whole
from tests.engine.desk import Case, Desk

HANA = {"name_kana": "サトウ ハナ", "birth_date": "1990-04-01"}
TARO = {"name_kana": "サトウ　タロウ", "birth_date": "2021-05-05"}
FORM: dict[str, Any] = {"applicant": HANA, "children": [TARO], "amount": 10000}
OF_HANA = Person(name_kana="さとう・はな", birth_date="1990-04-01")
OF_TARO = Person(name_kana="ｻﾄｳ ﾀﾛｳ", birth_date="2021-05-05")


def submitted(desk: Desk, procedure: str, by: str = "applicant:p1", **more: Any) -> Case:  # noqa: ANN401 - as opening
    """A case with the form handed in."""
    case = desk.open(procedure, by, **more)
    case.fire("submit", by, FORM)
    return case


def granted(desk: Desk, **answers: object) -> Case:
    """An allowance that is being paid."""
    case = submitted(desk, "allowance")
    case.fire("grant", "clerk:k1", {"amount": 10000, **answers})
    return case


def delivered(desk: Desk) -> Delivered:
    """What comes of letting every case hear what waits for it."""
    return deliver_signals(desk.engine)


@contextmanager
def edition_gone(desk: Desk, case: Case) -> Iterator[None]:
    """Inside, nobody knows the definition that a case is pinned to."""
    whole = case.whole
    pinned, whole.case.edition = whole.case.edition, "gone"
    _put(desk, whole)
    yield
    whole.case.edition = pinned
    _put(desk, whole)


def _put(desk: Desk, whole: Whole) -> None:
    with desk.store.transaction() as tx:
        assert tx.update_case(whole.case, whole.case.version)
    desk.engine.kept.take(whole.case.id)  # no event says what was changed here, so an engine that has it would go on


def case_of(desk: Desk, number: int) -> Case:
    """A case that was opened without anybody asking."""
    return Case(desk, number)
