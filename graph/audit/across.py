"""What the reports of a build share with each other: whose text, how much of it, and which passages.

Text that many townships have is what everybody must say; how often it occurs over the reports tells it apart from text
that was taken from one other report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.audit.finding import Span
from graph.audit.fingerprints import WIDTH, Fingerprints, fingerprints

LEAST = 30  # letters that make a passage
_GAP = 24  # letters that may differ between two pieces of one passage
_FEW = 3  # townships that may share a text without its being what everybody says …
_PART = 0.02  # … or this part of all townships …
_MOST = 20  # … but never more than these
_PARTNERS = 3  # other reports that are named for each
_CROWD = 40  # reports with one fingerprint, beyond which they are not paired
_CHUNK = 4_000_000

Ints = npt.NDArray[np.int64]


class Passage(NamedTuple):
    """A stretch of a report, where it stands in the other, and how many letters of it agree."""

    span: Span
    other: Span
    length: int


class Shared(NamedTuple):
    """What one report shares with another: the share of its own letters (those that not everybody has)."""

    report: int
    other: int
    share: float
    passages: tuple[Passage, ...]


@dataclass(slots=True)
class Across:
    """Reports as they are added, by number; ``township`` tells reports of one township from those of others."""

    prints: list[Fingerprints] = field(default_factory=list)
    townships: list[str] = field(default_factory=list)

    def add(self, text: str, name: str, township: str) -> int:
        """Take in a report: its text, its township's name, and what tells the township from all others."""
        self.prints.append(fingerprints(text, name))
        self.townships.append(township)
        return len(self.prints) - 1

    def everybodys(self) -> Everybodys:
        """Tell what everybody says from what few do."""
        return Everybodys(self)


class Everybodys:
    """The fingerprints of all reports together: how many townships have each."""

    def __init__(self, across: Across) -> None:
        self._prints = across.prints
        self._township = np.unique(across.townships, return_inverse=True)[1].astype(np.int64)
        sizes = [len(one.hashes) for one in across.prints]
        self._report = np.repeat(np.arange(len(sizes)), sizes)
        hashes = np.concatenate([one.hashes for one in across.prints]) if sizes else np.zeros(0, np.uint64)
        self._first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self._group = np.unique(hashes, return_inverse=True)[1].astype(np.int64)
        self._often = self._townships_of_each()
        total = int(self._township.max()) + 1 if len(self._township) else 0
        self.limit = max(_FEW, min(_MOST, int(_PART * total)))

    def _townships_of_each(self) -> Ints:
        """For each different fingerprint, how many townships have it."""
        if not len(self._group):
            return np.zeros(0, np.int64)
        wide = int(self._township.max()) + 1
        pairs = np.unique(self._group * wide + self._township[self._report])
        return np.bincount(pairs // wide, minlength=int(self._group.max()) + 1)

    def often(self, report: int) -> Ints:
        """For each fingerprint of a report, how many townships have it."""
        return np.asarray(self._often[self._group[self._first[report] : self._first[report + 1]]])

    def own(self, report: int) -> int:
        """How many letters of a report are not what everybody says."""
        return covered(self._prints[report], self.often(report) <= self.limit)

    def shared(self) -> Iterator[Shared]:
        """What each report shares with reports of other townships, the largest share first, at most three for each."""
        partners: dict[int, list[tuple[int, int]]] = {}
        for one, other, count in self._pairs():
            partners.setdefault(one, []).append((count, other))
            partners.setdefault(other, []).append((count, one))
        for report in sorted(partners):
            best = sorted(partners[report], key=lambda pair: (-pair[0], pair[1]))[:_PARTNERS]
            found = (self.between(report, other) for _, other in best)
            yield from sorted((one for one in found if one.passages), key=lambda one: (-one.share, one.other))

    def between(self, report: int, other: int) -> Shared:
        """What one report shares with one other, what everybody says left out."""
        few = self.often(report) <= self.limit
        passages = tuple(aligned(self._prints[report], self._prints[other], few))
        own = self.own(report)
        return Shared(report, other, sum(p.length for p in passages) / own if own else 0.0, passages)

    def _pairs(self) -> Iterator[tuple[int, int, int]]:
        """The pairs of reports of different townships with enough in common, with how many fingerprints they share."""
        total = len(self._prints)
        keys, counts = np.zeros(0, np.int64), np.zeros(0, np.int64)
        for chunk in self._chunks():
            pairs, times = np.unique(chunk, return_counts=True)
            keys, places = np.unique(np.concatenate([keys, pairs]), return_inverse=True)
            counts = np.bincount(places, weights=np.concatenate([counts, times])).astype(np.int64)
        least = max(2, (LEAST - WIDTH) // 5)
        for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
            if count >= least:
                yield key // total, key % total, count

    def _chunks(self) -> Iterator[Ints]:
        """Every pair of reports for every fingerprint that few townships have, as one number, in pieces."""
        few = (self._often >= 2) & (self._often <= self.limit)
        at = np.flatnonzero(few[self._group])
        both = np.unique(self._group[at] * len(self._prints) + self._report[at])
        groups, reports = np.divmod(both, len(self._prints))
        _, starts, sizes = np.unique(groups, return_index=True, return_counts=True)
        for size in range(2, min(int(sizes.max(initial=0)), _CROWD) + 1):
            rows = starts[sizes == size][:, None] + np.arange(size)
            step = max(1, _CHUNK // (size * size))
            for first in range(0, len(rows), step):
                yield self._paired(reports[rows[first : first + step]])

    def _paired(self, members: Ints) -> Ints:
        """The pairs within each row of reports that are of different townships."""
        found = []
        for left, right in combinations(range(members.shape[1]), 2):
            one, other = members[:, left], members[:, right]
            apart = self._township[one] != self._township[other]
            found.append(one[apart] * len(self._prints) + other[apart])
        return np.concatenate(found) if found else np.zeros(0, np.int64)


def covered(prints: Fingerprints, chosen: npt.NDArray[np.bool_]) -> int:
    """How many letters the chosen fingerprints cover."""
    begins = prints.begins[chosen].astype(np.int64)
    if not len(begins):
        return 0
    return int(np.minimum(np.diff(begins), WIDTH).sum()) + WIDTH


def aligned(one: Fingerprints, other: Fingerprints, chosen: npt.NDArray[np.bool_]) -> Iterator[Passage]:
    """The passages of ``LEAST`` letters or more that two texts share, by the chosen fingerprints of the first."""
    where = {value: at for at, value in reversed(list(enumerate(other.hashes.tolist())))}
    row: list[tuple[int, int]] = []
    values = one.hashes.tolist()
    for at in np.flatnonzero(chosen).tolist():
        there = where.get(values[at])
        if there is None:
            continue
        if row and not _goes_on(one, other, row[-1], (at, there)):
            yield from _passage(one, other, row)
            row = []
        row.append((at, there))
    yield from _passage(one, other, row)


def _goes_on(one: Fingerprints, other: Fingerprints, last: tuple[int, int], now: tuple[int, int]) -> bool:
    here = int(one.begins[now[0]]) - int(one.begins[last[0]])
    there = int(other.begins[now[1]]) - int(other.begins[last[1]])
    return 0 < here <= WIDTH + _GAP and 0 < there <= WIDTH + _GAP


def _passage(one: Fingerprints, other: Fingerprints, row: Sequence[tuple[int, int]]) -> Iterator[Passage]:
    if not row:
        return
    begins = [int(one.begins[at]) for at, _ in row]
    length = sum(min(b - a, WIDTH) for a, b in pairwise(begins)) + WIDTH
    if length >= LEAST:
        spans = one.span(row[0][0], row[-1][0]), other.span(row[0][1], row[-1][1])
        yield Passage(*spans, length)
