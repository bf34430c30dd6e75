"""Where things stand in a TOML text: line and column of keys, values and characters inside strings.

The only module that knows tree-sitter-toml. Lines and columns count from 1, columns in characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

_LANGUAGE = Language(tree_sitter_toml.language())
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}
_HEX_LENGTH = {"u": 4, "U": 8}

Step = str | int


class Spot(NamedTuple):
    """A place in a text, from 1."""

    line: int
    column: int


class Duplicate(NamedTuple):
    """A key written twice: the second place and the first."""

    key: str
    again: Spot
    first: Spot


@dataclass
class _Entry:
    """One key or one element of an array, with what is below it."""

    key: Node | None = None
    value: Node | None = None
    named: dict[str, _Entry] = field(default_factory=dict)
    rows: list[_Entry] = field(default_factory=list)
    declared: bool = False


class TomlPositions:
    """The places of everything in one TOML text; a text with errors gives the places that can be known."""

    def __init__(self, text: str) -> None:
        self._text = text.replace("\r\n", "\n")
        self._lines = self._text.encode().split(b"\n")
        self._starts = _line_starts(self._text)
        self._top = _Entry()
        self.duplicates: list[Duplicate] = []
        self.double_brackets: list[Spot] = []
        self._read(Parser(_LANGUAGE).parse(self._text.encode()).root_node)

    def key(self, path: Sequence[Step]) -> Spot | None:
        """The place of the last key of a path (list name, row id or index, key), or None."""
        entry = self._find(path)
        if entry is None:
            return None
        node = entry.key or entry.value
        return self._spot(node) if node is not None else None

    def value(self, path: Sequence[Step]) -> Spot | None:
        """The place of the value at a path; of a string, its first character after the quotes."""
        entry = self._find(path)
        if entry is None or entry.value is None:
            return None
        if entry.value.type == "string":
            return self.inside(path, 1, 1)
        return self._spot(entry.value)

    def inside(self, path: Sequence[Step], line: int, column: int) -> Spot | None:
        """The place of a character of the string at a path, given its place in the decoded string.

        A place past the end of the string is its closing quote.
        """
        entry = self._find(path)
        if entry is None or entry.value is None or entry.value.type != "string":
            return None
        start = self._index(entry.value)
        raw = self._text[start : start + len((entry.value.text or b"").decode())]
        now_line, now_column, last = 1, 1, len(raw)
        for character, offset in _characters(raw):
            last = offset
            if now_line > line or (now_line == line and now_column >= column):
                break
            now_line, now_column = (now_line + 1, 1) if character == "\n" else (now_line, now_column + 1)
        return self._at(start + last)

    def _find(self, path: Sequence[Step]) -> _Entry | None:
        entry: _Entry | None = self._top
        for step in path:
            if entry is None:
                return None
            entry = self._row(entry, step) if entry.rows else entry.named.get(str(step))
        return entry

    def _row(self, entry: _Entry, step: Step) -> _Entry | None:
        if isinstance(step, int):
            return entry.rows[step] if step < len(entry.rows) else None
        for row in entry.rows:
            named = row.named.get("id", row)
            if named.value is not None and named.value.type == "string" and self._word(named.value) == step:
                return row
        return None

    def _word(self, node: Node) -> str:
        """The decoded text of a key or a string."""
        raw = (node.text or b"").decode()
        return raw if raw[:1] not in {'"', "'"} else "".join(character for character, _ in _characters(raw)[:-1])

    def _spot(self, node: Node) -> Spot:
        return self._at(self._index(node))

    def _index(self, node: Node) -> int:
        row, column = node.start_point
        return self._starts[row] + len(self._lines[row][:column].decode(errors="replace"))

    def _at(self, index: int) -> Spot:
        line = _line_of(self._starts, index)
        return Spot(line + 1, index - self._starts[line] + 1)

    def _read(self, root: Node) -> None:
        for node in root.named_children:
            if node.type == "pair":
                self._pair(self._top, node)
            elif node.type in {"table", "table_array_element"}:
                self._table(node)

    def _table(self, node: Node) -> None:
        header, *pairs = node.named_children
        keys = list(_keys(header))
        holder = self._below(self._top, keys[:-1])
        name = self._word(keys[-1])
        if node.type == "table_array_element":
            self.double_brackets.append(self._spot(node))
            entry = _Entry(keys[-1])
            holder.named.setdefault(name, _Entry(keys[-1])).rows.append(entry)
        else:
            entry = self._enter(holder, keys[-1], fresh=False)
            entry = self._declare(entry, keys[-1])
        for pair in pairs:
            if pair.type == "pair":
                self._pair(entry, pair)

    def _declare(self, entry: _Entry, header: Node) -> _Entry:
        """The entry of a table's header; one that has a header already is a duplicate."""
        if entry.declared and entry.key is not None:
            self.duplicates.append(Duplicate(self._word(header), self._spot(header), self._spot(entry.key)))
            return _Entry(header)
        entry.declared = True
        return entry

    def _pair(self, holder: _Entry, pair: Node) -> None:
        named = [node for node in pair.named_children if node.type not in {"comment", "ERROR"}]
        if not named:
            return
        keys = list(_keys(named[0]))
        entry = self._enter(self._below(holder, keys[:-1]), keys[-1], fresh=True)
        if len(named) > 1:
            self._value(entry, named[1])

    def _value(self, entry: _Entry, node: Node) -> None:
        entry.value = node
        if node.type == "array":
            for child in node.named_children:
                if child.type not in {"comment", "ERROR"}:
                    entry.rows.append(_Entry())
                    self._value(entry.rows[-1], child)
        elif node.type == "inline_table":
            for child in node.named_children:
                if child.type == "pair":
                    self._pair(entry, child)

    def _below(self, holder: _Entry, keys: Sequence[Node]) -> _Entry:
        for key in keys:
            holder = self._enter(holder, key, fresh=False)
            holder = holder.rows[-1] if holder.rows else holder
        return holder

    def _enter(self, holder: _Entry, key: Node, *, fresh: bool) -> _Entry:
        """The entry of a key; a fresh one that is already there with a value of its own is a duplicate."""
        name = self._word(key)
        known = holder.named.get(name)
        if known is None:
            holder.named[name] = known = _Entry(key)
        elif fresh and known.key is not None and (known.value is not None or not known.named):
            self.duplicates.append(Duplicate(name, self._spot(key), self._spot(known.key)))
            return _Entry(key)
        return known


def _keys(node: Node) -> Iterator[Node]:
    """The single keys of a key, which may be dotted."""
    if node.type == "dotted_key":
        for child in node.named_children:
            yield from _keys(child)
    else:
        yield node


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n")[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _line_of(starts: list[int], index: int) -> int:
    from bisect import bisect_right

    return bisect_right(starts, index) - 1


def _characters(raw: str) -> list[tuple[str, int]]:
    """The decoded characters of a string with their offsets in the raw text; the closing quotes come last."""
    quote = raw[:3] if raw[:3] in {'"""', "'''"} else raw[:1]
    at, end = len(quote), len(raw) - len(quote)
    if len(quote) == 3 and raw[at : at + 1] == "\n":  # noqa: PLR2004 - three quotes
        at += 1
    found: list[tuple[str, int]] = []
    while at < end:
        character, length = _character(raw, at) if quote[0] == '"' else (raw[at], 1)
        if character:
            found.append((character, at))
        at += length
    return [*found, ("", end)]


def _character(raw: str, at: int) -> tuple[str, int]:
    """One decoded character of a basic string and how many raw characters it takes; a line continuation is empty."""
    if raw[at] != "\\":
        return raw[at], 1
    letter = raw[at + 1]
    if letter in _HEX_LENGTH:
        length = _HEX_LENGTH[letter]
        return chr(int(raw[at + 2 : at + 2 + length], 16)), 2 + length
    if letter in _ESCAPES:
        return _ESCAPES[letter], 2
    rest = raw[at + 1 :]
    return "", 1 + len(rest) - len(rest.lstrip(" \t\n"))
