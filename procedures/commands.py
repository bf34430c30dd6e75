"""`madoguchi procedures`: which procedures there are, and what one of them declares."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Literal

import click

_FOLDERS = click.option(
    "--definitions", "folders", type=click.Path(path_type=Path), multiple=True, help="重ねる定義のフォルダ(何度でも)。"
)
_JSON = click.option("--json", "as_json", is_flag=True, help="プログラムが読むJSONで出します。")


@click.group(epilog="例: madoguchi procedures list")
def group() -> None:
    """手続の一覧と、宣言の中身・書き方・流れの図を見ます。"""


@group.command("list", epilog="例: madoguchi procedures list --city hitachinaka --json")
@click.option("--city", help="市町村の設定の名前。担当の課と、オンラインにする時期も並べます。")
@click.option("--all", "everything", is_flag=True, help="市の中だけの案件(棟の調査)と、審査請求も並べます。")
@_FOLDERS
@_JSON
def list_(folders: tuple[Path, ...], city: str | None, *, everything: bool, as_json: bool) -> None:
    """手続を番号の順に並べます。"""
    from procedures import listing
    from procedures.columns import columns

    rows = [row for row in listing.listed(folders, city) if everything or not (row.inside or row.reviews)]
    if as_json:
        click.echo(json.dumps([row._asdict() for row in rows], ensure_ascii=False, indent=2))
        return
    headings = listing.HEADINGS if city is None else listing.IN_A_CITY
    click.echo(columns(headings, listing.cells(rows, city=city is not None), terminal=sys.stdout.isatty()))


@group.command(epilog="例: madoguchi procedures diff child_allowance_claim 2024-09-01 2024-10-01")
@click.argument("words", metavar="A B", nargs=-1, required=True)
@_FOLDERS
@_JSON
def diff(words: tuple[str, ...], folders: tuple[Path, ...], *, as_json: bool) -> None:
    """二つの版の違いを言葉で並べます。

    AとBは ID@日付、宣言のファイル、定義のフォルダのどれかです。ID 日付 日付 とも書けます。
    日付がなければ、違いのある期間ごとに並べます。
    """
    from procedures.columns import columns
    from procedures.differences import comparing

    found = comparing.compared(words, folders)
    if as_json:
        click.echo(json.dumps([one.facts() for one in found], ensure_ascii=False, indent=2, default=str))
        return
    for one in found:
        table = columns(comparing.HEADINGS, one.rows(), terminal=sys.stdout.isatty()) if one.found else ""
        click.echo("\n".join([*one.head(), *([table] if table else [])]))


@group.command(epilog="例: madoguchi procedures versions child_allowance_claim")
@click.argument("procedure", metavar="ID")
@_FOLDERS
@_JSON
def versions(procedure: str, folders: tuple[Path, ...], *, as_json: bool) -> None:
    """どの日から定めが変わるのか、何がどの根拠で変わるのかを見ます。"""
    from procedures.columns import columns
    from procedures.differences import history

    found = history.spans(procedure, folders)
    if as_json:
        click.echo(json.dumps([one.facts() for one in found], ensure_ascii=False, indent=2))
    else:
        click.echo(columns(history.HEADINGS, [one.row() for one in found], terminal=sys.stdout.isatty()))


@group.command(epilog="例: madoguchi procedures show child_allowance_claim --as-of 2022-06-01")
@click.argument("procedure", metavar="ID")
@click.option("--expanded", is_flag=True, help="断片を展開した宣言を、TOMLのまま出します。")
@click.option("--as-of", "day", type=click.DateTime(["%Y-%m-%d"]), help="その日に効いている行だけにします。")
@_FOLDERS
@_JSON
def show(procedure: str, folders: tuple[Path, ...], day: datetime | None, *, expanded: bool, as_json: bool) -> None:
    """手続の状態・操作・作業・期限・結果を見ます。"""
    from procedures import description

    on = day.date() if day else None
    found = description.read(procedure, folders)
    click.echo(description.said(found, on, expanded=expanded, as_json=as_json))


@group.command(epilog="例: madoguchi procedures permissions care_certification --city hitachinaka")
@click.argument("procedure", metavar="ID")
@click.option("--city", default="hitachinaka", show_default=True, help="市町村(職と課の分け方)。")
@click.option("--as-of", "day", type=click.DateTime(["%Y-%m-%d"]), help="その日の定め。既定は新しい版。")
@_FOLDERS
@_JSON
def permissions(procedure: str, city: str, day: datetime | None, folders: tuple[Path, ...], *, as_json: bool) -> None:
    """だれが、どの状態で、何をできるかを、役割と操作と状態のすべての組で数えます。

    自分の課の案件、自分が起案した案件、ほかの課の案件、ほかの人の案件を分けます。
    """
    from procedures.permissions import shown

    found = shown.shown(procedure, city, folders, day.date() if day else None)
    if as_json:
        click.echo(json.dumps(found.facts, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(found.lines))


@group.command(epilog="例: madoguchi procedures diagram child_allowance_claim --out child_allowance_claim.svg")
@click.argument("procedure", metavar="ID")
@click.option("--format", "form", type=click.Choice(["svg", "mermaid"]), default="svg", help="図の形。既定はsvg。")
@click.option("--as-of", "day", type=click.DateTime(["%Y-%m-%d"]), help="その日の定めで描きます。既定は新しい版。")
@click.option("--out", type=click.Path(path_type=Path), help="書くファイル。なければ画面に出します。")
@_FOLDERS
def diagram(
    procedure: str, folders: tuple[Path, ...], day: datetime | None, form: Literal["svg", "mermaid"], out: Path | None
) -> None:
    """手続の流れを図にします。役割ごとの列、状態、操作、作業、期限、結果が入ります。"""
    from procedures import description
    from procedures.diagram import writing

    text = writing.diagram(description.read(procedure, folders), day.date() if day else None, form)
    _give(text, out)


@group.command(epilog="例: madoguchi procedures schema --kind fragment --out fragment.schema.json")
@click.option(
    "--kind",
    type=click.Choice(["procedure", "fragment", "form", "table", "city", "simulation", "life_event"]),
    default="procedure",
    help="ファイルの種類。既定はprocedure。",
)
@click.option("--out", type=click.Path(path_type=Path), help="書くファイル。なければ画面に出します。")
def schema(kind: str, out: Path | None) -> None:
    """宣言のファイルの書き方を、エディターが読むJSON Schemaで出します。"""
    from procedures import editor_schema

    _give(editor_schema.text(kind), out)


@group.command(epilog="例: madoguchi procedures new reading_card --kind 申請 --definitions mydefs")
@click.argument("procedure", metavar="ID")
@click.option("--kind", type=click.Choice(["届出", "申請"]), default="届出", show_default=True, help="何の手続か。")
@click.option("--title", default="", help="手続の名前。なければ「新しい届出」など。")
@click.option(
    "--field",
    type=click.Choice(["childcare", "long_term_care", "disaster"]),
    default="childcare",
    show_default=True,
    help="分野。",
)
@click.option("--department", metavar="ID", default="child_policy", show_default=True, help="担当課のID。")
@click.option("--number", metavar="N", type=click.IntRange(28, 999), help="手続番号。なければ空いている次の番号。")
@click.option(
    "--definitions", "folder", type=click.Path(path_type=Path), required=True, help="書く先の、定義のフォルダ。"
)
def new(procedure: str, folder: Path, number: int | None, **given: str) -> None:
    """新しい手続の宣言・申請書・記入例・場面を、そのままで動く形で書きます。上書きはしません。"""
    from procedures.scaffold import writing

    wanted = writing.Wanted(procedure, number=number or 0, **given)
    for path in writing.begun(wanted, folder):
        click.echo(path)
    click.echo(f"書きました。madoguchi check {folder} で確かめながら、手続に合わせて書き換えてください。")


def _give(text: str, out: Path | None) -> None:
    """Show a text, or write it into a file and say so."""
    if out is None:
        click.echo(text, nl=False)
        return
    from procedures.saving import save

    save(text, out)
    click.echo(f"{out} に書きました。")
