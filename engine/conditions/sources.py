"""A condition as somebody wrote it, and everything it may speak of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from engine.definition import ValueType
from engine.shapes import Record, Scalar, Shape

RULES = "rules"


@dataclass(frozen=True)
class Source:
    """One CEL text at a place of a declaration.

    `path` names ids and is the key of the compiled condition; a path that begins with "rules" makes it a rule.
    `asked` and `task` are the shapes of those two roots, which differ from place to place; None: not to be read here.
    `takes` are the parameters of a rule in their order: other texts call it by its id, and null for any of them gives
    null, as with a host function. It is no condition of its own. `may_be_null` is for a yes/no whose place knows what
    to do while the answer is unknown; nothing can read it by name.
    """

    id: str
    cel: str
    type: ValueType = "yes_no"
    path: tuple[str, ...] = ()
    asked: Record | None = None
    task: Record | None = None
    takes: Mapping[str, ValueType] = field(default_factory=dict)
    may_be_null: bool = False

    @property
    def name(self) -> str:
        """How other texts read it: a condition by its id, a rule as rules.<id>; so it is named in messages, too."""
        return f"{RULES}.{self.id}" if self.path[:1] == (RULES,) else self.id

    @property
    def result(self) -> Scalar:
        """The shape of what it gives."""
        return Scalar(self.type)


class Vocabulary:
    """What texts may speak of: the shape of every root, and the texts that others read by name.

    Args:
        roots: form, case, given, tasks, … with their shapes. A root is a Record, a Many or Anything.
        named: conditions and rules. Those that read `asked` or `task` without a shape of their own are checked
            against every shape of it that any text of the same compilation has, together.
        certain: dotted paths, lists as `children[].birth_date`, whose value is never null; a path covers all below it.
            The null trials leave them alone, so only what the engine itself fills belongs here.
    """

    def __init__(self, roots: Mapping[str, Shape], named: Sequence[Source], certain: Collection[str] = ()) -> None:
        if plain := [name for name, shape in roots.items() if isinstance(shape, Scalar)]:
            raise ValueError(f"{plain[0]}: a root holds fields or a list, it is no value itself")
        self.roots = dict(roots)
        self.ordered = tuple(named)
        self.named: dict[str, Source] = {}
        for source in named:
            self.named.setdefault(source.name, source)
        self.certain = frozenset(certain)

    def is_certain(self, path: str) -> bool:
        """Whether the value at a path is never null."""
        parts = path.replace("[]", ".[]").split(".")
        return any(".".join(parts[: n + 1]).replace(".[]", "[]") in self.certain for n in range(len(parts)))

    @property
    def words(self) -> list[str]:
        """Every name a text may begin with, in declared order."""
        return [*self.roots, *self.named]
