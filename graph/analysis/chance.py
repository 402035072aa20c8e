"""What chance alone would give: tables with the same totals, tails of sums, the limits of many tests at once.

The model of chance is the bipartite configuration model (Saracco et al., "Randomizing bipartite networks", Scientific
Reports 5, 2015): of all ways to fill a table, the least presuming in which every row and every column keeps its total
on average. A long report ticks more activity types and a common type is ticked by more reports; what goes beyond that
is a pattern.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

ROUNDS = 60
RARE = 0.02  # variance of a cell
EDGE = 0.5  # a full or an empty row counts as half a cell short of it, so that no probability is 0 or 1


def expected(table: NDArray[Any], *, rounds: int = ROUNDS, start: tuple[Floats, Floats] | None = None) -> Floats:
    """Give each cell's probability in a random table with the same totals; leading axes are tables of their own.

    >>> expected(np.array([[1, 0], [0, 1]])).round(2).tolist()
    [[0.5, 0.5], [0.5, 0.5]]
    """
    x, y = fitted(table, rounds=rounds, start=start)
    odds = x[..., :, None] * y[..., None, :]
    return odds / (1 + odds)


def fitted(
    table: NDArray[Any], *, rounds: int = ROUNDS, start: tuple[Floats, Floats] | None = None
) -> tuple[Floats, Floats]:
    """Give the weight of each row and of each column; a cell's odds are their product."""
    rows, columns = table.sum(-1).astype(float), table.sum(-2).astype(float)
    rows = rows.clip(EDGE, max(table.shape[-1] - EDGE, EDGE))
    columns = columns.clip(EDGE, max(table.shape[-2] - EDGE, EDGE))
    size = np.sqrt(rows.sum(-1, keepdims=True))
    x, y = start or (rows / size, columns / size)
    for _ in range(rounds):
        x = rows / (y[..., None, :] / (1 + x[..., :, None] * y[..., None, :])).sum(-1)
        y = columns / (x[..., :, None] / (1 + x[..., :, None] * y[..., None, :])).sum(-2)
    return x, y


def residue(held: NDArray[Any], chances: Floats) -> Floats:
    """Give what of a table chance does not explain, in standard deviations of each cell."""
    rest: Floats = (held - chances) / spread(chances)
    return rest


def spread(chances: Floats) -> Floats:
    """Give the standard deviation of each cell, bounded below: one rare cell must not outweigh all others."""
    bounded: Floats = np.sqrt(np.maximum(chances * (1 - chances), RARE))
    return bounded


def normal_tail(z: Floats) -> Floats:
    """Give the chance that a standard normal is at least ``z``.

    >>> normal_tail(np.array([0.0, 1.6449])).round(3).tolist()
    [0.5, 0.05]
    """
    flat = np.fromiter((math.erfc(value / math.sqrt(2)) / 2 for value in np.ravel(z)), float, count=np.size(z))
    shaped: Floats = flat.reshape(np.shape(z))
    return shaped


def tail(chances: Floats, least: NDArray[Any]) -> Floats:
    """Give the chance that at least ``least`` of independent events happen, whose chances stand along the last axis.

    Exact for up to 64 events and few sums; else by the normal with a correction for skewness (Volkova 1996).

    >>> tail(np.full((1, 4), 0.5), np.array([4])).round(4).tolist()
    [0.0625]
    """
    events = chances.shape[-1]
    if chances.size * events <= 20_000_000:
        return _exact_tail(chances, least)
    variance: Floats = (chances * (1 - chances)).sum(-1)
    third = (chances * (1 - chances) * (1 - 2 * chances)).sum(-1)
    return refined_tail(chances.sum(-1), variance, third, least)


def refined_tail(mean: Floats, variance: Floats, third: Floats, least: NDArray[Any]) -> Floats:
    """Give the tail of a sum of independent events from its mean, its variance and its third central moment."""
    spread = np.sqrt(np.maximum(variance, 1e-12))
    return skewed_tail((least - 0.5 - mean) / spread, third / spread**3)


def skewed_tail(z: Floats, skew: Floats) -> Floats:
    """Give the tail of a nearly normal sum with some skewness (the first term of Edgeworth's series)."""
    density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    corrected: Floats = np.clip(normal_tail(z) - skew * (1 - z**2) * density / 6, 0.0, 1.0)
    return corrected


def _exact_tail(chances: Floats, least: NDArray[Any]) -> Floats:
    events = chances.shape[-1]
    flat = chances.reshape(-1, events)
    counts = np.zeros((len(flat), events + 1))
    counts[:, 0] = 1.0
    for at in range(events):
        chance = flat[:, at : at + 1]
        counts[:, 1:] = counts[:, 1:] * (1 - chance) + counts[:, :-1] * chance
        counts[:, :1] *= 1 - chance
    upper = counts[:, ::-1].cumsum(1)[:, ::-1]
    upper = np.concatenate([upper, np.zeros((len(flat), 1))], axis=1)
    place = np.clip(np.ravel(least).astype(int), 0, events + 1)
    found: Floats = np.clip(upper[np.arange(len(flat)), place], 0.0, 1.0).reshape(chances.shape[:-1])
    return found


@lru_cache(maxsize=100_000)
def shared_tail(cells: int, one: int, other: int, least: int) -> float:
    """Give the chance that two rows with so many of ``cells`` ticked share at least ``least`` (hypergeometric).

    >>> round(shared_tail(24, 2, 2, 2), 5)
    0.00362
    """
    most = min(one, other)
    ways = sum(math.comb(one, n) * math.comb(cells - one, other - n) for n in range(max(least, 0), most + 1))
    return ways / math.comb(cells, other)


def discoveries(chances: Sequence[float] | Floats, *, rate: float = 0.05) -> Flags:
    """Tell which of many tests stand, so that ``rate`` of those that do are false (Benjamini and Hochberg 1995).

    Where nothing is to be found at all, any is named with a chance of ``rate`` at most.

    >>> discoveries([0.001, 0.5, 0.9]).tolist()
    [True, False, False]
    """
    given = np.asarray(chances, dtype=float)
    if not given.size:
        return np.zeros(0, dtype=bool)
    order = np.argsort(given, kind="stable")
    limits = rate * np.arange(1, given.size + 1) / given.size
    passing = np.flatnonzero(given[order] <= limits)
    found = np.zeros(given.size, dtype=bool)
    if passing.size:
        found[order[: passing[-1] + 1]] = True
    return found


def normal_limit(tests: float, *, rate: float = 0.05) -> float:
    """Give the distance in standard deviations that the farthest of ``tests`` normal values passes with ``rate``.

    >>> round(normal_limit(1), 2), round(normal_limit(1000), 2)
    (1.96, 4.06)
    """
    from statistics import NormalDist

    return NormalDist().inv_cdf(1 - rate / (2 * max(tests, 1)))
