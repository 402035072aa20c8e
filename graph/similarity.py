"""Sentences that are nearly the same, found among very many: MinHash over runs of characters, checked by overlap.

Sentences that agree but for their figures count as the same. Each text is cut at full stops, semicolons and line ends;
what is shorter than ``SHORTEST`` characters is left out, for headings and formulas are alike everywhere. (Broder, "On
the resemblance and containment of documents", 1997.)
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

SHORTEST = 12  # characters of a sentence
RUN = 3  # characters
HASHES = 32
BAND = 4  # hashes that must agree for two sentences to be looked at
TRIED = 5  # groups that a sentence is held against, those first that agree in most bands
NEAR = 0.75  # of the runs that either has, both have
SEED = 1997

_SENTENCE = re.compile(r"[^。；！？!?;\n\r]+")
_FIGURE = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*")
_HEADING = re.compile(r"\s*(?:第?[一二三四五六七八九十]+[、章节]|[（(][一二三四五六七八九十]+[)）])")
_SPACE = re.compile(r"\s+")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


class Sentence(NamedTuple):
    """A sentence: the index of its text, where it starts and ends there."""

    text: int
    start: int
    end: int


def sentences(texts: Sequence[str]) -> Iterator[tuple[Sentence, str]]:
    """Give every sentence that is long enough, with its words as they are compared.

    >>> [words for _, words in sentences(["全年共排查各类矛盾纠纷 120 余件。结束。"])]
    ['全年共排查各类矛盾纠纷0余件']
    """
    for at, text in enumerate(texts):
        for match in _SENTENCE.finditer(text):
            if match.end() - match.start() < SHORTEST:
                continue
            words = _FIGURE.sub("0", _SPACE.sub("", match[0]))
            heading = text[match.end() : match.end() + 1] in "\r\n" and _HEADING.match(match[0])
            if len(words) >= SHORTEST and not heading:
                yield Sentence(at, *match.span()), words


def clusters(texts: Sequence[str]) -> list[list[Sentence]]:
    """Group the sentences of all texts that are nearly the same; those that stand alone are left out.

    >>> [[one.text for one in group] for group in clusters(["村里全年开展法治宣传活动6次。", "村里全年开展法治宣传活动 12 次。"])]
    [[0, 1]]
    """
    same: dict[str, list[Sentence]] = defaultdict(list)
    for sentence, words in sentences(texts):
        same[words].append(sentence)
    groups = _joined(list(same))
    found = [[one for words in group for one in same[words]] for group in groups]
    return sorted(sorted(group) for group in found if len(group) > 1)


def nearly(one: str, other: str) -> bool:
    """Tell whether two sentences have most of their runs of characters in common."""
    return _overlap(_runs(one), _runs(other))


def _overlap(left: frozenset[str], right: frozenset[str]) -> bool:
    shared = len(left & right)
    return shared >= NEAR * (len(left) + len(right) - shared)


def _runs(words: str) -> frozenset[str]:
    return frozenset(words[at : at + RUN] for at in range(len(words) - RUN + 1))


def _joined(words: list[str]) -> list[list[str]]:
    """Put sentences together whose hashes agree in a band and which are nearly the same as the first of their group."""
    if not words:
        return []
    groups: list[list[str]] = []
    runs: list[frozenset[str]] = []  # of each group's first sentence
    firsts: dict[tuple[int, Any], list[int]] = {}  # a band's hashes → the groups that were begun with them
    for at, bands in enumerate(_bands(words)):
        near = Counter(group for band in enumerate(bands) for group in firsts.get(band, ()))
        own = _runs(words[at])
        found = next((group for group, _ in near.most_common(TRIED) if _overlap(own, runs[group])), None)
        if found is None:
            found = len(groups)
            groups.append([])
            runs.append(own)
            for band in enumerate(bands):
                firsts.setdefault(band, []).append(found)
        groups[found].append(words[at])
    return groups


def _bands(words: list[str]) -> list[list[int]]:
    """Sign each sentence: one number for each band of its MinHash."""
    hashes, starts = _run_hashes(words)
    random = np.random.default_rng(SEED)
    odd = random.integers(0, 2**63, size=HASHES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    signs: list[NDArray[np.uint64]] = [np.minimum.reduceat(_mixed(hashes * factor), starts) for factor in odd]
    bands = []
    for first in range(0, HASHES, BAND):
        whole = signs[first].copy()
        for sign in signs[first + 1 : first + BAND]:
            whole = _mixed(whole * _FACTOR + sign)
        bands.append(whole.tolist())
    return [list(row) for row in zip(*bands, strict=True)]


def _run_hashes(words: list[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hash every run of characters of all sentences; with the place of each sentence's first run."""
    lengths = np.array([len(one) for one in words])
    codes = np.frombuffer("".join(words).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    rolled = np.zeros(len(codes) - RUN + 1, dtype=np.uint64)
    for shift in range(RUN):
        rolled = rolled * _FACTOR + codes[shift : len(codes) - RUN + 1 + shift]
    ends = lengths.cumsum()
    inside = np.ones(len(codes), dtype=bool)
    for back in range(1, RUN):
        inside[ends - back] = False  # runs that would reach into the next sentence
    starts = np.concatenate([[0], (lengths - RUN + 1).cumsum()[:-1]])
    return _mixed(rolled[inside[: len(rolled)]]), starts


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread the bits of numbers (the finaliser of MurmurHash3)."""
    values = (values ^ (values >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    values = (values ^ (values >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return values ^ (values >> np.uint64(33))
