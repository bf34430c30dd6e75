"""Where a store is: a file, or memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from engine.errors import StoreError

MEMORY = ":memory:"
_DRIVERS = ("sqlite", "sqlite+pysqlite")


@dataclass(frozen=True)
class Place:
    """A store's place; `path` is None in memory."""

    path: Path | None

    @classmethod
    def of(cls, text: str | Path) -> Place:
        """The place that a path, a URL (sqlite:///…) or ":memory:" names.

        Raises:
            StoreError: it names none.
        """
        written = str(text)
        if isinstance(text, str) and "://" in text:
            return cls._of_url(text)
        if written == MEMORY:
            return cls(None)
        if not written.strip() or "\0" in written:
            raise _unusable(repr(written))
        return cls(Path(text).absolute())

    @classmethod
    def _of_url(cls, text: str) -> Place:
        try:
            url = make_url(text)
        except (ArgumentError, ValueError) as error:  # a port that is no number is a ValueError
            raise _unusable(text.partition("://")[0] + "://…") from error
        if url.drivername not in _DRIVERS or url.host or url.query:
            raise _unusable(url.render_as_string(hide_password=True))
        return cls.of(url.database or MEMORY)

    @property
    def url(self) -> URL:
        """The place as SQLAlchemy wants it."""
        return URL.create("sqlite+pysqlite", database=str(self.path) if self.path else None)

    @property
    def key_path(self) -> Path | None:
        """Where the keys are kept unless somebody says otherwise; None in memory."""
        return self.path.with_name(self.path.name + ".key") if self.path else None

    def __str__(self) -> str:
        return str(self.path or MEMORY)


def _unusable(written: str) -> StoreError:
    return StoreError(
        f"ストアの場所 {written} は使えません。使えるのは、SQLite のファイルの場所（例: madoguchi.db）、"
        "sqlite:///ファイルの場所、または :memory: です。",
        f"{written} is no place for a store; use the path of an SQLite file (madoguchi.db), sqlite:///path or :memory:",
        place=written,
    )
