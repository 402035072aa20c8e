"""The parts of a briefing that name something: outliers, gaps, communities, promises, change, copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from graph.analysis.ground import Act, Figure, Place
from graph.analysis.outliers import Outlier
from graph.analysis.peers import Gap
from graph.analysis.promises import Promise
from graph.briefing.blocks import Bit, Block, Row, Section, Table, table, text
from graph.briefing.scene import Scene

MOST = 40  # rows of a table
CANDIDATES = 12  # rows that may be chance


def far(scene: Scene) -> Section | None:
    """Figures far from the others."""
    found = scene.found["outliers"]
    if found.silent:
        return None
    heads = _heads(scene, "township", "indicator", "figure", "median", "distance", "of", "certainty")
    rows: list[Row] = [
        [
            scene.names.of(row.township),
            scene.names.of(row.indicator),
            scene.figure(row.figure, tone="number"),
            Bit(scene.names.bounds(row.low, row.high) + _per(scene, row.per), tone="number"),
            Bit(f"{row.distance:+.1f}", tone="number"),
            Bit(str(row.of), tone="number"),
            _certainty(scene, row.sure),
        ]
        for row in (*found.sure[:MOST], *_unsure(found.rows))
    ]
    return _section(scene, "far", table(heads, rows) if rows else None)


def _per(scene: Scene, per: str) -> str:
    return scene.say("in-brackets", what=scene.names.value(per)) if per else ""


def missing(scene: Scene) -> Section | None:
    """Practices that peers have and a township lacks."""
    found = scene.found["gaps"]
    if found.silent:
        return None
    heads = _heads(scene, "activity", "holders", "lackers", "certainty")
    groups: dict[tuple[bool, str, str], list[Gap]] = {}
    for row in found.rows:
        groups.setdefault((not row.sure, row.activity, row.kind), []).append(row)
    rows: list[Row] = []
    for (unsure, activity, kind), lacking in list(groups.items())[:MOST]:
        first = lacking[0]
        names = scene.say("separator").join(
            scene.names.of(one.township) + _status(scene, one.status) for one in lacking
        )
        share = f"{first.holders} / {first.of}"
        rows.append(
            [
                scene.names.of(activity),
                Bit(f"{share}（{scene.names.value(kind)}）"),
                names,
                _certainty(scene, not unsure),
            ]
        )
    return _section(scene, "missing", table(heads, rows) if rows else None)


def _status(scene: Scene, status: str) -> str:
    return scene.say("in-brackets", what=scene.names.value(status)) if status else ""


def groups(scene: Scene) -> Section | None:
    """Communities of townships."""
    found = scene.found["communities"]
    if found.silent or (scene.township and not found.rows):
        return None
    heads = _heads(scene, "number", "townships", "marks", "clearness")
    rows: list[Row] = [
        [
            str(row.number),
            f"{scene.listed(row.townships[:MOST])}（{len(row.townships)}）",
            scene.names.marks(row.marks) or "—",
            Bit(str(row.clearness), tone="number"),
        ]
        for row in found.rows
    ]
    return _section(scene, "groups", table(heads, rows) if rows else None)


def promises(scene: Scene) -> Section | None:
    """Plans and deeds side by side; those not found first."""
    found = scene.found["promises"]
    if found.silent or not found.rows:
        return None
    order = {"unfound": 0, "partly": 1, "kept": 2}
    rows = sorted(found.rows, key=lambda row: (order[row.verdict], row.township, row.year, row.plan))
    most = MOST if not scene.township else len(rows)
    heads = _heads(scene, "township", "verdict", "plan", "deed", "figures-compared")
    cells = [_promise(scene, row) for row in rows[:most]]
    blocks: list[Block] = [_per_township(scene, found.rows)] if not scene.township else []
    blocks.append(table(heads, cells, kind="words"))
    if len(rows) > most:
        blocks.append(text(scene.say("cut", n=len(rows) - most), tone="note"))
    return _section(scene, "promises", *blocks)


def _promise(scene: Scene, row: Promise) -> Row:
    compared = ""
    if row.planned is not None:
        compared = f"{scene.names.figure(row.planned)} → {scene.names.figure(row.reached)}"
    plan = scene.quote(row.plan_report, row.plan, scene.say("a-plan"), f"plan-{row.plan.start}")
    deed_place = row.deed
    deed_key = f"deed-{deed_place.start}" if deed_place else ""
    return [
        f"{scene.names.of(row.township)} {row.year} → {row.year + 1}",
        Bit(scene.names.value(row.verdict), tone=f"verdict {row.verdict}"),
        plan,
        scene.quote(row.deed_report, deed_place, scene.say("a-deed"), deed_key),
        compared,
    ]


def _per_township(scene: Scene, rows: Iterable[Promise]) -> Table:
    counts = Counter((row.township, row.year, row.verdict) for row in rows)
    lines = sorted({key[:2] for key in counts}, key=lambda line: (scene.names.of(line[0]), line[1]))
    heads = _heads(scene, "township", "years", "kept", "partly", "unfound")
    verdicts = ("kept", "partly", "unfound")
    cells: list[Row] = [
        [
            scene.names.of(township),
            f"{year} → {year + 1}",
            *(Bit(str(counts[township, year, one]), tone="number") for one in verdicts),
        ]
        for township, year in lines[:MOST]
    ]
    return table(heads, cells)


def changes(scene: Scene) -> Section | None:
    """Figures that went up or down, activities that are new or gone."""
    found = scene.found["changes"]
    if found.silent or not found.rows:
        return None
    heads = _heads(scene, "township", "what", "direction", "before", "after")
    chosen = [row for row in found.rows if row.direction in ("up", "down")]
    rows: list[Row] = [
        [
            f"{scene.names.of(row.township)} {row.early} → {row.late}",
            scene.names.of(row.what),
            Bit(scene.names.value(row.direction), tone=row.direction),
            _value(scene, row.before),
            _value(scene, row.after),
        ]
        for row in chosen[:MOST]
    ]
    blocks: list[Block] = [_turnover(scene)]
    if rows:
        blocks.append(table(heads, rows))
    if len(chosen) > MOST:
        blocks.append(text(scene.say("cut", n=len(chosen) - MOST), tone="note"))
    return _section(scene, "changes", *blocks)


def _turnover(scene: Scene) -> Table:
    """Which activity types are new in a report, which are gone."""
    lines: dict[tuple[str, int, int], dict[str, list[Bit]]] = {}
    for row in scene.found["changes"].rows:
        act = row.after or row.before
        if isinstance(act, Act):
            line = lines.setdefault((row.township, row.early, row.late), {"new": [], "gone": []})
            line[row.direction].append(Bit(scene.names.of(row.what)))
    heads = _heads(scene, "township", "new", "gone")
    rows: list[Row] = [
        [
            f"{scene.names.of(township)} {early} → {late}",
            *(scene.say("separator").join(bit.text for bit in line[key]) or "—" for key in ("new", "gone")),
        ]
        for (township, early, late), line in list(lines.items())[:MOST]
    ]
    return table(heads, rows)


def _value(scene: Scene, value: Figure | Act | None) -> Bit:
    return scene.figure(value, tone="number") if isinstance(value, Figure) else Bit("—", tone="number none")


def copies(scene: Scene) -> Section | None:
    """Reports that share text, and the sentences that many have."""
    found = scene.found["copies"]
    if found.silent:
        return None
    rows: list[Row] = [
        [
            scene.names.of(row.one),
            scene.names.of(row.other),
            Bit(str(row.sentences), tone="number"),
            Bit(f"{row.share:.0%}", tone="number"),
            _example(scene, row.one, row.other, row.places[0][:2], row.places[0][2:]),
        ]
        for row in found.sure[:MOST]
    ]
    blocks: list[Block] = []
    if rows:
        blocks.append(table(_heads(scene, "one", "other", "sentences", "share", "example"), rows))
    if formulas := scene.found["formulas"].rows[:CANDIDATES]:
        quotes = [
            [
                scene.quote(row.report, Place(row.start, row.end), scene.say("a-formula"), f"formula-{row.start}"),
                Bit(str(row.townships), tone="number"),
            ]
            for row in formulas
        ]
        blocks.append(table(_heads(scene, "formula", "townships"), quotes))
    return _section(scene, "copies", *blocks)


def _example(scene: Scene, one: str, other: str, left: tuple[int, ...], right: tuple[int, ...]) -> Bit:
    scene.quote(other, Place(*right), scene.say("as-in", name=scene.names.of(one)), f"copy-{right[0]}")
    heading = scene.say("as-in", name=scene.names.of(other))
    return scene.quote(one, Place(*left), heading, f"copy-{left[0]}", longest=48)


def _section(scene: Scene, name: str, *blocks: Block | None) -> Section:
    """A section with its explanation; where there is nothing to show, it says so."""
    known = [block for block in blocks if block is not None]
    rests = scene.found[FOUND[name]].reports
    about = text(scene.say(f"{name}-note"), " ", Bit(scene.say("rests", n=rests), tone="rests"))
    return Section(name, scene.say(name), (about, *(known or [text(scene.say("nothing"), tone="nothing")])))


FOUND = {
    "far": "outliers", "missing": "gaps", "groups": "communities", "promises": "promises", "changes": "changes",
    "copies": "copies",
}  # fmt: skip


def _unsure(rows: Iterable[Outlier]) -> list[Outlier]:
    return [row for row in rows if not row.sure][:CANDIDATES]


def _heads(scene: Scene, *keys: str) -> list[str]:
    return [scene.say(f"head-{key}") for key in keys]


def _certainty(scene: Scene, sure: bool) -> Bit:
    return Bit(scene.names.value("sure" if sure else "unsure"), tone="sure" if sure else "unsure")
