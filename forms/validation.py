"""Which keyword of a schema fails where: the one module that knows jsonschema and jsonschema-rs.

`jsonschema`, with patterns read by ECMA-262 rules (`regress`), is the reference; `jsonschema-rs` is the fast path. The
two must name the same failures, and `both=True` holds them to it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from engine.errors import MadoguchiError
from forms.decoding import pointer_to
from forms.form import Schema

HIDDEN = "hidden"
FORMATS = ("date", "email")
_LENGTH_OF_A_DAY = 10
# These carriers gave out addresses with a dot before the @ or two dots in a row, and people still have them.
_CARRIERS = ("docomo.ne.jp", "ezweb.ne.jp", "au.com", "softbank.ne.jp", "i.softbank.jp", "vodafone.ne.jp")


class Failure(NamedTuple):
    """One keyword that fails at one place of a document; `hidden` is what a `false` schema says."""

    pointer: str
    keyword: str


class Disagreement(MadoguchiError):
    """The two validators name different failures of one document: a bug, never an answer's fault."""

    code = "validators_disagree"


class Validator:
    """Judges documents by one schema.

    Args:
        formats: whether a format is demanded, or only a note as in plain JSON Schema.
        others: schemas to which references may lead besides, by their address; nothing is ever fetched.
    """

    def __init__(
        self,
        schema: Schema | bool,  # noqa: FBT001 - a schema may be true or false
        *,
        formats: bool = True,
        others: Mapping[str, Schema] | None = None,
    ) -> None:
        self._schema = schema
        self._formats = formats
        self._others = others or {}

    def failures(self, document: object, *, both: bool = False) -> tuple[Failure, ...]:
        """Every failure of a JSON document, sorted and each once.

        Args:
            both: ask the reference as well.

        Raises:
            Disagreement: the reference and the fast path name different failures.
        """
        found = set(self._by_fast_path(document))
        fast = tuple(sorted(found)) if found else ()
        if both and (reference := tuple(sorted(set(self._by_reference(document))))) != fast:
            only = sorted(set(reference) ^ set(fast))
            raise Disagreement(
                f"2つの検査の結果が食い違いました: {only}",
                f"the two validators disagree: {only}",
                reference=reference,
                fast=fast,
            )
        return fast

    def accepts(self, document: object) -> bool:
        """Whether a JSON document has no failure."""
        return bool(self._fast.is_valid(document))

    def reference_accepts(self, document: object) -> bool:
        """The same, asked of the reference."""
        return bool(self._reference.is_valid(document))

    @cached_property
    def _fast(self) -> Any:  # noqa: ANN401
        import jsonschema_rs

        formats = {"date": is_day, "email": is_email}
        registry = jsonschema_rs.Registry(list(self._others.items())) if self._others else None
        return jsonschema_rs.Draft202012Validator(
            self._schema,
            formats=formats,
            validate_formats=self._formats,
            registry=registry,
            retriever=_unfetched,
            mask="",
        )

    @cached_property
    def _reference(self) -> Any:  # noqa: ANN401
        """Heavy (0.8 s to import): made only when the reference is asked."""
        from jsonschema import Draft202012Validator, FormatChecker, validators
        from referencing import Registry
        from referencing.jsonschema import DRAFT202012

        checker = FormatChecker(formats=())
        checker.checks("date")(lambda value: not isinstance(value, str) or is_day(value))
        checker.checks("email")(lambda value: not isinstance(value, str) or is_email(value))
        rules = {"pattern": _pattern, "patternProperties": _pattern_properties, "properties": _properties}
        reference: Any = validators
        known = [(address, DRAFT202012.create_resource(one)) for address, one in self._others.items()]
        made = reference.extend(Draft202012Validator, rules)
        registry: Any = Registry().with_resources(known)
        return made(self._schema, format_checker=checker if self._formats else None, registry=registry)

    def _by_fast_path(self, document: object) -> Iterator[Failure]:
        for error in self._fast.iter_errors(document):
            at = _pointer(error.instance_path)
            facts = error.kind.as_dict()
            keyword = HIDDEN if error.kind.name == "falseSchema" else str(error.schema_path[-1])
            children = [facts["property"]] if "property" in facts else facts.get("unexpected")
            yield from _at_children(at, keyword, children)

    def _by_reference(self, document: object) -> Iterator[Failure]:
        for error in self._reference.iter_errors(document):
            at = _pointer(error.absolute_path)
            keyword = HIDDEN if error.validator is None else str(error.validator)
            yield from _at_children(at, keyword, _concerned(error))


def schema_problems(schema: Schema) -> list[tuple[tuple[str, ...], str]]:
    """What the 2020-12 metaschema has against a schema: the way to the place, and the library's English sentence."""
    import jsonschema_rs

    try:
        jsonschema_rs.meta.validate(schema)
        jsonschema_rs.Draft202012Validator(schema, retriever=_unfetched)
    except jsonschema_rs.ValidationError as error:
        return [(tuple(str(step) for step in error.instance_path), error.message)]
    except jsonschema_rs.ReferencingError as error:
        return [((), str(error))]
    return []


def _unfetched(address: str) -> Any:  # noqa: ANN401 - a schema, if there were one
    """What stands at an address that nobody handed in: nothing, for no check asks the network."""
    raise ValueError(f"{address} is not fetched")


def is_day(text: str) -> bool:
    """Whether the text is a day of the calendar as YYYY-MM-DD and nothing else."""
    if len(text) != _LENGTH_OF_A_DAY or text[4] != "-" or text[7] != "-" or not text.isascii():
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_email(text: str) -> bool:
    """Whether mail could be addressed so; nothing is asked of any server, and old carrier addresses pass."""
    from email_validator import EmailNotValidError, validate_email

    local, _, domain = text.rpartition("@")
    if domain.lower() in _CARRIERS:
        text = f"{re.sub(r'[.]+', '.', local).strip('.')}@{domain}"
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def matches(pattern: str, text: str) -> bool:
    """Whether an ECMA-262 pattern finds itself in the text, as JSON Schema has it."""
    return bool(_regex(pattern).find(text))


def pattern_problem(pattern: str) -> str:
    """Why an ECMA-262 pattern (with u) cannot be read, in the library's English; empty when it can."""
    import regress

    try:
        _regex(pattern)
    except regress.RegressError as error:
        return str(error)
    return ""


def _pointer(path: Sequence[str | int]) -> str:
    pointer = ""
    for step in path:
        pointer = pointer_to(pointer, step)
    return pointer


def _at_children(at: str, keyword: str, children: Sequence[str] | None) -> Iterator[Failure]:
    """A keyword that speaks of an object's members fails at those members, where a person can do something."""
    if children is None:
        yield Failure(at, keyword)
    else:
        yield from (Failure(pointer_to(at, child), keyword) for child in children)


def _concerned(error: Any) -> list[str] | None:  # noqa: ANN401
    """The members of which a reference error speaks; the library names them only in its sentence."""
    if error.validator == "required":
        absent = [name for name in error.validator_value if name not in error.instance]
        return [name for name in absent if error.message.startswith(f"{name!r} ")]
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        return [name for name in error.instance if name not in known]
    return None


def _regex(pattern: str) -> Any:  # noqa: ANN401
    import regress

    return regress.Regex(pattern, "u")


def _pattern(_validator: Any, pattern: str, instance: object, _schema: Schema) -> Iterator[Any]:  # noqa: ANN401
    from jsonschema import ValidationError

    if isinstance(instance, str) and not _regex(pattern).find(instance):
        yield ValidationError("pattern")


def _pattern_properties(validator: Any, patterns: Schema, instance: object, _schema: Schema) -> Iterator[Any]:  # noqa: ANN401
    for pattern, subschema in patterns.items() if isinstance(instance, dict) else ():
        for name, value in instance.items() if isinstance(instance, dict) else ():
            if _regex(pattern).find(name):
                yield from _member(validator, name, value, subschema)


def _properties(validator: Any, properties: Schema, instance: object, _schema: Schema) -> Iterator[Any]:  # noqa: ANN401
    for name, subschema in properties.items() if isinstance(instance, dict) else ():
        if isinstance(instance, dict) and name in instance:
            yield from _member(validator, name, instance[name], subschema)


def _member(validator: Any, name: str, value: object, subschema: Any) -> Iterator[Any]:  # noqa: ANN401
    """The errors of one member; the library forgets where it is when the subschema is `false`."""
    from jsonschema import exceptions

    if subschema is False:
        error: Any = exceptions.ValidationError
        yield error(HIDDEN, validator=None, validator_value=None, instance=value, schema=False, path=[name])
    else:
        yield from validator.descend(value, subschema, path=name, schema_path=name)
