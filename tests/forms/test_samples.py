"""Made-up answers are accepted, hang together, belong to nobody and are the same for the same seed."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from forms import Form
from forms.breaking import Breaker
from forms.form import places as places_in
from forms.samples import NoSample, Sampler, sample
from registers.check_digit import is_my_number
from registers.fiction import RARE, places
from tests.forms.ours import FORMS
from tests.forms.small_forms import load_small, row, rule, write_pair

TODAY = dt.date(2025, 6, 2)
SEEDS = range(25)


def form(form_id: str) -> Form:
    found, problems = FORMS.load(form_id)
    assert found is not None, problems
    return found


def sampler(form_id: str = "child_allowance_claim", place: str = "hitachinaka") -> Sampler:
    return Sampler(form(form_id), today=TODAY, place=place)


@pytest.mark.parametrize("form_id", FORMS.ids())
@pytest.mark.parametrize("full", [False, True])
def test_a_form_accepts_its_samples_unchanged(form_id: str, full: bool) -> None:  # noqa: FBT001 - a parameter
    maker = sampler(form_id)
    for seed in SEEDS:
        made = maker.sample(seed, full=full)
        checked = maker.checker.check(made, at=TODAY)
        assert checked.problems == ()
        assert checked.answers == made


def test_the_same_seed_gives_the_same_bytes() -> None:
    first, again = (json.dumps(sampler().sample(7), ensure_ascii=False).encode() for _ in range(2))
    assert first == again
    assert first != json.dumps(sampler().sample(8), ensure_ascii=False).encode()
    assert json.loads(first) == sample(form("child_allowance_claim"), 7, today=TODAY)


@pytest.mark.parametrize("form_id", FORMS.ids())
def test_no_number_in_a_sample_can_be_somebodys(form_id: str) -> None:
    found = form(form_id)
    numbers = [
        value
        for seed in SEEDS
        for field in found.fields
        if field.type == "my_number"
        for _, value in places_in(sampler(form_id).sample(seed, full=True), field.pointer)
    ]
    assert bool(numbers) == any(field.type == "my_number" for field in found.fields)
    assert not any(is_my_number(str(one)) for one in numbers)


def test_an_account_is_in_the_applicants_name_and_a_birth_is_the_event() -> None:
    for seed in SEEDS:
        made = sampler().sample(seed)
        bank = made["bank_account"]
        assert bank.get("holder_kana", made["applicant"]["name_kana"].upper()) == made["applicant"]["name_kana"].upper()
        if made["claim_reason"] == "birth":
            assert made["children"][0]["birth_date"] == made["event_date"]


def test_addresses_are_in_the_city_asked_for() -> None:
    made = sampler(place="ryugasaki").sample(3)["applicant"]["address"]
    town = dict(places()["ryugasaki"].towns)[made["postal_code"]]
    assert (made["prefecture"], made["city"]) == ("茨城県", "龍ケ崎市")
    assert made["street"].startswith(town)


def test_names_that_old_systems_mangle_come_up() -> None:
    names = {sampler().sample(seed)["applicant"]["name_kanji"].split("　")[0] for seed in range(60)}
    assert names & {kanji for kanji, _ in RARE}


def test_overrides_stay_and_the_rest_follows_them() -> None:
    made = sampler().sample(1, {"form.marital_status": "none", "children.1.living": "apart_other"})
    assert made["marital_status"] == "none"
    assert "spouse" not in made
    assert made["children"][1]["living"] == "apart_other"
    assert made["children"][1]["address"]["street"]
    assert made["apart_statement"]


def test_a_planted_mistake_is_let_be_and_nothing_else_is_wrong() -> None:
    maker = sampler()
    made = maker.sample(1, {"applicant.name_kana": "漢字"})
    assert [one.pointer for one in maker.checker.check(made, at=TODAY).problems] == ["/applicant/name_kana"]


def test_a_form_that_cannot_be_satisfied_says_what_it_still_wants(tmp_path: Path) -> None:
    never = rule("never", "form.kind == 'a' && form.kind == 'b'", ["kind"])
    small = load_small(
        tmp_path, {"kind": {"type": "string", "enum": ["a", "b"]}}, [row("kind", "choice")], rules=[never]
    )
    with pytest.raises(NoSample, match="small") as refused:
        Sampler(small, today=TODAY).sample(1)
    assert refused.value.facts["problems"]


EVERYTHING: dict[str, Any] = {
    "family_name": {"type": "string", "maxLength": 40},
    "family_name_kana": {"type": "string", "maxLength": 40, "pattern": "^[ァ-ヺー]+$"},
    "given_name": {"type": "string", "maxLength": 40},
    "given_name_kana": {"type": "string", "maxLength": 40, "pattern": "^[ァ-ヺー]+$"},
    "starts_at": {"type": "string", "maxLength": 5, "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
    "hours": {"type": "integer", "minimum": 10, "maximum": 12},
    "mail": {"type": "string", "format": "email", "maxLength": 254},
    "employer": {"type": "string", "maxLength": 6},
    "country": {"type": "string", "pattern": "^[A-Z]{2}$", "maxLength": 2},
    "lookahead": {"type": "string", "pattern": "^(?=詳)", "maxLength": 20},
    "inner": {
        "type": "object",
        "additionalProperties": False,
        "properties": {"a": {"type": "string", "maxLength": 9}, "b": {"type": "boolean"}, "c": {"type": "boolean"}},
    },
}
ROWS = [
    row("family_name", "name"),
    row("family_name_kana", "kana"),
    row("given_name", "name"),
    row("given_name_kana", "kana"),
    row("starts_at", "text"),
    row("hours", "whole"),
    row("mail", "email"),
    row("employer", "text"),
    row("country", "text"),
    row("lookahead", "text"),
    row("inner.a", "text"),
    row("inner.b", "yes_no", when="form.hours == 11"),
    row("inner.c", "yes_no", when="form.hours == 11", required=True),
]
REQUIRED = [name for name in EVERYTHING if name not in {"country", "inner", "lookahead"}]


def test_every_kind_of_field_can_be_made_up_and_broken(tmp_path: Path) -> None:
    form = load_small(tmp_path, EVERYTHING, ROWS, required=REQUIRED)
    maker = Sampler(form, today=TODAY)
    for seed in SEEDS:
        made = maker.sample(seed, {"inner": {"a": "x"} | ({"c": True} if seed % 2 else {}), "hours": 10 + seed % 2})
        assert made["family_name"] in str(made)
        assert maker.checker.check(made, at=TODAY).answers == made
    kinds = {code for seed in range(5) for code in Breaker(maker).every_kind(seed)}
    assert kinds >= {"minimum", "maximum", "format", "pattern", "maxLength"}


def test_an_item_of_a_list_can_be_given_whole() -> None:
    made = sampler().sample(2, {"children.1": {"name_kanji": "髙橋　葵"}})
    assert made["children"][1] == {"name_kanji": "髙橋　葵"}


def test_a_block_that_a_later_page_asks_for_is_made_up_too(tmp_path: Path) -> None:
    block = {"who": {"type": "string", "maxLength": 9}}
    write_pair(tmp_path / "blocks", "helper", block, [row("who", "text")], required=["who"])
    properties: dict[str, Any] = {
        "helper": {"$ref": "urn:madoguchi:block:helper"},
        "kind": {"type": "string", "enum": ["alone", "helped"]},
    }
    rows = [row("helper", "block", block="helper", required_when="form.kind == 'helped'"), row("kind", "choice")]
    form = load_small(tmp_path, properties, rows, required=["kind"])
    for seed in SEEDS:
        made = Sampler(form, today=TODAY).sample(seed)
        assert made["kind"] == "alone" or made["helper"]["who"]
    assert {Sampler(form, today=TODAY).sample(seed)["kind"] for seed in SEEDS} == {"alone", "helped"}
