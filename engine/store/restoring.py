"""Restoring a backup where nothing is yet: into a file or onto a server, all of it or nothing."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import Connection, inspect

from engine.boundary import Boundary
from engine.store.backup import Backup, drafted, filling, opened
from engine.store.backup_failures import damaged, no_backup, taken
from engine.store.copying import Progress, rows_in, state_hash, unseen
from engine.store.failures import said_plainly
from engine.store.inspection import revision_at
from engine.store.migration import lay
from engine.store.place import Place
from engine.store.pool import begin_alone, make_engine

_PATIENCE = 10.0


def rows_of_backup(file: Path) -> int:
    """How many rows a backup has.

    Raises:
        StoreError: it is no backup, it is damaged, or it is newer than this program.
    """
    with _opened(file) as (_, source):
        return rows_in(source)


def restore(file: Path, place: Place, *, boundary: Boundary | None = None, progress: Progress = unseen) -> Backup:
    """What was restored: a store of the backup's revision, with its state hash.

    Args:
        progress: is told how many more rows are done; every row is done three times.

    Raises:
        StoreError: it is no backup or a damaged one, something stands at the place, or it cannot be written.
    """
    boundary = boundary or Boundary()
    with _opened(file) as (backup, source):
        if state_hash(source, progress) != backup.hash:
            raise damaged(file)
        if place.in_memory or (place.path is not None and place.path.exists()):
            raise taken(place)
        if place.path is None:
            _onto_server(source, backup, place, boundary, progress, file)
            return backup
        with drafted(place.path, boundary) as (draft, cross):
            cross("rows")
            with filling(draft) as target:
                _fill(source, backup, target, progress, file)
        return backup


def _opened(file: Path) -> AbstractContextManager[tuple[Backup, Connection]]:
    if not file.is_file():
        raise no_backup(file)
    return opened(file, file)


def _onto_server(
    source: Connection, backup: Backup, place: Place, boundary: Boundary, progress: Progress, file: Path
) -> None:
    if revision_at(place, _PATIENCE) is not None:
        raise taken(place)
    engine = make_engine(place, "FULL", _PATIENCE)
    try:
        with said_plainly(str(place)), engine.connect() as target:
            begin_alone(target)
            if inspect(target).get_table_names():
                raise taken(place)
            _fill(source, backup, target, progress, file)
            boundary.cross("commit", "restore")
            target.commit()
    finally:
        engine.dispose()


def _fill(source: Connection, backup: Backup, target: Connection, progress: Progress, file: Path) -> None:
    lay(target, backup.revision)
    state_hash(source, progress, target)
    if state_hash(target, progress) != backup.hash:
        raise damaged(file)
