"""Starts the command: finds the rooms (`_app` beside this file when installed, else the repository), opens the door."""

import sys
from importlib import import_module
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_ROOMS = str(_HERE / "_app" if (_HERE / "_app").is_dir() else _HERE.parent)
# First, so that a forms.py in the current folder or another distribution's forms/ is never taken for ours.
sys.path[:] = [_ROOMS, *(entry for entry in sys.path if entry != _ROOMS)]


def main() -> None:
    """Run the command line; spawned processes inherit the path."""
    import_module("cli").main()


if __name__ == "__main__":
    main()
