"""What there is, found in our folder and in folders laid over it, and nothing read that was not asked for."""

import shutil
from pathlib import Path

import pytest

from engine.shapes import Record, Scalar
from procedures.files import Layers, our_folder
from procedures.library import Library
from tests.procedures.samples import DATA, FRAGMENTS


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """A copy of the sample's folder that a test may change."""
    return Path(shutil.copytree(DATA, tmp_path / "laid"))


def change(path: Path, old: str, new: str) -> None:
    """Replace a piece of a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_list_has_our_procedures_and_those_laid_over_them(folder: Path) -> None:
    entries = {entry.id: entry for entry in Library([folder]).list()}
    assert entries["child_allowance_claim"].file == "procedures/childcare/child_allowance_claim.toml"
    sample = entries["sample"]
    assert (sample.number, sample.title, sample.field, sample.department) == (
        1,
        "見本の申請",
        "childcare",
        "child_policy",
    )
    assert sample.file == (folder / "childcare" / "sample.toml").as_posix()


def test_the_list_reads_only_the_scalars_at_the_top(folder: Path) -> None:
    change(folder / "childcare" / "sample.toml", "natures = [", "natures = [ this is no TOML")
    (folder / "childcare" / "broken.toml").write_bytes(b"\xff")
    entries = {entry.id: entry.title for entry in Library([folder]).list()}
    assert (entries["sample"], entries["broken"]) == ("見本の申請", "")


def test_files_of_assumptions_and_of_other_kinds_are_no_procedures(folder: Path) -> None:
    (folder / "childcare" / "sample.simulation.toml").write_text("", "utf-8")
    ids = Library([folder]).ids()
    assert "sample" in ids
    assert not {"sample.simulation", "intake_small", "child_allowance_monthly"} & set(ids)


def test_a_procedure_is_loaded_with_the_fragments_of_every_layer(folder: Path) -> None:
    procedure, problems = Library([folder]).load("sample")
    assert procedure is not None
    assert [(one.rule, one.severity) for one in problems] == [("D127", "warning")]


def test_a_later_folder_replaces_a_file_and_says_so(folder: Path) -> None:
    ours = our_folder() / "childcare" / "child_allowance_claim.toml"
    laid = folder / "childcare" / ours.name
    shutil.copy(ours, laid)
    change(laid, 'title = "', 'title = "市の')
    library = Library([folder])
    procedure, _ = library.load("child_allowance_claim")
    assert procedure is not None
    assert procedure.title.startswith("市の")
    assert library.path("child_allowance_claim") == laid
    (said,) = library.replaced()
    assert (said.rule, said.severity, said.file) == ("D019", "info", laid.as_posix())
    assert "procedures/childcare/child_allowance_claim.toml" in said.ja


def test_nothing_of_ours_is_replaced_without_folders() -> None:
    assert Library().replaced() == []


def test_an_id_or_field_that_differs_from_the_place_of_the_file_is_found(folder: Path) -> None:
    (folder / "disaster").mkdir()
    (folder / "childcare" / "sample.toml").rename(folder / "disaster" / "example.toml")
    problems = [one for one in Library([folder]).load("example")[1] if one.rule == "D018"]
    assert [(one.path, one.line, one.hint) for one in problems] == [
        (("id",), 1, 'id = "example"'),
        (("field",), 6, 'field = "disaster"'),
    ]


def test_the_fields_of_a_form_are_followed_when_its_shape_is_known(folder: Path) -> None:
    shape = Record({"applicant": Record({}), "paper": Scalar("text")})
    problems = Library([folder], lambda form: shape if form == "sample" else None).load("sample")[1]
    assert [(one.path, one.hint) for one in problems if one.rule == "D126"] == [
        (("checks", "papers", "reads", "form.papers"), "paper のことですか"),
        (("common_errors", "elsewhere", "plant", "form.papers"), "paper のことですか"),
    ]


def test_an_unknown_procedure_is_a_finding_with_the_nearest_one() -> None:
    procedure, problems = Library().load("child_allowance_clam")
    assert procedure is None
    assert [(one.rule, one.hint) for one in problems] == [("D001", "child_allowance_claim のことですか")]


def test_a_procedure_is_read_once_and_keeps_its_places(folder: Path) -> None:
    library = Library([folder])
    first = library.read("sample")
    (folder / "childcare" / "sample.toml").unlink()
    assert library.read("sample") is first
    assert library.places("sample") is first.places


def test_tables_and_cities_are_found_in_every_layer(folder: Path) -> None:
    for kind in ("tables", "municipalities"):
        (folder / kind).mkdir()
        (folder / kind / "example.toml").write_text('id = "example"\n', "utf-8")
    assert "example" in Library([folder]).municipalities()
    problems = Library([folder]).tables().problems
    assert {one.file for one in problems} == {(folder / "tables" / "example.toml").as_posix()}


def test_fragments_are_found_by_the_name_of_their_file() -> None:
    assert sorted(Layers([DATA]).in_folder("fragments")) == sorted(FRAGMENTS)
