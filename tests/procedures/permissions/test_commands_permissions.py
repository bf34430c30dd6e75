"""The permissions of a procedure from the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from cli import main

CARE_PLAN = "care_plan_office_notification"


def run(*words: str, code: int = 0) -> Result:
    found = CliRunner().invoke(main, ["procedures", "permissions", *words])
    assert found.exit_code == code, found.output
    return found


def test_each_action_is_said_with_its_states_and_those_who_may() -> None:
    said = run(CARE_PLAN, "--as-of", "2022-06-01").stdout
    assert "受理する(pass)\n    状態: 形式確認\n    できる人: 受付・発送\n" in said
    assert "作業「補正」 補正する(answer)\n    状態: 依頼済・督促済・期限切れ\n" in said
    assert "ほかの人の案件: 800、できる: 0" in said
    assert "ほかの課の案件: 400、できる: 0" in said


def test_a_program_gets_the_roles_the_actions_and_the_counts() -> None:
    found = json.loads(run("child_allowance_claim", "--city", "omitama", "--json").stdout)
    assert (found["procedure"], found["city"]) == ("child_allowance_claim", "omitama")
    (passing,) = (one for one in found["actions"] if one["id"] == "pass")
    assert (passing["states"], passing["roles"]) == (["formal_review"], ["counter"])
    assert [one["id"] for one in found["roles"] if not one["filled"]] == ["division_chief", "deputy_mayor", "mayor"]
    cells = found["cells"]
    assert cells["total"] == sum(all_ for all_, _ in cells["by_standing"].values())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("child_allowance_clam",), "child_allowance_claim"),
        ((CARE_PLAN, "--city", "mito"), "「mito」という市町村の設定はありません"),
        (("child_allowance_claim", "--as-of", "2001-01-01"), "2012-04-01から"),
    ],
)
def test_what_is_not_there_is_said(words: tuple[str, ...], sentence: str) -> None:
    found = run(*words, code=1)
    assert sentence in found.stderr
    assert found.stdout == ""
