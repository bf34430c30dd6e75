"""`madoguchi check`: what is wrong with definitions, for whom, and the mend."""

from __future__ import annotations

from pathlib import Path

import click

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command(epilog="例: madoguchi check forms/childcare/child_allowance_claim.toml")
@click.argument("paths", metavar="[PATH]...", type=click.Path(path_type=Path), nargs=-1)
@click.option("--definitions", "folders", type=_FOLDER, multiple=True, help="重ねる定義のフォルダ(何度でも)。")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "junit"]),
    default="text",
    show_default=True,
    help="人の読む文か、プログラムの読む形。",
)
@click.option("--json", "as_json", is_flag=True, help="--format json と同じです。")
@click.option("--fix", is_flag=True, help="安全に直せるものを直してから、残りを出します。")
@click.option("--explain", metavar="RULE", help="その番号の決まりを、理由と例を付けて説明します。")
@click.option(
    "--former",
    type=click.Path(path_type=Path, exists=True),
    help="前の版の定義のフォルダ、またはJSON Schemaのファイル。前は正しかった申請データが断られないかも見ます。",
)
@click.option("--proof-budget", "budget", metavar="N", type=click.IntRange(min=1), help="一つの証明に使う手数の限度。")
@click.option("--strict", is_flag=True, help="注意があっても1で終わります。")
@click.option("--lang", type=click.Choice(["ja", "en"]), default="ja", show_default=True, help="言葉。")
@click.pass_context
def check(  # noqa: PLR0913, PLR0917 - one parameter per option
    context: click.Context,
    paths: tuple[Path, ...],
    folders: tuple[Path, ...],
    form: str,
    explain: str | None,
    former: Path | None,
    budget: int | None,
    lang: str,
    *,
    as_json: bool,
    fix: bool,
    strict: bool,
) -> None:
    """定義の誤りを、場所・理由・直し方とともに出します。

    PATHは定義のフォルダ(procedures/ と forms/)、その中のファイル、JSON Schemaのファイルのどれか。
    なければこのプログラムの定義の全部です。
    """
    if explain is not None:
        from checker.explaining import explained

        click.echo(explained(explain, lang))
        return
    from checker.checking import check as checked
    from checker.fixing import mend
    from checker.output.for_programs import FORMATS
    from checker.output.terminal import text
    from checker.proving.budget import USUAL
    from checker.scope import scope_of

    scope, today = scope_of(paths, folders), context.find_root().obj.now().date()
    before = scope_of([former]) if former is not None else None
    report = checked(scope, today, before, budget or USUAL)
    if fix and (taken := mend(report)):
        click.echo("\n".join(f"{name}: {count}か所を直しました。" for name, count in taken.items()), err=True)
        report = checked(scope, today, before, budget or USUAL)
    form = "json" if as_json else form
    click.echo(text(report, lang) if form == "text" else FORMATS[form](report))
    context.exit(1 if report.errors or (strict and report.findings) else 0)
