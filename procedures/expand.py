"""Fragments taken into a declaration, before types: merge, override, leave out, and what each fragment asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from engine.problems import Problem, nearest
from procedures.drafts import Draft, DraftRow, DraftTable, Source, draft_of
from procedures.findings import found
from procedures.needs import Head, head_of, unmet

STARTERS = ("by", "auto", "after", "on")


class FragmentSource(Protocol):
    """Where fragments are found."""

    def fragment(self, fragment_id: str) -> tuple[Source | None, list[Problem]]:
        """The file of a fragment, or None with what kept it from being read (nothing, if there is none)."""
        ...

    def fragment_ids(self) -> Iterable[str]:
        """The ids of all fragments, for hints."""
        ...


class NoFragments:
    """A source that has none."""

    def fragment(self, fragment_id: str) -> tuple[Source | None, list[Problem]]:  # noqa: ARG002 - the protocol's name
        """None."""
        return None, []

    def fragment_ids(self) -> Iterable[str]:
        """None."""
        return ()


class Expansion:
    """One declaration with its fragments merged in; `problems` is everything found on the way."""

    def __init__(self, fragments: FragmentSource) -> None:
        self.problems: list[Problem] = []
        self.sources: list[Source] = []
        self._fragments = fragments
        self._taken: dict[str, DraftRow] = {}
        self._using: list[str] = []
        self._heads: list[tuple[DraftRow, Head]] = []

    def expand(self, host: Draft) -> Draft:
        """The host with every fragment it uses: fragments' rows first, in the order they are used."""
        whole = Draft(host.source, host.scalars, misshapen=host.misshapen)
        for use in host.lists.get("fragments", []):
            self._take(use, whole)
        self._merge(whole, host)
        for use, head in self._heads:
            self.problems += unmet(use, head, whole)
        return whole

    def _take(self, use: DraftRow, whole: Draft) -> list[Source]:
        """Merge one fragment and those it uses; gives the files that were merged."""
        known = self._taken.get(use.id)
        if use.id in self._using:
            chain = " → ".join([*self._using[self._using.index(use.id) :], use.id])
            ja, en = f"断片が自分自身を使っています({chain})。", f"a fragment uses itself ({chain})"
            self._say("D026", use, ja, en, "どれかの fragments から消す")
            return []
        if known is not None:
            if known.values.get("without", {}) != use.values.get("without", {}):
                place = known.place.text()
                ja = f"断片 {use.id} が {place} では別の without で使われています。断片は一度だけ展開します。"
                en = f"fragment {use.id} is used with another `without` at {place}"
                self._say("D027", use, ja, en, "without をそろえるか、片方を消す")
            return []
        source, problems = self._fragments.fragment(use.id)
        self.problems += problems
        if source is None:
            if not problems and use.id:
                hint = nearest(use.id, self._fragments.fragment_ids())
                self._say("D020", use, f"断片 {use.id} がありません。", f"there is no fragment {use.id}", hint)
            return []
        self._taken[use.id] = use
        self.sources.append(source)
        return self._take_in(use, draft_of(source), whole)

    def _take_in(self, use: DraftRow, fragment: Draft, whole: Draft) -> list[Source]:
        sources = [fragment.source]
        self._using.append(use.id)
        for inner in fragment.lists.pop("fragments", []):
            sources += self._take(inner, whole)
        self._using.pop()
        head, problems = head_of(fragment.source, use.id)
        self.problems += problems
        if head is not None:
            self._heads.append((use, head))
        self._merge(whole, fragment)
        self._leave_out(use, whole, sources)
        return sources

    def _merge(self, whole: Draft, part: Draft) -> None:
        for name, rows in part.lists.items():
            self._merge_rows((name,), whole.lists.setdefault(name, []), rows)
        for name, tables in part.tables.items():
            for key, table in tables.items():
                self._merge_table((name, key), whole.tables.setdefault(name, {}), table)
        for name, row in part.plain.items():
            if name != "needs":
                self._merge_plain(name, whole, row)
        if part.source is not whole.source:
            whole.misshapen += part.misshapen

    def _merge_table(self, path: tuple[str, ...], tables: dict[str, DraftTable], table: DraftTable) -> None:
        known = tables.get(path[-1])
        overrides = table.row.values.pop("override", False) is True
        if known is None:
            if overrides:
                self._nothing_there(path, table.row, tables)
            tables[path[-1]] = table
        elif not overrides:
            self._said_twice(path, table.row, known.row)
        else:
            _lay_over(known.row, table.row)
            for name, rows in table.lists.items():
                self._merge_rows((*path, name), known.lists.setdefault(name, []), rows)

    def _merge_plain(self, name: str, whole: Draft, row: DraftRow) -> None:
        known = whole.plain.get(name)
        overrides = row.values.pop("override", False) is True
        if known is None:
            whole.plain[name] = DraftRow(dict(row.values), row.place)
            return
        same = [key for key in row.values if key in known.values and known.values[key] != row.values[key]]
        if same and not overrides and name != "params":
            self._said_twice(
                (name, same[0]), DraftRow({}, row.place_of(same[0])), DraftRow({}, known.place_of(same[0]))
            )
            return
        _lay_over(known, row)

    def _merge_rows(self, path: tuple[str, ...], rows: list[DraftRow], more: list[DraftRow]) -> None:
        fresh = [row for row in more if row.values.get("override") is not True]
        for row in more:
            if row not in fresh:
                self._override(path, rows, row)
        before = list(rows)
        for row in fresh:
            known = next((one for one in before if one.id == row.id and row.id and periods_meet(one, row)), None)
            if known is None:
                rows.append(row)
            else:
                self._said_twice((*path, row.id), row, known)

    def _override(self, path: tuple[str, ...], rows: list[DraftRow], row: DraftRow) -> None:
        del row.values["override"]
        same = [one for one in rows if one.id == row.id]
        if len(same) > 1:
            same = [one for one in same if one.values.get("since") == row.values.get("since")]
        if len(same) == 1:
            _lay_over(same[0], row, starters=path[-1] == "events")
        elif not any(one.id == row.id for one in rows):
            self._nothing_there((*path, row.id), row, {one.id for one in rows})
        else:
            ja = f"{row.id} の行は期間ごとにいくつかあります。since で どの行を変えるかを書いてください。"
            said = (ja, f"there are several rows {row.id}: say which one by its `since`")
            days = ", ".join(str(one.values.get("since", "始めから")) for one in rows if one.id == row.id)
            self.problems.append(found("D028", (*path, row.id), row.place, said, f"since は {days} のどれか"))

    def _leave_out(self, use: DraftRow, whole: Draft, sources: list[Source]) -> None:
        without = use.values.get("without", {})
        for name, ids in without.items() if isinstance(without, dict) else ():
            for one in [ids] if isinstance(ids, str) else ids if isinstance(ids, list) else ():
                if isinstance(one, str):
                    self._leave_out_one(use, name, one, whole, sources)

    def _leave_out_one(self, use: DraftRow, name: str, one: str, whole: Draft, sources: list[Source]) -> None:
        steps = tuple(name.split("."))
        tables = whole.tables.get(name, {})
        rows = next((rows for path, rows in whole.all_lists() if path == steps), [])
        mine = [row for row in rows if row.place.source in sources]
        for row in mine:
            if row.id == one:
                rows.remove(row)
        gone = any(row.id == one for row in mine)
        if one in tables and tables[one].row.place.source in sources:
            del tables[one]
            gone = True
        if not gone:
            known = [row.id for row in mine] + [
                key for key, table in tables.items() if table.row.place.source in sources
            ]
            hint = nearest(one, known)
            place = use.place.below("without", name, one)
            said = (f"断片 {use.id} の {name} に {one} はありません。", f"fragment {use.id} has no {one} in {name}")
            self.problems.append(found("D023", ("fragments", use.id, "without", name, one), place, said, hint))

    def _said_twice(self, path: tuple[str, ...], row: DraftRow, known: DraftRow) -> None:
        ja = f"{path[-1]} は {known.place.text()} にもあります。同じ id を二度は書けません。"
        en = f"{path[-1]} is also at {known.place.text()}; an id is written once"
        hint = "断片の行を変えるなら override = true と変わる項目だけを書く"
        self.problems.append(found("D021", path, row.place, (ja, en), hint))

    def _nothing_there(self, path: tuple[str, ...], row: DraftRow, known: Iterable[str]) -> None:
        ja = f"override の相手になる {path[-1]} が {'.'.join(path[:-1])} にありません。"
        said = (ja, f"there is no {path[-1]} in {'.'.join(path[:-1])} to override")
        hint = nearest(path[-1], known) or "新しい行なら override を消す"
        self.problems.append(found("D022", path, row.place, said, hint))

    def _say(self, rule: str, use: DraftRow, ja: str, en: str, hint: str = "") -> None:
        self.problems.append(found(rule, ("fragments", use.id), use.place_of("id"), (ja, en), hint))


def periods_meet(one: DraftRow, other: DraftRow) -> bool:
    """Whether there is a day on which both rows are in force."""
    return one.period[0] < other.period[1] and other.period[0] < one.period[1]


def _lay_over(known: DraftRow, row: DraftRow, *, starters: bool = False) -> None:
    """Put a row's keys over another's. Who or what starts an event is one choice: a new one drops the old one."""
    if starters and any(key in row.values for key in STARTERS):
        for key in STARTERS:
            known.values.pop(key, None)
    for key, value in row.values.items():
        if key != "id":
            known.values[key] = value
            known.keys[key] = row.place_of(key)
