"""Where things stand in a form's two files, as line and column from 1: JSON by tree-sitter, pages by their tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence

import tree_sitter_json
from tree_sitter import Language, Node, Parser

_JSON = Language(tree_sitter_json.language())
_TOKEN = re.compile(
    r"""#[^\n]*|"{3}.*?"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|(?P<bracket>[\[\]{}])|(?P<key>[A-Za-z0-9_-]+)(?=\s*=)""",
    re.DOTALL,
)
_OPENING = re.compile(r"""\s*=\s*(?:\"{3}(?:\n|\\\s*)?|'{3}\n?|\"|')?""")
_VALUE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")

Place = tuple[int, int]


class PagePositions:
    """The places of a page's keys, its rows (by id, by field, or by `field.id`) and the keys of rows."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: dict[tuple[str, ...], int] = {}
        self._read()

    def at(self, path: Sequence[str]) -> Place:
        """The place of a key, a row or a key of a row; the nearest place above it that is known."""
        return self._place(self._index(path))

    def inside(self, path: Sequence[str], offset: Place) -> Place:
        """The place of a character of the text at a path, given its (line, column) in that text."""
        key = self._index(path)
        opened = _OPENING.match(self._text, key + len(path[-1])) if path else None
        line, column = self._place(opened.end() if opened else key)
        return (line, column + offset[1] - 1) if offset[0] == 1 else (line + offset[0] - 1, offset[1])

    def _index(self, path: Sequence[str]) -> int:
        above = (tuple(path[:length]) for length in range(len(path), 0, -1))
        return next((self._starts[known] for known in above if known in self._starts), 0)

    def _read(self) -> None:
        """One pass over the tokens: a top key, then rows in brackets, then the keys of a row."""
        top, row, keys, depth = "", 0, dict[str, int](), 0
        for token in _TOKEN.finditer(self._text):
            if bracket := token["bracket"]:
                if bracket == "{" and depth <= 1:
                    row, keys = token.start(), {}
                depth += 1 if bracket in "[{" else -1
                if bracket == "}" and depth <= 1:
                    self._keep(top, row, keys)
            elif token["key"] and depth == 0:
                top = token["key"]
                self._starts.setdefault((top,), token.start())
            elif token["key"]:
                keys.setdefault(token["key"], token.start())

    def _keep(self, top: str, row: int, keys: dict[str, int]) -> None:
        name = ".".join(self._string(keys[key]) for key in ("field", "id") if key in keys)
        above = (top, name) if name else (top,)
        self._starts.setdefault(above, row)
        for key, start in keys.items():
            self._starts.setdefault((*above, key), start)

    def _string(self, key: int) -> str:
        found = _VALUE.search(self._text, key)
        return found[1] or found[2] or "" if found else ""

    def _place(self, index: int) -> Place:
        return self._text.count("\n", 0, index) + 1, index - self._text.rfind("\n", 0, index)


class JsonPositions:
    """The places of a JSON document's members and items."""

    def __init__(self, text: str) -> None:
        self._text = text.encode()
        self._root = Parser(_JSON).parse(self._text).root_node

    def at(self, path: Sequence[str]) -> Place:
        """The place of a member's name or of an item; the nearest place above it that is there."""
        node = next((child for child in self._root.named_children if child.type != "comment"), self._root)
        place = node
        for step in path:
            found = _below(node, step)
            if found is None:
                break
            place, node = found
        return self._place(place)

    def _place(self, node: Node) -> Place:
        row, column = node.start_point
        line = self._text.split(b"\n")[row]
        return row + 1, len(line[:column].decode(errors="replace")) + 1


def _below(node: Node, step: str) -> tuple[Node, Node] | None:
    if node.type == "object":
        for pair in node.named_children:
            key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if key is not None and value is not None and (key.text or b"").decode().strip('"') == step:
                return key, value
    if node.type == "array" and step.isdecimal() and int(step) < len(node.named_children):
        item = node.named_children[int(step)]
        return item, item
    return None
