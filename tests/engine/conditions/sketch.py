"""Three procedures as conditions see them: their texts, as they stand on one day, and the shapes of what they read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from engine.calendar import OpeningCalendar
from engine.conditions import Condition, Functions, Language, Source, Vocabulary
from engine.problems import Problem
from engine.shapes import Many, Record, Scalar, Shape

TEXT, DAY, WHOLE, YES_NO, YEN = (Scalar(kind) for kind in ("text", "date", "whole", "yes_no", "yen"))
CERTAIN = ("case", "params", "task")
PROCEDURES = ("pregnancy_notice", "child_allowance_claim", "care_certification")
_FOLDER = Path(__file__).parent / "declared"


class Tables:
    """Two dated tables; anything else has no row."""

    def lookup(self, name: str, on: date, key: str) -> int | str:
        rows = {("allowance", "u3"): 15_000, ("allowance", "o3"): 10_000, ("validity_months_max", "new"): 12}
        if (name, key) not in rows:
            raise LookupError(f"表「{name}」に{on}の「{key}」の行がありません。")
        return rows[name, key]


def one_of(*choices: str) -> Scalar:
    return Scalar("text", choices)


def record(**fields: Shape) -> Record:
    return Record(fields)


def functions() -> Functions:
    return Functions(OpeningCalendar(), Tables())


def compiled(procedure: str) -> tuple[Language, dict[tuple[str, ...], Condition], list[Problem]]:
    """A procedure's conditions, compiled against its shapes."""
    texts = tomllib.loads((_FOLDER / f"{procedure}.toml").read_text("utf-8"))
    asked, task = ASKED[procedure], TASK
    named = [_named(row, kind, asked) for kind in ("conditions", "rules") for row in texts[kind]]
    rest = [_placed(row, asked, None) for row in texts["texts"]]
    rest += [_placed(row, asked, task) for row in texts["of_tasks"]]
    language = Language(Vocabulary(ROOTS[procedure], named, CERTAIN), functions())
    return language, *language.compile(rest)


def _named(row: Mapping[str, Any], kind: str, asked: Record) -> Source:
    return Source(row["id"], row["cel"], row.get("type", "yes_no"), (kind, row["id"]), asked=asked)


def _placed(row: Mapping[str, Any], asked: Record, task: Record | None) -> Source:
    path = tuple(row["at"].split("."))
    return Source(path[-2], row["cel"], "yes_no", path, asked=asked if path[-1] == "when" else None, task=task)


TASK = record(
    state=one_of("waiting", "pending", "decided", "sent_back"),
    role=one_of("reviewer", "cosigner", "decider"),
    turn=YES_NO,
    absent=YES_NO,
    asked_again=YES_NO,
    times_postponed=WHOLE,
    days_open=WHOLE,
)
_CHECK = record(passed=YES_NO, failed=YES_NO)
_APPROVAL = Many(record(state=one_of("pending", "decided", "sent_back", "dropped"), role=TASK.fields["role"]))


def _checks(*ids: str) -> Record:
    return Record(dict.fromkeys(ids, _CHECK))


def _task(*states: str) -> Record:
    return record(state=one_of(*states))


_CORRECTION = _task("asked", "answered", "overdue")
_CASE_STATES = (
    "formal_review",
    "correction_requested",
    "gathering",
    "on_hold",
    "panel_deliberated",
    "returned_for_survey",
)
_CASE = record(
    state=one_of(*_CASE_STATES),
    nature=one_of("application", "welfare_request", "claim"),
    arrived_on=DAY,
    days_in_state=WHOLE,
    channel=one_of("online", "counter", "mail"),
)
_LEVELS = ("none", "support1", "support2", "care1", "care2", "care3", "care4", "care5")

ASKED = {
    "pregnancy_notice": record(consent=YES_NO, copies=WHOLE),
    "child_allowance_claim": record(consent=YES_NO, amount=YEN, pay_on=DAY),
    "care_certification": record(consent=YES_NO, kind=one_of("city_staff", "entrusted_corporation", "other_city")),
}
ROOTS: dict[str, dict[str, Shape]] = {
    "pregnancy_notice": {
        "form": record(
            weeks=WHOLE,
            due_date=DAY,
            fetal_number=WHOLE,
            age=WHOLE,
            mental_health=one_of("none", "some", "severe"),
            partner=one_of("well", "dv"),
            financial_anxiety=one_of("none", "some", "severe"),
            maternity_allowance_claim=YES_NO,
            identity_check=record(channel=one_of("online", "counter")),
            representative=record(authority_basis=one_of("legal", "power_of_attorney")),
        ),
        "case": _CASE,
        "facts": record(resident_here=YES_NO, needs_support=YES_NO),
        "tasks": record(
            interview=_task("unbooked", "done"), support_plan=_task("drafting", "agreed"), correction=_CORRECTION
        ),
        "checks": _checks("formal_review"),
    },
    "child_allowance_claim": {
        "form": record(
            event_date=DAY,
            children=Many(record(birth_date=DAY, living=one_of("together", "apart_other", "abroad_study"))),
            elder_siblings=Many(record(birth_date=DAY)),
            income_order=one_of("self", "spouse", "equal"),
            bank_account=record(use_public_account=YES_NO, holder_kana=TEXT),
            applicant=record(name_kana=TEXT),
            cohabiting_parent_claim=YES_NO,
            applicant_category=one_of("parent", "guardian", "corp_guardian"),
            claim_reason=one_of("birth", "move_in", "public_servant_leave"),
            representative=record(authority_basis=one_of("legal", "power_of_attorney")),
            pushed_donation=YES_NO,
        ),
        "case": _CASE,
        "given": record(proposal=record(third_child_refused=YES_NO)),
        "facts": record(
            obstacle_ended_on=DAY,
            pension_linked=YES_NO,
            tax_linked=YES_NO,
            child_in_other_city=YES_NO,
            month_to_grant=YES_NO,
            benefit_ceased=YES_NO,
            budget_left=YES_NO,
        ),
        "tasks": record(
            correction=_CORRECTION,
            inquiry=_task("asked", "answered", "overdue"),
            payment=_task("scheduled", "paid", "cancelled", "lapsed"),
            approval_step=_APPROVAL,
        ),
        "checks": _checks(
            *(
                "formal_review",
                "substantive_review",
                "higher_earner",
                "cap",
                "nationality_stay",
                "facility",
                "jurisdiction",
            )
        ),
        "params": record(hold_days=WHOLE),
        "proposal": record(outcome=one_of("approved", "rejected")),
    },
    "care_certification": {
        "form": record(
            app=record(
                urgent=Many(one_of("terminal", "discharge", "abuse")),
                kind=one_of("new", "support_to_care"),
                past_cert_elsewhere=YES_NO,
                insurance_card_lost=YES_NO,
            ),
            insured=record(category=one_of("first", "second", "deemed_second")),
            second=record(disease=TEXT),
            medical=record(type=one_of("national", "employees")),
            submitter=record(kind=one_of("self", "family", "legal", "other")),
            place=record(kind=one_of("home", "hospital")),
            doctor=record(exists=YES_NO),
        ),
        "case": _CASE,
        "given": record(panel_result=record(level=one_of(*_LEVELS), months=WHOLE)),
        "facts": record(
            card_issued=YES_NO,
            my_number_written=YES_NO,
            paper_channel=YES_NO,
            no_just_cause=YES_NO,
            service_used=YES_NO,
            address_exception=YES_NO,
            panel_on=DAY,
        ),
        "tasks": record(
            correction=_CORRECTION,
            survey=_task("scheduling", "done", "checked", "impossible"),
            opinion=_task("requested", "checked", "impossible"),
            approval_step=_APPROVAL,
        ),
        "clocks": record(statutory=record(state=one_of("running", "due", "overdue"), limit_on=DAY)),
        "checks": _checks("formal_review", "insured", "disease", "validity", "survey", "opinion"),
        "params": record(survey_giveup_days=WHOLE, surveyors=Many(TEXT)),
        "municipality": record(original_card_required=YES_NO, pending_on_move=one_of("close", "continue")),
        "proposal": record(
            outcome=one_of("certified_care", "certified_support", "not_applicable", "rejected"),
            drafted_in=one_of(*_CASE_STATES),
        ),
        "register": record(nintei=record(level=one_of(*_LEVELS), valid=YES_NO, valid_to=DAY)),
    },
}
