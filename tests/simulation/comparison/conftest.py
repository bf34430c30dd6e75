"""A small comparison of one procedure, run once and shared by the tests that look at it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from simulation.comparison import comparing
from simulation.comparison.comparing import Asked, Compared, compare

if TYPE_CHECKING:
    from pathlib import Path

    from office.office import Definitions

CARD = "insured_card_reissue"
SMALL = Asked("hitachinaka", dt.date(2022, 4, 1), dt.date(2022, 4, 5), 1, (CARD,), pairs=2)
LEVERS = """
assumption = true
label = "<b>試し</b>"
source = "試しの仮定"
applicant = [
  { unit = "申請書作成", channel = "counter", as_is = 15, to_be = 5 },
  { unit = "申請書作成", channel = "online", as_is = 10, to_be = 10 },
]
levers = [
  { id = "online", kind = "online_share", label = "オンライン", share = 0.8, mistakes = 0.0 },
  { id = "print", kind = "remove_step", label = "印刷をやめる", units = ["通知・交付"] },
]
"""


@pytest.fixture(autouse=True)
def read_once(declared: Definitions, monkeypatch: pytest.MonkeyPatch) -> None:
    """Comparisons share our declarations; a program reads them at every start."""
    monkeypatch.setattr(comparing, "definitions", lambda *_: declared)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the small comparison keeps its runs."""
    return tmp_path_factory.mktemp("compared")


@pytest.fixture(scope="session")
def compared(declared: Definitions, folder: Path) -> Compared:
    """Two pairs of five days, three runs each."""
    file = folder / "levers.toml"
    file.write_text(LEVERS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(comparing, "definitions", lambda *_: declared)
        return compare(SMALL, str(file), folder)
