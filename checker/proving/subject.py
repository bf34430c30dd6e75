"""An edition as proofs see it: its guards as trees over terms, and the values that each term can have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from checker.proving import regions
from checker.proving.terms import Uses, interned, plain, roots_read, uses
from engine.conditions.tree import Call, Ident, Literal, Node, Select, dotted, substitute
from engine.definition.rows import Event
from engine.edition import Edition
from forms.form import Form
from forms.satisfy import is_impossible

HOLDS = Literal(True)  # noqa: FBT003 - a value
_KEPT = frozenset({"form", "given", "proposal", "params", "municipality"})
_KEPT_OF_CASE = frozenset({"nature", "arrived_on"})
_CERTAIN = ("case.state", "case.today", "case.opened_on", "case.days_in_state", "case.opened_by", "municipality.id")


class Subject:
    """What is proved about: an edition, and the forms that its procedure names, by id."""

    def __init__(self, edition: Edition, forms: Mapping[str, Form]) -> None:
        self.edition = edition
        self.form = forms.get(edition.procedure.form)
        self.shapes = dict(edition.shape)
        self.terms: dict[str, Node] = {}
        """The terms by the short names that stand for them in trees."""
        self._names: dict[Node, str] = {}
        self._uses: dict[str, Uses] = {}
        self._guards: dict[tuple[str, ...], Node] = {}
        self._allowed: dict[str, bool] = {}

    def guard(self, *path: str, event: Event | None = None) -> Node:
        """The condition at a path, with the nature that an event wants; what checks it asks about put in."""
        key = (*path, event.id if event else "")
        if key not in self._guards:
            condition = self.edition.condition(*path)
            tree = HOLDS if condition is None else plain(substitute(condition.whole, self._checks))
            if event is not None and event.nature:
                wanted = Call("list", tuple(Literal(one) for one in event.nature))
                tree = both(tree, Call("in", (Select(Ident("case"), "nature"), wanted)))
            self._guards[key] = self.known(tree)
        return self._guards[key]

    def known(self, tree: Node) -> Node:
        """The tree with its terms noted, and a short name for each."""
        for term, use in uses(tree).items():
            kept = self._uses.setdefault(self._name_of(term), Uses())
            kept.constants |= use.constants
            kept.ordered |= use.ordered
            kept.asked |= use.asked
        return interned(tree, self._name_of)

    def _name_of(self, term: Node) -> str:
        found = self._names.get(term)
        if found is None:
            found = self._names[term] = f"#{len(self.terms)}"
            self.terms[found] = term
        return found

    def values(self, name: str) -> list[Any]:
        """The values that stand for all that a term can have, as far as the form and the rows allow them."""
        term = self.terms[name]
        found = self._regions(name, null=not self._is_certain(term))
        return [one for one in found if self.allows(name, one)]

    def settled_values(self, name: str) -> list[Any]:
        """The same of a case that waits for nobody: its facts are known, what must be answered is answered."""
        term = self.terms[name]
        path = dotted(term) or ""
        sure = path.startswith("facts.") or self._is_required(path)
        found = self._regions(name, null=not sure and not self._is_certain(term))
        if path.startswith("facts."):
            found = [one for one in found if one != regions.OTHER]  # a word that no condition names is no choice
        return [one for one in found if self.allows(name, one)]

    def is_kept(self, name: str) -> bool:
        """Whether a term stays as it is while a case waits: answers, what was proposed. Facts may become others."""
        term = self.terms[name]
        path = (dotted(term) or "").split(".")
        if path[0] == "case":
            return path[1] in _KEPT_OF_CASE
        return bool(roots := roots_read(term)) and roots <= _KEPT

    def is_answer(self, name: str) -> bool:
        """Whether only the answers of the form decide what a term has."""
        return roots_read(self.terms[name]) == {"form"}

    def is_one(self, name: str, value: object) -> bool:
        """Whether a value stands for itself alone, and for no region around it."""
        scalar = regions.scalar_at(self.shapes, self.terms[name])
        closed = isinstance(value, bool) or value is None or (scalar is not None and bool(scalar.choices))
        return closed or value in self._uses[name].constants

    def allows(self, name: str, value: object) -> bool:
        """Whether the form lets anything of a region be; true where it says nothing, or that cannot be told."""
        term = self.terms[name]
        path, size = dotted(term), False
        if path is None and isinstance(term, Call) and term.function == "size":
            path, size = dotted(term.args[0]), True
        schema = self._schema_of(path or "")
        held = self._held(name, value, size=size)
        if schema is None or held is None or self.form is None:
            return True
        key = f"{name}={value!r}"
        if key not in self._allowed:
            defs = {"$defs": self.form.schema["$defs"]} if "$defs" in self.form.schema else {}
            self._allowed[key] = not is_impossible({"allOf": [schema, held], **defs})
        return self._allowed[key]

    def _held(self, name: str, value: object, *, size: bool) -> dict[str, Any] | None:
        """The region of a value as a schema; None where none says just that, or an absent list may be meant."""
        if value is None or value == regions.OTHER or (size and value == 0):
            return None
        if not size and self.is_one(name, value):
            return {"const": value}
        if not isinstance(value, int | float):
            return None
        known = [one for one in self._uses[name].constants if isinstance(one, int | float)]
        least, most = (
            max((one for one in known if one <= value), default=None),
            min((one for one in known if one >= value), default=None),
        )
        low: dict[str, Any]
        high: dict[str, Any]
        if size:
            exact = value in known
            low = {} if least is None else {"minItems": least + (not exact)}
            high = {} if most is None else {"maxItems": most - (not exact)}
        else:
            low = {} if least is None else {"exclusiveMinimum": least}
            high = {} if most is None else {"exclusiveMaximum": most}
        return {**low, **high} or None

    def _regions(self, name: str, *, null: bool) -> list[Any]:
        term, use = self.terms[name], self._uses[name]
        if dotted(term) == "proposal.drafted_in":
            return self._drafted_in
        if dotted(term) == "case.nature" and (natures := self.edition.procedure.natures) and natures[0].when is None:
            return [natures[0].id]
        return regions.regions(term, use, regions.scalar_at(self.shapes, term), null=null)

    @cached_property
    def _drafted_in(self) -> list[Any]:
        machine, effects = self.edition.machine, self.edition.effects
        drafting = [name for name, row in effects.items() if row.proposes and name in machine.events]
        return sorted({state for name in drafting for state in machine.sources(name)})

    def _is_certain(self, term: Node) -> bool:
        path = dotted(term) or ""
        test = path == "" and regions.scalar_at(self.shapes, term) is None and roots_read(term) <= {"tasks", "task"}
        return path in _CERTAIN or path.startswith("params.") or test

    def _is_required(self, path: str) -> bool:
        """Whether the form asks for a field whatever else is answered, or an input for one of its own."""
        root, _, rest = path.partition(".")
        if root == "given":
            name, _, field = rest.partition(".")
            return name in self.edition.inputs and field in self.edition.inputs[name].required
        schema: Any = self.form.schema if self.form is not None and root == "form" else None
        for step in rest.split("."):
            if not isinstance(schema, dict) or step not in schema.get("required", ()):
                return False
            schema = self._inside(schema, step)
        return root == "form"

    def _schema_of(self, path: str) -> dict[str, Any] | None:
        root, _, rest = path.partition(".")
        schema: Any = self.form.schema if self.form is not None and root == "form" and rest else None
        for step in rest.split(".") if rest else ():
            schema = self._inside(schema, step)
        return schema if isinstance(schema, dict) else None

    def _inside(self, schema: object, step: str) -> object:
        """The schema of a property, a reference within the form followed."""
        found = schema.get("properties", {}).get(step) if isinstance(schema, dict) else None
        if isinstance(found, dict) and str(found.get("$ref", "")).startswith("#/$defs/") and self.form is not None:
            return self.form.schema["$defs"].get(found["$ref"].removeprefix("#/$defs/"))
        return found

    @cached_property
    def _checks(self) -> Mapping[str, Node]:
        """What asking about a check or a stage means: the condition it passes by, or what somebody has found."""
        found: dict[str, Node] = {}
        for name in self.edition.checks:
            condition = self.edition.condition("checks", name, "passes")
            asked: Node = condition.whole if condition else Select(Select(Ident("checks"), name), "result")
            found[f"checks.{name}.passed"] = Call("==", (asked, Literal(True)))  # noqa: FBT003 - a value
            found[f"checks.{name}.failed"] = Call("==", (asked, Literal(False)))  # noqa: FBT003 - a value
        for stage, names in self.edition.stages.items():
            found[f"checks.{stage}.passed"] = all_of([found[f"checks.{name}.passed"] for name in names])
            found[f"checks.{stage}.failed"] = neither([found[f"checks.{name}.failed"] for name in names], is_=False)
        return found


def both(one: Node, other: Node) -> Node:
    """A tree that holds where both do."""
    return Call("&&", (one, other))


def all_of(trees: Iterable[Node]) -> Node:
    """A tree that holds where all do."""
    return Call("&&", tuple(trees))


def neither(trees: Sequence[Node], *, is_: bool = True) -> Node:
    """A tree that holds where none does, or (not `is_`) where any does."""
    any_of = Call("||", tuple(trees))
    return Call("!", (any_of,)) if is_ else any_of
