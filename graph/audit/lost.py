"""Characters lost or typed twice: 矛纠纷排查 for 矛盾纠纷排查, 进行进行 for 进行."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ahocorasick_rs import AhoCorasick, MatchKind

from graph.audit import words
from graph.audit.finding import Span

LEAST, MOST = 5, 8  # characters of a phrase that one may be lost of
_TWICE = re.compile(
    r"(?P<once>[\u4e00-\u9fff]{2,6})(?P=once)|的的(?!确)|了了(?=[\u4e00-\u9fff])|在在(?!职)|和和(?![美气睦])"
)
#: What is rightly said twice: one by one, and verbs of trying.
_RIGHTLY = re.compile(
    r"^[一逐挨每某]|^(?:研究|讨论|商量|考虑|学习|交流|沟通|走访|看看|打扫|检查|宣传|了解|调解|讲讲|说说)"
)


class Lost:
    """Finds phrases of which a character was lost."""

    def __init__(self, phrases: Iterable[str], more: Mapping[str, int], *, sure: float) -> None:
        whole = frozenset(phrases)
        self._right = {short: phrase for phrase in sorted(whole) for short in _shortened(phrase, whole, more)}
        self._short = sorted(self._right)
        self._automaton = AhoCorasick(self._short, matchkind=MatchKind.LeftmostLongest)
        self._more, self._sure = more, sure

    def find(self, text: str) -> Iterator[tuple[Span, str, str]]:
        """The places where a phrase lacks a character: span, what is written, what is meant."""
        for number, start, end in self._automaton.find_matches_as_indexes(text):
            short = self._short[number]
            right = self._right[short]
            if words.straddled(text, start, end):
                continue
            gain = words.likelihood(right, self._more) - words.likelihood(short, self._more)
            if gain >= self._sure and text.count(short) <= 2:
                yield (start, end), short, right


def _shortened(phrase: str, whole: frozenset[str], more: Mapping[str, int]) -> Iterator[str]:
    """A phrase without one character, where what is left is nonsense: a word of it is broken, and none is made."""
    if not LEAST <= len(phrase) <= MOST:
        return
    at = 0
    for word in words.divided(phrase):
        for inner in range(len(word)) if len(word) > 1 else ():
            short = phrase[: at + inner] + phrase[at + inner + 1 :]
            left = word[:inner] + word[inner + 1 :]
            known = short in whole or short in more or words.known(short) or (len(left) > 1 and words.known(left))
            within = 0 < at + inner < len(phrase) - 1  # without its end a phrase may be the beginning of another
            if within and not known and not _covered(short, at, at + len(left)):
                yield short
        at += len(word)


def _covered(short: str, start: int, end: int) -> bool:
    """Whether what is left of the broken word is part of another word."""
    return any(
        words.known(short[low:high])
        for low in range(max(0, start - 3), end)
        for high in range(max(low + 2, start + 1), min(len(short), end + 3) + 1)
        if low < end and high > start
    )


def twice(text: str) -> Iterator[tuple[Span, str, str]]:
    """The words that stand twice in a row: span, what is written, what is meant.

    >>> list(twice("积极开展开展宣传"))
    [((2, 6), '开展开展', '开展')]
    """
    for match in _TWICE.finditer(text):
        once = match[0][: len(match[0]) // 2]
        if not _RIGHTLY.match(once):
            yield match.span(), match[0], once
