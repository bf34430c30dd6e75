"""The operators for declarations of procedures, by the phase of the check that has to find them."""

from __future__ import annotations

import datetime as dt

from tests.checker.plants import FAR, Operator, Row, adds, again, drops, misspelt, op, sets, table

_IDLE: Row = {
    "label": "写真",
    "states": [
        {"id": "wanted", "label": "これから", "kind": "working", "by": "clerk"},
        {"id": "taken", "label": "済み", "kind": "done"},
    ],
    "events": [{"id": "take", "label": "撮る", "from": "wanted", "to": "taken", "by": "applicant"}],
}


def _reordered(row: Row) -> None:
    name = row.pop("id")
    row["id"] = name


def _emptied(key: str, inner: str) -> Operator:
    return op("P47", key, sets(**{inner: ""}), inner, phase="rows")


def _late_version(row: Row) -> None:
    row["until"] = row["until"] + dt.timedelta(days=9)


def _nearly(row: Row) -> None:
    row["since"] = row["since"] + dt.timedelta(days=9)


LOAD: tuple[Operator, ...] = (
    op("D010", "events", sets(lable="x"), "id"),
    op("D010", "states", sets(knid="working"), "id"),
    op("D010", "", sets(titel="x"), "id"),
    op("D011", "states", drops("label"), "id", "label"),
    op("D011", "outcomes", drops("disposition"), "id"),
    op("D011", "", drops("title_easy"), "id"),
    op("D012", "states", sets(kind="workng"), "id", "kind"),
    op("D012", "natures", sets(act_kind="届け"), "act_kind"),
    op("D013", "notices", sets(text=3), "text"),
    op("D013", "checks", sets(says=["x"]), "says"),
    op("D013", "", sets(number="二"), "id"),
    op("D014", "inputs", sets(id="Bad Id"), "id"),
    op("D015", "events", _reordered, "label"),
    op("D015", "states", _reordered, "label"),
    op("D016", "", again("states"), "states"),
    op("D016", "", again("outcomes"), "outcomes"),
    op("D017", "events", sets(since=FAR, until=dt.date(2030, 4, 1)), "id"),
    op("D018", "", sets(id="another"), "id"),
    op("D018", "", sets(field="disasters"), "id"),
    op("D020", "fragments", misspelt("id"), "id"),
    op("D024", "", drops("params"), "params", "fragments"),
    op("D101", "events", misspelt("to"), "to"),
    op("D101 D102", "events", misspelt("from"), "from"),
    op("D101", "outcomes", misspelt("state"), "state"),
    op("D102", "events", sets(from_="@nobody"), "from"),
    op("D103", "events", misspelt("by"), "by"),
    op("D103", "states", misspelt("by"), "by"),
    op("D103", "facts", misspelt("by"), "by"),
    op("D103", "approval", misspelt("drafter"), "drafter"),
    op("D104", "events", misspelt("after"), "after"),
    op("D105", "events", misspelt("on"), "on"),
    op("D106", "events", misspelt("asks"), "asks"),
    op("D107", "clocks", sets(nature="nobody"), "label"),
    op("D108", "effects", misspelt("id"), "id"),
    op("D108", "clocks", misspelt("starts"), "starts"),
    op("D108", "clocks", misspelt("satisfied_by"), "satisfied_by"),
    op("D109", "effects", misspelt("proposes"), "proposes"),
    op("D110", "effects", misspelt("opens"), "opens"),
    op("D111", "effects", misspelt("notices"), "notices"),
    op("D111", "outcomes", misspelt("notice"), "notice"),
    op("D112", "effects", misspelt("registers"), "registers"),
    op("D112", "outcomes", misspelt("registers"), "registers"),
    op("D113", "effects", misspelt("opens_links"), "opens_links"),
    op("D115", "checks", misspelt("law"), "law"),
    op("D115", "clocks", misspelt("law"), "law"),
    op("D116", "common_errors", misspelt("check"), "check"),
    op("D112", "effects", misspelt("ends"), "ends"),
    op("D118", "states", misspelt("approval"), "approval"),
    op("D119", "timers", misspelt("days_of"), "days_of"),
    op("D121", "effects", misspelt("numbers"), "numbers"),
    op("D122", "effects", misspelt("notices_to"), "notices_to"),
    op("D123", "signals", misspelt("subject"), "subject"),
    op("D124", "checks", misspelt("stage"), "stage"),
    op("D125", "checks", sets(reads=["fomr.name"]), "reads"),
    op("D125 D126", "checks", misspelt("reads"), "reads"),
    op("D125 D126", "registrations", misspelt("keys"), "keys"),
    op("D127", "links", misspelt("to"), "to"),
    op("D201", "events", sets(auto=True), "by"),
    op("D201", "events", drops("by"), "by"),
    op("D202 P8", "", adds("states", {"id": "zq", "label": "迷子", "kind": "working", "by": "clerk"}), "states"),
    op("D207", "events", drops("to"), "to", auto=True),
    op("D209 D108", "checks", sets(on_fail="zq"), "on_fail"),
    op("D210", "states", sets(kind="done"), "id", "kind"),
    op("D213", "effects", drops("proposes"), "proposes"),
    op(
        "D214",
        "",
        table("tasks", "zq", {"label": "迷子", "states": [{"id": "a", "label": "済み", "kind": "done"}]}),
        "id",
    ),
    op("D216", "", adds("conditions", {"id": "form", "says": "様式", "cel": "true"}), "id"),
    op("D217", "", adds("conditions", {"id": "a-b", "says": "名", "cel": "true"}), "id"),
    op("D219", "timers", sets(days=3, months=3), "says"),
    op("D219", "checks", sets(passes="true", reads=["form"]), "says"),
    op("D221", "common_errors", drops("plant", "filed_as", "wrong"), "says"),
    op("D222", "", sets(natures=[]), "natures"),
    op("D223", "versions", _late_version, "until"),
    op("D224", "", adds("timers", {"id": "zq", "says": "待つ", "days": 5}), "id"),
    op("D224", "", adds("notices", {"id": "zq", "label": "迷子", "text": "x"}), "id"),
    op("D224", "", adds("inputs", {"id": "zq", "label": "迷子", "fields": {"a": "text"}, "labels": {"a": "x"}}), "id"),
    op("D303", "", drops("appeal"), "appeal"),
    op("D304", "outcomes", drops("reasons"), reasons="always"),
    op("D305", "outcomes", drops("notice"), "notice", disposition=True),
    op("D306", "states", sets(result="granted"), kind="final"),
    op("D306", "states", drops("result"), kind="settled"),
    op("D310", "states", sets(kind="settled", result="accepted"), kind="working"),
)
ROWS: tuple[Operator, ...] = (
    op("P10", "clocks", drops("satisfied_by", "due", "breach"), "satisfied_by", phase="rows"),
    op("P11", "", misspelt("department"), "department", phase="rows"),
    op("P16", "", adds("conditions", {"id": "zq", "says": "だれも読まない", "cel": "true"}), "id", phase="rows"),
    op("P16", "", adds("rules", {"id": "zq", "says": "計算", "cel": "1", "type": "whole"}), "id", phase="rows"),
    op("P17", "outcomes", sets(label=" "), "label", phase="rows"),
    op("P17", "", again("outcomes", id="zq"), "outcomes", phase="rows"),
    op("P21", "", sets(number=27), field="childcare", phase="rows"),
    op("P43", "", adds("facts", {"id": "zq", "type": "date", "says": "日", "source": "x"}), "id", phase="rows"),
    op("P44", "", lambda data: data.setdefault("params", {}).update(zq=3), "id", phase="rows"),
    op("P46", "notices", drops("text", "carries"), "text", phase="rows"),
    op("P47", "notices", lambda row: row.update(text=f"{row['text']}〇〇"), "text", phase="rows"),
    op("P47", "events", sets(label="TODO"), "label", phase="rows"),
    _emptied("law", "article"),
    _emptied("timers", "says"),
    op("P48", "states", drops("by"), "by", kind="working", phase="rows"),
    op("P49", "", table("tasks", "zq", _IDLE), "id", phase="rows"),
    op("P52", "", adds("timers", {"id": "zq", "says": "すぐ", "days": 0}), "id", phase="rows"),
    op("P53", "", adds("timers", {"id": "zq", "says": "99日待つ", "days": 9}), "id", phase="rows"),
    op("P53", "", adds("timers", {"id": "zq", "says": "14日待つ", "months": 14}), "id", phase="rows"),
    op("P53", "clocks", sets(label="99年の期間"), "label", phase="rows"),
    op("P55", "", lambda data: data["appeal"].update(months=2), "appeal", phase="rows"),
    op("P56", "", adds("roles", {"id": "zq", "label": "迷子", "side": "office"}), "id", phase="rows"),
    op("P57", "conditions", _nearly, "since", phase="rows"),
    op("P57", "rules", _nearly, "since", phase="rows"),
    op("H6", "", adds("attachments", {"id": "zq", "label": "世帯全員の住民票"}), "id", phase="rows"),
)
EDITION: tuple[Operator, ...] = (
    op("P1 C002", "events", sets(when="nobody_knows"), "by", phase="edition"),
    op(
        "P1 C002",
        "conditions",
        lambda row: row.update(cel=f"({row['cel']}) && fcats.x == true"),
        "cel",
        phase="edition",
    ),
    op("C003", "events", sets(when="form.no_such_field == 'x'"), "by", phase="edition"),
    op("C004", "events", sets(when="add_dayz(case.opened_on, 3) > case.opened_on"), "by", phase="edition"),
    op("C001", "events", sets(when="case.state == "), "by", phase="edition"),
    op("C005", "events", sets(when="case.opened_on + 'x' == 3"), "by", phase="edition"),
    op("C006 C005", "events", sets(when="case.opened_on"), "by", phase="edition"),
    op("P18", "events", sets(when="case.days_in_state == 1 && case.days_in_state == 2"), "by", phase="edition"),
    op("P18", "conditions", sets(cel="false"), "cel", phase="edition"),
    op("P20 E8", "events", sets(when="table('flood_frist', case.opened_on, 'x') == 1"), "by", phase="edition"),
)
OPERATORS = (*LOAD, *ROWS, *EDITION)
