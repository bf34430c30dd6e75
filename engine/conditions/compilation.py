"""One compilation: every text parsed, ordered by what it reads, checked, linked and tried, with all its problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.conditions import calls, contexts, examination, linking, literals, nulls, places, runtime
from engine.conditions.binding import cut
from engine.conditions.complaints import Speaker
from engine.conditions.descriptor import Messages
from engine.conditions.guards import Guards
from engine.conditions.ordering import in_order
from engine.conditions.places import Sight
from engine.conditions.rehearsal import Rehearsal, words_of
from engine.conditions.signatures import Called, Function, Signature
from engine.conditions.sources import Source, Vocabulary
from engine.conditions.tree import Call, Ident, Node, Select, substitute, walk
from engine.conditions.tree import Plain as PlainValue
from engine.problems import Problem
from engine.shapes import Scalar, Shape


@dataclass
class Text:
    """A text on its way. `tree` is there once it can be read, `whole` and `linked` once everything is right.

    `given` is the type that the checker says it gives.
    `words` are the literals that it compares paths with and `tables` whether it asks a table, also through its rules.
    """

    source: Source
    roots: Mapping[str, Shape]
    tree: Node | None = None
    names: dict[str, Node] = field(default_factory=dict)
    given: str = ""
    reads: frozenset[str] = frozenset()
    whole: Node | None = None
    linked: Any = None
    callee: linking.Callee | None = None
    words: dict[str, tuple[PlainValue, ...]] = field(default_factory=dict)
    tables: bool = False
    problems: list[Problem] = field(default_factory=list)


class Compilation:
    """The work on one set of texts; `texts` are in the given order, each with what came of it."""

    def __init__(
        self, vocabulary: Vocabulary, functions: Mapping[str, Function], rehearsal: Rehearsal, sources: Sequence[Source]
    ) -> None:
        self._vocabulary = vocabulary
        self._functions: dict[str, Signature] = {**functions, **calls.callable_rules(vocabulary.ordered, functions)}
        self._guards = Guards(vocabulary.is_certain)
        self._rehearsal = rehearsal
        self._messages = Messages()
        self._types: dict[int, runtime.CelType] = {}
        self._checkers: dict[tuple[object, ...], runtime.Checker] = {}
        self._given: dict[str, str] = {}
        self.locals = contexts.merged_locals([*vocabulary.ordered, *sources])
        named = [Text(source, self._roots(source, named=True)) for source in vocabulary.ordered]
        known = {(source.path, source.id, source.cel) for source in vocabulary.ordered}
        rest = [Text(s, self._roots(s, named=False)) for s in sources if (s.path, s.id, s.cel) not in known]
        self.texts = [*named, *rest]
        self._by_name = {name: next(t for t in named if t.source is s) for name, s in vocabulary.named.items()}
        self._results = {name: source.result for name, source in vocabulary.named.items() if not source.takes}

    def run(self) -> None:
        """Work on every text; afterwards each has problems or is linked, or reads one that has."""
        for text in self.texts:
            self._parse(text)
        for text in self._ordered():
            if text.tree is not None:
                self._examine(text, text.tree)
        for text in self.texts[: len(self._vocabulary.ordered)]:
            if self._by_name[text.source.name] is not text:
                text.problems.append(examination.twice(text.source))

    def _roots(self, source: Source, *, named: bool) -> dict[str, Shape]:
        """What a text may read; a named one may leave open what was asked and which task it is about."""
        own = contexts.local_shapes(source)
        return {**self._vocabulary.roots, **(self.locals if named else {}), **own}

    def _parse(self, text: Text) -> None:
        source = text.source
        try:
            tree, found = runtime.parse(source.cel)
        except runtime.Unreadable as error:
            text.problems += self._speaker(text).problems(source, error.complaints)
            return
        taken = {*text.roots, *contexts.LOCAL, *(name.split(".")[0] for name in self._by_name)}
        text.problems += examination.refused(source, found)
        text.problems += calls.misnamed(source, self._functions, taken)
        text.problems += examination.shadows(source, tree, {*taken, *source.takes})
        text.tree = tree
        for name, node in places.names_read(tree, self._sight(text)):
            text.names.setdefault(name, node)

    def _ordered(self) -> Iterator[Text]:
        """Named texts after those they read, then the others; a circle is said where it begins."""
        order, circles = in_order({name: list(text.names) for name, text in self._by_name.items()})
        for names in circles:
            first = self._by_name[names[0]]
            first.problems.append(examination.circle(first.source, names, first.names[names[1]]))
        seen = set()
        for text in [*(self._by_name[name] for name in order), *self.texts]:
            if id(text) not in seen:
                seen.add(id(text))
                yield text

    def _sight(self, text: Text) -> Sight:
        return Sight(text.roots, self._results, self._functions, calls.parameters(text.source))

    def _speaker(self, text: Text) -> Speaker:
        absent = frozenset(contexts.LOCAL) - text.roots.keys()
        return Speaker(self._messages, self._functions, [*text.source.takes, *text.roots, *self._results], absent)

    def _examine(self, text: Text, tree: Node) -> None:
        """Types first; only what passes is looked at for words and nulls, and only what passes that is tried."""
        source, sight = text.source, self._sight(text)
        name = sight.name_of(tree)
        if name is not None and self._by_name[name].linked is not None and not source.takes:
            self._take_over(text, tree, name)
            return
        try:
            checked, text.given = self._checker(text).check(source.cel)
        except runtime.Unreadable as error:
            text.problems += self._speaker(text).problems(source, error.complaints)
            return
        self._note(text)
        text.problems += examination.result(source, text.given, tree, sight)
        text.problems += literals.check(source, tree, sight)
        text.reads = frozenset(path for path, _ in places.reads(tree, sight))
        text.problems += self._locally_missing(text)
        others = {name: self._by_name[name] for name in text.names}
        sound = all(one.rule == "C008" for one in text.problems)  # a wrong word hides no null
        if sound and all(other.linked is not None for other in others.values()):
            text.reads = text.reads.union(*(other.reads for other in others.values()))
            self._finish(text, checked, tree, others)

    def _take_over(self, text: Text, tree: Node, name: str) -> None:
        """A text that is only a name: what it stands for has been checked, proved and tried under that name."""
        other = self._by_name[name]
        text.given, text.reads, text.words, text.tables = other.given, other.reads, other.words, other.tables
        self._note(text)
        text.problems += examination.result(text.source, text.given, tree, self._sight(text))
        text.problems += self._locally_missing(text)
        if not text.problems and other.whole is not None:
            text.linked, text.whole = other.linked, substitute(tree, {name: other.whole})

    def _locally_missing(self, text: Text) -> Iterator[Problem]:
        for name, node in text.names.items():
            other = self._by_name[name]
            path = contexts.missing_locally(other.reads, text.roots, other.roots)
            if path is not None:
                yield examination.not_here(text.source, name, path, node)

    def _finish(self, text: Text, checked: Any, tree: Node, others: Mapping[str, Text]) -> None:
        """Prove and try the text with its named conditions put in."""
        source = text.source
        read = {name: other for name, other in others.items() if not other.source.takes}
        whole = substitute(tree, {name: other.whole for name, other in read.items() if other.whole is not None})
        sight = Sight(text.roots, {}, self._functions, calls.parameters(source))
        yes_no = source.type == "yes_no" and not source.may_be_null
        found = nulls.gaps(whole, sight, self._guards, calls.given(source), yes_no=yes_no)
        names = places.names_read(tree, self._sight(text))
        spots = {node.at: name for name, node in names if isinstance(node, Ident | Select)}
        text.problems += dict.fromkeys(examination.gap(source, one, spots) for one in found)
        called = {other.source.id: other.callee for other in others.values() if other.callee is not None}
        linked = linking.link(checked, {name: other.linked for name, other in read.items()}, called)
        if linking.size(linked) > linking.LARGEST:
            text.problems.append(examination.too_large(source))
        self._prepare_trial(text, whole, sight, [other for other in others.values() if other.source.takes])
        if not text.problems and not source.takes:
            self._try(text, linked)
        if not text.problems:
            text.whole, text.linked = whole, linked
            self._offer(text, whole, sight)

    def _offer(self, text: Text, whole: Node, sight: Sight) -> None:
        """Let others call a rule that is right."""
        known = self._functions.get(text.source.id)
        if text.source.takes and isinstance(known, Called):
            self._functions[known.name] = calls.proved(known, whole, sight, self._guards)
            text.callee = linking.callee(known.name, list(text.source.takes), text.linked)

    def _prepare_trial(self, text: Text, whole: Node, sight: Sight, called: Sequence[Text]) -> None:
        """What its trials must know; the rules it calls are tried with it, not alone."""
        text.tables = any(isinstance(node, Call) and node.function == "table" for node in walk(whole))
        text.words = words_of(whole, sight)
        for other in called:
            text.tables |= other.tables
            for path, words in other.words.items():
                text.words[path] = tuple(dict.fromkeys((*text.words.get(path, ()), *words)))

    def _try(self, text: Text, linked: Any) -> None:
        roots = {path.replace("[", ".").split(".")[0] for path in text.reads}
        shapes = {name: cut(name, text.roots[name], text.reads, spread=True) for name in sorted(roots)}
        try:
            found = self._rehearsal.first_failure(linked, shapes, text.words, tables=text.tables)
        except RuntimeError:  # the runtime will not read messages nested so deep
            text.problems.append(examination.too_large(text.source))
            return
        if found is not None:
            text.problems.append(examination.failure(text.source, found))

    def _note(self, text: Text) -> None:
        """Remember what a named number gives: only its text says whether it has a fraction."""
        name = text.source.name
        if text.source.type == "number" and name in self._by_name and self._given.get(name) != text.given:
            self._given[name] = text.given
            self._checkers.clear()

    def _checker(self, text: Text) -> runtime.Checker:
        """The typed environment of a text; texts with the same roots share it."""
        key = (*(id(shape) for shape in text.roots.values()), *text.source.takes.items())
        if key not in self._checkers:
            variables = {name: self._type(shape) for name, shape in text.roots.items()}
            for name, shape in self._results.items():
                variables[name] = runtime.type_of_result(shape.kind, self._given.get(name))
            for name, kind in text.source.takes.items():
                variables[name] = runtime.type_of(self._messages, Scalar(kind))
            self._checkers[key] = runtime.Checker(self._messages, variables, self._functions.values(), self._given)
        return self._checkers[key]

    def _type(self, shape: Shape) -> runtime.CelType:
        if id(shape) not in self._types:
            self._types[id(shape)] = runtime.type_of(self._messages, shape)
        return self._types[id(shape)]
