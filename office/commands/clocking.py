"""`madoguchi clock`: the legal periods of a case."""

from __future__ import annotations

import click

from office.asking import Asked
from office.commands.acting import CASE
from office.commands.standing import InOrder, reading, say


@click.group(cls=InOrder, epilog="例: madoguchi clock explain 1")
def clock() -> None:
    """案件の期間(標準処理期間・法定の期限)を調べます。"""


@clock.command(epilog="例: madoguchi clock explain 1 --clock statutory --days")
@reading
@CASE
@click.option("--clock", "name", metavar="CLOCK", help="この時計だけ。なければ始まった時計をみな。")
@click.option("--days", is_flag=True, help="一日ずつ、数えたかどうかとその訳も出します。")
def explain(asked: Asked, case_id: int, name: str | None, *, days: bool) -> None:
    """期限の日がどうしてその日になったかを、条文とともに順に示します。"""
    from office import clock_shown, session

    with session.office(asked) as office, office.engine.reading(case_id) as work:
        lines, facts = clock_shown.explained(work, name, days=days)
        say(asked, lines, facts)
