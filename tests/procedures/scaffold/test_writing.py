"""A new procedure is whole from its first minute: it loads, passes the check, takes its example, plays its scenario."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from engine.store import Store
from procedures.library import Library
from procedures.scaffold.writing import KINDS
from tests.scenarios.scenario import Scenario
from tests.scenarios.stage import play
from tests.scenarios.test_scenarios import otherwise

ID = "river_crossing"
every_kind = pytest.mark.parametrize("kind", KINDS)
PLACES = [
    f"forms/childcare/{ID}.example.json",
    f"forms/childcare/{ID}.schema.json",
    f"forms/childcare/{ID}.toml",
    f"procedures/childcare/{ID}.toml",
    f"scenarios/{ID}/first.toml",
]


def run(*words: str, code: int = 0) -> Result:
    found = CliRunner().invoke(main, [*words])
    assert found.exit_code == code, found.output
    assert "Traceback" not in found.output
    return found


def new(folder: Path, *words: str, code: int = 0) -> str:
    return run("procedures", "new", *words, "--definitions", str(folder), code=code).output


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@every_kind
def test_its_files_pass_the_check_without_a_finding_and_its_form_takes_the_example(tmp_path: Path, kind: str) -> None:
    new(tmp_path, ID, "--kind", kind)
    assert files(tmp_path) == PLACES
    assert json.loads(run("check", str(tmp_path), "--format", "json").stdout)["findings"] == []
    run("forms", "validate", ID, str(tmp_path / PLACES[0]), "--definitions", str(tmp_path))
    run("forms", "sample", ID, "--definitions", str(tmp_path))


@every_kind
def test_its_scenario_ends_as_it_says(tmp_path: Path, kind: str) -> None:
    new(tmp_path, ID, "--kind", kind)
    ((name, told),) = tomllib.loads((tmp_path / PLACES[-1]).read_text("utf-8")).items()
    scenario = Scenario(id=name, procedure=ID, **told)
    with Store.open(":memory:", practice=True) as store:
        assert list(otherwise(play(scenario, store, (tmp_path,)), scenario.then)) == []


def test_a_notice_has_no_refusal_and_an_application_has_one_with_its_appeal(tmp_path: Path) -> None:
    new(tmp_path, "note_one", "--kind", "届出")
    new(tmp_path, "permit_two", "--kind", "申請")
    library = Library([tmp_path / "procedures"])
    note, permit = (library.read(name).procedure for name in ("note_one", "permit_two"))
    assert note is not None
    assert permit is not None
    assert [one.id for one in note.outcomes if one.disposition] == []
    assert {one.id for one in permit.outcomes if one.disposition} == {"granted", "rejected"}
    assert permit.appeal is not None
    assert note.number + 1 == permit.number


def test_it_has_the_names_that_it_is_given(tmp_path: Path) -> None:
    title = '川の"渡し"\\の@ID@届出'
    new(tmp_path, ID, "--title", title, "--field", "disaster", "--department", "river_office", "--number", "77")
    (found,) = (entry for entry in Library([tmp_path / "procedures"]).list() if entry.id == ID)
    assert (found.number, found.title, found.field, found.department) == (77, title, "disaster", "river_office")
    assert Library([tmp_path / "procedures"]).read(ID).errors == ()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Ferry",), "「Ferry」は手続のIDにできません"),
        (("渡し",), "「渡し」は手続のIDにできません"),
        (("../ferry",), "手続のIDにできません"),
        (("ferry", "--department", "子ども課"), "「子ども課」は課のIDにできません"),
        (("donation_offer",), "donation_offer という手続はもうあります"),
        (("ferry", "--title", "渡し\n船"), "見える文字だけで"),
        (("ferry", "--title", "渡" * 101), "100文字まで"),
    ],
)
def test_a_name_that_is_none_or_taken_is_refused_and_nothing_is_written(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    assert said in new(tmp_path / "defs", *words, code=1)
    assert not (tmp_path / "defs").exists()


@pytest.mark.parametrize("words", [(ID, "--kind", "許可"), (ID, "--number", "5"), (ID, "--field", "tax"), ()])
def test_a_wrong_use_is_told(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert "procedures new" in new(tmp_path / "defs", *words, code=2)


def test_a_number_is_taken_once(tmp_path: Path) -> None:
    new(tmp_path, ID, "--number", "40")
    assert "手続番号40はもうあります" in new(tmp_path, "ferry", "--number", "40", code=1)


def test_no_file_is_written_over_another_or_left_alone(tmp_path: Path) -> None:
    page = tmp_path / PLACES[2]
    page.parent.mkdir(parents=True)
    page.write_text("mine", encoding="utf-8")
    assert f"{ID}.toml はもうあります。上書きはしません。" in new(tmp_path, ID, code=1)
    assert files(tmp_path) == [PLACES[2]]
    assert page.read_text("utf-8") == "mine"


def test_where_the_last_file_cannot_be_written_the_first_is_taken_back(tmp_path: Path) -> None:
    (tmp_path / "scenarios").write_text("", encoding="utf-8")
    assert "読み書きできません" in new(tmp_path, ID, code=1)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["scenarios"]


def test_a_folder_that_is_a_room_itself_gets_its_form_beside_it(tmp_path: Path) -> None:
    new(tmp_path / "procedures", ID)
    assert files(tmp_path) == PLACES
