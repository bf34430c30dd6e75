"""The wheel, built and installed in a fresh environment without a network, runs from another folder."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.house.layout import ROOMS, ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the tree as it stands."""
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    return next(out.glob("madoguchi-*.whl"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel; the libraries are lent by the one the tests run in."""
    venv = tmp_path_factory.mktemp("fresh") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    python = venv / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    ask = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = Path(subprocess.run(ask, check=True, capture_output=True, text=True).stdout.strip())
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return venv / "bin"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder of somebody else's, with files named like our rooms."""
    for rival in ("cli.py", "forms.py", "engine.py", "procedures.py"):
        (tmp_path / rival).write_text("raise SystemExit('not ours')\n")
    return tmp_path


def test_the_wheel_puts_one_name_into_site_packages(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"madoguchi"}


def test_the_wheel_holds_every_file_of_every_room(wheel: Path) -> None:
    packed = {name.removeprefix("madoguchi/_app/") for name in zipfile.ZipFile(wheel).namelist() if "/_app/" in name}
    tree = {path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file()}
    assert packed == {name for name in tree if "__pycache__" not in name} | {"cli.py"}


@pytest.mark.parametrize("start", [["madoguchi"], ["python", "-m", "madoguchi"]], ids=["script", "module"])
def test_the_installed_command_helps_from_another_folder(environment: Path, elsewhere: Path, start: list[str]) -> None:
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [str(environment / start[0]), *start[1:], "--help"]
    helped = subprocess.run(command, cwd=elsewhere, env=clean, check=False, capture_output=True, text=True)
    assert (helped.returncode, helped.stderr) == (0, "")
    assert "simulate" in helped.stdout


def test_the_installed_rooms_are_the_wheels_and_not_the_repositorys(environment: Path, elsewhere: Path) -> None:
    ask = "import madoguchi.__main__, engine, forms; print(engine.__file__); print(forms.__file__)"
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    told = subprocess.run(
        [environment / "python", "-c", ask], cwd=elsewhere, env=clean, check=True, capture_output=True, text=True
    )
    assert [str(environment.parent) in line for line in told.stdout.splitlines()] == [True, True]
