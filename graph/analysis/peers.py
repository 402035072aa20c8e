"""A township among its peers: what it does as they do, and what they do and it does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from statistics import median
from typing import NamedTuple

import numpy as np

from graph.analysis.chance import discoveries, tail
from graph.analysis.ground import Ground
from graph.analysis.matrix import Matrix, matrix
from graph.analysis.result import Result, result

LEAST = 8  # townships in a group of peers, itself among them
SHARE = 0.8  # of the peers do what is a practice
RATE = 0.05  # of the practices that are named may be none
THIN = 0.5  # a report with fewer types than this part of its peers' median lacks too much to be told one by one


class Peers(NamedTuple):
    """A group of townships that are compared: ``kind`` is "county" (and the same type), "type" or "all"."""

    kind: str
    townships: tuple[str, ...]


class Line(NamedTuple):
    """One activity type in a township and among its peers: how often each reports it as done.

    ``share`` is the part of the peers that do it at all, ``ratio`` the township's part of its own activities by the
    median of that of its peers (None where that is none).
    """

    activity: str
    times: int
    peers: float
    share: float
    ratio: float | None


class Gap(NamedTuple):
    """A practice that ``holders`` of ``of`` peers report and the township does not report as done.

    ``status`` is "planned" or "deficient" where it says so of itself. ``sure``: it is more evenly spread among the
    peers than it would be if their activities were dealt out at random.
    """

    township: str
    activity: str
    holders: int
    of: int
    status: str
    kind: str
    sure: bool


def peers(ground: Ground, township: str) -> Peers:
    """Give the group that a township belongs to, itself included: the narrowest that is large enough."""
    return groups(ground)[township]


def groups(ground: Ground) -> dict[str, Peers]:
    """Give each township its group: same division type in the same county, same division type, or all."""
    rows = ground.about.townships
    keys = {iri: (rows[iri].division, ground.about.division(iri)) for iri in ground.latest}
    county, kind = defaultdict(list), defaultdict(list)
    for iri, (division, part) in keys.items():
        county[division, part].append(iri)
        kind[division].append(iri)
    everybody = Peers("all", tuple(keys))
    found = {}
    for iri, (division, part) in keys.items():
        near, alike = county[division, part], kind[division]
        if part and len(near) >= LEAST:
            found[iri] = Peers("county", tuple(near))
        else:
            found[iri] = Peers("type", tuple(alike)) if len(alike) >= LEAST else everybody
    return found


def profile(ground: Ground, township: str) -> Result[Line]:
    """Set a township's activities against those of its peers, type by type."""
    group = peers(ground, township)
    table = _chosen(matrix(ground), group)
    place = table.townships.index(township)
    shares = table.counts / np.maximum(table.counts.sum(1, keepdims=True), 1)
    others = [at for at in range(len(table.townships)) if at != place]
    rows = [
        Line(
            type_,
            int(table.counts[place, at]),
            float(median(table.counts[others, at])) if others else 0.0,
            round(float(table.held[others, at].mean()), 3) if others else 0.0,
            round(float(shares[place, at] / usual), 2) if others and (usual := median(shares[others, at])) else None,
        )
        for at, type_ in enumerate(table.types)
    ]
    rows.sort(key=lambda line: (-line.times, -line.share, line.activity))
    return result("profile", Line, rows, len(table.townships), least=2, peers=group.kind)


def gaps(ground: Ground) -> Result[Gap]:
    """Tell which practices a township's peers have and it lacks."""
    table, rows, own = matrix(ground), [], groups(ground)
    for group in dict.fromkeys(own.values()):
        if len(group.townships) >= LEAST:
            members = {iri for iri in group.townships if own[iri] == group}
            rows += _gaps(ground, _chosen(table, group), group, members)
    rows.sort(key=lambda gap: (not gap.sure, -gap.holders / gap.of, gap.township, gap.activity))
    return result("gaps", Gap, rows, len(ground.latest), least=LEAST, share=SHARE, rate=RATE)


def even(table: Matrix) -> np.ndarray:
    """Tell which activity types are spread over more townships than if all activities were dealt out at random.

    Each township is dealt as many as it reports; a type that many report many times each is on no account spread
    evenly by this test, for chance would give it to everybody.
    """
    totals, counts = table.counts.sum(1), table.counts.sum(0)
    dealt = totals / max(totals.sum(), 1)
    chances = 1 - (1 - dealt[None, :]) ** counts[:, None]
    return discoveries(tail(chances, table.held.sum(0)), rate=RATE)


def _gaps(ground: Ground, table: Matrix, group: Peers, members: set[str]) -> list[Gap]:
    held, spread, others = table.held, even(table), len(table.townships) - 1
    whole = held.sum(1) >= THIN * median(held.sum(1))
    said = _said(ground)
    return [
        Gap(
            township,
            type_,
            int(held[:, column].sum()),
            others,
            said.get((ground.latest[township], type_), ""),
            group.kind,
            bool(spread[column] and whole[row]),
        )
        for row, township in enumerate(table.townships)
        if township in members
        for column, type_ in enumerate(table.types)
        if not held[row, column] and held[:, column].sum() >= SHARE * others
    ]


def _said(ground: Ground) -> Mapping[tuple[str, str], str]:
    """What a report says of a type that it does not report as done: that it is planned, or that it lacks."""
    acts = sorted(ground.activities, key=lambda act: act.status, reverse=True)
    return {(act.report, act.type): act.status for act in acts if act.status != "done"}


def _chosen(table: Matrix, group: Peers) -> Matrix:
    """The rows of a group, with the types that any of it does."""
    wanted = set(group.townships)
    rows = [at for at, township in enumerate(table.townships) if township in wanted]
    counts = table.counts[rows]
    columns = np.flatnonzero(counts.sum(0))
    names = tuple(table.townships[at] for at in rows)
    return Matrix(names, tuple(table.types[at] for at in columns), counts[:, columns])
