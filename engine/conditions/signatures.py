"""What a text may call, as the type checker, the null proof and the messages see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.conditions.tree import Node
from engine.shapes import Kind

Parameter = Literal["day", "month", "day_or_month", "whole", "number", "text", "yes_no", "numbers", "list"]
Result = Kind | Literal["of_list", "the_list", "months", "wholes", "unknown"]


@dataclass(frozen=True)
class Signature:
    """What a text may call: what it takes and gives, for the type checker, for the null proof and for messages.

    `null_to_null` is false only for a function that has a use for null; `choices` are the words that a parameter may
    be given as a literal.
    """

    name: str
    takes: tuple[tuple[str, Parameter], ...]
    gives: Result
    null_to_null: bool = field(default=True, kw_only=True)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict, kw_only=True)

    @property
    def usage(self) -> str:
        """How it is called, as in age_at(born, on)."""
        return f"{self.name}({', '.join(name for name, _ in self.takes)})"


@dataclass(frozen=True)
class Function(Signature):
    """A host function and what runs it."""

    run: Callable[..., object]


@dataclass(frozen=True)
class Called(Signature):
    """A rule with parameters, as other texts call it.

    `may_be_null` is about a call whose arguments are not null. `if_true` and `if_false` are what then is known not to
    be null besides the arguments, for a yes/no; None: it never turns out so.
    """

    rule: str
    may_be_null: bool = True
    if_true: frozenset[Node] | None = frozenset()
    if_false: frozenset[Node] | None = frozenset()
