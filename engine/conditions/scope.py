"""What a condition runs on, and what comes out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from engine.conditions.evaluation import Environment, Run
from engine.conditions.operators import Unsure
from engine.conditions.runtime import Activation, Expression, is_error
from engine.conditions.sources import Source
from engine.conditions.tree import Node

if TYPE_CHECKING:
    from engine.conditions.language import Language

_CODE = re.compile(r"^[A-Z_]+: ")


class Value(NamedTuple):
    """What a condition gives: a value (a yes/no, number, text or null; days are ISO texts), or an error and why."""

    kind: Literal["value", "error"]
    value: Any = None
    error: str = ""


_ABSENT = object()


class _StillBuilt(Exception):
    """A root was needed while it was being built."""


class Scope:
    """The values of one command, for all its conditions.

    A root is built when a condition first needs it, once until it is forgotten, and what was built stays as it is until
    then. Only the fields that conditions read are taken from it; what is absent is null. One scope belongs to one
    thread; scopes of one language may live in many.

    Args:
        roots: how to build each root. What a builder raises is not caught: it is no error of a condition.
        above: the scope that has the other roots.
    """

    __slots__ = ("_above", "_activations", "_builders", "_building", "_environments", "_held", "_language")

    def __init__(
        self, language: Language, roots: Mapping[str, Callable[[], object]], above: Scope | None = None
    ) -> None:
        self._language = language
        self._builders = roots
        self._above = above
        self._held: dict[str, Any] = {}
        self._building: set[str] = set()
        # One for each set of roots that is read together: the runtime converts what it is given, so it gets no more.
        self._activations: dict[frozenset[str], Activation] = {}
        self._environments: dict[frozenset[str], Environment] = {}

    def with_(self, **roots: object) -> Scope:
        """The same scope with some roots given as values, such as asked or task; what is built is not built again."""
        inner = Scope(self._language, {}, self)
        inner._held = roots
        return inner

    def forget(self, roots: frozenset[str]) -> None:
        """Build these roots anew when a condition next needs them; scopes made by `with_` keep what they have."""
        if roots.isdisjoint(self._held):
            return
        for name in roots & self._held.keys():
            del self._held[name]
        for read in [read for read in self._activations if not roots.isdisjoint(read)]:
            del self._activations[read]
        for read in [read for read in self._environments if not roots.isdisjoint(read)]:
            del self._environments[read]

    def ready(self, roots: frozenset[str]) -> Activation:
        """What the runtime takes, with these roots built.

        Raises:
            _StillBuilt: one of them is being built at this moment, and its builder asks for it.
        """
        found = self._activations.get(roots)
        if found is None:
            built = {name: value for name in sorted(roots) if (value := self.root(name)) is not _ABSENT}
            filled = {name: self._language.filled(name, value) for name, value in built.items()}
            found = self._activations[roots] = self._language.activation(filled)
        return found

    def environment(self, roots: frozenset[str]) -> Environment:
        """These roots, built; one that nobody has is left out.

        Raises:
            _StillBuilt: one of them is being built at this moment, and its builder asks for it.
        """
        found = self._environments.get(roots)
        if found is None:
            found = {}
            for name in sorted(roots):
                value = self._held[name] if name in self._held else self.root(name)
                if value is not _ABSENT:
                    found[name] = self._language.plain(name, value)
            self._environments[roots] = found
        return found

    def root(self, name: str) -> Any:
        """A root as it was built; `_ABSENT` where nobody has it."""
        if name not in self._held:
            if name in self._building:
                raise _StillBuilt(name)
            self._building.add(name)
            try:
                self._held[name] = self._found(name)
            finally:
                self._building.discard(name)
        return self._held[name]

    def _found(self, name: str) -> Any:
        if name in self._builders:
            return self._builders[name]()
        return _ABSENT if self._above is None else self._above.root(name)


class Condition:
    """A compiled text.

    `reads` are the dotted paths it reads, also through named conditions and rules, elements as `form.children[].name`;
    `tree` is the text as written, `whole` the same with named conditions and rules put in, calls of rules as they are;
    `names` are those it reads or calls.
    It cannot be pickled: another process compiles again.
    """

    __slots__ = ("_plain", "_run", "names", "only_form", "reads", "roots", "source", "tree", "whole")

    def __init__(
        self,
        source: Source,
        tree: Node,
        whole: Node,
        names: tuple[str, ...],
        reads: frozenset[str],
        run: tuple[Run, Expression],
    ) -> None:
        self.source = source
        self.tree = tree
        self.whole = whole
        self.names = names
        self.reads = reads
        self.roots = frozenset(path.replace("[", ".").split(".")[0] for path in reads)
        self.only_form = self.roots <= {"form"}
        self._plain, self._run = run

    def __reduce__(self) -> str:
        raise TypeError("a condition is compiled again where it is needed")

    def value(self, scope: Scope) -> Value:
        """What it gives, or the error and why; nothing is raised for an error of the condition itself."""
        try:
            return Value("value", self._plain(scope.environment(self.roots)))
        except _StillBuilt as error:
            return Value("error", None, f"「{error}」は、いま求めている途中なので読めません。")
        except Unsure:
            return self.decided(scope)

    def decided(self, scope: Scope) -> Value:
        """What the runtime says, which is asked where the plain way is in doubt."""
        try:
            found = self._run.eval(scope.ready(self.roots))
        except RuntimeError as error:  # the runtime itself, when a host function gives what it cannot hold
            return Value("error", None, str(error))
        if is_error(found):
            return Value("error", None, _CODE.sub("", str(found.value())))
        return Value("value", found.plain_value())

    def plainly_holds(self, environment: Environment) -> bool:
        """The same as `holds`, without a scope, on roots as they were built.

        Raises:
            Unsure: only a scope can decide it.
        """
        return self._plain(environment) is True

    def holds(self, scope: Scope) -> bool:
        """Whether its value is true. An error, null or anything else does not hold."""
        try:
            return self._plain(scope.environment(self.roots)) is True
        except _StillBuilt:
            return False
        except Unsure:
            return self.decided(scope).value is True
