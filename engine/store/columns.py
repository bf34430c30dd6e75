"""Columns and indexes as every table has them, in words that both databases understand."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ColumnElement, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData()
TEXT = Text().with_variant(Text(collation="C"), "postgresql")  # in the order of its bytes, as in SQLite
WHOLE = BigInteger().with_variant(Integer, "sqlite")  # 32 bits end in 2038; SQLite's INTEGER has 64 anyway


def number(name: str) -> Column[int]:
    """A whole number."""
    return Column(name, WHOLE, nullable=False)


def number_or_none(name: str) -> Column[int]:
    """A whole number, or nothing."""
    return Column(name, WHOLE)


def text(name: str) -> Column[str]:
    """A text."""
    return Column(name, TEXT, nullable=False)


def text_or_none(name: str) -> Column[str]:
    """A text, or nothing."""
    return Column(name, TEXT)


def flag(name: str) -> Column[bool]:
    """Yes or no."""
    return Column(name, Boolean, nullable=False)


def of_case() -> Column[int]:
    """The case to which a row belongs."""
    return Column("case_id", WHOLE, ForeignKey("case_.id"), nullable=False)


def part(name: str, table: Table, columns: tuple[str | ColumnElement[object], ...], where: object = None) -> None:
    """An index, over only those rows that a query with the same condition asks for.

    Of two that serve a query alike SQLite takes the one made last, so they are made in the order of the schema.
    """
    keys = [table.c[column] if isinstance(column, str) else column for column in columns]
    Index(name, *keys, sqlite_where=where, postgresql_where=where, info={"order": len(table.indexes)})
