"""Stores at several stages of one case, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.office.door import CHILD, EVENING, EXAMPLE, Door

STANDING = ("--at", EVENING)
FORMAL = ("identity=passed", "required=passed", "jurisdiction=passed")
FACTS = ("assessed_income=4000000", "dependents=1", "tax_linked=yes", "pension_linked=yes")
SUBSTANCE = ("double_payment", "higher_earner", "custody", "nationality_stay", "facility", "pension", "start_month")


def _open(door: Door) -> None:
    door("case", "open", CHILD, "--as", "applicant:p1", "--practice", "--city", "hitachinaka")


def _submit(door: Door) -> None:
    door("case", "submit", "1", str(EXAMPLE), "--as", "applicant:p1")


def _review(door: Door) -> None:
    door("case", "check", "1", *FORMAL, "--as", "counter:c1")
    door("case", "fire", "1", "pass", "--as", "counter:c1")


def _propose(door: Door) -> None:
    door("case", "fact", "1", *FACTS, "--as", "clerk:k1")
    door("case", "check", "1", *(f"{name}=passed" for name in SUBSTANCE), "--as", "clerk:k1")
    door("case", "fire", "1", "propose", "--as", "clerk:k1", "--set", "amount=15000", "--set", "start_month=2022-06")


def _decide(door: Door) -> None:
    door("case", "fire", "1", "endorse", "--as", "unit_chief:u1")
    door("case", "fire", "1", "decide", "--as", "section_chief:s1")
    door("case", "fire", "1", "issue", "--as", "counter:c1")


STAGES = {"opened": _open, "submitted": _submit, "reviewed": _review, "proposed": _propose, "issued": _decide}


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder with the store as it is after a stage; each stage is worked once."""
    folder = tmp_path_factory.mktemp("stages")
    made: dict[str, Path] = {}

    def after(stage: str) -> Path:
        for name, work in STAGES.items():
            if name not in made:
                door = Door(folder, STANDING)
                work(door)
                made[name] = shutil.copytree(folder, folder.with_name(f"{folder.name}-{name}"))
            if name == stage:
                return made[name]
        raise KeyError(stage)

    return after


@pytest.fixture
def at(stages: Callable[[str], Path], tmp_path: Path) -> Callable[[str], Door]:
    """A door to a store of its own, at a stage."""

    def door(stage: str) -> Door:
        folder = tmp_path / stage
        shutil.copytree(stages(stage), folder)
        return Door(folder, STANDING)

    return door


@pytest.fixture
def door(tmp_path: Path) -> Door:
    """A door to a place without a store."""
    return Door(tmp_path)
