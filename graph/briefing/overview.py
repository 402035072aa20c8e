"""What was read, what stands out in a few sentences, and how it was found."""

from __future__ import annotations

from collections import Counter

from graph.analysis import communities, outliers, peers, promises, sharing
from graph.briefing.blocks import Bit, Points, Row, Section, Table, Words, said, table, text
from graph.briefing.scene import Scene

MOST = 60  # reports that are listed one by one
NAMED = 4  # of each kind that the first page names


def title(scene: Scene) -> str:
    """The title of a briefing."""
    return scene.say("title-one", name=scene.names.of(scene.township)) if scene.township else scene.say("title")


def lead(scene: Scene) -> str:
    """What a briefing rests on, in a sentence."""
    about = scene.ground.about
    years = sorted({row.year for row in about.reports.values() if row.year})
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0]) if years else "?"
    fields = {"reports": len(about.reports), "townships": len(scene.ground.latest), "years": span}
    if scene.township:
        group = peers.peers(scene.ground, scene.township)
        kind = scene.say(f"peers-{group.kind}")
        return scene.say("lead-one", n=len(group.townships) - 1, kind=kind, **fields)
    return scene.say("lead", **fields)


def points(scene: Scene) -> Section:
    """What stands out, a sentence for each kind of finding."""
    items = [*_far(scene), *_missing(scene), *_groups(scene), *_promises(scene), *_copies(scene)]
    return Section("points", scene.say("points"), (Points(tuple(items)), text(scene.say("points-note"), tone="note")))


def _far(scene: Scene) -> list[tuple[Bit, ...]]:
    found = scene.found["outliers"]
    if found.silent:
        return [said(scene.say("too-few", what=scene.say("far"), n=found.reports, least=found.least))]
    parts: list[Words] = []
    for row in found.sure[:NAMED]:
        parts += [", " if parts else "", f"{scene.names.of(row.township)} {scene.names.of(row.indicator)} "]
        parts.append(scene.figure(row.figure))
        median = scene.names.bounds(row.low, row.high)
        parts.append(scene.say(f"beside-{row.per}" if row.per else "beside", median=median))
    if not parts:
        return [said(scene.say("far-none"))]
    return [said(Bit(scene.say("far-some", n=len(found.sure)), "far"), *parts, _more(scene, len(found.sure)))]


def _missing(scene: Scene) -> list[tuple[Bit, ...]]:
    found = scene.found["gaps"]
    if found.silent:
        return [said(scene.say("too-few", what=scene.say("missing"), n=found.reports, least=found.least))]
    if not found.sure:
        return [said(scene.say("missing-none"), *([Bit(scene.say("see-candidates"), "missing")] if found.rows else []))]
    names = (
        scene.say(
            "lacks", name=scene.names.of(row.township), what=scene.names.of(row.activity), n=row.holders, of=row.of
        )
        for row in found.sure[:NAMED]
    )
    words = scene.say("semicolon").join(names) + _more(scene, len(found.sure))
    return [said(Bit(scene.say("missing-some", n=len(found.sure)), "missing"), words)]


def _groups(scene: Scene) -> list[tuple[Bit, ...]]:
    found = scene.found["communities"]
    if found.silent or (scene.township and not found.rows):
        return []
    if not found.rows:
        return [said(scene.say("groups-none"))]
    names = scene.say("semicolon").join(
        scene.say("group", n=row.number, names=scene.listed(row.townships[:NAMED]), size=len(row.townships))
        for row in found.rows[:NAMED]
    )
    return [said(Bit(scene.say("groups-some", n=len(found.rows)), "groups"), names)]


def _promises(scene: Scene) -> list[tuple[Bit, ...]]:
    found = scene.found["promises"]
    if found.silent or not found.rows:
        return []
    counts = Counter(row.verdict for row in found.rows)
    fields = {verdict: counts[verdict] for verdict in ("kept", "partly", "unfound")}
    return [said(Bit(scene.say("promises-some", n=len(found.rows)), "promises"), scene.say("promises-split", **fields))]


def _copies(scene: Scene) -> list[tuple[Bit, ...]]:
    rows = [row for row in scene.found["copies"].sure if not row.own]
    if not rows:
        return []
    names = scene.say("semicolon").join(
        scene.say("copy", one=scene.names.of(row.one), other=scene.names.of(row.other), share=f"{row.share:.0%}")
        for row in rows[:NAMED]
    )
    return [said(Bit(scene.say("copies-some", n=len(rows)), "copies"), names + _more(scene, len(rows)))]


def _more(scene: Scene, n: int) -> str:
    return scene.say("more", n=n - NAMED) if n > NAMED else scene.say("stop")


def read(scene: Scene) -> Section:
    """What was read: report by report, or (where there are many) year by year."""
    wanted = set(scene.townships)
    reports = [iri for iri, row in scene.ground.about.reports.items() if row.township in wanted]
    statuses = Counter((act.report, act.status) for act in scene.ground.activities)
    figures = Counter(figure.report for figure in scene.ground.figures)
    shown = (
        _by_report(scene, reports, statuses, figures)
        if len(reports) <= MOST
        else _by_year(scene, reports, statuses, figures)
    )
    return Section("read", scene.say("read"), (text(scene.say("read-note")), shown))


STATUSES = ("done", "planned", "deficient")


def _by_report(scene: Scene, reports: list[str], statuses: Counter[tuple[str, str]], figures: Counter[str]) -> Table:
    heads: list[Words] = [scene.say(f"head-{key}") for key in ("report", "file", *STATUSES, "figures")]
    rows: list[Row] = [
        (
            Bit(scene.names.of(iri), scene.sources.report(iri)),
            scene.names.file(iri),
            *(Bit(str(statuses[iri, status]), tone="number") for status in STATUSES),
            Bit(str(figures[iri]), tone="number"),
        )
        for iri in sorted(reports, key=lambda iri: (scene.names.of(iri), iri))
    ]
    return table(heads, rows)


def _by_year(scene: Scene, reports: list[str], statuses: Counter[tuple[str, str]], figures: Counter[str]) -> Table:
    groups: dict[str, list[str]] = {}
    for iri in reports:
        groups.setdefault(str(scene.ground.about.reports[iri].year or "?"), []).append(iri)
    heads: list[Words] = [scene.say(f"head-{key}") for key in ("year", "reports", *STATUSES, "figures")]
    rows: list[Row] = [
        (
            year,
            *(
                Bit(str(number), tone="number")
                for number in (
                    len(found),
                    *(sum(statuses[iri, status] for iri in found) for status in STATUSES),
                    sum(figures[iri] for iri in found),
                )
            ),
        )
        for year, found in sorted(groups.items())
    ]
    return table(heads, rows)


def method(scene: Scene) -> Section:
    """How all this was found, and what it does not tell."""
    fields = {
        "candidate": outliers.CANDIDATE,
        "least": outliers.LEAST,
        "share": f"{peers.SHARE:.0%}",
        "draws": communities.DRAWS,
        "seed": communities.SEED,
        "kept": f"{promises.KEPT:.0%}",
        "copied": f"{sharing.COPIED:.0%}",
    }
    lines = scene.say("method-text", **fields).strip().split("\n")
    return Section("method", scene.say("method"), (Points(tuple(said(line) for line in lines)),))
