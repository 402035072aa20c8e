"""A build, opened: ask it, take its texts, hand it to rdflib, pandas, polars or NetworkX.

>>> from graph.store import open_build
>>> with open_build("exports") as build:  # doctest: +SKIP
...     build.frame("SELECT ?township (COUNT(?a) AS ?n) { ?township zl:held ?a } GROUP BY ?township")
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, RdfFormat, Store

from graph import query
from graph.answers import Answer
from graph.folder import Entry, Folder, NoBuildError, State, reading, utf8_name
from graph.messages import language

if TYPE_CHECKING:
    import networkx
    from rdflib import Dataset

LOADED = 200  # parts that are loaded into memory at a time


class Build:
    """An opened build. It is never written to: changes make a new database and leave this one to its readers."""

    def __init__(self, folder: Folder, record: str, store: Store, held: ExitStack) -> None:
        self.folder, self.store, self._record, self._held = folder, store, record, held

    def __enter__(self) -> Build:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let the database go."""
        self._held.close()

    @cached_property
    def state(self) -> State:
        """What the build holds, as of when it was opened."""
        return self.folder.parse(self._record)

    @property
    def reports(self) -> tuple[Entry, ...]:
        """What is known of each report, in the order of their names."""
        return self.state.entries

    def text(self, name: str) -> str:
        """Give a report's text as loaded, which the offsets of its passages count in; KeyError for an unknown name."""
        return self.folder.text(self.state, self.state.by_name[name])

    @property
    def turtle(self) -> Path:
        """Where the build's Turtle lies."""
        return self.folder.where(self.state, "graph.ttl")

    def ask(self, question: str, **values: object) -> Answer:
        """Answer a named question or a SPARQL query; keywords set its parameters (a list sets several values)."""
        sparql = query.named(question).sparql if question in query.names() else question
        given = {name: _texts(value) for name, value in values.items()}
        return Answer.of(query.ask(self.store, sparql, query.spoken(sparql) | given))

    def frame(self, question: str, *, library: str = "pandas", **values: object) -> Any:
        """Answer a question as a data frame of pandas (or polars): numbers as numbers, IRIs and texts as strings."""
        answer = self.ask(question, **values)
        rows = [[value.python for value in row] for row in answer.rows]
        if library == "polars":
            import polars

            return polars.DataFrame(rows, schema=list(answer.columns), orient="row", infer_schema_length=None)
        import pandas

        return pandas.DataFrame(rows, columns=list(answer.columns))

    def network(self) -> networkx.Graph:
        """Give the network of townships, activity types and actors as a NetworkX graph, weighted by facts."""
        from graph.network_files import network

        return network(self.store, language())

    def dataset(self) -> Dataset:
        """Give the database as an rdflib ``Dataset`` (through oxrdflib), all graphs together in its default graph."""
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        return Dataset(store=OxigraphStore(store=self.store), default_union=True)


def open_build(path: str | Path = "exports", *, memory: bool = False) -> Build:
    """Open the build in a folder: as it lies on disk, or (``memory``) loaded into memory, which answers faster.

    Raises ``NoBuildError`` where there is none.
    """
    folder = Folder(Path(path))
    for _ in range(9):  # a change may discard what was current a moment ago
        record, held = folder.read(), ExitStack()
        database = folder.store / folder.generation(record)
        if held.enter_context(reading(database)):
            store = _load(folder, folder.parse(record)) if memory else Store.read_only(utf8_name(database, held))
            return Build(folder, record, store, held)
        held.close()
    raise NoBuildError("store.broken", folder=folder.root)


def _load(folder: Folder, state: State) -> Store:
    """Load every graph of a build into memory."""
    from graph.rdf import trig, turtle_head

    store = Store()
    parts = (trig(graph, lines) for graph, lines in graphs(folder, state))
    while batch := b"".join(islice(parts, LOADED)):
        store.load(turtle_head() + batch, format=RdfFormat.TRIG, lenient=True)
    return store


def graphs(folder: Folder, state: State) -> Iterator[tuple[NamedNode, bytes]]:
    """Give every graph's name and Turtle without prefix lines: the vocabulary, then each report's shared and own."""
    from graph.rdf import SHARED, VOCABULARY, turtle_head

    with folder.where(state, "graph.ttl").open("rb") as file:
        yield VOCABULARY, file.read(state.head)[len(turtle_head()) :]
        for entry in state.entries:
            yield SHARED, file.read(entry.shared)
            yield NamedNode(entry.iri), file.read(entry.own)


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


__all__ = ["Build", "Entry", "NoBuildError", "graphs", "open_build"]
