"""`madoguchi register` and `signals`: what registers tell of a person, and what has not reached its case yet."""

from __future__ import annotations

import sys

import click

from office.asking import Asked
from office.commands.standing import reading, say, signalling


@click.group(epilog="例: madoguchi register event death --of p1 --on 2022-06-05 --key R-1")
def register() -> None:
    """公簿(住民記録など)の異動を、その人の案件と登録に知らせます。"""


@register.command(epilog="例: madoguchi register event death --of @person.json --on 2022-06-05 --key R-1")
@signalling
@click.argument("kind", metavar="KIND")
@click.argument("words", nargs=-1, metavar="[NAME=VALUE ...]")
@click.option("--of", "person", required=True, metavar="ID|JSON|@FILE", help="だれの異動か(IDか、カナ氏名と生年月日)。")
@click.option("--on", required=True, metavar="DATE", help="異動の日。")
def event(asked: Asked, kind: str, words: tuple[str, ...], person: str, on: str) -> None:
    """異動(death・moved_out など)を一度だけ、その人の続いている案件と登録のすべてに送ります。tick で届きます。"""
    from office import session, signals

    with session.office(asked) as office:
        say(asked, *signals.register_event(office, kind, person, on, words))


@click.command(name="signals", epilog="例: madoguchi signals --json")
@reading
def waiting(asked: Asked) -> None:
    """まだ届いていない知らせ(案件から案件へ、公簿から案件へ)と、届かないわけを並べます。"""
    from office import session, signals
    from procedures.columns import columns

    with session.office(asked) as office:
        letters = signals.waiting(office)
        table = columns(signals.HEADINGS, signals.rows(letters), terminal=sys.stdout.isatty())
        say(asked, [table if letters else "届いていない知らせはありません。"], signals.facts(letters))
