"""The parts of a briefing that are seen at a glance: the heat map, the figures side by side, the network."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

import networkx as nx
import numpy as np

from graph.analysis import actors, outliers
from graph.analysis.ground import Figure
from graph.briefing import charts
from graph.briefing.blocks import Bit, Block, Chart, Charts, Row, Section, Table, Text, Words, table, text
from graph.briefing.scene import Scene

Known = Mapping[str, Mapping[str, Figure]]

COLUMNS = 40  # townships that stand side by side; beyond these, their counties do
STEPS = (1, 2, 3, 5, 9)  # from how many activities on a cell is darker
SHARES = (0.01, 0.25, 0.5, 0.75, 0.9)
CHARTS = 12  # indicators that are drawn
LISTED = 30  # indicators in the table
LEAST = 3  # figures of an indicator that is drawn or listed
LINES = 30  # of the network
SEED = 7


def heat(scene: Scene) -> Section:
    """Townships (or counties) × activity types."""
    few = len(scene.townships) <= COLUMNS
    shown = _by_township(scene) if few else _by_division(scene)
    legend = _legend(scene) if few else text(scene.say("heat-shares"), tone="note")
    return Section("heat", scene.say("heat"), (text(scene.say("heat-note" if few else "heat-many")), legend, shown))


def _legend(scene: Scene) -> Text:
    bounds = [*STEPS, None]
    steps = [
        Bit(f"{low}" if high == low + 1 else f"{low}+" if high is None else f"{low}–{high - 1}", tone=f"key h{at}")
        for at, (low, high) in enumerate(zip(STEPS, bounds[1:], strict=True), 1)
    ]
    return text(
        *steps, Bit("○", tone="key"), scene.say("heat-planned"), Bit("△", tone="key"), scene.say("heat-deficient"),
        Bit("·", tone="key none"), scene.say("heat-none"), tone="legend",
    )  # fmt: skip


def _by_township(scene: Scene) -> Table:
    places = {township: at for at, township in enumerate(scene.matrix.townships)}
    chosen = [places[township] for township in scene.townships]
    counts = scene.matrix.counts[chosen]
    held = (counts > 0).sum(0)
    order = [at for at in np.lexsort((-counts.sum(0), -held)) if held[at]]
    heads: list[Words] = [
        scene.say("head-activity"),
        *(Bit(scene.names.of(one), tone=_head(scene, one, "turn")) for one in scene.townships),
    ]
    rows: list[Row] = []
    for top, columns in _grouped(scene, [int(at) for at in order]).items():
        rows.append([Bit(scene.names.of(top), tone="group")])
        for at in columns:
            type_ = scene.matrix.types[at]
            cells = [_cell(scene, township, type_) for township in scene.townships]
            rows.append([Bit(scene.names.of(type_)), *cells])
    return table(heads, rows, kind="heat")


def _head(scene: Scene, township: str, tone: str) -> str:
    """How a township's name looks at the head of a column: the one that a briefing is about stands out."""
    return f"{tone} own" if township == scene.township else tone


def _grouped(scene: Scene, columns: list[int]) -> dict[str, list[int]]:
    """Activity types under the broadest above them, the most widespread group first."""
    found: dict[str, list[int]] = {}
    for at in columns:
        found.setdefault(scene.ground.about.top(scene.matrix.types[at]), []).append(at)
    return found


def _cell(scene: Scene, township: str, type_: str) -> Bit:
    report = scene.ground.latest[township]
    for status, sign in (("done", ""), ("planned", "○"), ("deficient", "△")):
        if acts := scene.acts.get((report, type_, status)):
            tone = f"h{np.searchsorted(STEPS, len(acts), side='right')}" if status == "done" else ""
            note = f"{scene.names.of(township)} {scene.names.of(type_)}"
            return Bit(sign or str(len(acts)), scene.sources.of(acts), tone, note)
    return Bit("·", tone="none")


def _by_division(scene: Scene) -> Table:
    """The share of each county's townships that do something, where there are too many townships for columns."""
    groups: dict[str, list[int]] = {}
    for at, township in enumerate(scene.matrix.townships):
        groups.setdefault(scene.ground.about.division(township), []).append(at)
    chosen = sorted(groups, key=lambda name: (-len(groups[name]), name))[:COLUMNS]
    heads: list[Words] = [
        scene.say("head-activity"),
        *(Bit(f"{name or scene.say('no-division')}（{len(groups[name])}）", tone="turn") for name in chosen),
    ]
    held = scene.matrix.held
    order = np.argsort(-held.sum(0), kind="stable")
    rows: list[Row] = []
    for top, columns in _grouped(scene, [int(at) for at in order]).items():
        rows.append([Bit(scene.names.of(top), tone="group")])
        for at in columns:
            shares = [float(held[groups[name], at].mean()) for name in chosen]
            cells = [Bit(f"{share:.0%}".rstrip("%") if share else "·", tone=_tone(share)) for share in shares]
            rows.append([Bit(scene.names.of(scene.matrix.types[at])), *cells])
    return table(heads, rows, kind="heat")


def _tone(share: float) -> str:
    return f"h{np.searchsorted(SHARES, share, side='right')}" if share else "none"


def figures(scene: Scene) -> Section | None:
    """The main indicators side by side: drawn, and (for few townships) as a table."""
    known = {
        indicator: found for indicator, found in scene.figures.items() if len(found) >= min(LEAST, len(scene.townships))
    }
    if scene.township:
        known = {indicator: found for indicator, found in known.items() if scene.township in found}
    order = sorted(known, key=lambda one: (-len(known[one]), one))
    if not order:
        return None
    left, order = len(order) - LISTED, order[:LISTED]
    drawn = [one for one in order if len(known[one]) >= LEAST][:CHARTS]
    blocks: list[Block] = [
        text(scene.say("figures-note")),
        Charts(tuple(_strip(scene, one, known[one]) for one in drawn)),
    ]
    few = len(scene.townships) <= COLUMNS
    blocks.append(_wide(scene, known, order) if few else _summed(scene, known, order))
    if left > 0:
        blocks.append(text(scene.say("figures-cut", n=left), tone="note"))
    return Section("figures", scene.say("figures"), tuple(blocks))


def _strip(scene: Scene, indicator: str, found: Mapping[str, Figure]) -> Chart:
    far = {row.fact for row in scene.found["outliers"].sure}
    rows: list[charts.Row] = []
    for township, figure in found.items():
        name = scene.names.of(township)
        special = township == scene.township or figure.iri in far
        rows.append(
            {
                "value": figure.value,
                "bound": figure.bound,
                "name": name,
                "label": f"{name} {scene.names.figure(figure)}",
                "link": f"{charts.HERE}#{scene.sources.of([figure])}" if len(found) <= COLUMNS or special else None,
                "far": special,
            }
        )
    units = Counter(figure.unit for figure in found.values())
    name = scene.say("chart", name=scene.names.of(indicator), unit=units.most_common(1)[0][0], n=len(found))
    return Chart(charts.strip(rows, rate=indicator in scene.ground.rates, axis=""), name)


def _wide(scene: Scene, known: Known, order: list[str]) -> Table:
    """Indicators × townships, with the median; what is not reported is a dash."""
    far = {row.fact for row in scene.found["outliers"].sure}
    heads: list[Words] = [scene.say("head-indicator"), Bit(scene.say("head-median"), tone="number")]
    heads += [Bit(scene.names.of(one), tone=_head(scene, one, "number")) for one in scene.townships]
    rows: list[Row] = []
    for indicator in order:
        found = known[indicator]
        cells = [
            scene.figure(found[one], tone="number far" if found[one].iri in far else "number")
            if one in found
            else Bit("—", tone="number none")
            for one in scene.townships
        ]
        rows.append([Bit(scene.names.of(indicator)), _median(scene, list(found.values())), *cells])
    return table(heads, rows, kind="wide")


def _summed(scene: Scene, known: Known, order: list[str]) -> Table:
    """For each indicator how many report it, the median, the least and the most, which lead to their sentences."""
    heads: list[Words] = [
        scene.say("head-indicator"),
        *(Bit(scene.say(f"head-{key}"), tone="number") for key in ("of", "median", "least", "most")),
    ]
    rows: list[Row] = []
    for indicator in order:
        found = sorted(known[indicator].values(), key=lambda one: (one.value, one.iri))
        ends = (scene.figure(found[0], tone="number"), scene.figure(found[-1], tone="number"))
        rows.append([Bit(scene.names.of(indicator)), Bit(str(len(found)), tone="number"), _median(scene, found), *ends])
    return table(heads, rows)


def _median(scene: Scene, found: list[Figure]) -> Bit:
    middle = outliers.middle_of(found)
    return Bit(scene.names.bounds(*middle), tone="number")


def network(scene: Scene) -> Section | None:
    """Who works with whom: drawn, and the closest pairs with a sentence each."""
    found = scene.found["actors"]
    if not found.rows:
        return None
    graph = nx.Graph()
    for row in found.rows[:LINES]:
        graph.add_edge(row.one, row.other, weight=row.activities)
    rows: list[Row] = [
        [
            scene.names.of(row.one),
            scene.names.of(row.other),
            Bit(str(row.activities), tone="number"),
            Bit(str(row.townships), tone="number"),
            _shared(scene, row),
        ]
        for row in found.rows[:LINES]
    ]
    heads: list[Words] = [scene.say(f"head-{key}") for key in ("one", "other", "activities", "townships", "example")]
    return Section(
        "network",
        scene.say("network"),
        (text(scene.say("network-note")), _drawn(scene, graph), table(heads, rows)),
    )


def _shared(scene: Scene, row: actors.Together) -> Bit:
    place = scene.ground.places(row.report)[row.fact]
    heading = f"{scene.names.of(row.one)} – {scene.names.of(row.other)}"
    key = f"with-{row.one.rpartition('/')[2]}-{row.other.rpartition('/')[2]}"
    return scene.quote(row.report, place, heading, key, longest=48)


def _drawn(scene: Scene, graph: nx.Graph) -> Chart:
    """The network, laid out by springs from a circle: the same places for the same graph."""
    start = nx.circular_layout(sorted(graph))
    places = nx.spring_layout(graph, pos=start, weight=None, k=2.2 / math.sqrt(len(graph)), iterations=200, seed=SEED)
    places = _filling(places)
    strength = dict(graph.degree(weight="weight"))
    nodes = [
        {"x": _round(places[one][0]), "y": _round(places[one][1]), "size": strength[one], "name": scene.names.of(one),
         "label": f"{scene.names.of(one)} {strength[one]}"}
        for one in sorted(graph)
    ]  # fmt: skip
    edges = [
        {"x": _round(places[one][0]), "y": _round(places[one][1]), "x2": _round(places[other][0]),
         "y2": _round(places[other][1]), "weight": values["weight"],
         "label": f"{scene.names.of(one)} – {scene.names.of(other)} {values['weight']}"}
        for one, other, values in sorted(graph.edges(data=True), key=lambda edge: edge[:2])
    ]  # fmt: skip
    return Chart(charts.network(nodes, edges), scene.say("network"), wide=True)


def _filling(places: dict[str, Any]) -> dict[str, Any]:
    """Stretch a drawing over the whole picture."""
    points = np.array(list(places.values()))
    low, high = points.min(0), points.max(0)
    return {one: 2 * (place - low) / np.maximum(high - low, 1e-9) - 1 for one, place in places.items()}


def _round(value: float) -> float:
    return round(float(value), 3)
