"""What a condition runs on, and what comes out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from engine.conditions.runtime import Activation, Expression, is_error
from engine.conditions.sources import Source
from engine.conditions.tree import Node

if TYPE_CHECKING:
    from engine.conditions.language import Language

_CODE = re.compile(r"^[A-Z_]+: ")


@dataclass(frozen=True, slots=True)
class Value:
    """What a condition gives: a value (a yes/no, number, text or null; days are ISO texts), or an error and why."""

    kind: Literal["value", "error"]
    value: Any = None
    error: str = ""


class _StillBuilt(Exception):
    """A root was needed while it was being built."""


class Scope:
    """The values of one command, for all its conditions.

    A root is built when a condition first needs it, once, and only the fields that conditions read are taken from it;
    what is absent is null. One scope belongs to one thread; scopes of one language may live in many.

    Args:
        roots: how to build each root. What a builder raises is not caught: it is no error of a condition.
    """

    def __init__(self, language: Language, roots: Mapping[str, Callable[[], object]]) -> None:
        self._language = language
        self._builders = dict(roots)
        self._held: dict[str, Any] = {name: language.empty(name) for name in roots}
        self._ready: set[str] = set()
        self._building: set[str] = set()
        # The runtime looks at a root when an expression first needs it; until then the empty ones can be filled.
        self._activation = language.activation(self._held)

    def with_(self, **roots: object) -> Scope:
        """The same scope with some roots given as values, such as asked or task; what is built is not built again."""
        inherited = {name: self._from_here(name) for name in self._builders}
        return Scope(self._language, inherited | {name: _giving(value) for name, value in roots.items()})

    def ready(self, roots: frozenset[str]) -> Activation:
        """What the runtime takes, with these roots built.

        Raises:
            _StillBuilt: one of them is being built at this moment, and its builder asks for it.
        """
        if not roots <= self._ready:
            for name in sorted(roots - self._ready):
                self._build(name)
        return self._activation

    def _build(self, name: str) -> None:
        if name in self._building:
            raise _StillBuilt(name)
        if name in self._builders:
            self._building.add(name)
            try:
                built = self._language.filled(name, self._builders[name]())
            finally:
                self._building.discard(name)
            held = self._held[name]
            held.extend(built) if isinstance(held, list) else held.update(built)
        self._ready.add(name)

    def _from_here(self, name: str) -> Callable[[], object]:
        def inherited() -> object:
            if name not in self._ready:
                self._build(name)
            return self._held[name]

        return inherited


class Condition:
    """A compiled text.

    `reads` are the dotted paths it reads, also through named conditions and rules, elements as `form.children[].name`;
    `tree` is the text as written, `whole` the same with named conditions and rules put in, calls of rules as they are;
    `names` are those it reads or calls.
    It cannot be pickled: another process compiles again.
    """

    __slots__ = ("_run", "names", "only_form", "reads", "roots", "source", "tree", "whole")

    def __init__(
        self, source: Source, tree: Node, whole: Node, names: tuple[str, ...], reads: frozenset[str], run: Expression
    ) -> None:
        self.source = source
        self.tree = tree
        self.whole = whole
        self.names = names
        self.reads = reads
        self.roots = frozenset(path.replace("[", ".").split(".")[0] for path in reads)
        self.only_form = self.roots <= {"form"}
        self._run = run

    def value(self, scope: Scope) -> Value:
        """What it gives, or the error and why; nothing is raised for an error of the condition itself."""
        try:
            activation = scope.ready(self.roots)
        except _StillBuilt as error:
            return Value("error", None, f"「{error}」は、いま求めている途中なので読めません。")
        try:
            found = self._run.eval(activation)
        except RuntimeError as error:  # the runtime itself, when a host function gives what it cannot hold
            return Value("error", None, str(error))
        if is_error(found):
            return Value("error", None, _CODE.sub("", str(found.value())))
        return Value("value", found.plain_value())

    def holds(self, scope: Scope) -> bool:
        """Whether its value is true. An error, null or anything else does not hold."""
        try:
            activation = scope.ready(self.roots)
        except _StillBuilt:
            return False
        try:
            return self._run.eval(activation).value() is True
        except RuntimeError:
            return False


def _giving(value: object) -> Callable[[], object]:
    return lambda: value
