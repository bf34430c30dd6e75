"""The commands on a case that look into the registers: 本人確認, and papers that a look-up stands in for."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from office.asking import Asked
from office.commands.acting import CASE
from office.commands.standing import Number, acting, say, seeing

_PLACE = click.option("--place", help="架空の住民の市。なければストアの市です。")
_SEED = click.option("--seed", type=int, default=1, show_default=True, help="くじの種。同じ種なら同じ住民になります。")


def _whom(command: Callable[..., None], help_: str, *, required: bool) -> Callable[..., None]:
    """The command with the options that name a made-up resident, which reach it as one `whom`."""

    @functools.wraps(command)
    def run(*words: Any, person: int | None, place: str | None, seed: int, **more: Any) -> None:  # noqa: ANN401
        from office.lookups import Whom

        command(*words, whom=None if person is None else Whom(person, place, seed), **more)

    person = click.option("--person", metavar="N", type=Number(), required=required, help=help_)
    return person(_PLACE(_SEED(run)))


def _signer(command: Callable[..., None]) -> Callable[..., None]:
    return _whom(command, "署名した人の住民番号。", required=True)


def _applicant(command: Callable[..., None]) -> Callable[..., None]:
    return _whom(command, "申請した人の住民番号。書くと、台帳と情報連携で確かめます。", required=False)


@click.command(epilog="例: madoguchi case identity 1 --person 191 --record --as counter:c1")
@acting
@CASE
@_signer
@click.option("--record", "keep", is_flag=True, help="いまの段階の本人確認の確認に、結果を記録します。")
def identity(asked: Asked, case_id: int, whom: Any, *, keep: bool) -> None:  # noqa: ANN401 - its room is loaded later
    """申請書の氏名・住所・生年月日・性別を、署名用電子証明書と見比べます(本人確認)。

    住民と証明書は架空のものです。だれのどの項目を見たかを記録します。
    """
    from office import identity, session

    with session.office(asked) as office:
        found = identity.compared(office, case_id, whom, keep=keep)
        say(asked, identity.lines(found, asked.lang), identity.facts(found))


@click.command(epilog="例: madoguchi case papers 1 --person 191 --as counter:c1")
@seeing
@CASE
@_applicant
def papers(asked: Asked, case_id: int, whom: Any) -> None:  # noqa: ANN401 - the same
    """いま要る添付書類を並べ、情報連携で確認できるものを分けます。そのものは申請者に求めません。

    住民と台帳は架空のものです。--person で確かめたときは、だれのどの項目を見たかを記録します。
    """
    from office import papers, session

    with session.office(asked) as office:
        say(asked, *papers.papers(office, case_id, whom))
