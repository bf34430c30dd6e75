"""What is said about a text once its types are right: constructs we refuse, results, nulls and failed trials."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from engine.conditions.complaints import problem
from engine.conditions.expression import Refused
from engine.conditions.nulls import Gap
from engine.conditions.places import Sight
from engine.conditions.rehearsal import Failure
from engine.conditions.sources import Source
from engine.conditions.tree import START, Comprehension, Node, Position, children, text
from engine.definition import ValueType
from engine.problems import Problem
from engine.shapes import Scalar

_GIVES: dict[ValueType, tuple[str, ...]] = {
    "yes_no": ("BOOL",),
    "date": ("STRING", "DYN"),
    "month": ("STRING", "DYN"),
    "text": ("STRING", "DYN"),
    "whole": ("INT", "DYN"),
    "yen": ("INT", "DYN"),
    "number": ("INT", "DOUBLE", "DYN"),
}
_WANTED: dict[ValueType, tuple[str, str]] = {
    "yes_no": ("はい・いいえ", "a yes/no"),
    "date": ("日付", "a day"),
    "month": ("月", "a month"),
    "text": ("文字", "a text"),
    "whole": ("整数", "a whole number"),
    "yen": ("円の整数", "whole yen"),
    "number": ("数", "a number"),
}
_REFUSED = {
    "has": (
        "has() は使えません。ない項目は空(null)です。",
        "has() is not for conditions: what is absent is null",
        "x != null と書きます",
    ),
    "struct": (
        "波かっこの値は書けません。",
        "maps and messages are not for conditions",
        "表は table(名前, 日, 見出し) で引きます",
    ),
    "constant": (
        "この種類の値は書けません。",
        "this kind of literal is not for conditions",
        "文字・数・true・false・null だけです",
    ),
    "fold": (
        "このマクロは使えません。",
        "this macro is not for conditions",
        "exists・all・exists_one・filter・map・cel.bind だけです",
    ),
}


def refused(source: Source, found: Collection[Refused]) -> list[Problem]:
    """A problem for each construct that conditions do not have."""
    return [problem(source, "C007" if one.what == "has" else "C013", one.at, *_REFUSED[one.what]) for one in found]


def shadows(source: Source, node: Node, taken: Collection[str]) -> Iterator[Problem]:
    """A problem for each variable that has the name of something else that could be meant."""
    if isinstance(node, Comprehension):
        if node.variable in taken:
            ja = f"変数「{node.variable}」は、ほかの名前と同じです。別の名前にしてください。"
            en = f"the variable {node.variable!r} hides something else of that name"
            yield problem(source, "C012", node.at, ja, en)
        yield from shadows(source, node.over, taken)
        taken = {*taken, node.variable}
        for part in children(node)[1:]:
            yield from shadows(source, part, taken)
        return
    for child in children(node):
        yield from shadows(source, child, taken)


def result(source: Source, given: str, node: Node, sight: Sight) -> list[Problem]:
    """A problem when a text gives something else than its place wants."""
    place = sight.place(node)
    kind = place.shape.kind if place and isinstance(place.shape, Scalar) else None
    days = {"date", "month"}
    wrong_day = source.type in days and (
        (kind in days and kind != source.type) or (kind == "text" and place is not None and place.path != "")
    )
    if given in _GIVES[source.type] and not wrong_day:
        return []
    ja, en = _WANTED[source.type]
    hint = "はい・いいえになる式を書きます(例: x == true)" if source.type == "yes_no" else ""
    return [problem(source, "C006", START, f"ここには{ja}になる式が要ります。", f"{en} is wanted here", hint)]


def gap(source: Source, found: Gap, names: Mapping[Position, str]) -> Problem:
    """A value that may be null where it must not, with the mend.

    Args:
        names: where the text reads named conditions; what is null inside one is said by its name.
    """
    inner = text(found.value)
    what = names.get(found.at, inner)
    if found.is_yes_no and what == inner:
        ja, en = f"「{what}」が空のとき、はいともいいえともいえません。", f"{what} may be null: neither yes nor no"
        return problem(source, "C010", found.at, ja, en, f"{what} == true と書きます")
    sign = found.stops or "結果"
    ja = f"「{what}」が空のとき「{sign}」を計算できません。"
    en = f"{what} may be null, and {sign} cannot take null"
    return problem(source, "C010", found.at, ja, en, f"{what} != null && … と書きます")


def failure(source: Source, found: Failure) -> Problem:
    """A trial that failed."""
    if found.lists == "none":
        ja, en = "一覧が空のとき計算できません。", "cannot be worked out when the lists are empty"
        hint = "size(一覧) > 0 && … と書きます"
    elif found.null:
        names = "・".join(found.null)
        ja, en = f"「{names}」が空のとき計算できません。", f"cannot be worked out when {', '.join(found.null)} is null"
        hint = f"{found.null[0].replace('[]', '')} != null && … と書きます"
    elif "by zero" in found.said or "by zero" in found.said:
        ja, en, hint = "0 で割ることがあります。", "may divide by zero", "x != 0 && … と書きます"
    else:
        ja, en, hint = "ふつうの値でも計算できないことがあります。", "not even ordinary values can be worked out", ""
    return problem(source, "C011", START, ja, f"{en}: {found.said}", hint)


def circle(source: Source, names: tuple[str, ...], node: Node) -> Problem:
    """Texts that read each other in a circle."""
    ja = f"条件が輪になっています: {' → '.join(names)}"
    return problem(source, "C009", node.at, ja, f"conditions read each other in a circle: {' -> '.join(names)}")


def not_here(source: Source, name: str, path: str, node: Node) -> Problem:
    """A named condition that reads an answer or a task which this place does not have."""
    ja = f"「{name}」は {path} を読みますが、ここにはその項目がありません。"
    return problem(source, "C014", node.at, ja, f"{name} reads {path}, which this place does not have")


def twice(source: Source) -> Problem:
    """A second text under one name."""
    ja = f"「{source.name}」という名前が2度使われています。"
    return problem(source, "C015", START, ja, f"the name {source.name!r} is used twice")


def too_large(source: Source) -> Problem:
    """A text that grows too large once its named conditions are put in."""
    ja = "名前付きの条件を入れると式が大きくなりすぎます。"
    return problem(
        source, "C016", START, ja, "too large once its named conditions are put in", "条件の重なりを減らしてください"
    )
