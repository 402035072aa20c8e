"""The network of a build for Gephi and its like: townships, what they hold, who takes part, with labels and weights."""

from __future__ import annotations

import io
import re
from typing import IO, TYPE_CHECKING

from graph.messages import language

if TYPE_CHECKING:
    import networkx
    from pyoxigraph import Store


def network(store: Store, lang: str) -> networkx.Graph:
    """Give the overview as a graph of plain values.

    A node has ``label`` (in one language), ``label_zh``, ``label_en`` and ``kind``; an edge has ``kind``, ``weight`` (how
    many facts it stands for) and how many of these are ``done``, ``planned`` and ``deficient``.
    """
    import networkx as nx

    from graph.network import overview, read

    full, plain = overview(read(store)), nx.Graph()
    for node, values in sorted(full.nodes(data=True)):
        names = values["names"]
        plain.add_node(node, label=names[lang], label_zh=names["zh"], label_en=names["en"], kind=values["kind"])
    for one, other, values in sorted(full.edges(data=True), key=lambda edge: edge[:2]):
        statuses = [fact.status for fact in values["facts"]]
        counts = {status: statuses.count(status) for status in ("done", "planned", "deficient")}
        plain.add_edge(one, other, kind=values["kind"], weight=len(statuses), **counts)
    return plain


def write_graphml(store: Store, out: IO[bytes]) -> None:
    """Write GraphML."""
    import networkx as nx

    nx.write_graphml(network(store, language()), out, named_key_ids=True)


def write_gexf(store: Store, out: IO[bytes]) -> None:
    """Write GEXF, without the date that networkx puts in."""
    import networkx as nx

    made = io.BytesIO()
    nx.write_gexf(network(store, language()), made)
    out.write(re.sub(rb' lastmodifieddate="[^"]*"', b"", made.getvalue()))
