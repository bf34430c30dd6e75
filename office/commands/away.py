"""`madoguchi absence`: which posts have nobody to act, and until when."""

from __future__ import annotations

import sys

import click

from office.asking import Asked
from office.commands.standing import InOrder, Number, acting, reading, say


@click.group(cls=InOrder, epilog="例: madoguchi absence list")
def absence() -> None:
    """職の不在と欠員を、時間を決めて記録します。不在の間は、定められた代決者が代決できます。"""


@absence.command("set", epilog="例: madoguchi absence set director --from 2022-06-10 --until 2022-06-13 --as clerk:k1")
@acting
@click.argument("post")
@click.option("--from", "since", metavar="INSTANT", required=True, help="この日時から。日だけなら、その日の0時から。")
@click.option("--until", metavar="INSTANT", required=True, help="この日時の前まで。日だけなら、その日の0時の前まで。")
@click.option("--department", metavar="ID", default="", help="どの課の職か(同じ名の職がいくつもの課にあるとき)。")
@click.option("--deputy", metavar="POST", default="", help="代決者。なければ、市が定めた順です。")
@click.option("--vacant", is_flag=True, help="不在ではなく欠員(就いている人がいない)。代決はできません。")
def set_(asked: Asked, post: str, since: str, until: str, department: str, deputy: str, *, vacant: bool) -> None:
    """不在(自分でも、ほかの人でも)を記録します。その時間に入ると効き、過ぎると効かなくなります。"""
    from office import absences, session

    with session.office(asked) as office:
        leave = absences.leave(post, since, until, department, deputy, vacant=vacant)
        say(asked, *absences.recorded(office, leave))


@absence.command(epilog="例: madoguchi absence end 1 --as section_chief:s1")
@acting
@click.argument("number", metavar="N", type=Number())
def end(asked: Asked, number: int) -> None:
    """不在を今で終わらせます。まだ始まっていないものは取り消します。"""
    from office import absences, session

    with session.office(asked) as office:
        say(asked, *absences.ended(office, number))


@absence.command("list", epilog="例: madoguchi absence list --all")
@reading
@click.option("--all", "everything", is_flag=True, help="終わったものも出します。")
def list_(asked: Asked, *, everything: bool) -> None:
    """不在と欠員を、始まりの順に並べます。"""
    from office import absences, session
    from procedures.columns import columns

    with session.office(asked) as office:
        rows = absences.rows(office, everything=everything)
        table = columns(absences.HEADINGS, absences.lines(office, rows), terminal=sys.stdout.isatty())
        say(asked, [table if rows else "不在の記録はありません。"], [row._asdict() for row in rows])
