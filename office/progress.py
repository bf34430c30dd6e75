"""A bar on the screen for work that takes long, when somebody watches."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import Progress


class Shown:
    """The progress of one piece of work; nothing is shown unless asked for."""

    def __init__(self, doing: str, total: int, *, show: bool) -> None:
        self._bar = Progress(console=Console(stderr=True), transient=True, disable=not show)
        self._task = self._bar.add_task(doing, total=total)

    def more(self, done: int) -> None:
        """So many more are done."""
        self._bar.advance(self._task, done)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()
