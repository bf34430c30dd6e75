"""The tree hashes as RFC 9162 says, and goes on from any frontier."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.store.tree import Frontier, leaf_hash

INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The roots over the first 0 to 8 inputs in the tests of the Certificate Transparency project (RFC 6962)."""


def grown(leaves: list[bytes], tree: Frontier | None = None) -> Frontier:
    tree = tree or Frontier()
    for leaf in leaves:
        tree.append(leaf_hash(leaf))
    return tree


def as_the_rfc_defines_it(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162, 2.1.1, word for word."""
    if len(leaves) <= 1:
        return hashlib.sha256(b"\x00" + leaves[0] if leaves else b"").digest()
    k = 1 << (len(leaves) - 1).bit_length() - 1
    halves = as_the_rfc_defines_it(leaves[:k]) + as_the_rfc_defines_it(leaves[k:])
    return hashlib.sha256(b"\x01" + halves).digest()


@pytest.mark.parametrize("count", range(9))
def test_the_roots_are_the_known_ones(count: int) -> None:
    leaves = [bytes.fromhex(text) for text in INPUTS[:count]]
    assert grown(leaves).root().hex() == ROOTS[count]
    assert as_the_rfc_defines_it(leaves).hex() == ROOTS[count]


@given(st.lists(st.binary(max_size=9), max_size=70), st.integers(0, 70))
def test_a_tree_stopped_anywhere_goes_on_to_the_same_root(leaves: list[bytes], stop: int) -> None:
    stopped = grown(leaves[:stop])
    assert grown(leaves[stop:], Frontier(stopped.size, stopped.peaks)).root() == as_the_rfc_defines_it(leaves)


def test_the_frontier_of_a_large_tree_stays_small() -> None:
    assert max(len(grown([b""] * count).peaks) for count in (255, 256, 1000)) == 8


def test_a_frontier_that_does_not_fit_its_size_is_refused() -> None:
    with pytest.raises(ValueError, match="3 leaves has 2"):
        Frontier(3, [b""])
