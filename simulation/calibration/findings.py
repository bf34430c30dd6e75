"""Why a file of figures cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable

from engine.errors import DefinitionError
from engine.problems import Problem


class BadFigures(DefinitionError):
    """Figures that cannot be taken; nothing is written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__(sorted(problems))
        self.ja = f"数字のファイルに{len(self.problems)}件の誤りがあります。何も書いていません。"
        self.en = f"the file of figures has {len(self.problems)} problems; nothing was written"
