"""Several programs that begin their work at the same moment."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from typing import Any

from tests.house.layout import ROOT


def started_together(commands: Sequence[Sequence[str]]) -> list[Any]:
    """What each program said in the end, as JSON; all begin when the last one has said that it is ready."""
    programs = [
        subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for words in commands
    ]
    for one in programs:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in programs:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    return [json.loads(one.communicate(timeout=120)[0]) for one in programs]
