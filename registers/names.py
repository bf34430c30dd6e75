"""Names of made-up residents: drawn by how many bear them, now and then one that old systems mangle."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from random import Random

from registers.fiction import RARE, SHARE_OF_RARE, Name
from registers.resident import Sex

Row = tuple[str, str, str]
"""A name as written, in katakana and in Latin letters."""


@lru_cache(maxsize=1)
def given_names() -> Mapping[Sex, Sequence[Row]]:
    """The given names there are."""
    from faker.providers.person.ja_JP import Provider

    return {"female": Provider.first_name_female_pairs, "male": Provider.first_name_male_pairs}


@lru_cache(maxsize=1)
def _family_names() -> tuple[list[Row], list[float]]:
    """Family names with how many bear them."""
    from faker.providers.person.ja_JP import Provider

    return list(Provider.last_name_pairs), list(Provider.last_name_pairs.values())


def family_name(luck: Random) -> Name:
    """A family name."""
    if luck.random() < SHARE_OF_RARE:
        return Name(*luck.choice(RARE))
    names, weights = _family_names()
    return Name(*luck.choices(names, weights)[0])


def given_name(luck: Random, names: Sequence[Row], taken: Collection[str] = ()) -> Name:
    """One of the given names, if it can be one that is not taken."""
    return Name(*luck.choice([one for one in names if one[0] not in taken] or names))
