"""本人確認 on the command line: a certificate beside the form of a case, kept as its check, and who looked."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from forms.loader import OURS, Forms
from forms.prefilling import prefill
from registers.synthetic import registers_of
from tests.house.layout import ROOT
from tests.office.door import Door

DAY = dt.date(2025, 6, 2)
STANDING = ("--city", "hitachinaka", "--at", "2025-06-02T10:00")
CARD = "insured_card_reissue"
EXAMPLE = ROOT / "forms" / "long_term_care" / f"{CARD}.example.json"
COUNTER = ("--as", "counter:c1")
SAME, SUBSTITUTE, MOVED, EXPIRED, REVOKED, WITHOUT = 22, 191, 331, 21, 351, 12


@cache
def written(person: int) -> str:
    """The application as that resident would write it."""
    form, _ = Forms([OURS]).load(CARD)
    assert form is not None
    answers = json.loads(EXAMPLE.read_text("utf-8"))
    answers["insured"] = {name: answers["insured"][name] for name in ("number", "phone")}
    filled = prefill(form, registers_of("hitachinaka", 1, DAY), person, at=DAY, given=answers)
    return json.dumps(filled.answers, ensure_ascii=False)


def opened(folder: Path) -> Door:
    door = Door(folder, STANDING)
    door("case", "open", CARD, "--as", "applicant:p1", "--practice")
    return door


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int, Path], Door]:
    """A door to a store of its own with the application of a resident, worked once for each."""

    @cache
    def work(person: int) -> Path:
        door = opened(tmp_path_factory.mktemp(f"of-{person}"))
        (door.folder / "card.json").write_text(written(person), "utf-8")
        door("case", "submit", "1", str(door.folder / "card.json"), "--as", "applicant:p1")
        return door.folder

    return lambda person, folder: Door(Path(shutil.copytree(work(person), folder / "store")), STANDING)


@pytest.mark.parametrize(
    ("person", "verdict", "differing"),
    [
        (SAME, "equal", []),
        (SUBSTITUTE, "equal_by_substitute", []),
        (MOVED, "moved", ["address"]),
        (EXPIRED, "expired", []),
        (REVOKED, "revoked", []),
    ],
)
def test_a_comparison_is_kept_as_the_check_of_its_stage(
    filed: Callable[[int, Path], Door], tmp_path: Path, person: int, verdict: str, differing: list[str]
) -> None:
    door = filed(person, tmp_path)
    found = door.json("case", "identity", "1", "--person", str(person), "--record", *COUNTER)
    assert (found["verdict"], found["differing"], found["recorded"]) == (verdict, differing, True)
    assert door.json("case", "show", "1")["checks"]["identity"] is found["confirmed"]
    assert found["confirmed"] == verdict.startswith("equal")


def test_anothers_certificate_is_anothers_and_only_looking_records_nothing(
    filed: Callable[[int, Path], Door], tmp_path: Path
) -> None:
    door = filed(SAME, tmp_path)
    said = door("case", "identity", "1", "--person", str(SUBSTITUTE), *COUNTER).stdout
    assert "氏名 違う: 高橋　千代 / 山下　明美" in said
    assert "「不可」になります(--record で記録します)" in said
    assert door.json("case", "show", "1")["checks"]["identity"] is None


def test_every_look_up_is_in_the_log_of_readings(filed: Callable[[int, Path], Door], tmp_path: Path) -> None:
    door = filed(SAME, tmp_path)
    door("case", "identity", "1", "--person", str(SAME), *COUNTER)
    rows = [row for row in _readings(door) if row["purpose"] == "case identity"]
    assert [row["fields"][0] for row in rows] == [
        "22/certificate.expires_on",
        "insured.address.building",
        "22/juki.address",
    ]
    assert {(row["case"], row["post"], row["person"]) for row in rows} == {(1, "counter", "c1")}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--person", "22", "--as", "counter"), 2, "--as 職:人"),
        (("--person", "22", "--as", "applicant:p1"), 1, "見るのは職員だけです"),
        (("--person", "22", "--as", "gardener:g1"), 1, "gardener"),
        (("--person", "9", *COUNTER), 1, "住民番号 9 の人はいません"),
        (("--person", "22", "--place", "atlantis", *COUNTER), 1, "atlantis"),
        (COUNTER, 2, "--person"),
    ],
)
def test_who_may_not_look_or_names_nobody_learns_nothing(
    filed: Callable[[int, Path], Door], tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    door = filed(SAME, tmp_path)
    told = door("case", "identity", "1", *words, code=code)
    assert said in told.stderr
    assert (told.stdout, [row for row in _readings(door) if "juki" in str(row["fields"])]) == ("", [])


def test_who_has_no_certificate_is_sent_to_the_counter(filed: Callable[[int, Path], Door], tmp_path: Path) -> None:
    door = filed(SAME, tmp_path)
    told = door("case", "identity", "1", "--person", str(WITHOUT), *COUNTER, code=1).stderr
    assert f"住民{WITHOUT}に署名用電子証明書はありません" in told


def test_nothing_is_compared_before_arrival_nor_kept_where_no_check_asks(
    filed: Callable[[int, Path], Door], tmp_path: Path
) -> None:
    fresh = opened(tmp_path)
    assert "まだ届いていません" in fresh.refused("case", "identity", "1", "--person", "22", *COUNTER)
    door = filed(SAME, tmp_path)
    door("case", "fire", "1", "withdraw", "--as", "applicant:p1")
    words = ("case", "identity", "1", "--person", "22", *COUNTER)
    assert "本人確認の確認はありません" in door.refused(*words, "--record")
    assert door.json(*words)["check"] is None


def _readings(door: Door) -> list[dict[str, Any]]:
    """The readings of a store, the names of the fields of each in order."""
    found = Door(door.folder).json("log", "readings")
    return [{**row, "fields": sorted(row["fields"])} for row in found]
