"""The names of the national data model: ours hold together, and a folder laid over them adds its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.gif import BadNames, gif_names, is_town_code
from forms.loader import OURS
from office import session
from tests.once import read_once

NAMES = gif_names()
with read_once():
    FORMS = session.declarations("hitachinaka", ()).forms  # read once for all tests
OF_PEOPLE = {"name", "kana", "phone", "email", "postal_code"}


def test_every_row_of_ours_names_a_field_that_is_there() -> None:
    there: dict[str, set[str]] = {}
    for form in filter(None, (FORMS.load(form_id)[0] for form_id in FORMS.ids())):
        for field in form.fields:
            there.setdefault(NAMES.owner(form, field), set()).add(field.row)
    assert {
        owner: rows for owner, given in NAMES.read.names.items() if (rows := {*given} - there.get(owner, set()))
    } == {}


@pytest.mark.parametrize("form_id", FORMS.ids())
def test_a_field_of_a_person_an_address_or_a_contact_has_a_name_in_the_model(form_id: str) -> None:
    form, _ = FORMS.load(form_id)
    assert form is not None
    wanted = [one for one in form.fields if one.type in OF_PEOPLE or one.block == "address"]
    assert [one.path for one in wanted if not NAMES.name(form, one)] == []


def test_every_choice_of_a_sex_has_its_code() -> None:
    form, _ = FORMS.load("care_certification")
    assert form is not None
    choices = form.by_pointer["/insured/sex"].choices
    assert [NAMES.code("sex", one.id) for one in choices] == [("1", "男性"), ("2", "女性"), ("0", "不明")]
    assert NAMES.code("sex", "other") is None


def test_the_codes_of_towns_agree_with_their_check_digits() -> None:
    assert [town for town in NAMES.towns.values() if not is_town_code(town.code)] == []
    assert not is_town_code("082211")
    assert not is_town_code("0822")


def test_a_folder_laid_over_ours_adds_names_and_towns(tmp_path: Path) -> None:
    text = '[names]\nlibrary_card = { name = "fullName" }\n[[cities]]\nprefecture = "神奈川県"\n'
    (tmp_path / "gif.toml").write_text(text + 'towns = [["141046", "横浜市中区", "ヨコハマシナカク"]]\n', "utf-8")
    found = gif_names((OURS, tmp_path))
    assert found.read.names["library_card"] == {"name": "fullName"}
    assert found.read.names["applicant"] == NAMES.read.names["applicant"]
    assert found.towns[("神奈川県", "横浜市中区")].code == "141046"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("names = [", "読めません"),
        ("names = 1", "names は"),
        ("[nmaes]", "nmaes は"),
        ('[names]\ncard = { name = "fullname" }', "names.card.name = fullname"),
        ('[[cities]]\nprefecture = "茨城県"\ntowns = [["082211", "ひたちなか市", "ヒタチナカシ"]]', "082211"),
    ],
)
def test_a_file_that_says_what_is_not_known_is_refused_with_its_place(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "gif.toml").write_text(text, "utf-8")
    with pytest.raises(BadNames) as refused:
        gif_names((OURS, tmp_path))
    assert sentence in refused.value.ja
    assert str(tmp_path) in refused.value.ja
