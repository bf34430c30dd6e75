"""Answers gathered by record: what has a GIF name goes to its person, organisation, contact or place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from forms.form import Field, Form, places
from forms.gif import ADDRESS, CONTACT, ORGANIZATION, PERSON, GifNames

Kind = Literal["person", "organization", "contact", "place"]
_KINDS: dict[str, Kind] = {PERSON: "person", ORGANIZATION: "organization", CONTACT: "contact"}
_ALONE = "my_number"
"""They leave the city only by the channel that the law names, so no export has them."""


@dataclass
class Group:
    """A record that is somebody or some place. `at` is its pointer in the document, `named` its values by GIF name."""

    at: str
    kind: Kind
    label: str
    named: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """One answer in words; `gif` is its name in the model, where it stands apart from a person; `code` its choice."""

    at: str
    label: str
    words: str
    gif: str = ""
    code: str = ""


class Answers:
    """A document of answers to one form, in the order in which the form asks."""

    def __init__(self, form: Form, document: Mapping[str, Any], names: GifNames) -> None:
        self._form, self._document, self._names = form, document, names
        self.groups: dict[str, Group] = {}
        self.content: list[Group | Item] = []
        for one in form.fields:
            for at, value in places(document, one.pointer):
                self._take(one, at, value)

    def answer(self, path: str) -> str:
        """What was answered at a dotted path, in words; empty where nothing was."""
        one = self._form.by_pointer.get("/" + path.replace(".", "/"))
        found = next(places(self._document, one.pointer), None) if one else None
        return self._words(one, found[1]) if one and found else ""

    def _take(self, one: Field, at: str, value: object) -> None:
        if value is None or one.type == _ALONE or one.pointer.endswith("/*"):
            return
        name, record = self._names.name(self._form, one), at.rpartition("/")[0]
        group = self._group(record, one.parent)
        if one.type == "block" or (one.type == "list" and one.items is None):
            if name == ADDRESS and one.parent:
                self._groups_address(group, at, one)
            elif name == ADDRESS:
                self._place(at, one)
        elif name and group is not None and name not in group.named:
            group.named[name] = self._known(name, value)
        else:
            self._item(one, at, value, name)

    def _group(self, record: str, pattern: str) -> Group | None:
        """The group of a record, made when its first field is met; the form itself is none."""
        if record in self.groups or not record:
            return self.groups.get(record)
        there = [self._names.name(self._form, one) for one in self._form.by_parent[pattern]]
        kind = next((kind for name, kind in _KINDS.items() if there.count(name) == 1), None)
        return self._add(Group(record, kind, self._title(pattern, record))) if kind else None

    def _groups_address(self, group: Group | None, at: str, one: Field) -> None:
        """The address of somebody is a group that the somebody holds; of nobody, a place."""
        if group is None:
            self._place(at, one)
            return
        inner = Group(at, "place", one.full_label.ja)
        self.groups[at] = inner
        group.named[ADDRESS] = inner.named

    def _place(self, at: str, one: Field) -> None:
        self._add(Group(at, "place", self._label(one, at)))

    def _add(self, group: Group) -> Group:
        self.groups[group.at] = group
        self.content.append(group)
        return group

    def _known(self, name: str, value: object) -> object:
        return value if name == "sex" else str(value)

    def _item(self, one: Field, at: str, value: object, name: str) -> None:
        code = value if one.choices and isinstance(value, str) else ""
        self.content.append(Item(at, self._label(one, at), self._words(one, value), name, code))

    def _title(self, pattern: str, at: str) -> str:
        holder = self._form.by_pointer.get(pattern.removesuffix("/*"))
        return self._label(holder, at) if holder else ""

    def _label(self, one: Field, at: str) -> str:
        numbers = "".join(f"({int(step) + 1})" for step in at.split("/") if step.isdecimal())
        return f"{one.full_label.ja}{numbers}"

    def _words(self, one: Field, value: object) -> str:
        if isinstance(value, list):
            return "、".join(self._words(one, each) for each in value)
        if isinstance(value, bool):
            return "はい" if value else "いいえ"
        if isinstance(value, dict):
            return " ".join(str(part) for part in value.values())
        inner = self._form.by_pointer.get(f"{one.pointer}/*")
        choices = {each.id: each.words.ja for each in (*one.choices, *(inner.choices if inner else ()))}
        return choices.get(str(value), str(value))
