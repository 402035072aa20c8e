"""What stands in a briefing: what was read, what stands out, and the tables and charts behind it."""

from __future__ import annotations

from collections.abc import Callable

from graph.analysis import actors, communities, outliers, peers, promises, sharing, years
from graph.analysis.ground import Ground
from graph.analysis.questions import concerning
from graph.analysis.result import Result
from graph.analysis.shown import Names
from graph.briefing import findings, overview, pictures
from graph.briefing.blocks import Briefing, Section
from graph.briefing.scene import Scene
from graph.briefing.sources import Sources
from graph.messages import texts

#: Every part of a briefing, in its order; a part that has nothing to say gives no section.
PARTS: tuple[Callable[[Scene], Section | None], ...] = (
    overview.points,
    pictures.heat,
    pictures.figures,
    findings.far,
    findings.missing,
    pictures.network,
    findings.groups,
    findings.promises,
    findings.changes,
    findings.copies,
    overview.read,
    overview.method,
)


def briefing(ground: Ground, lang: str, *, township: str = "") -> Briefing:
    """Make the briefing of a build, or of one township among its peers (its IRI)."""
    scene = scene_of(ground, lang, township)
    sections = tuple(section for part in PARTS if (section := part(scene)))
    words = {
        key.removeprefix("page."): text[lang] for key, text in texts("briefing").items() if key.startswith("page.")
    }
    return Briefing(overview.title(scene), overview.lead(scene), lang, sections, scene.sources.appendix(), words)


def scene_of(ground: Ground, lang: str, township: str) -> Scene:
    """Answer all questions that a briefing puts."""
    names = Names(ground, lang)
    found: list[Result] = [  # type: ignore[type-arg]
        outliers.outliers(ground),
        peers.gaps(ground),
        communities.communities(ground),
        actors.together(ground, township=township),
        years.changes(ground),
        promises.promises(ground),
        sharing.copies(ground),
        sharing.formulas(ground),
    ]
    if township:
        found = [concerning(ground, one, township) for one in found]
    return Scene(ground, names, Sources(ground, names), township, {one.name: one for one in found})
