"""Made-up answers are accepted, hang together, belong to nobody and are the same for the same seed."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from forms import Form, Forms
from forms.check_digit import is_my_number
from forms.fiction import RARE, places
from forms.form import places as places_in
from forms.samples import NoSample, Sampler, sample
from tests.forms.small_forms import load_small, row, rule

TODAY = dt.date(2025, 6, 2)
FORMS = Forms()
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
    assert numbers
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
