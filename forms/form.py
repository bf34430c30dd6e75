"""A form as the rest of the house sees it: one schema, one shape, and its fields in the order of asking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from engine.shapes import Record, Sensitivity
from forms.definition import FieldType, SampleRow, Step, Words3
from registers.port import Role

if TYPE_CHECKING:
    from forms.conditions import Conditions

Schema = dict[str, Any]
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Choice:
    """One value of a choice field and its words."""

    id: str
    words: Words3


@dataclass(frozen=True)
class Field:
    """One field of the assembled form.

    `pointer` is a JSON Pointer in which `*` stands for a place in a list (a list of plain values is two fields: itself
    and, ending in `*`, any of its items); `scope` is that of the record which its
    conditions call `it` (the form itself: empty). `owner` and `row` name
    the file and the row of its page. `required` means whenever it is shown. `about` is whom `prefill` is asked about.
    """

    pointer: str
    type: FieldType
    label: Words3
    full_label: Words3
    step: int
    schema: Schema
    scope: str = ""
    owner: str = ""
    row: str = ""
    required: bool = False
    when: str | None = None
    required_when: str | None = None
    choices: tuple[Choice, ...] = ()
    help: Words3 | None = None
    messages: dict[str, Words3] = field(default_factory=dict)
    prefill: str | None = None
    about: Role = "person"
    sensitivity: Sensitivity = "general"
    block: str | None = None
    items: FieldType | None = None
    samples: tuple[SampleRow, ...] = ()

    @cached_property
    def name(self) -> str:
        """The last step of the pointer."""
        return self.pointer.rsplit("/", 1)[-1]

    @cached_property
    def shown(self) -> tuple[str, tuple[str, ...]]:
        """Where it is written when the field is asked: the file, and the place in its page."""
        return self.owner, ("fields", self.row, "when")

    @cached_property
    def needed(self) -> tuple[str, tuple[str, ...]]:
        """Where it is written when the field must be answered."""
        return self.owner, ("fields", self.row, "required_when")

    @property
    def parent(self) -> str:
        """The pointer of the record that holds the field."""
        return self.pointer.rsplit("/", 1)[0]

    @property
    def path(self) -> str:
        """The way conditions and messages write it: `children.name_kana`."""
        return self.pointer.strip("/").replace("/*", "").replace("/", ".")


@dataclass(frozen=True)
class Rule:
    """A rule over several fields of one record; `fields` are pointers like those of `Field`."""

    id: str
    cel: str
    says: str
    words: Words3
    scope: str
    owner: str
    fields: tuple[str, ...]

    @cached_property
    def place(self) -> tuple[str, tuple[str, ...]]:
        """Where its condition is written: the file, and the place in its page."""
        return self.owner, ("rules", self.id, "cel")


@dataclass(frozen=True)
class Node:
    """A record of a form, with what lies in it.

    `is_file` means that the record is what its file's conditions call `it` (the form itself: `form`). `unsaid` are the
    fields with a condition that the form's schema cannot say, `my_numbers` the names of fields with somebody's number;
    `records` and `lists` are the records inside, by name.
    """

    pattern: str
    is_file: bool
    fields: tuple[Field, ...]
    unsaid: tuple[Field, ...]
    my_numbers: tuple[str, ...]
    rules: tuple[Rule, ...]
    records: dict[str, Node]
    lists: dict[str, Node]


@dataclass(frozen=True)
class Form:
    """One form, assembled from its pair of files and its blocks.

    `unsaid` are the fields, by owner and row, with a condition that the schema cannot say.
    """

    id: str
    title: Words3
    schema: Schema
    shape: Record
    steps: tuple[Step, ...]
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...]
    conditions: Conditions
    behaviour_hash: str
    wording_hash: str
    legal_ground_my_number: str = ""
    unsaid: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def by_pointer(self) -> dict[str, Field]:
        """The fields by pointer."""
        return {one.pointer: one for one in self.fields}

    @cached_property
    def rules_of(self) -> dict[str, tuple[Rule, ...]]:
        """The rules of each record, by the record's pointer."""
        return {one.scope: tuple(r for r in self.rules if r.scope == one.scope) for one in self.rules}

    @cached_property
    def by_parent(self) -> dict[str, tuple[Field, ...]]:
        """The fields of each record, by the record's pointer."""
        found: dict[str, list[Field]] = {}
        for one in self.fields:
            found.setdefault(one.parent, []).append(one)
        return {pointer: tuple(fields) for pointer, fields in found.items()}

    @cached_property
    def tree(self) -> Node:
        """The records of the form, from the outermost inwards."""
        return self._node("")

    def _node(self, pattern: str) -> Node:
        inside = (one.removeprefix(f"{pattern}/") for one in self.by_parent if one.startswith(f"{pattern}/"))
        names = [name for name in dict.fromkeys(one.split("/")[0] for one in inside) if name not in {"*", ""}]
        lists = [name for name in names if self._is_list_of_records(f"{pattern}/{name}")]
        plain = [name for name in names if (field := self.by_pointer.get(f"{pattern}/{name}")) and field.items]
        return Node(
            pattern,
            not pattern or pattern in {*(one.scope for one in self.fields), *(one.scope for one in self.rules)},
            self.by_parent.get(pattern, ()),
            tuple(one for one in self.by_parent.get(pattern, ()) if (one.owner, one.row) in self.unsaid),
            tuple(one.name for one in self.by_parent.get(pattern, ()) if one.type == "my_number"),
            self.rules_of.get(pattern, ()),
            {name: self._node(f"{pattern}/{name}") for name in names if name not in {*lists, *plain}},
            {name: self._node(f"{pattern}/{name}/*") for name in lists},
        )

    def _is_list_of_records(self, pattern: str) -> bool:
        return any(one == f"{pattern}/*" or one.startswith(f"{pattern}/*/") for one in self.by_parent)

    @cached_property
    def judged(self) -> Node:
        """The same without the records of which, and in which, nothing is asked that the schema does not say."""
        return _judged(self.tree)

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each field in the order of asking, by pointer."""
        return {one.pointer: place for place, one in enumerate(self.fields)}

    def inline_records(self, pattern: str) -> list[str]:
        """The names of records inside a record that are no block: fields of one page whose ids have a dot."""
        inside = (one.removeprefix(f"{pattern}/") for one in self.by_parent if one.startswith(f"{pattern}/"))
        names = dict.fromkeys(name.split("/")[0] for name in inside)
        return [name for name in names if name not in {"*", ""} and f"{pattern}/{name}" not in self.by_pointer]

    def field_at(self, pointer: str) -> Field | None:
        """The field to which a pointer into a document leads, or the nearest that holds it."""
        pattern = pattern_of(pointer)
        if (field := self.by_pointer.get(pattern)) is not None:
            return field
        steps = pattern.split("/")
        while len(steps) > 1:
            if found := self.by_pointer.get("/".join(steps)):
                return found
            steps.pop()
        return None


def _judged(node: Node) -> Node:
    inner = [{name: _judged(one) for name, one in some.items()} for some in (node.records, node.lists)]
    records, lists = ({name: one for name, one in some.items() if _asks(one)} for some in inner)
    return replace(node, records=records, lists=lists)


def _asks(node: Node) -> bool:
    return bool(node.unsaid or node.my_numbers or node.rules or node.records or node.lists)


def pattern_of(pointer: str) -> str:
    """A pointer into a document with `*` for every place in a list."""
    if _DIGIT.search(pointer) is None:
        return pointer
    return "/".join("*" if step.isdecimal() else step for step in pointer.split("/"))


def places(document: object, pattern: str) -> Iterator[tuple[str, object]]:
    """Every place of a document that a pattern means, with what stands there; absent places are left out."""
    yield from _places(document, pattern.split("/")[1:], "")


def _places(value: object, steps: list[str], at: str) -> Iterator[tuple[str, object]]:
    if not steps:
        yield at, value
    elif steps[0] == "*":
        for index, item in enumerate(value if isinstance(value, list) else []):
            yield from _places(item, steps[1:], f"{at}/{index}")
    elif isinstance(value, dict) and steps[0] in value:
        yield from _places(value[steps[0]], steps[1:], f"{at}/{steps[0]}")
