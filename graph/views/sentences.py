"""The sentence around a passage, as the panel shows it."""

from __future__ import annotations

from typing import NamedTuple

ENDS = frozenset("。！？!?\n\r")
LONGEST = 160  # a sentence with more characters than this is cut
ROOM = 60  # and keeps this many on either side of the passage


class Cited(NamedTuple):
    """A sentence and where in it the passage stands; ``…`` where the sentence was cut."""

    text: str
    start: int
    end: int


def cited(text: str, start: int, end: int) -> Cited:
    """The sentence (or sentences) of ``text`` that hold ``text[start:end]``.

    >>> cited("召开会议。排查纠纷8件，化解7件。", 5, 11)
    Cited(text='排查纠纷8件，化解7件。', start=0, end=6)
    """
    first, last = start, end
    lowest, highest = max(0, start - LONGEST - 1), min(len(text), end + LONGEST + 1)  # further on it is cut anyway
    while first > lowest and text[first - 1] not in ENDS:
        first -= 1
    while last < highest and text[last - 1 : last] not in ENDS:
        last += 1
    if last - first <= LONGEST:
        return _trimmed(text, first, last, start, end, "", "")
    left, right = max(first, start - ROOM), min(last, end + ROOM)
    return _trimmed(text, left, right, start, end, "…" if left > first else "", "…" if right < last else "")


def _trimmed(text: str, first: int, last: int, start: int, end: int, before: str, after: str) -> Cited:
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    shift = len(before) - first
    return Cited(before + text[first:last] + after, start + shift, end + shift)
