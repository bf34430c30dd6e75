"""The launcher finds the rooms whatever lies in the current folder, and so do the processes it starts."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.layout import ROOT

CLI = """
import multiprocessing, sys
import forms

def main():
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        print(sys.path[0] == pool.apply(forms.first_on_path), pool.apply(forms.whose), forms.whose())
"""
FORMS = """
import sys

def first_on_path():
    return sys.path[0]

def whose():
    return "ours"
"""
STARTS = {
    "module": ["-m", "madoguchi"],
    "safe path": ["-P", "-m", "madoguchi"],
    "script": ["start.py"],
}


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A site folder with our launcher over two small rooms, and a current folder full of rivals."""
    shutil.copytree(ROOT / "madoguchi", tmp_path / "site" / "madoguchi", ignore=shutil.ignore_patterns("__pycache__"))
    rooms = tmp_path / "site" / "madoguchi" / "_app"
    rooms.mkdir()
    (rooms / "cli.py").write_text(CLI)
    (rooms / "forms.py").write_text(FORMS)
    here = tmp_path / "here"
    here.mkdir()
    (here / "start.py").write_text("from madoguchi.__main__ import main\nif __name__ == '__main__':\n    main()\n")
    for rival in ("cli.py", "forms.py", "engine.py"):
        (here / rival).write_text("raise SystemExit('not ours')\n")
    return tmp_path


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS.keys())
def test_our_rooms_come_first_also_in_a_spawned_process(installed: Path, start: list[str]) -> None:
    run = subprocess.run(
        [sys.executable, *start],
        cwd=installed / "here",
        env=os.environ | {"PYTHONPATH": str(installed / "site")},
        check=False,
        capture_output=True,
        text=True,
    )
    assert (run.stdout, run.stderr) == ("True ours ours\n", "")


def test_without_app_beside_it_the_repository_is_the_house() -> None:
    import madoguchi.__main__

    assert sys.path[0] == str(ROOT)
    assert callable(madoguchi.__main__.main)
