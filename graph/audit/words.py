"""The words of the language: jieba's dictionary, read once, for telling words from nonsense."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_LONGEST = 6


#: Parts of speech that names are not made of: verbs, adverbs, prepositions, conjunctions, pronouns, particles.
_NO_NAME = ("v", "d", "p", "c", "r", "u", "ad")


class Word(NamedTuple):
    """How often the dictionary's makers met a word, and its part of speech."""

    frequency: int
    tag: str


@cache
def dictionary() -> Mapping[str, Word]:
    """Every word of the dictionary."""
    data = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    rows = (line.split(" ") for line in data.splitlines())
    return {word: Word(int(often), tag) for word, often, tag in rows}


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
