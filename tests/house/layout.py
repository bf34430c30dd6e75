"""Where the house stands and which rooms it has today."""

import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PLANNED = ("engine", "registers", "forms", "procedures", "checker", "office", "simulation", "training", "portal")
ROOMS = tuple(name for name in PLANNED if (ROOT / name).is_dir())
BESIDE = ("madoguchi", "tools", "benchmarks")


def project() -> dict[str, Any]:
    """The whole of pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def sources() -> list[Path]:
    """Every Python file outside the tests, in a fixed order."""
    files = [path for name in (*ROOMS, *BESIDE) for path in (ROOT / name).rglob("*.py")]
    return sorted([*files, *ROOT.glob("*.py")])
