"""Every question that can be asked of a ground, by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graph.analysis import actors, communities, matrix, outliers, peers, promises, sharing, years
from graph.analysis.ground import Ground
from graph.analysis.result import Result

Question = Callable[[Ground], Result[Any]]

QUESTIONS: Mapping[str, Question] = {
    "matrix": matrix.cells,
    "alike": matrix.alike,
    "together": matrix.together,
    "communities": communities.communities,
    "actors": actors.together,
    "centrality": actors.centrality,
    "circles": actors.circles,
    "outliers": outliers.outliers,
    "gaps": peers.gaps,
    "changes": years.changes,
    "promises": promises.promises,
    "copies": sharing.copies,
    "formulas": sharing.formulas,
}

#: Questions about one township.
OF_ONE: Mapping[str, Callable[[Ground, str], Result[Any]]] = {"profile": peers.profile}

NAMES = (*QUESTIONS, *OF_ONE)


def answers(ground: Ground, names: tuple[str, ...] = (), *, township: str = "") -> list[Result[Any]]:
    """Answer some questions, or all; with a township's IRI only with what concerns it.

    Questions about one township are left out where none is given.
    """
    found = [ask(ground) for name, ask in QUESTIONS.items() if not names or name in names]
    if township:
        found = [concerning(ground, one, township) for one in found]
        found = [actors.together(ground, township=township) if one.name == "actors" else one for one in found]
        found += [ask(ground, township) for name, ask in OF_ONE.items() if not names or name in names]
    return found


def concerning(ground: Ground, found: Result[Any], township: str) -> Result[Any]:
    """Keep the rows that a township has part in; of a question about none, all."""
    reports = {iri for iri, row in ground.about.reports.items() if row.township == township}

    def concerns(row: tuple[Any, ...]) -> bool:
        return any(value == township or _in(value, reports) or _in(township, value) for value in row)

    about_some = any(field in ("township", "townships") for field in found.columns) and found.name not in ANYBODY
    if not about_some and found.name not in PAIRS:
        return found
    rows = tuple(row for row in found.rows if concerns(row))
    return Result(found.name, found.kind, rows, found.reports, found.least, found.notes)


#: Questions whose rows stand for pairs of townships or of reports, and those whose ``townships`` are a number.
PAIRS = ("alike", "copies")
ANYBODY = ("actors", "centrality", "formulas")


def _in(value: object, group: object) -> bool:
    if isinstance(group, set):
        return isinstance(value, str) and value in group
    return isinstance(group, tuple) and not hasattr(group, "_fields") and value in group
