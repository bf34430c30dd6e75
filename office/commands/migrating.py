"""The command that moves running cases into another edition."""

from __future__ import annotations

import sys

import click

from office.asking import Asked
from office.commands.standing import Number, say, seeing


@click.command(epilog="例: madoguchi case migrate --procedure child_allowance_claim --to 2024-10-01 --dry-run")
@seeing
@click.argument("cases", metavar="[ID ...]", nargs=-1, type=Number())
@click.option("--procedure", metavar="ID", help="この手続の、終わっていない案件すべて。")
@click.option("--to", metavar="DATE|HASH", help="移す先の版(その日の版か、版のハッシュ)。なければ案件ごとに決まる版。")
@click.option("--dry-run", "rehearsed", is_flag=True, help="試すだけで、なにも変えません。")
def migrate(asked: Asked, cases: tuple[int, ...], procedure: str | None, to: str | None, *, rehearsed: bool) -> None:
    """進行中の案件を、定義の別の版に移します。移せない案件は、わけを一つ示してそのまま残します。"""
    from office import migration, session
    from procedures.columns import columns

    with session.office(asked) as office:
        found = migration.migrated(office, cases, procedure, to, rehearsed=rehearsed)
    table = columns(migration.HEADINGS, found.rows(), terminal=sys.stdout.isatty())
    say(asked, [*([table] if found.rows() else []), *found.summary()], found.facts())
    click.get_current_context().exit(1 if found.count("cannot") else 0)
