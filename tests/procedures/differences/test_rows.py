"""Whatever is changed in a declaration is told, and as what its two hashes say it is."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from engine.definition import Procedure
from engine.definition.hashes import behaviour_hash, wording_hash
from engine.definition.in_force import in_force
from procedures.differences.leaves import NAMED
from procedures.differences.rows import row_differences
from tests.engine.made_up.shelf import declared

PERMIT = in_force(declared("permit"), dt.date(2022, 6, 6))
Plain = dict[str, Any]


def plain() -> Plain:
    return PERMIT.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def other(value: object) -> object:
    """A value that is another."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return f"{value} x"
        case [str(), *_]:
            return [*value, "x"]
        case _:
            return value


def edits(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - a plain declaration
    """Every place of a declaration at which one value could be another."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key != "id":
                yield from edits(one, (*way, key))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for index, one in enumerate(value):
            yield from edits(one, (*way, index))
    else:
        yield way


def edited(way: tuple[Any, ...], change: Any = other) -> Procedure | None:  # noqa: ANN401 - what is put there
    """The declaration with another value at a place; None where no such value may stand."""
    whole = copy.deepcopy(plain())
    holder: Any = whole
    for step in way[:-1]:
        holder = holder[step]
    holder[way[-1]] = change(holder.get(way[-1]))
    try:
        return Procedure.model_validate(whole)
    except ValidationError:
        return None


def agrees_with_the_hashes(before: Procedure, after: Procedure) -> bool:
    """Whether differences touch behaviour just when the hashes do, and words where nothing else differs."""
    found = {one.touches for one in row_differences(before, after)}
    acts = behaviour_hash(before, "") != behaviour_hash(after, "")
    words = wording_hash(before) != wording_hash(after)
    return (
        ("behaviour" in found) == acts and (words or "wording" not in found) and (acts or words or found <= {"nothing"})
    )


def test_every_changed_value_is_told_as_what_it_is() -> None:
    ways = list(edits(plain()))
    afters = [(way, after) for way in ways if (after := edited(way)) is not None]
    assert len(afters) > 250
    assert [way for way, after in afters if not row_differences(PERMIT, after)] == []
    assert [way for way, after in afters if not agrees_with_the_hashes(PERMIT, after)] == []


def lists(value: Plain, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key, one in value.items():
        if isinstance(one, list) and one and isinstance(one[0], dict):
            yield (*way, key)
        elif isinstance(one, dict) and (key in NAMED or way):
            yield from lists(one, (*way, key))


@pytest.mark.parametrize("way", list(lists(plain())), ids=".".join)
def test_every_row_that_comes_goes_or_changes_places_is_told(way: tuple[str, ...]) -> None:
    without = edited(way, lambda rows: rows[1:])
    assert without is not None
    assert [one.kind for one in row_differences(PERMIT, without)] == ["removed"]
    assert [one.kind for one in row_differences(without, PERMIT)] == ["added"]
    assert agrees_with_the_hashes(PERMIT, without)
    turned = edited(way, lambda rows: rows[::-1])
    assert turned is not None
    assert agrees_with_the_hashes(PERMIT, turned)


def sentence(way: tuple[Any, ...], value: object) -> str:
    after = edited(way, lambda _: value)
    assert after is not None
    (one,) = row_differences(PERMIT, after)
    return one.ja


def index(name: str, id_: str) -> tuple[str, int]:
    return name, [row["id"] for row in plain()[name]].index(id_)


@pytest.mark.parametrize(
    ("way", "value", "said"),
    [
        (
            (*index("events", "issue"), "by"),
            ["counter", "clerk"],
            "「通知を送る」(issue)の行う人: 受付 → 受付・担当",
        ),
        ((*index("events", "propose"), "when"), "refusable", "の条件: 「審査の確認がすべて済んだ」 → 「幅が足りない」"),
        ((*index("states", "review"), "by"), "counter", "状態「審査」(review)の行う人: 担当 → 受付"),
        ((*index("checks", "papers"), "on_fail"), "propose_refusal", "の操作: 補正を求める → 不許可を起案する"),
        (("params", "delivery_days"), 5, "定数 delivery_daysの値: 3 → 5"),
        (("clocks", "standard", "limit", "days"), 60, "時計「標準処理期間」(standard)の日数: 30 → 60"),
        (("tasks", "correction", "events", 2, "by"), ["applicant"], "作業「補正」の操作「補正する」(answer)の行う人"),
        (("approval", "main", "steps"), [], "決裁の道すじ mainの回議する職: unit_chief → なし"),
        (("appeal", "months"), 6, "審査請求の月数: なし → 6"),
        (
            (*index("inputs", "proposal"), "fields", "amount"),
            "whole",
            "(proposal)の欄 amount: yen → whole",
        ),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_a_change_is_said_in_the_words_of_the_office(way: tuple[Any, ...], value: object, said: str) -> None:
    assert said in sentence(way, value)


def test_a_changed_condition_names_where_it_is_used() -> None:
    place, number = index("conditions", "review_ok")
    assert sentence((place, number, "cel"), "checks.review.passed == false").endswith(
        "の式が変わります(使う所: 受け取る・許可を起案する)。"
    )


def test_the_law_of_a_changed_row_is_given() -> None:
    rules = [{"id": "fee", "says": "手数料", "cel": "1", "type": "yen", "law": "streets-3"}]
    before, after = (Procedure.model_validate(plain() | {"rules": [rules[0] | {"cel": cel}]}) for cel in ("1", "2"))
    assert [one.sources for one in row_differences(before, after)] == [("店先条例3条",)]
