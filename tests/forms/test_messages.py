"""Every keyword that can fail has words in three languages that say what to do."""

from __future__ import annotations

import re

import pytest

from forms import Form
from forms.messages import catalogue, label_at, problem, reachable, words_for
from tests.forms.ours import FORMS

KANJI = re.compile(r"[㐀-鿿]")
EXAMPLE = re.compile(r"れい: .*|「[^」]*」")
TECHNICAL = re.compile(r"[\[\]^$\\|]|regex|pattern|schema|null|不正|無効|invalid", re.IGNORECASE)


def form(form_id: str) -> Form:
    found, problems = FORMS.load(form_id)
    assert found is not None, problems
    return found


@pytest.mark.parametrize("form_id", FORMS.ids())
def test_every_reachable_failure_of_a_form_is_said_in_three_languages(form_id: str) -> None:
    for field, keyword in reachable(form(form_id)):
        said = problem(form(form_id), field.pointer.replace("*", "0"), keyword, "xx")
        assert said.ja.endswith("。"), (field.pointer, keyword)
        assert said.easy, (field.pointer, keyword)
        assert said.en, (field.pointer, keyword)
        assert "{" not in said.ja + said.easy + said.en, (field.pointer, keyword)


@pytest.mark.parametrize("form_id", FORMS.ids())
def test_no_sentence_is_technical_or_blames(form_id: str) -> None:
    for field, keyword in reachable(form(form_id)):
        words = words_for(field, keyword)
        for said in (words.ja, words.easy, words.en):
            assert not TECHNICAL.search(said), (field.pointer, keyword, said)


def test_easy_japanese_in_the_catalogue_has_no_kanji_but_in_examples() -> None:
    for kind, rows in catalogue().items():
        for keyword, words in rows.items():
            assert not KANJI.search(EXAMPLE.sub("", words.easy)), (kind, keyword)


def test_a_format_is_asked_for_with_an_example() -> None:
    for kind, rows in catalogue().items():
        if kind in {"any", "text", "my_number", "attachment"}:
            continue
        for keyword in {"pattern", "format"} & rows.keys():
            assert "例：" in rows[keyword].ja, (kind, keyword)


def test_a_field_in_a_list_is_named_with_its_number_and_as_much_as_makes_it_clear() -> None:
    claim = form("child_allowance_claim")
    assert label_at(claim, "/children/1/name_kanji").ja == "2番目の児童氏名"
    assert label_at(claim, "/children/0/address/street").ja == "1番目の児童の住所の町字・番地"
    assert label_at(claim, "/applicant/address/street").ja == "請求者の住所の町字・番地"


def test_an_answer_with_braces_is_not_taken_for_a_placeholder() -> None:
    said = problem(form("child_allowance_claim"), "/{label}", "additionalProperties", 1)
    assert said.ja == "「{label}」という項目はありません。消してください。"
