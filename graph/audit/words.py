"""The words of the language: jieba's dictionary, read once, for telling words from nonsense."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_LONGEST = 6
_TOTAL = math.log(60_000_000)  # how many words the dictionary's makers met


#: Parts of speech that names are not made of: verbs, adverbs, prepositions, conjunctions, pronouns, particles.
_NO_NAME = ("v", "d", "p", "c", "r", "u", "ad")


class Word(NamedTuple):
    """How often the dictionary's makers met a word, and its part of speech."""

    frequency: int
    tag: str


@cache
def dictionary() -> Mapping[str, Word]:
    """Every word of the dictionary."""
    alike = cache(lambda often, tag: Word(int(often), tag))  # most words share theirs: a quarter of the memory
    with files("jieba").joinpath("dict.txt").open(encoding="utf-8") as lines:
        rows = (line.split() for line in lines)
        return {word: alike(often, tag) for word, often, tag in rows}


def acts(text: str) -> bool:
    """Whether a stretch holds a word of two characters or more that no name is made of.

    >>> acts("结合本"), acts("岩头寨")
    (True, False)
    """
    pieces = (text[low:high] for low in range(len(text)) for high in range(low + 2, len(text) + 1))
    return any(dictionary()[piece].tag.startswith(_NO_NAME) for piece in pieces if piece in dictionary())


def known(word: str) -> bool:
    """Whether the dictionary holds a word.

    >>> known("部署"), known("部暑")
    (True, False)
    """
    return word in dictionary()


def often(word: str) -> int:
    """How often the dictionary's makers met a word; 0 for what is none.

    >>> often("部署") > often("部暑")
    True
    """
    return dictionary()[word].frequency if word in dictionary() else 0


def straddled(text: str, start: int, end: int) -> bool:
    """Whether a word of the text begins before a stretch and ends in it, or begins in it and ends behind it.

    >>> straddled("组织责任", 1, 3), straddled("年初部暑多", 2, 4)
    (True, False)
    """
    return any(
        known(text[low:high])
        for edge in (start, end)
        for low in range(max(0, edge - _LONGEST), edge)
        for high in range(edge + 1, min(len(text), edge + _LONGEST) + 1)
        if not (low >= start and high <= end) and not (low <= start and high >= end and high - low > end - start + 2)
    )


def likelihood(text: str, more: Mapping[str, int]) -> float:
    """How likely a stretch is as a row of words: the logarithm for its best division into words.

    ``more`` are words beside the dictionary's, with how often each is thought to be met.

    >>> likelihood("部署", {}) > likelihood("部暑", {}) + 10
    True
    """
    return _ways(text, more)[-1][0]


def divided(text: str) -> list[str]:
    """The best division of a stretch into words.

    >>> divided("各科室责任书")
    ['各', '科室', '责任书']
    """
    ways, pieces, end = _ways(text, {}), list[str](), len(text)
    while end:
        start = ways[end][1]
        pieces.append(text[start:end])
        end = start
    return pieces[::-1]


def _ways(text: str, more: Mapping[str, int]) -> list[tuple[float, int]]:
    """For every place of a stretch, how likely the best division up to it is, and where its last word begins."""
    words = dictionary()
    best = [(0.0, 0)] + [(-math.inf, 0)] * len(text)
    for start in range(len(text)):
        so_far = best[start][0]
        for end in range(start + 1, min(len(text), start + _LONGEST) + 1):
            piece = text[start:end]
            often = more.get(piece) or (words[piece].frequency if piece in words else 0)
            if often or end == start + 1:
                value = so_far + math.log(max(often, 1)) - _TOTAL
                if value > best[end][0]:
                    best[end] = (value, start)
    return best
