"""Views of a build: each one HTML file that works without a network, made around a pyvis network.

A view is made from a ``Reading`` of a build's store and written with the texts of its reports:

    reading = network.read(store)
    write(township(reading, iri), reading, path, lang, texts=texts)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx as nx

from graph import network
from graph.messages import LANGUAGES, say
from graph.reading import Reading
from graph.views import arrange, tables
from graph.views.details import KEPT, Texts, gather
from graph.views.layout import Positions, force
from graph.views.page import page, save
from graph.views.picture import identify, picture

if TYPE_CHECKING:
    from graph.store import Build

MANY = 64


class View(NamedTuple):
    """A graph, where its nodes stand, and what is written above and beside it (title and remark in zh and en).

    ``stretched``: the positions are thousandths of the window.
    """

    graph: nx.Graph
    positions: Positions
    title: Mapping[str, str]
    about: Mapping[str, str]
    tables: Sequence[Mapping[str, Any]] = ()
    stretched: bool = True


def overview(reading: Reading, *, many: int = MANY) -> View:
    """Townships, the activities they hold and the actors that take part, of a whole build.

    With more than ``many`` townships it shows them by division, and activity types rolled up.
    """
    if len(reading.townships) <= many:
        graph = network.overview(reading)
        return View(graph, arrange.overview(graph, reading), *_heads("overview"))
    graph = network.overview_by_division(reading)
    for _, values in graph.nodes(data=True):
        if values["kind"] == "division" and not values["names"]["zh"]:
            values["names"] = _said("views.no-division")
    return View(graph, arrange.overview_by_division(graph, reading), *_heads("overview", "overview-by-division"))


def township(reading: Reading, iri: str) -> View:
    """One township: its figures, its activities, the actors that take part."""
    graph = network.township(reading, iri)
    for node, caption in tables.figures_of(reading, iri).items():
        graph.nodes[node]["caption"] = caption
    heads = _heads("township", name=reading.townships[iri].name)
    return View(graph, arrange.township(graph), *heads, tables.of_township(reading, iri))


def actors(reading: Reading) -> View:
    """Actor types that take part in the same activities."""
    graph = network.actors(reading)
    return View(graph, arrange.actors(graph), *_heads("actors"))


def compare(reading: Reading, one: str, other: str) -> View:
    """Two townships side by side."""
    graph = network.compare(reading, one, other)
    heads = _heads("compare", one=reading.townships[one].name, other=reading.townships[other].name)
    return View(graph, arrange.compare(graph, one, other), *heads, tables.of_two(reading, one, other))


def years(reading: Reading, iri: str | None = None) -> View:
    """Activity types year by year, of one township or of all."""
    graph = network.years(reading, iri)
    reports = Counter(row.year for row in reading.reports.values() if iri in (None, row.township))
    for node, values in graph.nodes(data=True):
        cell = " " in node
        # A year with more reports is not a busier year.
        values["weight"] = round(100 * len(values["facts"]) / reports[values["year"]]) if cell else 0
        if cell:
            values["caption"] = dict.fromkeys(LANGUAGES, "")
        elif values["kind"] == "year":
            values["caption"] = _said("views.year", name=node, n=str(reports[values["year"]]))
    return View(graph, arrange.years(graph), *_heads("year"), tables.by_year(graph, reading))


def plain(graph: nx.Graph, *, title: Mapping[str, str] | None = None) -> View:
    """Any NetworkX graph, set by force; ``kind``, ``names`` and ``facts`` of nodes and edges are used where given."""
    heads = _heads("network")
    return View(graph, force(graph), title or heads[0], heads[1], stretched=False)


def html(view: View, reading: Reading, lang: str, *, texts: Texts, kept: int = KEPT) -> str:
    """A view's page. ``texts`` gives a report's text by its IRI; at most ``kept`` facts go into the page."""
    ids = identify(view.graph)
    drawn = picture(view.graph, view.positions, ids, lang)
    extra = {"tables": view.tables, "stretch": view.stretched, "reports": _reports(view.graph)}
    details = gather(view.graph, ids, reading, texts, kept=kept)
    return page(drawn, {**extra, "details": details}, title=view.title, about=view.about, lang=lang)


def write(view: View, reading: Reading, path: Path, lang: str, *, texts: Texts) -> Path:
    """Write a view's page to ``path``."""
    return save(path, html(view, reading, lang, texts=texts))


def texts_of(build: Build, reading: Reading) -> Texts:
    """A report's text by its IRI, as the build keeps it; None where it does not."""

    @cache
    def text(iri: str) -> str | None:
        try:
            return build.text(reading.reports[iri].file)
        except (KeyError, FileNotFoundError):
            return None

    return text


def write_overview(build: Build, path: Path, lang: str) -> Path:
    """Read an opened build and write its overview to ``path``."""
    reading = network.read(build)
    return write(overview(reading), reading, path, lang, texts=texts_of(build, reading))


def _reports(graph: nx.Graph) -> int:
    """How many reports a picture rests on."""
    lists = [facts for _, facts in graph.nodes(data="facts")] + [facts for *_, facts in graph.edges(data="facts")]
    return len({fact.report for facts in lists for fact in facts or ()})


def _heads(title: str, about: str = "", **fields: str) -> tuple[dict[str, str], dict[str, str]]:
    return _said(f"views.title.{title}", **fields), _said(f"views.about.{about or title}")


def _said(key: str, **fields: str) -> dict[str, str]:
    return {lang: say(key, lang, **fields) for lang in LANGUAGES}
