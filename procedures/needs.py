"""What a fragment says of itself, and what it asks of the procedure that uses it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.definition.procedure import Needs
from engine.definition.rows import FragmentUse, Part, Words
from engine.problems import Problem, nearest
from procedures.documents import read_as
from procedures.drafts import NAMED_TABLES, SHARED_KEYS, Draft, DraftRow, Place, Source
from procedures.findings import found

FRAGMENT_KEYS = (*SHARED_KEYS, "id", "parameters", "needs")


class Head(Part):
    """The keys of a fragment that its host does not take over."""

    id: str
    parameters: Words = ()
    needs: Needs = Needs()
    fragments: tuple[FragmentUse, ...] = ()


def head_of(source: Source, fragment_id: str) -> tuple[Head | None, list[Problem]]:
    """The head of a fragment, or None with what its types refuse; its id and keys are checked too."""
    problems = []
    for key in source.data:
        if key not in FRAGMENT_KEYS:
            said = (f"断片に {key} という項目は書けません。", f"a fragment has no key {key}")
            hint = nearest(key, FRAGMENT_KEYS)
            problems.append(found("D010", (key,), Place(source, (key,)), said, hint, key=True))
    own = {key: value for key, value in source.data.items() if key in Head.model_fields}
    head, refused = read_as(Source(source.file, source.text, own), Head)
    if head is not None and head.id != fragment_id:
        said = ("断片の id はファイルの名と同じにします。", "the id of a fragment is the name of its file")
        problems.append(found("D014", ("id",), Place(source, ("id",)), said, f'id = "{fragment_id}"'))
    return head, problems + refused


def unmet(use: DraftRow, head: Head, whole: Draft) -> Iterator[Problem]:
    """The parameters and rows that a fragment asks for and the expanded declaration does not have."""
    params = whole.plain["params"].values if "params" in whole.plain else {}
    for name in head.parameters:
        if name not in params:
            said = (
                f"断片 {head.id} は [params] に {name} を求めています。",
                f"fragment {head.id} asks for {name} in [params]",
            )
            hint = _renamed(name, params) + f"[params] に {name} = … を書く"
            yield found("D024", ("fragments", head.id), use.place_of("id"), said, hint)
    for kind in Needs.model_fields:
        known = _known(whole, kind)
        for name in getattr(head.needs, kind):
            if name not in known:
                yield _unmet(use, head.id, kind, name, known)


def _unmet(use: DraftRow, fragment: str, kind: str, name: str, known: list[str]) -> Problem:
    if kind == "checks_at":
        ja, en = f"断片 {fragment} は 段階 {name} の確認(checks)を求めています。", f"a check at stage {name}"
        hint = f'checks に stage = "{name}" の行を書く'
    else:
        ja, en = f"断片 {fragment} は {kind} に {name} の行を求めています。", f"{name} in {kind}"
        hint = _renamed(name, known) + f"{kind} に {name} を書く"
    said = (ja, f"fragment {fragment} asks its host for {en}")
    return found("D025", ("fragments", fragment), use.place_of("id"), said, hint)


def _renamed(name: str, known: Iterable[str]) -> str:
    """The beginning of a hint when something of nearly the right name is there."""
    near = nearest(name, known).removesuffix(" のことですか")
    return f"{near} を {name} に改めるか、" if near else ""


def _known(whole: Draft, kind: str) -> list[str]:
    """The names that a need of one kind may be met by."""
    if kind == "checks_at":
        return [str(row.values.get("stage")) for row in whole.lists.get("checks", [])]
    if kind in NAMED_TABLES:
        return list(whole.tables.get(kind, {}))
    if kind in whole.plain:
        return list(whole.plain[kind].values)
    return [row.id for row in whole.lists.get(kind, [])]
