"""Text that reports share: sentences nearly the same between two of them, and those that many have."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import NamedTuple

from graph.analysis.ground import Ground
from graph.analysis.result import Result, result
from graph.similarity import Sentence, clusters, sentences

LEAST = 2  # reports
COMMON = 0.2  # of the townships: what more of them say is a formula, not a copy
FEW, MANY = 3, 20  # townships: so many may share a copy, more never do
COPIED = 0.3  # of the shorter report's sentences
FEWEST = 5  # sentences that two reports must share to be called copies
SHOWN = 0.1  # share from which a pair is listed at all


class Copy(NamedTuple):
    """Two reports with sentences nearly the same: how many, as a share of the shorter one's.

    ``own`` tells that both are one township's. ``facts`` hold (start, end, start, end) of some of the sentences.
    """

    one: str
    other: str
    sentences: int
    share: float
    own: bool
    places: tuple[tuple[int, int, int, int], ...]
    sure: bool


class Formula(NamedTuple):
    """A sentence that many townships have: the words as the first of them writes it, the number of townships."""

    words: str
    townships: int
    share: float
    report: str
    start: int
    end: int


class Shared(NamedTuple):
    """Groups of sentences nearly the same, over the reports in their order, with each report's number of sentences."""

    reports: tuple[str, ...]
    groups: tuple[tuple[Sentence, ...], ...]
    totals: tuple[int, ...]


def shared(ground: Ground) -> Shared:
    """Find the sentences that are nearly the same in several reports; a ground is searched once."""
    return ground.once("shared", _shared)


def _shared(ground: Ground) -> Shared:
    reports = tuple(iri for iri in ground.about.reports if ground.text(iri))
    texts = [ground.text(iri) or "" for iri in reports]
    totals = Counter(sentence.text for sentence, _ in sentences(texts))
    groups = (tuple(group) for group in clusters(texts) if len({one.text for one in group}) > 1)
    return Shared(reports, tuple(groups), tuple(totals[at] for at in range(len(reports))))


def copies(ground: Ground) -> Result[Copy]:
    """Tell which two reports share more than formulas that many townships use."""
    found = shared(ground)
    home = [ground.about.reports[iri].township for iri in found.reports]
    most = _most(home)
    common: dict[tuple[int, int], list[tuple[Sentence, Sentence]]] = defaultdict(list)
    for group in found.groups:
        firsts = {one.text: one for one in reversed(group)}
        if len({home[at] for at in firsts}) <= most:
            for one, other in combinations(sorted(firsts), 2):
                common[one, other].append((firsts[one], firsts[other]))
    rows = [
        row
        for (one, other), pairs in common.items()
        if (row := _copy(found, one, other, pairs, home[one] == home[other])).share >= SHOWN
    ]
    rows.sort(key=lambda row: (not row.sure, row.own, -row.share, row.one, row.other))
    return result("copies", Copy, rows, len(found.reports), least=LEAST, formula=most, copied=COPIED)


def formulas(ground: Ground) -> Result[Formula]:
    """Tell which sentences more townships have than could be called a copy."""
    found = shared(ground)
    home = [ground.about.reports[iri].township for iri in found.reports]
    townships = len(set(home))
    rows = []
    for group in found.groups:
        holders = {home[one.text] for one in group}
        if len(holders) > _most(home):
            report = found.reports[group[0].text]
            words = (ground.text(report) or "")[group[0].start : group[0].end].strip()
            share = round(len(holders) / townships, 3)
            rows.append(Formula(words, len(holders), share, report, group[0].start, group[0].end))
    rows.sort(key=lambda row: (-row.townships, row.report, row.start))
    return result("formulas", Formula, rows, len(found.reports), least=LEAST)


def _most(home: list[str]) -> float:
    """How many townships may have a sentence before it counts as a formula."""
    return min(max(FEW, COMMON * len(set(home))), MANY)


def _copy(found: Shared, one: int, other: int, pairs: list[tuple[Sentence, Sentence]], own: bool) -> Copy:
    share = round(len(pairs) / max(min(found.totals[one], found.totals[other]), 1), 3)
    places = tuple((left.start, left.end, right.start, right.end) for left, right in sorted(pairs)[:FEWEST])
    sure = share >= COPIED and len(pairs) >= FEWEST
    return Copy(found.reports[one], found.reports[other], len(pairs), share, own, places, sure)
