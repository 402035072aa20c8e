"""Communities of townships: those that do the same beyond chance.

Method: Newman's spectral bisection (PNAS 103, 2006) of the table of townships × activity types. The table is set
against random tables with the same totals (``chance.expected``); the leading singular vector of what is left splits the
townships, each goes to the side that fits it better until none moves, and both sides are split again. A split stands
only where the singular value lies more than ``LIMIT`` standard deviations above its mean in ``DRAWS`` random tables,
so that where there are no communities none is named. Random draws start from ``SEED``: the same reports, the same
communities.
"""

from __future__ import annotations

from typing import NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph.analysis.chance import Floats, expected, fitted, residue
from graph.analysis.ground import Ground
from graph.analysis.matrix import Matrix, matrix
from graph.analysis.result import Result, result

SEED = 2006
DRAWS = 60
FEWEST_DRAWS = 20  # for large tables, whose singular values hardly differ from one random table to the next
LIMIT = 3.5
LEAST = 8  # townships
FEWEST_TYPES = 3  # that a township must report to be put into a community
SMALLEST = 3  # townships in a community
MARKS = 5  # activity types that a community is described by
RANKS = 3  # singular vectors that are tried


class Community(NamedTuple):
    """A community: its number, its townships, the activities that mark it (type, share inside, share outside).

    ``clearness`` is how many standard deviations the split lies above those of random tables.
    """

    number: int
    townships: tuple[str, ...]
    marks: tuple[tuple[str, float, float], ...]
    clearness: float


class Split(NamedTuple):
    """A split that stands: the rows of one side and of the other, and how clear it is."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    clearness: float


def communities(ground: Ground, *, seed: int = SEED) -> Result[Community]:
    """Tell which townships form communities by what they do."""
    table = matrix(ground)
    rows = [] if len(table.townships) < LEAST else _found(table, seed)
    notes = {"seed": seed, "draws": DRAWS, "limit": LIMIT}
    return result("communities", Community, rows, len(table.townships), least=LEAST, **notes)


def graph_of(found: Result[Community], ground: Ground) -> nx.Graph:
    """Give the townships as a graph: ``community`` on the nodes, edges between members of one with what they share."""
    table = matrix(ground)
    shared = table.held.astype(int) @ table.held.T.astype(int)
    place = {township: at for at, township in enumerate(table.townships)}
    graph = nx.Graph()
    graph.add_nodes_from(table.townships, community=0)
    for community in found.rows:
        for at, one in enumerate(community.townships):
            graph.nodes[one]["community"] = community.number
            graph.add_edges_from(
                (one, other, {"weight": int(shared[place[one], place[other]])})
                for other in community.townships[at + 1 :]
            )
    return graph


def _found(table: Matrix, seed: int) -> list[Community]:
    telling = np.flatnonzero(table.held.sum(1) >= FEWEST_TYPES)
    groups = [(telling[rows], clearness) for rows, clearness in divide(table.held[telling], seed=seed)]
    if len(groups) < 2:
        return []
    return [
        Community(number, tuple(table.townships[row] for row in rows), _marks(table, rows), round(clearness, 1))
        for number, (rows, clearness) in enumerate(groups, 1)
    ]


def divide(held: NDArray[np.bool_], *, seed: int = SEED) -> list[tuple[NDArray[np.int64], float]]:
    """Divide the rows of a table into communities, the largest first, each with the clearness of its last split."""
    random = np.random.default_rng(seed)
    waiting, done = [(np.arange(len(held)), 0.0)], []
    while waiting:
        rows, clearness = waiting.pop(0)
        if split := bisect(held[rows], random):
            waiting += [(rows[split.one], split.clearness), (rows[split.other], split.clearness)]
        else:
            done.append((rows, clearness))
    return sorted(done, key=lambda group: (-len(group[0]), group[0].tolist()))


def bisect(held: NDArray[np.bool_], random: np.random.Generator) -> Split | None:
    """Split the rows of a table in two, if they fall apart more clearly than those of random tables do."""
    held = held[:, (held.sum(0) >= 2) & (held.sum(0) <= len(held) - 2)]
    if len(held) < LEAST or held.shape[1] < 2:
        return None
    weights = fitted(held)
    left, values, _ = np.linalg.svd(residue(held, expected(held, rounds=0, start=weights)), full_matrices=False)
    drawn = _drawn_values(weights, random)
    for rank in range(min(RANKS, len(values))):
        clearness = float((values[rank] - drawn[:, rank].mean()) / max(drawn[:, rank].std(ddof=1), 1e-9))
        if clearness < LIMIT:
            return None
        side = _settled(left[:, rank] > 0, held)
        if SMALLEST <= side.sum() <= len(side) - SMALLEST:
            return Split(np.flatnonzero(side), np.flatnonzero(~side), clearness)
    return None


def draws(rows: int) -> int:
    """Give the number of random tables that a table of so many rows is held against.

    >>> draws(20), draws(1000)
    (60, 20)
    """
    return max(FEWEST_DRAWS, min(DRAWS, 6000 // max(rows, 1)))


def _drawn_values(weights: tuple[Floats, Floats], random: np.random.Generator) -> Floats:
    """The leading singular values of random tables; each has its own totals taken out, as the real one has."""
    x, y = weights
    odds = np.outer(x, y)
    chances = odds / (1 + odds)
    found = []
    for _ in range(draws(len(chances))):
        drawn = random.random(chances.shape) < chances
        rest = residue(drawn, expected(drawn, rounds=4, start=weights))
        gram = rest.T @ rest if rest.shape[0] > rest.shape[1] else rest @ rest.T
        found.append(np.sqrt(np.maximum(np.linalg.eigvalsh(gram)[::-1][:RANKS], 0)))
    return np.array([np.pad(values, (0, RANKS - len(values))) for values in found])


def _settled(side: NDArray[np.bool_], held: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Move rows to the side that they have more in common with, until none moves."""
    rest = residue(held, expected(held))
    for _ in range(20):
        sign = np.where(side, 1.0, -1.0)
        pull = rest @ (rest.T @ sign) - (rest**2).sum(1) * sign
        moved = pull > 0
        if (moved == side).all():
            break
        side = moved
    return side


def _marks(table: Matrix, rows: NDArray[np.int64]) -> tuple[tuple[str, float, float], ...]:
    """The types whose share inside a community differs most from that outside, in standard deviations."""
    inside = np.zeros(len(table.townships), dtype=bool)
    inside[rows] = True
    share, rest, whole = (table.held[chosen].mean(0) for chosen in (inside, ~inside, inside | ~inside))
    spread = np.sqrt(np.maximum(whole * (1 - whole), 1e-9) * (1 / inside.sum() + 1 / (~inside).sum()))
    far = (share - rest) / spread
    order = [at for at in np.argsort(-far, kind="stable")[:MARKS] if far[at] >= 2]
    return tuple((table.types[at], round(float(share[at]), 2), round(float(rest[at]), 2)) for at in order)
