"""The page about PostgreSQL is worked through on a server, command by command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.docs.test_how_to import ON_SERVER, commands, said_otherwise

if TYPE_CHECKING:
    from tests.postgres import Server


def test_every_command_of_the_page_shows_what_the_page_says(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    environment = {"MADOGUCHI_DB": server.place(), "MADOGUCHI_KEYS": str(tmp_path / "town.key")}
    shown = list(commands(ON_SERVER))
    assert len(shown) == 4
    otherwise = [said for one in shown for said in said_otherwise(one, environment)]
    assert otherwise == [], "\n".join(otherwise)
