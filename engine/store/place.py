"""Where a store is: a file, memory, or a database on a PostgreSQL server."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from engine.errors import StoreError

MEMORY = ":memory:"
_FILES = ("sqlite", "sqlite+pysqlite")
_SERVERS = ("postgresql", "postgresql+psycopg")


@dataclass(frozen=True)
class Place:
    """A store's place: a `path`, or a `server` with its password, which is never shown; neither of them in memory."""

    path: Path | None
    server: URL | None = field(default=None, repr=False)

    @classmethod
    def of(cls, text: str | Path) -> Place:
        """The place that a path, a URL (sqlite:///…, postgresql://…) or ":memory:" names.

        Raises:
            StoreError: it names none.
        """
        written = str(text)
        if "\0" in written or not written.strip():
            raise _unusable(repr(written.partition("://")[0]))
        if isinstance(text, str) and "://" in text:
            return cls._of_url(text)
        if written == MEMORY:
            return cls(None)
        return cls(Path(text).absolute())

    @classmethod
    def _of_url(cls, text: str) -> Place:
        try:
            url = make_url(text)
        except (ArgumentError, ValueError) as error:  # a port that is no number is a ValueError
            raise _unusable(text.partition("://")[0] + "://…") from error
        if url.drivername in _SERVERS and url.database:
            return cls(None, url)
        if url.drivername not in _FILES or url.host or url.query:
            raise _unusable(_shown(url))
        return cls.of(url.database or MEMORY)

    @property
    def in_memory(self) -> bool:
        """Whether the store is gone when the program ends."""
        return self.path is None and self.server is None

    @property
    def url(self) -> URL:
        """The place as SQLAlchemy wants it."""
        if self.server is not None:
            return self.server.set(drivername="postgresql+psycopg")
        return URL.create("sqlite+pysqlite", database=str(self.path) if self.path else None)

    @property
    def key_path(self) -> Path | None:
        """Where the keys are kept unless somebody says otherwise; None in memory, and where it always has to be said.

        A server has no folder that is ours, and the folder a program happens to be started in is no place for keys.
        """
        return self.path.with_name(self.path.name + ".key") if self.path else None

    def __str__(self) -> str:
        return _shown(self.server) if self.server else str(self.path or MEMORY)


def _shown(url: URL) -> str:
    """The URL without what may be secret: a password can stand among the options too."""
    options = {name: value for name, value in url.query.items() if name in {"host", "port"}}
    kind = url.get_backend_name()
    return URL.create(kind, url.username, None, url.host, url.port, url.database, options).render_as_string()


def _unusable(written: str) -> StoreError:
    return StoreError(
        f"ストアの場所 {written} は使えません。使えるのは、SQLite のファイルの場所（例: madoguchi.db）、"
        "sqlite:///ファイルの場所、postgresql://利用者@サーバー/データベース、または :memory: です。",
        f"{written} is no place for a store; use the path of an SQLite file (madoguchi.db), sqlite:///path,"
        " postgresql://user@server/database or :memory:",
        place=written,
    )
