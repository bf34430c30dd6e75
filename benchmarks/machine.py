"""What the figures were measured on: the class of the machine, never its name."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("transitions", "sqlalchemy", "cel-expr-python", "jsonschema", "jsonschema-rs", "pydantic")
_STATM = Path("/proc/self/statm")


def notes() -> str:
    """One paragraph: processor class, cores, Python, SQLite, and the libraries that take part."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores{load}\n"
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}\n{libraries}"
    )


def resident_bytes() -> int | None:
    """The memory this process occupies now, in bytes; None where the system does not say it in /proc."""
    if not _STATM.exists():
        return None
    pages = int(_STATM.read_text("ascii").split()[1])
    return pages * int(os.sysconf("SC_PAGE_SIZE"))
