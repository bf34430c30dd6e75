"""Every code of a finding is in the catalogue, is used, and has a bad example in a test."""

import re
from pathlib import Path

from procedures.codes import CODES
from procedures.files import our_folder

CODE = re.compile(r'"([DT]\d{3})"')


def codes_in(folder: Path, *, but: str = "") -> set[str]:
    """The codes named in the modules of a folder."""
    return {code for path in folder.rglob("*.py") if path.name != but for code in CODE.findall(path.read_text("utf-8"))}


def test_every_code_that_is_used_is_in_the_catalogue_and_the_other_way_round() -> None:
    assert sorted(codes_in(our_folder(), but="codes.py") ^ set(CODES)) == []


def test_every_code_has_a_bad_example() -> None:
    assert sorted(set(CODES) - codes_in(Path(__file__).parent)) == []


def test_every_code_is_said_in_both_languages() -> None:
    assert all(ja and en and en.isascii() for ja, en in CODES.values())
