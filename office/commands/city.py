"""`madoguchi city`: what a city's profile says, and a new city's profile from what the city knows."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from office.commands.standing import InOrder

_FOLDERS = click.option(
    "--definitions", "folders", type=click.Path(path_type=Path), multiple=True, help="重ねる定義のフォルダ(何度でも)。"
)
_JSON = click.option("--json", "as_json", is_flag=True, help="プログラムが読むJSONで出します。")
_LIKE = click.option("--like", metavar="ID", default="hitachinaka", show_default=True, help="手本にする市町村。")


@click.group(cls=InOrder, epilog="例: madoguchi city show omitama")
def city() -> None:
    """市町村の設定(担当課・職・開庁時間・会議・数字)を見る、新しく作る。"""


@city.command(epilog="例: madoguchi city show omitama")
@click.argument("city_id", metavar="ID")
@_FOLDERS
@_JSON
def show(city_id: str, folders: tuple[Path, ...], *, as_json: bool) -> None:
    """担当課と手続、職と役割、開庁時間、会議、計画に書かれたこと(出典)、仮定を見ます。"""
    from procedures.cities import shown

    found = shown.read(city_id, folders)
    if as_json:
        click.echo(json.dumps(found.facts(), ensure_ascii=False, indent=2, default=str))
    else:
        click.echo("\n".join(found.lines(terminal=sys.stdout.isatty())))


@city.command(epilog="例: madoguchi city sheet --out sheet.csv")
@click.option("--out", type=click.Path(path_type=Path), help="書くファイル。なければ画面に出します。")
@_LIKE
@_FOLDERS
def sheet(out: Path | None, like: str, folders: tuple[Path, ...]) -> None:
    """市町村が記入する数字の票(CSV)を出します。表計算ソフトで開けます。"""
    from procedures.cities import founding, sheets
    from procedures.cities.questions import questions
    from procedures.listing import laid_over
    from procedures.saving import save_new

    text = sheets.blank(questions(founding.model(like, laid_over(folders, "procedures"))))
    if out is None:
        click.echo(text.removeprefix("\ufeff").replace("\r\n", "\n"), nl=False)
        return
    save_new({out: text})
    click.echo(f"{out} に書きました。値を記入して madoguchi city new ID --from {out} で読みます。")


@city.command(epilog="例: madoguchi city new mito --from mito.csv --definitions mydefs")
@click.argument("city_id", metavar="ID")
@click.option("--from", "source", type=click.Path(path_type=Path), help="記入した票(CSV。UTF-8かShift_JIS)。")
@click.option(
    "--definitions", "folder", type=click.Path(path_type=Path), required=True, help="書く先の、定義のフォルダ。"
)
@_LIKE
@click.option("--lang", type=click.Choice(["ja", "en"]), default="ja", help="断り・誤りの文の言葉。")
def new(city_id: str, source: Path | None, folder: Path, like: str, lang: str) -> None:
    """新しい市町村の設定を、票か画面の答えから書きます。答えのないものは仮定になります。

    --from がなければ画面で聞きます。空のまま改行すると、手本の市の数字を人口の比で換算した仮定にします。
    すでにある設定は上書きしません。
    """
    from procedures.cities import asking, founding, sheets, shown
    from procedures.cities.questions import questions
    from procedures.saving import require_room, room_in

    require_room(folder)
    room = room_in(folder, "procedures")
    layers = [room] if room.is_dir() else []
    founding.require_free(city_id, layers)
    followed = founding.model(like, layers)
    asked = questions(followed)
    if source is None:
        told = asking.asked(
            asked, lambda line: str(click.prompt(line, default="", show_default=False)), click.echo, lang
        )
    else:
        told = sheets.read(source, asked)
    made = founding.found(city_id, told, followed, folder, source.name if source else "画面の答え")
    click.echo(f"{made.path} に書きました。")
    click.echo(shown.summary(made.municipality))
    for one in made.problems:
        click.echo(f"注意 {one.text(lang)}", err=True)
