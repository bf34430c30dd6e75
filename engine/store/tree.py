"""A Merkle tree as RFC 9162 (2.1.1) hashes it, of which only the frontier is kept: one hash for each full subtree.

The frontier of a million leaves has at most twenty hashes; from it and the leaves that came after, every later root
follows. So the tree of one sealing is shown to go on from that of an earlier one by counting on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

_LEAF, _NODE = b"\x00", b"\x01"


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf that holds these bytes."""
    return hashlib.sha256(_LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the node above two others."""
    return hashlib.sha256(_NODE + left + right).digest()


class Frontier:
    """The full subtrees of a tree from left to right, by their hashes; there is one for each bit of `size`."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)
        if size.bit_count() != len(self.peaks):
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} full subtrees, not {len(self.peaks)}")

    def append(self, leaf: bytes) -> None:
        """Add a leaf by its hash."""
        node, size = leaf, self.size
        while size & 1:
            node, size = node_hash(self.peaks.pop(), node), size >> 1
        self.peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The hash of the whole tree; that of an empty one is the hash of nothing."""
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        node = self.peaks[-1]
        for left in reversed(self.peaks[:-1]):
            node = node_hash(left, node)
        return node
