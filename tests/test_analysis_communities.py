"""Communities are found where they are, at any size, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from graph.analysis.communities import SMALLEST, bisect, divide
from graph.analysis.matrix import _pairs


def table(seed: int, rows: int, *, groups: int, empty: int = 0) -> np.ndarray:
    """A table of 40 types: each group does six of its own more than others; some rows tick next to nothing."""
    random = np.random.default_rng(seed)
    chances = np.full((rows, 40), 0.5)
    for at in range(rows):
        own = at * groups // rows
        for group in range(groups if groups > 1 else 0):
            chances[at, 6 * group : 6 * group + 6] = 0.92 if group == own else 0.15
    return np.vstack([random.random(chances.shape) < chances, random.random((empty, 40)) < 0.02])


@pytest.mark.parametrize(("rows", "groups", "empty"), [(16, 2, 0), (60, 2, 0), (90, 3, 0), (200, 4, 0), (120, 2, 40)])
def test_groups_are_found(rows: int, groups: int, empty: int) -> None:
    held = table(4, rows, groups=groups, empty=empty)
    telling = np.flatnonzero(held.sum(1) >= 3)
    found = divide(held[telling])
    assert len(found) == groups
    for members, clearness in found:
        home = [at * groups // rows for at in telling[members].tolist() if at < rows]
        assert max(map(home.count, set(home))) >= 0.95 * len(home)
        assert clearness > 3.5


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("rows", "empty"), [(12, 0), (40, 10), (150, 30)])
def test_random_tables_are_one(rows: int, empty: int, seed: int) -> None:
    assert len(divide(table(seed, rows, groups=1, empty=empty))) == 1


def test_a_pair_of_copies_is_no_community() -> None:
    held = table(8, 20, groups=1)
    held[1] = held[0]
    split = bisect(held, np.random.default_rng(1))
    assert split is None or min(len(split.one), len(split.other)) >= SMALLEST
    pairs = _pairs("alike", [f"t{at}" for at in range(20)], held, 20)
    assert [(pair.one, pair.other) for pair in pairs.sure] == [("t0", "t1")]


def test_rare_cells_do_not_make_pairs() -> None:
    held = table(3, 30, groups=1)
    held[:, 5] = held[:, 6] = False
    held[4, 5:7] = True
    types = _pairs("together", [f"a{at}" for at in range(40)], held.T, 30)
    assert ("a5", "a6") not in {(pair.one, pair.other) for pair in types.sure}
