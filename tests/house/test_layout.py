"""The tree says what the house says: our own names, every room declared everywhere, small files, one door a library."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.layout import BESIDE, PLANNED, ROOMS, ROOT, project, sources


def test_no_installed_distribution_owns_a_name_of_ours() -> None:
    owners = packages_distributions()
    taken = {name: owners[name] for name in (*PLANNED, *BESIDE, "cli", "tests") if name in owners}
    assert {name: by for name, by in taken.items() if set(by) != {"madoguchi"}} == {}


def test_every_room_goes_into_the_wheel_under_app() -> None:
    included = project()["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {name: f"madoguchi/_app/{name}" for name in ("cli.py", *sorted(ROOMS))}


def test_every_room_is_under_the_import_contracts() -> None:
    assert sorted(project()["tool"]["importlinter"]["root_packages"]) == sorted(ROOMS)


def test_every_folder_at_the_root_is_known() -> None:
    known = {*ROOMS, *BESIDE, "tests", "docs", "requirements", "build", "dist"}
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))}
    assert folders <= known


def test_no_file_outside_the_tests_is_longer_than_300_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in sources()}
    assert {name: lines for name, lines in lengths.items() if lines > 300} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "helpers", "common", "base", "misc", "core"}
    assert [str(path.relative_to(ROOT)) for path in sources() if path.stem in empty] == []


@pytest.mark.parametrize(
    ("library", "door"),
    [
        ("transitions", "engine/machine.py"),
        ("jsonschema", "forms/validation.py"),
        ("jsonschema_rs", "forms/validation.py"),
        ("cel_expr_python", "engine/conditions/"),
        ("sqlalchemy", "engine/store/"),
        ("alembic", "engine/store/"),
    ],
)
def test_a_library_comes_in_by_one_door(library: str, door: str) -> None:
    users = [path.relative_to(ROOT).as_posix() for path in sources() if library in _imported(path)]
    assert [path for path in users if not path.startswith((door, "benchmarks/"))] == []  # there it stands as a rival


def test_click_is_known_only_to_the_command_line() -> None:
    users = [path for path in sources() if "click" in _imported(path)]
    inner = [path for path in users if path.name != "commands.py" and path.parent.name != "commands"]
    assert [str(path) for path in inner if path != ROOT / "cli.py"] == []


@cache
def _imported(path: Path) -> set[str]:
    return set(_top_names(ast.parse(path.read_text("utf-8"))))


def _top_names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]
