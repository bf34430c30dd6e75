"""A store that may not be written, opened by somebody whom the permissions bind (root steps down to nobody first)."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.store.samples import ROOT, store_with

PROGRAM = """
import os, sys
from engine.errors import StoreError
from engine.store import Store
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    Store.open(sys.argv[1])
except StoreError as error:
    print(error.ja)
"""


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everybody may enter, with a store in it whose key everybody may read."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    store_with(folder / "a.db", 1)
    (folder / "a.db.key").chmod(0o644)
    yield folder
    for shut in (folder, folder / "closed"):
        if shut.exists():
            shut.chmod(0o755)
    shutil.rmtree(folder)


def contents(path: Path) -> dict[Path, bytes]:
    """Every file beside the path that can be seen."""
    if not os.access(path.parent, os.R_OK):
        return {}
    return {file: file.read_bytes() for file in path.parent.iterdir() if file.is_file() and os.access(file, os.R_OK)}


def said_on_opening(path: Path) -> str:
    before = contents(path)
    run = subprocess.run([sys.executable, "-c", PROGRAM, str(path)], capture_output=True, check=True, cwd=ROOT)
    assert run.stderr == b""
    assert contents(path) == before
    return run.stdout.decode()


def test_a_read_only_file_is_refused(public: Path) -> None:
    (public / "a.db").chmod(0o444)
    assert f"「{public / 'a.db'}」が読み取り専用です" in said_on_opening(public / "a.db")


def test_a_read_only_folder_is_refused(public: Path) -> None:
    (public / "a.db").chmod(0o666)
    public.chmod(0o555)
    assert f"「{public}」が読み取り専用です" in said_on_opening(public / "a.db")


def test_no_store_is_made_in_a_read_only_folder(public: Path) -> None:
    public.chmod(0o555)
    assert f"「{public}」が読み取り専用です" in said_on_opening(public / "new.db")


def test_a_folder_that_may_not_be_entered_is_refused(public: Path) -> None:
    closed = public / "closed"
    closed.mkdir()
    closed.chmod(0o700 if os.getuid() == 0 else 0o000)
    assert "調べられません" in said_on_opening(closed / "a.db")


def test_a_key_file_that_may_not_be_read_is_named(public: Path) -> None:
    public.chmod(0o777)
    (public / "a.db").chmod(0o666)
    (public / "a.db.key").chmod(0o600 if os.getuid() == 0 else 0o000)
    assert f"鍵ファイル「{public / 'a.db.key'}」を読めません" in said_on_opening(public / "a.db")
