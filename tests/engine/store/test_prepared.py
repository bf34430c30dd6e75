"""Statements declared once, as text for every dialect."""

import pytest
from sqlalchemy import Dialect, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.store import queries, statements
from engine.store.prepared import Statement, prepare
from engine.store.schema import case_, task

ALL = [
    *(each for module in (statements, queries) for each in vars(module).values() if isinstance(each, Statement)),
    queries.cases_by(("state", "desk"), closed=False),
]
DIALECTS: list[Dialect] = [sqlite.dialect(), postgresql.psycopg.dialect()]  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
@pytest.mark.parametrize("statement", ALL, ids=lambda statement: statement.name)
def test_every_statement_has_a_text_and_a_place_for_each_value(statement: Statement, dialect: Dialect) -> None:
    prepared = prepare(statement, dialect)
    values = [f"<{name}>" for name in statement.order]
    bound = prepared.bind(values) if prepared.bind else values
    given = list(bound.values()) if isinstance(bound, dict) else list(bound)
    assert sorted(value for value in map(str, given) if value.startswith("<")) == sorted(values)
    marks = prepared.text.count("?") if dialect.name == "sqlite" else prepared.text.count("%(")
    assert marks == len(given)


def query(*order: str) -> Statement:
    core = select(task).where(task.c.number == bindparam("number"), task.c.case_id == bindparam("case")).limit(5)
    return Statement("tasks", lambda _: core, order)


def test_values_are_put_in_the_order_of_the_text() -> None:
    prepared = prepare(query("case", "number"), DIALECTS[0])
    assert prepared.bind
    assert prepared.bind(("C", "N")) == ("N", "C", 5, 0)


def test_values_are_put_under_their_names_where_the_driver_wants_names() -> None:
    prepared = prepare(query("case", "number"), DIALECTS[1])
    assert prepared.bind
    assert prepared.bind(("C", "N")) == {"case": "C", "number": "N", "param_1": 5}


@pytest.mark.parametrize("order", [("case",), ("case", "number", "colour")])
def test_an_order_that_does_not_fit_is_found_when_the_statement_is_prepared(order: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="tasks: the order does not fit"):
        prepare(query(*order), DIALECTS[0])


def test_one_value_is_still_a_row_of_values() -> None:
    alone = Statement("case", lambda _: select(case_.c.id).where(case_.c.id == bindparam("id")).limit(1), ("id",))
    prepared = prepare(alone, DIALECTS[0])
    assert prepared.bind
    assert prepared.bind((7,)) == (7, 1, 0)
