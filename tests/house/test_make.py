"""The targets people type, and the one the machine types."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from tests.house.layout import ROOT

MAKE = shutil.which("make") or "make"


def test_help_lists_every_target_with_a_line_of_its_own() -> None:
    targets = re.search(r"(?m)^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"))
    told = subprocess.run([MAKE, "-s", "help"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert targets is not None
    assert re.findall(r"(?m)^  make ([\w-]+) +\S.*$", told) == targets[1].split()


def test_plain_make_prints_the_help() -> None:
    plain, asked = (
        subprocess.run([MAKE, "-s", *target], cwd=ROOT, check=True, capture_output=True).stdout
        for target in ([], ["help"])
    )
    assert plain == asked


def test_the_ci_script_makes_test_at_the_root_from_anywhere(tmp_path: Path) -> None:
    fake = tmp_path / "make"
    fake.write_text('#!/bin/sh\necho "$PWD: make $*"\n')
    fake.chmod(0o755)
    said = subprocess.run(
        [ROOT / ".ci" / "run"],
        cwd=tmp_path,
        env=os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert said.stdout == f"{ROOT}: make test\n"


def test_a_python_too_old_is_refused_in_a_sentence(tmp_path: Path) -> None:
    old = tmp_path / "python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    venv = tmp_path / "venv"
    made = subprocess.run(
        [MAKE, "simulate", f"PYTHON={old}", f"VENV={venv}"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert made.returncode != 0
    assert "Madoguchi needs Python 3.11 to 3.14" in made.stderr
    assert not venv.exists()
