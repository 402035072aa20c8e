"""The questions that the networks ask a store: ``queries/network/*.rq``, answered as rows of plain strings."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pyoxigraph as ox

Row = dict[str, str]


def rows(store: ox.Store, name: str) -> Iterator[Row]:
    """The answers to the query ``name``, over all graphs of the store; an unbound variable is ``""``."""
    query = (files("graph") / "queries" / "network" / f"{name}.rq").read_text(encoding="utf-8")
    answer = store.query(query, use_default_graph_as_union=True)
    if not isinstance(answer, ox.QuerySolutions):
        raise TypeError(f"{name}.rq is not a SELECT query")
    names = [variable.value for variable in answer.variables]
    for solution in answer:
        yield {name: "" if term is None else term.value for name, term in zip(names, solution, strict=True)}
