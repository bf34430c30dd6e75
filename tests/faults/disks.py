"""Where a store lies that is stopped again and again: the one worked on, images of how it was, and death."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from engine.boundary import Boundary
from engine.store import KeyRing, Store
from engine.store.schema import metadata
from tests.faults.contents import Contents, comparable
from tests.faults.stopping import Crash

if TYPE_CHECKING:
    from tests.postgres import Server

ENDINGS = ("", "-wal")
RING = KeyRing.ephemeral()
TABLES = [table.name for table in metadata.sorted_tables]
MARK = "(SELECT md5(coalesce(string_agg(r::text, '' ORDER BY r::text), '')) FROM {} r)"
MARKS = f"SELECT {', '.join(map(MARK.format, TABLES))}".encode()


class Disk(Protocol):
    """One store, and what it was at other times."""

    def found(self) -> Any:  # noqa: ANN401 - each disk has images of its own
        """The image of a new store."""
        ...

    def lay(self, image: Any) -> None:  # noqa: ANN401 - each disk has images of its own
        """Put an image in the place of what lies there."""
        ...

    def image(self, name: str) -> Any:  # noqa: ANN401 - each disk has images of its own
        """An image of what lies there, which nobody is using."""
        ...

    def opened(self, boundary: Boundary) -> Store:
        """The store as a new process opens it."""
        ...

    def holds(self) -> Contents:
        """What it holds, as it can be compared."""
        ...

    def die(self) -> NoReturn:
        """Death of the process that uses it: whatever is tidied up on the way out does not count."""
        ...

    def cut(self) -> None:
        """Cut the connections to the store, of which the process hears when it uses them next."""
        ...

    def bury(self) -> None:
        """Let what lies there be what it was when the process died."""
        ...

    def left(self) -> tuple[str, Any]:
        """An image of what would be left if whoever uses it died now, under a mark of its own."""
        ...

    def forget(self) -> None:
        """Throw away what was left."""
        ...

    def aside(self) -> Disk:
        """Another disk, for what would have been."""
        ...


class FileDisk:
    """A file in a folder; its images are files beside it."""

    def __init__(self, folder: Path, name: str = "now") -> None:
        self._folder = folder
        self._now = folder / f"{name}.db"
        self._last = folder / f"{name} at death.db"

    def found(self) -> Path:
        """A new store, closed."""
        self.opened(Boundary()).close()
        return self.image("0")

    def lay(self, image: Path) -> None:
        """A copy of the image."""
        copied(image, self._now)

    def image(self, name: str) -> Path:
        """A copy of the file."""
        copied(self._now, self._folder / f"{name}.db")
        return self._folder / f"{name}.db"

    def opened(self, boundary: Boundary) -> Store:
        """A store that does not wait for the disk: a process that dies loses nothing that it has written."""
        return Store.open(self._now, RING, boundary=boundary, practice=True, synchronous="OFF")

    def holds(self) -> Contents:
        """Read past the program."""
        with closing(sqlite3.connect(self._now)) as connection:
            connection.row_factory = sqlite3.Row
            rows = {name: [*map(dict, connection.execute(f"SELECT * FROM {name}"))] for name in TABLES}  # noqa: S608
        return comparable(rows, RING)

    def die(self) -> NoReturn:
        """What lies on the disk at this instant is all that is left."""
        copied(self._now, self._last)
        raise Crash

    def cut(self) -> None:
        """A file has none."""
        raise NotImplementedError

    def bury(self) -> None:
        """Go back to the instant of the death."""
        copied(self._last, self._now)

    def left(self) -> tuple[str, Path]:
        """The files as they are, while they are in use."""
        mark = blake2b(digest_size=16)
        for ending in ENDINGS:
            with suppress(FileNotFoundError):
                mark.update(ending.encode() + self._now.with_name(self._now.name + ending).read_bytes())
        image = self._folder / f"left {mark.hexdigest()}.db"
        if not image.exists():
            copied(self._now, image)
        return mark.hexdigest(), image

    def forget(self) -> None:
        """Their files, which would fill a disk in a long run."""
        for image in self._folder.glob("left *"):
            image.unlink()

    def aside(self) -> FileDisk:
        """Another file in the folder."""
        return FileDisk(self._folder, "aside")


@dataclass(frozen=True)
class Rows:
    """An image on a server: the rows of each table, and a mark that tells them from others."""

    marks: tuple[str, ...]
    rows: dict[str, list[Any]]


class ServerDisk:
    """A schema on a server; its images are rows. The server takes back by itself what the dead did not commit."""

    def __init__(self, server: Server) -> None:
        self._server = server
        place = server.place()
        self._name = place.rpartition("%3D")[2]
        self._place = f"{place}&application_name={self._name}"
        self._past = server.past(place)
        self._past.execute("SET synchronous_commit = off")
        self._past.execute("SET session_replication_role = replica")  # rows are laid table by table
        self._left: dict[tuple[str, ...], Rows] = {}

    def found(self) -> Rows:
        """The rows of a new store."""
        self.opened(Boundary()).close()
        return self.image("")

    def lay(self, image: Rows) -> None:
        """Other rows in the place of those that differ."""
        now = self._marks()
        others = [name for name, old, new in zip(TABLES, now, image.marks, strict=True) if old != new]
        with self._past.transaction():
            if others:
                self._past.execute("; ".join(f"DELETE FROM {name}" for name in others).encode())  # noqa: S608 - our tables
            for name in others:
                if image.rows[name]:
                    marks = ", ".join(["%s"] * len(image.rows[name][0]))
                    said = f"INSERT INTO {name} VALUES ({marks})".encode()  # noqa: S608 - our tables
                    self._past.cursor().executemany(said, image.rows[name])

    def image(self, name: str) -> Rows:
        """All rows."""
        del name
        return Rows(self._marks(), self._rows())

    def opened(self, boundary: Boundary) -> Store:
        """A store that does not wait for the server's disk: while the server lives, nothing is lost."""
        return Store.open(self._place, RING, boundary=boundary, practice=True, synchronous="OFF")

    def holds(self) -> Contents:
        """Read past the program."""
        columns = {table.name: [column.name for column in table.columns] for table in metadata.sorted_tables}
        rows = self._rows()
        named = {name: [dict(zip(columns[name], row, strict=True)) for row in rows[name]] for name in TABLES}
        return comparable(named, RING)

    def die(self) -> NoReturn:
        """The server finds every connection of the process cut."""
        self.cut()
        raise Crash

    def cut(self) -> None:
        """As an administrator, or a restart of the server, does."""
        ours = f"pid FROM pg_stat_activity WHERE application_name = '{self._name}'"
        self._past.execute(f"SELECT pg_terminate_backend(pid, 5000), {ours}".encode())

    def bury(self) -> None:
        """Nothing: what lies there is what the server has."""

    def left(self) -> tuple[str, Rows]:
        """What is committed: the server takes back the rest when it finds the process gone."""
        marks = self._marks()
        if marks not in self._left:
            self._left[marks] = Rows(marks, self._rows())
        return " ".join(marks), self._left[marks]

    def forget(self) -> None:
        """The rows."""
        self._left.clear()

    def aside(self) -> ServerDisk:
        """Another schema."""
        return ServerDisk(self._server)

    def _marks(self) -> tuple[str, ...]:
        (marks,) = self._past.execute(MARKS).fetchall()
        return tuple(marks)

    def _rows(self) -> dict[str, list[Any]]:
        """Every table, asked for in one message."""
        cursor = self._past.execute("; ".join(f"SELECT * FROM {name}" for name in TABLES).encode())  # noqa: S608 - our tables
        rows = {}
        for name in TABLES:
            rows[name] = cursor.fetchall()
            cursor.nextset()
        return rows


def copied(place: Path, to: Path) -> None:
    """Copy a store as it lies on the disk: its file and what SQLite has written ahead, as a dead process leaves it.

    The index of the write-ahead file is left out: a new process that finds nobody alive makes it anew.
    """
    for ending in ENDINGS:
        source, target = (path.with_name(path.name + ending) for path in (place, to))
        if source.exists():
            shutil.copyfile(source, target)
        else:
            target.unlink(missing_ok=True)
    to.with_name(to.name + "-shm").unlink(missing_ok=True)
