"""Townships × activity types: who does what, which townships are alike, which activities go together.

A township is its latest report, and does what that report says was done.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph.analysis.chance import Floats, discoveries, expected, residue, shared_tail, skewed_tail, spread
from graph.analysis.ground import Ground
from graph.analysis.result import Result, result

Ints = NDArray[np.int64]

LEAST = 5  # townships
HIGH = 1.0  # standard deviations below which two rows are not looked at further
FEW = 120  # rows or columns whose pairs are all shown


@dataclass(frozen=True)
class Matrix:
    """How many activities of each type (columns) each township (rows) reports as done."""

    townships: tuple[str, ...]
    types: tuple[str, ...]
    counts: NDArray[np.int64]

    @property
    def held(self) -> NDArray[np.bool_]:
        """Who does what at all."""
        return self.counts > 0

    def frame(self) -> Any:
        """Give the table as a data frame of pandas."""
        import pandas

        return pandas.DataFrame(self.counts, index=list(self.townships), columns=list(self.types))

    def graph(self) -> nx.Graph:
        """Give the table as a bipartite graph, ``weight`` the number of activities."""
        graph = nx.Graph()
        graph.add_nodes_from(self.townships, bipartite=0, kind="township")
        graph.add_nodes_from(self.types, bipartite=1, kind="activity")
        for row, column in zip(*np.nonzero(self.counts), strict=True):
            graph.add_edge(self.townships[row], self.types[column], weight=int(self.counts[row, column]))
        return graph


class Cell(NamedTuple):
    """How many activities of a type a township reports as done."""

    township: str
    activity: str
    times: int


class Pair(NamedTuple):
    """Two townships or two activity types: what they share, what one would expect by chance, how alike they are.

    ``likeness`` is the Jaccard index: what both have of what either has.
    """

    one: str
    other: str
    shared: int
    expected: float
    likeness: float
    chance: float
    sure: bool


def matrix(ground: Ground) -> Matrix:
    """Make the table of townships × activity types; a ground's is made once."""
    return ground.once("matrix", _matrix)


def _matrix(ground: Ground) -> Matrix:
    of = {report: township for township, report in ground.latest.items()}
    counts: Counter[tuple[str, str]] = Counter()
    for act in ground.activities:
        if act.status == "done" and act.report in of:
            counts[of[act.report], act.type] += 1
    rows = {township: at for at, township in enumerate(ground.latest)}
    columns = {type_: at for at, type_ in enumerate(sorted({type_ for _, type_ in counts}))}
    table = np.zeros((len(rows), len(columns)), dtype=np.int64)
    for (township, type_), count in counts.items():
        table[rows[township], columns[type_]] = count
    return Matrix(tuple(rows), tuple(columns), table)


def cells(ground: Ground) -> Result[Cell]:
    """Tell how many activities of each type each township reports as done."""
    table = matrix(ground)
    rows = [
        Cell(table.townships[row], table.types[column], int(table.counts[row, column]))
        for row, column in zip(*np.nonzero(table.counts), strict=True)
    ]
    return result("matrix", Cell, rows, len(table.townships))


def alike(ground: Ground) -> Result[Pair]:
    """Tell which townships do more of the same than long reports and common activities explain."""
    table = matrix(ground)
    return _pairs("alike", table.townships, table.held, len(table.townships))


def together(ground: Ground) -> Result[Pair]:
    """Tell which activities the same townships do more often than chance explains."""
    table = matrix(ground)
    return _pairs("together", table.types, table.held.T, len(table.townships))


def projection(pairs: Result[Pair], *, sure: bool = True) -> nx.Graph:
    """Give pairs as a graph, ``weight`` the Jaccard index; only those beyond chance, or (not ``sure``) all."""
    graph = nx.Graph()
    for pair in pairs.rows:
        graph.add_nodes_from((pair.one, pair.other))
        if pair.sure or not sure:
            graph.add_edge(pair.one, pair.other, weight=pair.likeness, shared=pair.shared)
    return graph


def _pairs(name: str, names: Sequence[str], held: NDArray[np.bool_], reports: int) -> Result[Pair]:
    """Compare the rows of a table pair by pair with random tables of the same totals."""
    if reports < LEAST or len(names) < 2:
        return result(name, Pair, (), reports, least=LEAST)
    chances, left, right = expected(held), *np.triu_indices(len(names), 1)
    shared = (held.astype(int) @ held.T.astype(int))[left, right]
    mean = (chances @ chances.T)[left, right]
    odds = _tails(held, chances, left, right)
    sure = discoveries(odds)
    sizes = held.sum(1)
    either = np.maximum(sizes[left] + sizes[right] - shared, 1)
    chosen = np.arange(len(left)) if len(names) <= FEW else np.flatnonzero(sure)
    rows = [
        Pair(
            names[left[at]],
            names[right[at]],
            int(shared[at]),
            round(float(mean[at]), 2),
            round(float(shared[at] / either[at]), 3),
            float(f"{odds[at]:.3g}"),
            bool(sure[at]),
        )
        for at in chosen
    ]
    rows.sort(key=lambda pair: (not pair.sure, pair.chance, -pair.likeness, pair.one, pair.other))
    return result(name, Pair, rows, reports, least=LEAST, pairs=len(left))


def _tails(held: NDArray[np.bool_], chances: Floats, left: Ints, right: Ints) -> Floats:
    """The chance that two rows go together as much as they do, by two tests that must both say so.

    The first takes the length of reports and the commonness of types out of each cell and asks whether what is left
    goes together (with a correction for skewness); the second, exact, asks whether as many cells would be shared if
    both rows were ticked blindly. The first is too trusting where cells are rare, the second knows nothing of columns.
    """
    rest = residue(held, chances)
    skew = chances * (1 - chances) * (1 - 2 * chances) / spread(chances) ** 3
    events = held.shape[1]
    z = (rest @ rest.T)[left, right] / math.sqrt(events)
    found = np.ones(len(left))
    high = np.flatnonzero(z > HIGH)
    found[high] = skewed_tail(z[high], (skew @ skew.T)[left[high], right[high]] / events**1.5)
    sizes = held.sum(1)
    shared = (held.astype(int) @ held.T.astype(int))[left, right]
    for at in high:
        blind = shared_tail(events, int(sizes[left[at]]), int(sizes[right[at]]), int(shared[at]))
        found[at] = max(found[at], blind)
    return found
