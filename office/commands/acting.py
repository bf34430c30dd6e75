"""The commands that change a case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from office.asking import Asked
from office.commands.standing import Number, acting, filing, founding, say, signalling

if TYPE_CHECKING:
    from engine.commands import Receipt
    from office.session import Session


class Given(TypedDict):
    """What comes with an event."""

    task: int | None
    answers: str | None
    words: tuple[str, ...]
    expect: int | None


CASE = click.argument("case_id", metavar="ID", type=Number())


@click.command("open", epilog="例: madoguchi case open child_allowance_claim --as applicant:p1")
@founding
@filing
@click.argument("procedure")
@click.option("--for", "person", metavar="PERSON", help="申請者本人(職員や代理人が開くとき)。")
@click.option("--state", help="始まりの状態(いくつもある手続で選ぶ)。")
@click.option("--about", metavar="ID", type=Number(), help="どの案件についてか(審査請求など)。")
def open_(asked: Asked, procedure: str, person: str | None, state: str | None, about: int | None) -> None:
    """案件を開きます。ストアがなければ作ります。"""
    from office import doing, session

    with session.founded(asked, procedure) as office:
        click.echo(office.news, err=True, nl=bool(office.news))
        _receipt(office, doing.open_case(office, procedure, person, state, about))


@click.command(epilog="例: madoguchi case submit 1 answers.json --as applicant:p1")
@filing
@CASE
@click.argument("file", type=click.Path(path_type=Path))
def submit(asked: Asked, case_id: int, file: Path) -> None:
    """申請書(JSONのファイル。- は標準入力)を提出します。"""
    from office import doing, session, values

    with session.office(asked) as office:
        _receipt(office, doing.submit(office, case_id, values.read_document(file)))


@click.command(epilog="例: madoguchi case fire 1 propose --as clerk:k1 --set amount=15000")
@acting
@CASE
@click.argument("event")
@click.option("--task", metavar="N", type=Number(), help="作業の番号(同じ操作のできる作業がいくつもあるとき)。")
@click.option("--answers", metavar="JSON|@FILE", help="操作が尋ねる答え。")
@click.option("--set", "words", metavar="NAME=VALUE", multiple=True, help="答えを一つずつ(何度でも)。")
@click.option("--expect", metavar="VERSION", type=Number(), help="見たときの版。先に変わっていれば断ります。")
def fire(asked: Asked, case_id: int, event: str, **given: Unpack[Given]) -> None:
    """案件かその作業に、操作(イベント)を一つ行います。"""
    from office import doing, session

    with session.office(asked) as office:
        _receipt(office, doing.fire(office, case_id, event, **given))


@click.command(epilog="例: madoguchi case check 1 identity=passed required=failed --as counter:c1")
@acting
@CASE
@click.argument("words", nargs=-1, required=True, metavar="NAME=passed|failed ...")
def check(asked: Asked, case_id: int, words: tuple[str, ...]) -> None:
    """いまの段階の確認の結果を記録します。"""
    from office import doing, session

    with session.office(asked) as office:
        _receipt(office, doing.look(office, case_id, words))


@click.command(epilog="例: madoguchi case fact 1 assessed_income=4000000 tax_linked=yes --as clerk:k1")
@acting
@CASE
@click.argument("words", nargs=-1, required=True, metavar="NAME=VALUE ...")
def fact(asked: Asked, case_id: int, words: tuple[str, ...]) -> None:
    """職員や公簿が確かめた事実を記録します。空の値(NAME=)は取消しです。"""
    from office import doing, session

    with session.office(asked) as office:
        _receipt(office, doing.establish(office, case_id, words))


@click.command(epilog="例: madoguchi case destroy 1 --field my_number --reason 保存期間の満了 --as section_chief:s1")
@acting
@CASE
@click.option("--field", "fields", metavar="NAME", multiple=True, help="廃棄する値(何度でも)。my_number で個人番号。")
@click.option("--all", "everything", is_flag=True, help="案件の値を全部廃棄します。")
@click.option("--reason", required=True, metavar="TEXT", help="廃棄の理由。消せない記録に残ります。")
def destroy(asked: Asked, case_id: int, fields: tuple[str, ...], reason: str, *, everything: bool) -> None:
    """個人番号などの値を廃棄し、その記録を残します。元には戻せません。"""
    from office import destroying, session

    with session.office(asked) as office:
        receipt = destroying.destroy(office, case_id, fields, reason, everything=everything)
        _receipt(office, receipt)


@click.command(epilog="例: madoguchi case signal 1 death died_on=2022-06-10")
@signalling
@CASE
@click.argument("name", metavar="SIGNAL")
@click.argument("words", nargs=-1, metavar="[NAME=VALUE ...]")
def signal(asked: Asked, case_id: int, name: str, words: tuple[str, ...]) -> None:
    """公簿の異動(転出・死亡など)を案件に知らせます。"""
    from office import doing, session

    with session.office(asked) as office:
        _receipt(office, doing.signal(office, case_id, name, words))


def _receipt(office: Session, receipt: Receipt) -> None:
    """Say what a command did."""
    from office.telling import receipt_facts, receipt_lines

    say(office.asked, receipt_lines(office, receipt), receipt_facts(receipt))
