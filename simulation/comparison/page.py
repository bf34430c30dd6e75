"""The report of a comparison: one HTML file that asks for nothing else, the same bytes for the same runs."""

from __future__ import annotations

from typing import Any, NamedTuple

from simulation.comparison import datasets
from simulation.comparison.comparing import Compared
from simulation.comparison.differences import (
    Difference,
    differences,
    luck_shared,
    quantities,
    saved,
    steps,
    yearly,
)
from simulation.comparison.lever_words import CONFIDENCE, LEVER_WORDS
from simulation.comparison.saying import changed, point, points, signed, value, within
from simulation.comparison.waterfall import waterfall
from simulation.report import charts, words
from simulation.report.page import environment, ranked
from simulation.report.tables import Cell, Column, Row, Table
from simulation.swings import Ranking

SIDES = ("現状", "改善後")


class Tile(NamedTuple):
    """One key figure of the comparison."""

    label: str
    figure: str
    unit: str
    note: str


def render(found: Compared, ranking: Ranking | None = None) -> str:
    """The comparison as one HTML document, without any address, clock time or path.

    Args:
        ranking: which assumptions move the differences, where that was looked for.
    """
    rows = datasets.levers(found)
    labels = [row["label"] for row in rows]
    times = yearly(found.days)
    basis = f"{len(found.pairs)}組・{found.days}日分"
    return (
        environment()
        .get_template("compare.html.j2")
        .render(
            found=found,
            city=found.declared.municipality.label,
            basis=basis,
            period=f"{words.day(found.asked.first)}から{words.day(found.asked.last)}まで",
            points=points(found),
            tiles=_tiles(found),
            waterfall=charts.both(lambda width: waterfall(labels, steps(found.pairs), times, f"fall-{width}", width)),
            tables=_tables(found),
            swings=ranked(ranking) if ranking else None,
            shared=luck_shared(found.pairs),
            applicants=datasets.applicants(found),
            sureness=CONFIDENCE[found.scenario.written.confidence],
            title_of={name: found.pairs[0][0]["procedures"][name]["title"] for name in found.procedures},
        )
    )


def _tiles(found: Compared) -> list[Tile]:
    ours = {one.quantity.id: one for one in differences(found.pairs, quantities(found.days))}
    share = saved(found.pairs)
    tiles = [Tile("削減時間（1年）", *_saved_hours(ours["yearly_hours"]))]
    if share is not None:
        note = f"95%区間 {100 * share.interval.low:.1f}〜{100 * share.interval.high:.1f}%" if share.interval else ""
        tiles.append(Tile("削減率", f"{100 * share.share:.1f}", "%", note))
    for name, label in (
        ("minutes_per_case", "1件当たり時間"),
        ("lead_days", "手続時間"),
        ("late_share", "期限を過ぎた割合"),
        ("online_share", "オンライン申請率"),
    ):
        if name in ours:
            one = ours[name]
            unit = "%" if one.quantity.form == "share" else one.quantity.unit
            figure = f"{100 * one.after:.1f}" if one.quantity.form == "share" else f"{one.after:,.1f}"
            tiles.append(Tile(f"{label}（改善後）", figure, unit, f"現状 {value(one.quantity, one.before)}"))
    return tiles


def _saved_hours(one: Difference) -> tuple[str, str, str]:
    """The hours saved in a year, which are the change the other way round."""
    if one.interval is None:
        return _plain(-one.change), "時間", "1組では区間がありません"
    return _plain(-one.change), "時間", f"95%区間 {_plain(-one.interval.high)}〜{_plain(-one.interval.low)}時間"


def _plain(number: float) -> str:
    return f"{number + 0.0:,.1f}".replace("-", "−")


def _tables(found: Compared) -> dict[str, Table]:
    made = [
        _figures(found),
        _sides(found),
        _levers(found),
        _procedures(found),
        _units(found),
        _channels(found),
        _posts(found),
    ]
    return {table.id: table for table in [*made, _assumed(found)]}


def _columns(first: str, *rest: str) -> tuple[Column, ...]:
    """A column of words and then columns of numbers that are written already."""
    return (Column(first), *(Column(label, "decimal") for label in rest))


def _figures(found: Compared) -> Table:
    rows = tuple(
        (
            one.quantity.label,
            value(one.quantity, one.before),
            value(one.quantity, one.after),
            signed(one.quantity, one.change),
            within(one.quantity, one.interval),
            point(one),
        )
        for one in differences(found.pairs, quantities(found.days))
    )
    columns = (*_columns("数字", *SIDES, "差", "差の95%区間"), Column("読み方"))
    return Table("figures", "現状と改善後（すべての手続）", columns, rows)


def _sides(found: Compared) -> Table:
    rows = tuple(
        (
            one.quantity.label,
            *(
                f"{value(one.quantity, end.low)}〜{value(one.quantity, end.high)}" if end is not None else "–"
                for end in (one.before_interval, one.after_interval)
            ),
        )
        for one in differences(found.pairs, quantities(found.days))
    )
    return Table("sides", "現状と改善後、それぞれの95%区間", _columns("数字", *SIDES), rows)


def _levers(found: Compared) -> Table:
    times = yearly(found.days)
    rows = [(row["label"], *_with_interval(row, times)) for row in datasets.levers(found)[1:]]
    return Table(
        "levers",
        "てこごとの効き目（この順に足したときの、年間工数の差）",
        _columns("てこ", "差（時間）", "差の95%区間"),
        tuple(rows),
    )


def _with_interval(row: dict[str, Any], times: float = 1.0) -> tuple[str, str]:
    low, high = row["change_low"], row["change_high"]
    interval = f"{changed(low * times)}〜{changed(high * times)}" if low is not None else "–"
    return changed(row["change"] * times), interval


def _procedures(found: Compared) -> Table:
    rows: list[Row] = []
    for name in found.procedures:
        ours = {one.quantity.id: one for one in differences(found.pairs, quantities(found.days), name)}
        title = found.pairs[0][0]["procedures"][name]["title"]
        hours, lead, late = ours["yearly_hours"], ours.get("lead_days"), ours.get("late_share")
        rows.append(
            (
                title,
                value(ours["cases"].quantity, ours["cases"].before),
                value(hours.quantity, hours.before),
                signed(hours.quantity, hours.change),
                within(hours.quantity, hours.interval),
                signed(lead.quantity, lead.change) if lead else "–",
                signed(late.quantity, late.change) if late else "–",
            )
        )
    labels = ("件数", "年間工数（現状）", "年間工数の差", "差の95%区間", "手続時間の差", "期限を過ぎた割合の差")
    return Table("procedures", "手続ごとの差", _columns("手続", *labels), tuple(rows))


def _units(found: Compared) -> Table:
    times = yearly(found.days)
    rows = tuple(
        (row["unit"], _plain(row["as_is"] * times), _plain(row["to_be"] * times), *_with_interval(row, times))
        for row in datasets.work_units(found)
    )
    return Table("units", "作業単位ごとの年間工数（時間）", _columns("作業単位", *SIDES, "差", "差の95%区間"), rows)


def _channels(found: Compared) -> Table:
    rows = tuple(
        (row["label"], *(cell for side in ("as_is", "to_be") for cell in _of_channel(row, side)))
        for row in datasets.channels(found)
    )
    labels = [f"{label}（{side}）" for side in SIDES for label in ("件数", "誤り", "補正")]
    return Table(
        "channels", "経路ごとの件数と、誤りのある割合・補正を求めた割合（1組の平均）", _columns("経路", *labels), rows
    )


def _of_channel(row: dict[str, Any], side: str) -> tuple[Cell, Cell, Cell]:
    cases = row[f"{side}_cases"]
    mistaken, corrected = (words.percent(row[f"{side}_{key}"], cases) for key in ("mistaken", "corrected"))
    return f"{cases:,.1f}", mistaken, corrected


def _posts(found: Compared) -> Table:
    rows = tuple(
        (
            row["label"],
            f"{row['as_is_people']}",
            _load(row, "as_is"),
            f"{row['to_be_people']}",
            _load(row, "to_be"),
        )
        for row in datasets.posts(found)
        if row["as_is_load"] or row["to_be_load"]
    )
    labels = [f"{label}（{side}）" for side in SIDES for label in ("人数", "忙しさ")]
    return Table("posts", "職ごとの忙しさ（申請が来る間に、作業していた時間の割合）", _columns("職", *labels), rows)


def _load(row: dict[str, Any], side: str) -> str:
    share, low, high = (row[f"{side}_load{end}"] for end in ("", "_low", "_high"))
    if share is None:
        return "–"
    interval = f"（{100 * max(0, low):.1f}〜{100 * high:.1f}%）" if low is not None else ""
    return f"{100 * share:.1f}%{interval}"


def _assumed(found: Compared) -> Table:
    """Every figure of the levers as it is written, with the ground of each."""
    file = found.scenario.written
    rows: list[Row] = []
    for side, levers in (("（現状にも）", found.scenario.baseline), ("", found.scenario.levers)):
        for lever in levers:
            said = lever.model_dump(exclude={"id", "kind", "label", "source"}, exclude_defaults=True)
            told = "、".join(f"{LEVER_WORDS[name]} {_written(one)}" for name, one in said.items())
            rows.append((f"{lever.label}{side}", f"{LEVER_WORDS[lever.kind]}: {told}", lever.source or file.source))
    for row in file.applicant:
        told = f"現状 {row.as_is:g}分、改善後 {row.to_be:g}分"
        rows.append((f"申請者の{row.unit}({row.channel})", told, file.source))
    columns = tuple(Column(label) for label in ("変えたこと", "値（すべて仮定）", "根拠"))
    return Table("assumed", "このファイルで変えたこと", columns, tuple(rows), measured=False)


def _written(one: object) -> str:
    if isinstance(one, tuple):
        return "・".join(str(each) for each in one)
    if isinstance(one, dict):
        return "・".join(f"{name} {each:g}" for name, each in one.items())
    if isinstance(one, bool):
        return "はい" if one else "いいえ"
    return LEVER_WORDS.get(one, one) if isinstance(one, str) else f"{one:g}" if isinstance(one, float) else str(one)
