"""Runs that are done, kept on disk one line each, so that a job that was stopped goes on where it was.

The first line says which job it is. A line that was being written when the program was killed is dropped.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from engine.errors import Refusal
from simulation.comparison.counted import Counts
from simulation.comparison.job import Place

FILE = "runs.jsonl"


class Journal:
    """The runs of one job in a folder. `done` are those known.

    Raises:
        Refusal: the folder holds the runs of another job.
    """

    def __init__(self, folder: Path, key: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / FILE
        self.done: dict[Place, Counts] = {}
        kept = _whole_lines(self._path)
        if kept and kept[0] != {"job": key}:
            ja = f"「{self._path}」は、指定か定義の違う別のものです。--out を別のフォルダーにするか、消してください。"
            raise Refusal(ja, f"{self._path} belongs to another job; name another --out or remove it")
        self._rewrite(kept or [{"job": key}])
        for line in kept[1:]:
            self.done[(line["pair"], line["rung"])] = line["counts"]

    def add(self, place: Place, counts: Counts) -> None:
        """Keep a run for good; from then on it is as it would be read again."""
        line = _line({"pair": place[0], "rung": place[1], "counts": counts})
        self.done[place] = json.loads(line)["counts"]
        with self._path.open("a", encoding="utf-8") as out:
            out.write(line)
            out.flush()
            os.fsync(out.fileno())

    def _rewrite(self, lines: list[Counts]) -> None:
        """Write the lines that are whole, without what follows them."""
        draft = self._path.with_suffix(".part")
        draft.write_text("".join(map(_line, lines)), encoding="utf-8")
        draft.replace(self._path)


def _line(value: Counts) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n"


def _whole_lines(path: Path) -> list[Counts]:
    return list(_read(path)) if path.exists() else []


def _read(path: Path) -> Iterator[Counts]:
    """The lines up to the first that is torn."""
    for line in path.read_bytes().split(b"\n")[:-1]:
        try:
            yield json.loads(line)
        except ValueError:
            return
