"""Find the vocabulary's literals in a text, on characters: word cutting would break them (网格/员)."""

from __future__ import annotations

import re

from ahocorasick_rs import AhoCorasick, MatchKind

#: Full-width forms are matched as their half-width ones; every replacement is one code point for one.
_NARROW = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_NARROW |= {ord("％"): "%", ord("﹪"): "%", ord("＋"): "+", ord("．"): "."}
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ％﹪＋．]")
_QUOTES = ("”", "＂", '"', "‘", "’")


def narrowed(text: str) -> str:
    """The text with digits, letters and quotes in one form, code point for code point.

    >>> narrowed("调解１２次，“成功率”９８％")
    '调解12次，“成功率“98%'
    """
    for quote in _QUOTES:
        text = text.replace(quote, "“")
    return text.translate(_NARROW) if _WIDE.search(text) else text


class Lexicon:
    """All literals in one automaton; a hit is ``(literal, start, end)`` with the literal's index.

    >>> Lexicon(["排查", "矛盾纠纷", "纠纷"]).hits("排查矛盾纠纷")
    [(0, 0, 2), (1, 2, 6), (2, 4, 6)]
    """

    def __init__(self, literals: list[str]) -> None:
        self.literals = literals
        self._automaton = AhoCorasick([narrowed(x) for x in literals], matchkind=MatchKind.Standard)

    def hits(self, text: str) -> list[tuple[int, int, int]]:
        """Every occurrence, overlapping ones too, in the order of their ends."""
        return self._automaton.find_matches_as_indexes(text, overlapping=True)
