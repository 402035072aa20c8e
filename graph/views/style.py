"""How things look: a shape and a colour for each kind of node, a line for each status.

Shapes differ where colours might not: in print, in grey, to colour-blind eyes. The colours keep to Okabe and Ito's
palette, darkened until white paper gives them a contrast of three to one.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple


class Mark(NamedTuple):
    """A node's shape (in vis-network's words) and colour."""

    shape: str
    color: str


class Line(NamedTuple):
    """An edge's colour and its dashes in pixels (none: a solid line)."""

    color: str
    dashes: tuple[int, ...] = ()


MARKS = MappingProxyType(
    {
        "township": Mark("square", "#005a9c"),
        "activity": Mark("dot", "#c97800"),
        "actor": Mark("diamond", "#007a5a"),
        "indicator": Mark("triangle", "#a8427f"),
        "division": Mark("triangleDown", "#3c4754"),
        "year": Mark("hexagon", "#3c4754"),
        "node": Mark("dot", "#5f6b7a"),
    }
)

LINES = MappingProxyType(
    {
        "done": Line("#8592a3"),
        "planned": Line("#3a7ebf", (9, 6)),
        "deficient": Line("#c94f00", (2, 5)),
    }
)

SMALLEST, LARGEST = 5.0, 13.0  # a node's half width in pixels
QUIET = 3.2  # the half width of one of thousands
THINNEST, THICKEST = 0.6, 5.0  # a line's width in pixels
SCALE = 10  # so many facts at least stand behind the thickest line, so that two facts never make a thick one


def grade(count: int, most: int, low: float, high: float) -> float:
    """A size between ``low`` and ``high`` whose square grows with ``count``, rounded to a tenth (areas are compared).

    >>> grade(1, 4, 0.0, 10.0), grade(4, 4, 0.0, 10.0)
    (5.0, 10.0)
    """
    return round(low + (high - low) * (count / most) ** 0.5, 1) if most else low


def share(count: int, most: int, low: float, high: float) -> float:
    """A size between ``low`` and ``high`` that grows with ``count``, rounded to a tenth (lines are compared by width).

    >>> share(1, 4, 0.0, 10.0), share(4, 4, 0.0, 10.0)
    (2.5, 10.0)
    """
    return round(low + (high - low) * count / most, 1) if most else low
