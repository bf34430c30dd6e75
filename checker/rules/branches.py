"""B19, K14 to K16: branches and members that are there in vain."""

from __future__ import annotations

import json
from collections.abc import Iterator

from checker.finding import Finding
from checker.rules.contradictions import judge
from checker.rules.deciding import is_open_to_doubt, parts, surely_impossible
from checker.schema_file import SchemaFile

_EITHER = ("anyOf", "oneOf")
_LISTS = ("allOf", *_EITHER)


def repeated(file: SchemaFile) -> Iterator[Finding]:
    """B19: a branch that says the same as one before it."""
    for sub in file.subschemas():
        for key in _LISTS:
            listed = sub.schema.get(key)
            told = [json.dumps(one, sort_keys=True) for one in listed] if isinstance(listed, list) else []
            for number, one in enumerate(told):
                if one in told[:number]:
                    ja = f"{key} の{told.index(one) + 1}番目と{number + 1}番目が同じです。写し忘れか、直し忘れです。"
                    yield file.found("B19", sub.below(key, number), ja, f"{key} says the same twice")


def dead_choices(file: SchemaFile) -> Iterator[Finding]:
    """K14: a branch of an anyOf or a oneOf that nothing can take, beside what stands around it."""
    for sub in parts(file):
        for key in _EITHER:
            listed = sub.schema.get(key)
            rest = {name: value for name, value in sub.schema.items() if name != key}
            if not isinstance(listed, list) or is_open_to_doubt([rest, listed]):
                continue
            dead = [number for number, one in enumerate(listed) if surely_impossible({"allOf": [rest, one]}, file)]
            for number in dead if len(dead) < len(listed) else ():  # where all are dead, K3 says so
                ja = f"{key} の{number + 1}番目に合う答えはありません。並んで書かれた条件と矛盾しています。"
                yield file.found("K14", sub.below(key, number), ja, f"no value takes branch {number + 1} of {key}")


def refused_names(file: SchemaFile) -> Iterator[Finding]:
    """K15: a member that is described, and whose name is refused."""
    for sub in file.subschemas():
        names, known = sub.schema.get("propertyNames"), sub.schema.get("properties")
        asked = judge(names) if isinstance(names, dict) and isinstance(known, dict) else None
        for name in known if isinstance(known, dict) and asked is not None else ():
            if failed := asked.failures(name):  # type: ignore[union-attr]
                ja = f"「{name}」は propertyNames の{failed[0].keyword}に合わず、書くと断られます。"
                yield file.found("K15", sub.below("properties", name), ja, f"the name {name!r} is refused")


def too_few(file: SchemaFile) -> Iterator[Finding]:
    """K16: a list that wants more different items than there are."""
    for sub in file.subschemas():
        least, items = sub.schema.get("minItems"), sub.schema.get("items")
        if sub.schema.get("uniqueItems") is not True or not isinstance(least, int) or not isinstance(items, dict):
            continue
        listed = [True, False] if items.get("type") == "boolean" else items.get("enum")
        count = len({json.dumps(one, sort_keys=True) for one in listed}) if isinstance(listed, list) else least
        if count < least:
            ja = f"違うものを{least}個求めていますが、選べるのは{count}個です。"
            yield file.found("K16", sub.below("minItems"), ja, f"{least} different items are wanted of {count}")


RULES = (repeated, dead_choices, refused_names, too_few)
