"""`madoguchi inbox`, `meeting`, `tick` and `deliver`: the work that waits, time passing, and what goes out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from office.asking import Asked
from office.commands.standing import reading, say, seeing


@click.command(epilog="例: madoguchi inbox --as clerk")
@seeing
def inbox(asked: Asked) -> None:
    """職の机にある仕事を、急ぐもの、長く待つものから順に並べます。"""
    from office import desks, session
    from procedures.columns import columns

    with session.office(asked) as office:
        items = desks.desk(office)
        table = columns(desks.HEADINGS, desks.desk_rows(office, items), terminal=sys.stdout.isatty())
        say(asked, [table if items else "机に仕事はありません。"], desks.desk_facts(items))


@click.command(epilog="例: madoguchi meeting panel --on 2022-06-09")
@reading
@click.argument("name", metavar="MEETING")
@click.option("--on", metavar="DAY", help="この日の一覧。なければ、これからの開催日と件数です。")
def meeting(asked: Asked, name: str, on: str | None) -> None:
    """会議の開催日と、その日に扱う案件の一覧を見ます。"""
    from office import meetings, session
    from procedures.columns import columns

    with session.office(asked) as office:
        found = meetings.days(office, name) if on is None else meetings.listed(office, name, on)
        headings = meetings.DAYS_HEADINGS if on is None else meetings.LIST_HEADINGS
        rows = meetings.days_rows(found) if on is None else meetings.listed_rows(found)
        nothing = "これからの開催日はありません。" if on is None else "この日の一覧に案件はありません。"
        say(asked, [columns(headings, rows, terminal=sys.stdout.isatty()) if rows else nothing], found)


@click.command(epilog="例: madoguchi tick --at 2022-06-20 --db lesson.db")
@reading
def tick(asked: Asked) -> None:
    """時の経過を反映します: 来ている期限・督促・送達を案件ごとに行い、案件のあいだの知らせを届けます。"""
    from office import passing, session

    with session.office(asked) as office:
        passed = passing.tick(office)
        say(asked, passed.lines, passed.facts)
    click.get_current_context().exit(int(passed.failed))


@click.command(epilog="例: madoguchi deliver --out letters")
@reading
@click.option("--out", type=click.Path(path_type=Path), help="通知を一通ずつ書くフォルダ。なければ画面に出します。")
def deliver(asked: Asked, out: Path | None) -> None:
    """まだ送っていない通知を送ります(文に書き出し、送ったと記録します)。"""
    from office import passing, session

    with session.office(asked) as office:
        lines, facts = passing.deliver(office, out)
        say(asked, lines, facts)
