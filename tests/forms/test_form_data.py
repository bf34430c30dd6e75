"""The form of procedure 1 and its blocks, as data: the two files of a pair agree, nothing is left open or unsaid."""

import json
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import jsonschema_rs
import pytest

from registers.check_digit import is_my_number

FORMS = files("forms")
FORM = "childcare/child_allowance_claim"
WITHOUT_PAGE = "blocks/attachment"  # nobody fills it in by hand: a type of its own, said once in the catalogue
BLOCKS = sorted(
    f"blocks/{one.name.removesuffix('.schema.json')}" for one in (FORMS / "blocks").iterdir() if ".schema." in one.name
)
PAIRS = [FORM, *(name for name in BLOCKS if name != WITHOUT_PAGE)]
EXAMPLES = ["example", "example-apart"]
LANGUAGES = ("ja", "easy", "en")
EASY_KANJI = {"中文"}  # a language's own name, for those who read it
KANJI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〆]")
MONTH = "^[0-9]{4}-(0[1-9]|1[0-2])$"
BLOCK = "urn:madoguchi:block:"

Json = dict[str, Any]


def schema(name: str) -> Json:
    return dict(json.loads((FORMS / f"{name}.schema.json").read_text("utf-8")))


def page(name: str) -> Json:
    return tomllib.loads((FORMS / f"{name}.toml").read_text("utf-8"))


def example(name: str) -> Json:
    return dict(json.loads((FORMS / f"{FORM}.{name}.json").read_text("utf-8")))


def nodes(value: object) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(inner)


def leaves(name: str) -> Iterator[str]:
    """Every field of a form or block that a person answers, the insides of its blocks included, attachments as one."""
    for field, one in schema(name)["properties"].items():
        block = one.get("items", one).get("$ref", "").removeprefix(BLOCK)
        inside = leaves(f"blocks/{block}") if block and block != "attachment" else [""]
        yield from (f"{field}.{leaf}".rstrip(".") for leaf in inside)


def my_numbers(value: object) -> Iterator[str]:
    for node in nodes(value):
        if "my_number" in node:
            yield node["my_number"]


def validator() -> jsonschema_rs.Draft202012Validator:
    registry = jsonschema_rs.Registry([(found["$id"], found) for found in map(schema, BLOCKS)])
    return jsonschema_rs.Draft202012Validator(schema(FORM), registry=registry, validate_formats=True)


def expected_type(one: Json) -> str:
    """The type that a page must give a field, as far as the schema decides it."""
    if one.get("type") == "array":
        return "list"
    if "$ref" in one:
        return "attachment" if one["$ref"] == f"{BLOCK}attachment" else "block"
    by_form = {"date": "date"}.get(one.get("format", "")) or {MONTH: "month"}.get(one.get("pattern", ""))
    by_type = {"boolean": "yes_no", "integer": "whole"}.get(one["type"])
    return by_form or by_type or ("choice" if "enum" in one else "text")


@pytest.mark.parametrize("name", [FORM, *BLOCKS])
class TestASchema:
    def test_is_valid_and_names_itself(self, name: str) -> None:
        found = schema(name)
        kind, _, own = name.rpartition("/")
        jsonschema_rs.meta.validate(found)
        assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert found["$id"] == f"urn:madoguchi:{'block' if kind == 'blocks' else 'form'}:{own}"

    def test_is_closed_and_bounded(self, name: str) -> None:
        for node in nodes(schema(name)):
            kind = node.get("type")
            assert kind != "object" or node["additionalProperties"] is False, node
            assert kind != "string" or "enum" in node or node["maxLength"] > 0, node
            assert kind != "array" or node["maxItems"] > 0, node
            assert kind != "integer" or node["minimum"] < node["maximum"], node

    def test_has_anchored_patterns_that_every_regex_dialect_reads_alike(self, name: str) -> None:
        for pattern in (node["pattern"] for node in nodes(schema(name)) if "pattern" in node):
            assert pattern.startswith("^")
            assert pattern.endswith("$")
            assert not re.search(r"\\", pattern), pattern

    def test_leaves_conditions_to_the_page_and_takes_no_null(self, name: str) -> None:
        for node in nodes(schema(name)):
            assert not {"if", "allOf", "anyOf", "oneOf", "not", "dependentRequired"} & node.keys()
            assert "null" not in node.get("enum", []), node
            assert isinstance(node.get("type", ""), str | dict), node


@pytest.mark.parametrize("name", PAIRS)
class TestAPair:
    def test_says_each_field_once_in_both_files(self, name: str) -> None:
        rows = [row["id"] for row in page(name)["fields"]]
        assert len(rows) == len(set(rows))
        assert set(rows) == set(schema(name)["properties"])

    def test_gives_each_field_the_type_its_schema_has(self, name: str) -> None:
        properties = schema(name)["properties"]
        for row in page(name)["fields"]:
            expected = expected_type(properties[row["id"]])
            plain = {"list", "attachment", "block", "date", "month", "yes_no", "whole", "yen", "choice"}
            meant = {"whole": row["type"] == "yen", "text": row["type"] not in plain}
            assert row["type"] == expected or meant.get(expected), row
            assert row.get("block", "") == reference(properties[row["id"]]), row

    def test_labels_every_choice_and_no_other(self, name: str) -> None:
        said = [(row["field"], row["id"]) for row in page(name).get("choices", [])]
        enums = {
            field: [*node.get("enum", []), *node.get("items", {}).get("enum", [])]
            for field, node in schema(name)["properties"].items()
        }
        allowed = {(field, one) for field, choices in enums.items() for one in choices}
        assert len(said) == len(set(said))
        assert set(said) == allowed

    def test_speaks_three_languages_everywhere(self, name: str) -> None:
        for row in spoken(name):
            for language in LANGUAGES:
                assert row[language] == row[language].strip() != "", row
                assert "\n" not in row[language], row

    def test_is_readable_without_kanji_in_easy_japanese(self, name: str) -> None:
        assert [
            row["easy"] for row in spoken(name) if row["easy"] not in EASY_KANJI and KANJI.search(row["easy"])
        ] == []

    def test_speaks_only_of_its_own_fields(self, name: str) -> None:
        own = set(schema(name)["properties"])
        found = page(name)
        for row in (*found.get("help", []), *found.get("messages", [])):
            assert row["field"] in own, row
        for rule in found.get("rules", []):
            assert all(path.split(".")[0] in own for path in rule["fields"]), rule

    def test_says_a_requirement_once(self, name: str) -> None:
        always = set(schema(name)["required"])
        for row in page(name)["fields"]:
            conditional = {"when", "required", "required_when"} & row.keys()
            assert not (row["id"] in always and conditional), row
            assert not row.get("required") or "when" in row, row
            assert not {"when", "required_when"} <= row.keys(), row

    def test_marks_my_numbers_and_never_prefills_them(self, name: str) -> None:
        for row in page(name)["fields"]:
            is_number = row["type"] == "my_number"
            assert is_number == (row.get("sensitivity") == "my_number") == (row["id"] == "my_number"), row
            assert not (is_number and "prefill" in row), row

    def test_keeps_its_lines_short(self, name: str) -> None:
        lines = (FORMS / f"{name}.toml").read_text("utf-8").splitlines()
        assert [line for line in lines if len(line) > 160] == []


def reference(one: Json) -> str:
    block = str(one.get("items", one).get("$ref", "")).removeprefix(BLOCK)
    return "" if block == "attachment" else block


def spoken(name: str) -> Iterator[Json]:
    found = page(name)
    yield found["title"]
    for part in ("steps", "fields", "choices", "help", "messages", "rules"):
        yield from found.get(part, [])


def test_the_form_asks_107_things() -> None:
    assert len(list(leaves(FORM))) == 107


def test_the_pages_place_every_field_once_in_the_order_of_the_rows() -> None:
    found = page(FORM)
    placed = [field for step in found["steps"] for field in step["fields"]]
    assert placed == [row["id"] for row in found["fields"]]


def test_the_form_names_the_law_for_its_my_numbers() -> None:
    assert "番号法9条" in page(FORM)["legal_ground_my_number"]


@pytest.mark.parametrize("name", EXAMPLES)
class TestAnExample:
    def test_is_valid(self, name: str) -> None:
        assert [error.message for error in validator().iter_errors(example(name))] == []

    def test_holds_no_my_number_that_could_be_somebodys(self, name: str) -> None:
        assert [number for number in my_numbers(example(name)) if is_my_number(number)] == []

    @pytest.mark.parametrize("field", schema(FORM)["required"])
    def test_is_refused_without_a_required_field(self, name: str, field: str) -> None:
        document = example(name)
        del document[field]
        assert not validator().is_valid(document)

    def test_is_refused_with_a_null_or_an_unknown_field(self, name: str) -> None:
        for extra in ({"pushed_donation": None}, {"nationality": "JP"}):
            assert not validator().is_valid({**example(name), **extra})


def test_an_example_shows_a_my_number_that_fails() -> None:
    assert len(list(my_numbers(example("example-apart")))) == 3


@pytest.mark.parametrize("name", ["髙橋　健太", "𠮷田 由美", "辻󠄀 邦夫", "NGUYEN VAN AN", "Madonna"])
def test_a_name_is_taken_in_any_script(name: str) -> None:
    document = example("example")
    document["applicant"]["name_kanji"] = name
    assert validator().is_valid(document)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name_kana", "たかはし"),
        ("birth_date", "1991-02-30"),
        ("my_number", "１２３４５６７８９０１２"),
        ("phone", "110"),
        ("email", "a@b@example.jp"),
        ("preferred_language", "ko"),
    ],
)
def test_what_is_written_wrong_is_refused(field: str, wrong: str) -> None:
    document = example("example")
    document["applicant"][field] = wrong
    assert not validator().is_valid(document)


@pytest.mark.parametrize("mail", ["foo..bar@docomo.ne.jp", "foo.@docomo.ne.jp", "kenta+teate@example.co.jp"])
def test_a_mail_address_in_real_use_is_taken(mail: str) -> None:
    document = example("example")
    document["applicant"]["email"] = mail
    assert validator().is_valid(document)
