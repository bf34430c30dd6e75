"""A statement declared once in SQLAlchemy Core becomes text once per dialect, and its values what the driver wants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from sqlalchemy import ClauseElement, Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.compiler import SQLCompiler

Insert = sqlite.Insert | postgresql.Insert
Values = Sequence[object]
Bound = Sequence[object] | dict[str, object]


@dataclass(frozen=True, eq=False, slots=True)
class Statement:
    """A statement by name; `core` gives it, `order` names its values in the order in which they are handed in.

    `core` is given the dialect's own INSERT, because ON CONFLICT is no part of the common language.
    """

    name: str
    core: Callable[[Callable[[Table], Insert]], ClauseElement]
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """The text of a statement in one dialect; `bind` is None where the values can be handed on as they are."""

    name: str
    text: str
    bind: Callable[[Values], Bound] | None


def prepare(statement: Statement, dialect: Dialect) -> Prepared:
    """The statement as text and as an arrangement of its values, for one dialect.

    Raises:
        ValueError: the declared order names other values than the statement takes.
    """
    insert = postgresql.insert if dialect.name == "postgresql" else sqlite.insert
    compiled = statement.core(insert).compile(dialect=dialect)
    if not isinstance(compiled, SQLCompiler):
        raise TypeError(f"{statement.name} is no query")
    constants = {name: given for name, given in compiled.params.items() if name not in statement.order}
    if missing := set(statement.order) - set(compiled.params) or [n for n, v in constants.items() if v is None]:
        raise ValueError(f"{statement.name}: the order does not fit the statement: {sorted(missing)}")
    bind = _by_position(compiled.positiontup, statement.order, constants) if compiled.positional else None
    if not compiled.positional:
        bind = _by_name(statement.order, constants)
    return Prepared(statement.name, str(compiled), bind)


def _by_position(
    wanted: Sequence[str] | None, order: tuple[str, ...], constants: dict[str, object]
) -> Callable[[Values], Bound] | None:
    names = tuple(wanted or ())
    if names == order:
        return None
    fixed = tuple(constants.values())
    places = [*order, *constants]
    pick = itemgetter(*(places.index(name) for name in names))
    if len(names) == 1:
        return lambda values: (pick((*values, *fixed)),)
    return lambda values: pick((*values, *fixed))


def _by_name(order: tuple[str, ...], constants: dict[str, object]) -> Callable[[Values], Bound]:
    return lambda values: {**dict(zip(order, values, strict=True)), **constants}
