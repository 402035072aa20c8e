"""A clause with all that was found in it, while a report is being read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.activities import Said
from extractors.actors import Named
from extractors.clauses import Piece
from extractors.matching import Words
from extractors.measures import Counted


@dataclass(slots=True)
class Read:
    """What each stage of the reading adds to a clause. ``first`` and ``many`` tell its activities among all (-1: none)."""

    piece: Piece
    words: Words
    counted: Sequence[Counted] = ()
    said: Sequence[Said] = ()
    actors: Sequence[Named] = ()
    first: int = -1
    many: int = 0
