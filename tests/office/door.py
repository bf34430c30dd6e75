"""The command line as a test calls it: in a folder of its own, with what is stored told apart from what is said."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from cli import main
from tests.house.layout import ROOT
from tests.once import read_once

EXAMPLE = ROOT / "forms" / "childcare" / "child_allowance_claim.example.json"
MADE_UP = Path(__file__).parent / "made_up"
BROKEN = Path(__file__).parent / "broken"
EVENING = "2022-05-30T20:00"
CHILD = "child_allowance_claim"


@dataclass
class Door:
    """One person at the command line. `standing` are the words that every command gets."""

    folder: Path
    standing: tuple[str, ...] = ()
    said: list[Result] = field(default_factory=list)

    @property
    def store(self) -> Path:
        """Where the store is."""
        return self.folder / "madoguchi.db"

    def __call__(self, *words: str, code: int = 0, plain: bool = False, typed: str | None = None) -> Result:
        """What a command says, `typed` being typed at it; it has to end with this code, and never with a traceback."""
        place = () if plain else ("--db", str(self.store), *self.standing)
        with read_once():
            found = CliRunner().invoke(main, [*words, *place], input=typed)
        self.said.append(found)
        assert found.exit_code == code, f"{words}: {found.exit_code}\n{found.output}"
        assert "Traceback" not in found.output
        assert "プログラムの誤り" not in found.output, found.output
        return found

    def json(self, *words: str) -> Any:  # noqa: ANN401 - whatever the command gives
        """The answer of a command as data."""
        return json.loads(self(*words, "--json").stdout)

    def refused(self, *words: str, code: int = 1) -> str:
        """The sentence of a command that is refused, after which the store is as it was."""
        before = contents(self.store)
        found = self(*words, code=code)
        assert contents(self.store) == before
        assert found.stdout == ""
        return found.stderr


def contents(store: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of a store; nothing where there is no store."""
    if not store.exists():
        return {}
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in sorted(tables)}  # noqa: S608


def program(*words: str, folder: Path, **more: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401 - as `run`
    """What the real program says, started in a folder."""
    command = [sys.executable, "-m", "madoguchi", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **more.pop("env", {})}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60, **more
    )
