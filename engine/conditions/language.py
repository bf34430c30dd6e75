"""The language of one edition: what its conditions may say, and those that are right, ready to run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.conditions import contexts, runtime
from engine.conditions.binding import Fill, cut, filler
from engine.conditions.compilation import Compilation, Text
from engine.conditions.complaints import Speaker
from engine.conditions.descriptor import Messages
from engine.conditions.evaluation import runnable, unsure
from engine.conditions.examination import refused
from engine.conditions.expression import to_tree
from engine.conditions.functions import Functions
from engine.conditions.rehearsal import Rehearsal
from engine.conditions.scope import Condition
from engine.conditions.sources import Source, Vocabulary
from engine.conditions.tree import Node
from engine.errors import DefinitionError
from engine.problems import Problem
from engine.shapes import Anything


class Language:
    """Compiles texts and lends them what they run on.

    Compile before conditions run: what a scope takes from a root are the fields that the texts compiled until then
    read. After that one language serves any number of threads; it cannot be pickled, another process compiles again.
    """

    def __init__(self, vocabulary: Vocabulary, functions: Functions) -> None:
        self._vocabulary = vocabulary
        self._functions = {function.name: function for function in functions.all()}
        roots = {**vocabulary.roots, **dict.fromkeys(contexts.LOCAL, Anything())}
        self._plain = runtime.Plain(roots, self._functions.values())
        self.activation = self._plain.activation
        """The values for one scope, as the runtime takes them."""
        self._rehearsal = Rehearsal(roots, vocabulary.is_certain)
        self._sources: list[Source] = []
        self._reads: set[str] = set()
        self._fillers: dict[str, Fill] = {}

    def compile(self, sources: Sequence[Source]) -> tuple[dict[tuple[str, ...], Condition], list[Problem]]:
        """The conditions that are right, by path, and every problem of all others.

        The named texts of the vocabulary are compiled with them, whether they are among the sources or not. A text
        that reads one with a problem is neither among the conditions nor has a problem of its own. A rule that takes
        parameters is checked with them, but it is no condition.
        """
        work = Compilation(self._vocabulary, self._functions, self._rehearsal, sources)
        work.run()
        found = {text.source.path: made for text in work.texts if (made := self._condition(text)) is not None}
        self._take_in(sources, found)
        problems = [one for text in work.texts for one in sorted(text.problems, key=lambda p: p.offset)]
        return found, problems

    def filled(self, root: str, value: object) -> Any:
        """The fields of a root that conditions read, those that are absent as null."""
        fill = self._fillers.get(root)
        return fill(value) if fill else {}

    def plain(self, root: str, value: object) -> Any:
        """A root as what runs without the runtime takes it: as it was built, unless its shape differs by the place."""
        return value if root in self._vocabulary.roots else self.filled(root, value)

    def _condition(self, text: Text) -> Condition | None:
        if text.linked is None or text.tree is None or text.whole is None or text.source.takes:
            return None
        tree, left_out = to_tree(text.linked)
        shapes = {name: cut(name, shape, text.reads) for name, shape in self._vocabulary.roots.items()}
        plain = runnable(tree, self._functions.values(), shapes) if not left_out else unsure
        run = (plain, self._plain.runnable(text.linked))
        return Condition(text.source, text.tree, text.whole, tuple(text.names), text.reads, run)

    def _take_in(self, sources: Sequence[Source], found: Mapping[tuple[str, ...], Condition]) -> None:
        """From now on scopes take what these texts read, too."""
        self._sources += sources
        self._reads |= {path for condition in found.values() for path in condition.reads}
        shapes = {**contexts.merged_locals([*self._vocabulary.ordered, *self._sources]), **self._vocabulary.roots}
        read = {path.replace("[", ".").split(".")[0] for path in self._reads}
        self._fillers = {root: filler(cut(root, shapes[root], self._reads)) for root in sorted(read)}


def parse(text: str) -> Node:
    """The tree of a text before any types or names are known.

    Raises:
        DefinitionError: it cannot be read, or has something in it that conditions do not have.
    """
    source = Source("", text)
    try:
        tree, found = runtime.parse(text)
    except runtime.Unreadable as error:
        raise DefinitionError(Speaker(Messages(), {}, ()).problems(source, error.complaints)) from None
    if found:
        raise DefinitionError(refused(source, found))
    return tree
