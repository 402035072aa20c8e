"""What the panel tells of each node and edge, as lean tables that the page carries as JSON.

Sentences, sections, reports and notes are written once and pointed to by index. Counts are whole (``cells``); of the
facts behind them the page keeps at most ``KEPT`` in all, the same number for every edge, spread over its reports.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

import networkx as nx

from graph.reading import Fact, Reading
from graph.views.sentences import cited

KEPT = 12_000
STATUSES = ("done", "planned", "deficient")

Texts = Callable[[str], str | None]  # a report's IRI → its text as loaded


class Table:
    """Rows written once, pointed to by index."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self._at: dict[Hashable, int] = {}

    def at(self, key: Hashable, row: Any = None) -> int:
        """The index of ``key``, which is appended (as ``row``, if given) where it is new."""
        if key not in self._at:
            self._at[key] = len(self.rows)
            self.rows.append(key if row is None else row)
        return self._at[key]


class Details:
    """Gathers what a page tells; ``tables()`` gives it as JSON-ready values."""

    def __init__(self, reading: Reading, texts: Texts, limit: int) -> None:
        self._reading = reading
        self._texts = texts
        self._limit = limit
        self._reports, self._townships, self._sections = Table(), Table(), Table()
        self._sentences, self._notes, self._facts = Table(), Table(), Table()
        self._types, self._tops = Table(), Table()

    def of(self, facts: Sequence[Fact]) -> dict[str, list[int]]:
        """The counts of ``facts`` (township, year, status, broad type, number …) and the indices of those kept."""
        return {"cells": self._cells(facts), "facts": [self._fact(fact) for fact in spread(facts, self._limit)]}

    def tables(self) -> dict[str, Any]:
        """All rows gathered so far."""
        names = ("reports", "townships", "sections", "sentences", "notes", "types", "tops", "facts")
        return {name: getattr(self, f"_{name}").rows for name in names} | {"statuses": STATUSES, "limit": self._limit}

    def _cells(self, facts: Iterable[Fact]) -> list[int]:
        counts = Counter((fact.report, fact.status, self._reading.top(fact.type)) for fact in facts)
        cells: Counter[tuple[int, int, int, int]] = Counter()
        for (report, status, top), count in counts.items():
            row = self._reading.reports[report]
            place = (self._township(row.township), row.year or 0, STATUSES.index(status), self._top(top))
            cells[place] += count
        return [number for place, count in cells.items() for number in (*place, count)]

    def _fact(self, fact: Fact) -> int:
        sentence, start, end = self._sentence(fact)
        row = (sentence, start, end, STATUSES.index(fact.status), self._type(fact.type), self._notes.at(fact.note))
        return self._facts.at(row)

    def _sentence(self, fact: Fact) -> tuple[int, int, int]:
        text = self._texts(fact.report)
        words = cited(text, fact.start, fact.end) if text else ("", 0, 0)
        row = (self._report(fact.report), self._sections.at(fact.section), words[0])
        return self._sentences.at(row), words[1], words[2]

    def _report(self, iri: str) -> int:
        row = self._reading.reports[iri]
        return self._reports.at(iri, (row.file, self._township(row.township), row.year or 0))

    def _township(self, iri: str) -> int:
        row = self._reading.townships[iri]
        return self._townships.at(iri, (row.name, row.parts[0] if row.parts else ""))

    def _type(self, key: str) -> int:
        return self._types.at(key, {**self._names(key), "top": self._top(self._reading.top(key))})

    def _top(self, key: str) -> int:
        return self._tops.at(key, self._names(key))

    def _names(self, key: str) -> dict[str, str]:
        concept = self._reading.concepts.get(key)
        return dict(concept.names) if concept else {"zh": key, "en": key}


def spread(facts: Sequence[Fact], limit: int) -> list[Fact]:
    """At most ``limit`` facts in their order, taken in turn from each report, status and type."""
    if len(facts) <= limit:
        return list(facts)
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for index, fact in enumerate(facts):
        groups[fact.report, fact.status, fact.type].append(index)
    turns = sorted((turn, index) for group in groups.values() for turn, index in enumerate(group))
    first = [index for turn, index in turns if turn == 0]
    step = max(len(first) // limit, 1)
    chosen = (first[::step] + [index for turn, index in turns if turn])[:limit]
    return [facts[index] for index in sorted(chosen)]


def limit_for(sizes: Iterable[int], kept: int = KEPT) -> int:
    """The greatest number per edge with which no more than ``kept`` facts are kept in all; at least 1.

    >>> limit_for([10, 10, 2], kept=12)
    5
    """
    sizes = sorted(sizes)
    left = kept
    for at, size in enumerate(sizes):
        share = left // (len(sizes) - at)
        if size > share:
            return max(share, 1)
        left -= size
    return max([*sizes, 1])


def gather(
    graph: nx.Graph, ids: Mapping[Hashable, str], reading: Reading, texts: Texts, *, kept: int = KEPT
) -> dict[str, Any]:
    """All that a page tells of ``graph``: by node and by edge (``"n1 n7"``), with the tables they point to."""
    own = [(ids[node], facts) for node, facts in graph.nodes(data="facts") if facts]
    links = [(f"{ids[a]} {ids[b]}", facts) for a, b, facts in graph.edges(data="facts") if facts]
    details = Details(reading, texts, limit_for((len(facts) for _, facts in own + links), kept))
    told = {name: details.of(facts) for name, facts in own + links}
    return {"told": told, **details.tables()}
