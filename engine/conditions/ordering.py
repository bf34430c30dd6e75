"""In which order texts that read each other are compiled, and which go round in a circle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def in_order(reads: Mapping[str, Sequence[str]]) -> tuple[list[str], list[tuple[str, ...]]]:
    """The names, each after those it reads, and the circles among them.

    A circle is named once, from its first member in the given order back to that member: ("a", "b", "a").
    """
    done: list[str] = []
    circles: list[tuple[str, ...]] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            circles.append((*above[above.index(name) :], name))
        elif name not in done:
            for other in reads[name]:
                if other in reads:
                    visit(other, (*above, name))
            if name not in done:
                done.append(name)

    for name in reads:
        visit(name, ())
    return done, circles
