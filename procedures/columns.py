"""Rows as columns that line up, also where letters are twice as wide: a table on a terminal, plain text in a pipe."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Sequence

PIPE = 80
"""The columns of a page that nobody has told us the width of."""


def columns(headings: Sequence[str], rows: Iterable[Sequence[str]], *, terminal: bool) -> str:
    """The rows under their headings; a cell that does not fit goes on below itself.

    Args:
        terminal: with lines and bold headings, as wide as the terminal; otherwise plain and 80 columns wide.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD if terminal else None, pad_edge=False, padding=(0, 2, 0, 0), highlight=False)
    for index, heading in enumerate(headings):
        table.add_column(heading, no_wrap=index == 0, overflow="fold")
    for row in rows:
        table.add_row(*row)
    width = shutil.get_terminal_size((PIPE, 24)).columns if terminal else PIPE
    paper = io.StringIO()
    Console(file=paper, width=width, force_terminal=terminal, markup=False, emoji=False, highlight=False).print(table)
    return "\n".join(line.rstrip() for line in paper.getvalue().splitlines())
