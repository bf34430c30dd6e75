"""The steps that a condition is made of when it runs without the runtime: each is built once, at load, out of others.

A step gets an environment of its own evaluation: the roots by name, and under keys of their own the variables of
comprehensions and what was worked out already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from engine.conditions.binding import UNFIT, Fill
from engine.conditions.operators import Unsure, boolean, whole
from engine.conditions.signatures import Function, Parameter

Key = object
Environment = dict[Any, Any]
Run = Callable[[Environment], Any]

_TYPES: Mapping[Parameter, type] = {
    "day": str,
    "month": str,
    "day_or_month": str,
    "text": str,
    "whole": int,
    "yes_no": bool,
    "numbers": list,
    "list": list,
}
_RESULTS = frozenset({bool, list, type(None)})
_ABSENT = object()


def unsure(_environment: Environment) -> Any:
    """What is left to the runtime altogether."""
    raise Unsure


def constant(value: object) -> Run:
    """A value written in the text."""
    return lambda _environment: value


def variable(key: Key) -> Run:
    """The variable of a comprehension around it."""
    return itemgetter(key)


def root(name: str) -> Run:
    """A root as it stands in the environment."""

    def found(environment: Environment) -> Any:
        value = environment.get(name, _ABSENT)
        if value is _ABSENT:
            raise Unsure
        return value

    return found


def read(name: str, fill: Fill) -> Run:
    """A path of a root that is as it was built."""

    def filled(environment: Environment) -> Any:
        if name not in environment:
            raise Unsure
        found = fill(environment[name])
        if found is UNFIT:
            raise Unsure
        return found

    return filled


def scalar(name: str, path: Sequence[str], fill: Fill) -> Run:
    """The same for a scalar; most are what every filler leaves as it is."""
    otherwise = read(name, fill)
    if not path:
        return otherwise
    *above, last = path

    def found(environment: Environment) -> Any:
        value: Any = environment.get(name)
        for step in above:
            value = value.get(step) if type(value) is dict else None
        value = value.get(last) if type(value) is dict else None
        kind = type(value)
        if (kind is str and value.isprintable()) or kind is bool or (value is None and name in environment):
            return value
        return otherwise(environment)

    return found


def field(operand: Run, name: str) -> Run:
    """A field of a record that is no path of a root."""

    def found(environment: Environment) -> Any:
        record = operand(environment)
        if type(record) is not dict or name not in record:
            raise Unsure
        return record[name]

    return found


def once(key: Key, run: Run) -> Run:
    """What is worked out when it is first asked for, and then kept for the rest of the evaluation."""

    def kept(environment: Environment) -> Any:
        found = environment.get(key, _ABSENT)
        if found is _ABSENT:
            found = environment[key] = run(environment)
        return found

    return kept


def same(run: Run, value: object) -> Run:
    """Whether something is a text, a yes/no or null."""
    if isinstance(value, str):
        return lambda environment: run(environment) == value
    return lambda environment: run(environment) is value


def other(run: Run, value: object) -> Run:
    """Whether it is not."""
    if isinstance(value, str):
        return lambda environment: run(environment) != value
    return lambda environment: run(environment) is not value


def among(run: Run, texts: tuple[str, ...]) -> Run:
    """Whether something is one of some texts."""
    return lambda environment: run(environment) in texts


def short(runs: Sequence[Run], *, stop: bool) -> Run:
    """`||` stops at true, `&&` at false; where one before raises, the runtime asks whether a later one decides."""
    onward = not stop

    def decided(environment: Environment) -> bool:
        for run in runs:
            found = run(environment)
            if found is not onward:
                return boolean(found)
        return onward

    return decided


def choice(test: Run, then: Run, otherwise: Run) -> Run:
    """`?:`."""

    def chosen(environment: Environment) -> Any:
        found = test(environment)
        if found is True:
            return then(environment)
        if found is False:
            return otherwise(environment)
        raise Unsure

    return chosen


def several(runs: Sequence[Run]) -> Run:
    """A list written in the text."""
    return lambda environment: [run(environment) for run in runs]


def unary(run: Callable[[Any], Any], one: Run) -> Run:
    """An operator or a standard function of one value."""
    return lambda environment: run(one(environment))


def binary(run: Callable[[Any, Any], Any], left: Run, right: Run) -> Run:
    """The same of two."""
    return lambda environment: run(left(environment), right(environment))


def host(function: Function, args: Sequence[Run]) -> Run:
    """A call whose arguments have exactly the types it takes, or are null where null goes through."""
    takes = [(arg, _TYPES.get(parameter)) for arg, (_, parameter) in zip(args, function.takes, strict=True)]
    run, null_to_null = function.run, function.null_to_null

    def called(environment: Environment) -> Any:
        given, unknown = [], False
        for arg, kind in takes:
            value = arg(environment)
            if value is None:
                unknown = True
            elif type(value) is not kind:
                raise Unsure
            given.append(value)
        if unknown and null_to_null:
            return None
        try:
            found: Any = run(*given)
        except Exception as error:  # whatever it is: the runtime calls it again and says it as an error
            raise Unsure from error
        kind = type(found)
        if kind is str and (found.isascii() or _is_text(found)):
            return found
        if kind is int:
            return whole(found)
        if kind in _RESULTS:
            return found
        raise Unsure

    return called


def _is_text(found: str) -> bool:
    """Whether it is made of characters; half of a surrogate pair is none, and the runtime will not hold it."""
    return found.isprintable() or not any("\ud800" <= one <= "\udfff" for one in found)


def bound(key: Key, over: Run, body: Run) -> Run:
    """`cel.bind`: the body, with a variable that stands for a value."""

    def run(environment: Environment) -> Any:
        environment[key] = over(environment)
        return body(environment)

    return run


def _elements(over: Run, environment: Environment) -> list[Any]:
    found = over(environment)
    if type(found) is not list:
        raise Unsure
    return found


def mapped(key: Key, over: Run, body: Run) -> Run:
    """What the body gives for each element."""
    return lambda environment: [body(environment) for environment[key] in _elements(over, environment)]


def filtered(key: Key, over: Run, body: Run) -> Run:
    """The elements for which the body is true."""

    def kept(environment: Environment) -> list[Any]:
        return [environment[key] for environment[key] in _elements(over, environment) if boolean(body(environment))]

    return kept


def quantified(key: Key, over: Run, body: Run, *, stop: bool) -> Run:
    """`exists` and `all`: the first element that decides is enough."""

    def decided(environment: Environment) -> bool:
        for one in _elements(over, environment):
            environment[key] = one
            if boolean(body(environment)) is stop:
                return stop
        return not stop

    return decided


def exactly_one(key: Key, over: Run, body: Run) -> Run:
    """`exists_one`."""
    asked = mapped(key, over, body)
    return lambda environment: [boolean(one) for one in asked(environment)].count(True) == 1
