"""本人確認 of a case: the certificate of who signed beside the form, and what comes of it kept as a check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.clock import civil_day
from engine.definition.rows import Check
from engine.errors import NotPossibleNow, UnknownThing
from forms.form import Form
from office import lookups
from office.doing import look
from office.lookups import Whom
from office.session import Session
from office.showing import note, viewer_of
from registers.certificate import Attributes, Certificate, words
from registers.identity import Identity, compare
from registers.port import LookUp

if TYPE_CHECKING:
    from engine.work import Work

PURPOSE = "case identity"
_HELD = {"name": "juki.name_kanji", "address": "juki.address", "birth_date": "juki.birth_date", "sex": "juki.sex"}
_PARTS = tuple(f"juki.address.{part}" for part in ("prefecture", "city", "street", "building"))
_READS = "form.identity_check"
_SEX = {"male": "男", "female": "女", "unspecified": "記載なし"}


@dataclass(frozen=True)
class Compared:
    """What is written and what the certificate holds, what that means, and the check that it was kept as."""

    signed_on: dt.date
    written: Attributes
    certificate: Certificate
    identity: Identity
    check: Check | None
    looked_up: tuple[LookUp, ...]
    kept: bool = False


def compared(session: Session, case_id: int, whom: Whom, *, keep: bool) -> Compared:
    """The certificate of a resident beside the form of a case; every look-up and reading is noted before it is shown.

    Args:
        whom: the resident who signed.
        keep: record what it came to as the check of this stage that looks at the identity.

    Raises:
        Misused: nobody is named who looks.
        NotYourTurn: it is a citizen.
        NotPossibleNow: nothing has arrived yet, the form has no four attributes, or `keep` without such a check.
        UnknownThing: no such resident, or one without a certificate.
        Refusal: with `keep`, the actor may not record checks here.
        StoreError: it could not be noted who sees this, so nothing was looked up.
    """
    viewer = viewer_of(session)
    with session.engine.reading(case_id) as work:
        lookups.require_office(work, viewer)
        signed_on, check = _signed_on(work), _check(work)
        written, paths = _written(_form(session, work), work)
    if keep and check is None:
        ja = f"案件{case_id}: いまの段階に、本人確認の確認はありません。--record なしで見比べてください。"
        raise NotPossibleNow(ja, f"case {case_id} has no check of identity at this stage", case=case_id)
    counter, look_ups = lookups.counter(session, case_id, viewer, PURPOSE, whom, signed_on)
    certificate = counter.certificate(whom.person)
    if certificate is None:
        ja = f"住民{whom.person}に署名用電子証明書はありません。窓口か郵送の書類で確かめます。"
        raise UnknownThing(ja, f"resident {whom.person} has no signing certificate", person=whom.person)
    note(session, viewer, case_id, PURPOSE, dict.fromkeys(paths, "general"))
    found = compare(certificate, written, counter.registered(whom.person), signed_on)
    if keep and check is not None:
        look(session, case_id, [f"{check.id}={'passed' if found.is_confirmed else 'failed'}"])
    return Compared(signed_on, written, certificate, found, check, tuple(look_ups), keep)


def lines(found: Compared, lang: str = "ja") -> Iterator[str]:
    """What it came to, in words."""
    held, written = _texts(found.certificate.attributes), _texts(found.written)
    yield f"署名用電子証明書と申請書(届いた日 {found.signed_on}、証明書の期限 {found.certificate.expires_on})"
    for name, said in words()["attributes"].items():
        mark = _mark(found.identity, name)
        beside = held[name] if held[name] == written[name] else f"{held[name]} / {written[name]}"
        yield f"  {said['ja']} {mark}: {beside}"
    yield found.identity.en if lang == "en" else found.identity.ja
    if found.check is not None:
        result = "済" if found.identity.is_confirmed else "不可"
        done = "と記録しました。" if found.kept else "になります(--record で記録します)。"
        yield f"確認「{found.check.says}」は「{result}」{done}"
    yield from lookups.told(found.looked_up)


def _mark(identity: Identity, name: str) -> str:
    if name == "name" and identity.verdict == "equal_by_substitute":
        return "同じ(代わりの文字)"
    return "違う" if name in identity.differing else "同じ"


def facts(found: Compared) -> dict[str, Any]:
    """The same for a program; no attribute, only which differ."""
    return {
        "verdict": found.identity.verdict,
        "confirmed": found.identity.is_confirmed,
        "differing": list(found.identity.differing),
        "signed_on": found.signed_on.isoformat(),
        "said": {"ja": found.identity.ja, "easy": found.identity.easy, "en": found.identity.en},
        "check": found.check.id if found.check else None,
        "recorded": found.kept,
        "looked_up": lookups.facts(found.looked_up),
    }


def _signed_on(work: Work) -> dt.date:
    arrived_at = work.whole.case.arrived_at
    if arrived_at is None:
        number = work.whole.case.id
        ja = f"案件{number}はまだ届いていません。届いた申請書の署名だけを見比べられます。"
        raise NotPossibleNow(ja, f"case {number} has not arrived yet", case=number)
    return civil_day(arrived_at)


def _check(work: Work) -> Check | None:
    """The check of the present stage in which a person looks at the identity."""
    here = (row for row in work.edition.procedure.checks if row.stage == work.whole.case.state)
    return next((row for row in here if any(path.startswith(_READS) for path in row.reads)), None)


def _form(session: Session, work: Work) -> Form:
    form, _ = session.declared.forms.load(work.edition.procedure.form)
    if form is None:
        raise UnknownThing("この手続の様式がありません。", "the procedure has no form here")
    return form


def _written(form: Form, work: Work) -> tuple[Attributes, list[str]]:
    """The four attributes of whom the form is about, and where they stand."""
    answers = work.answers("form")
    paths: dict[str, str] = {}
    for field in form.fields:
        if field.about == "person" and field.prefill is not None and "*" not in field.pointer:
            paths.setdefault(field.prefill, field.path)
    values = {key: _at(answers, path) for key, path in paths.items()}
    address = values.get("juki.address") or "".join(str(values.get(part) or "") for part in _PARTS)
    name, born = values.get(_HELD["name"]), values.get(_HELD["birth_date"])
    if not (name and born and address):
        ja = "この申請書には、証明書と見比べる氏名・住所・生年月日がそろっていません。"
        raise NotPossibleNow(ja, "the form does not hold name, address and date of birth of the person")
    sex = str(values.get(_HELD["sex"]) or "unspecified")
    read = [path for key, path in paths.items() if key in {*_HELD.values(), *_PARTS}]
    return Attributes(str(name), address, dt.date.fromisoformat(str(born)), sex), read


def _at(answers: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - any JSON
    value: Any = answers
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _texts(one: Attributes) -> dict[str, str]:
    return {"name": one.name, "address": one.address, "birth_date": str(one.birth_date), "sex": _SEX[one.sex]}
