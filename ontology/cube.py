"""The figures of a build as an RDF Data Cube, and the cube's integrity constraints (W3C RDF Data Cube, section 11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Quad, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store, Triple

FOLDER = Path(__file__).with_name("integrity")
STRUCTURE = Path(__file__).with_name("cube.ttl")
ONTOLOGY = Path(__file__).with_name("zhili.ttl")


class Constraint(NamedTuple):
    """An integrity constraint: its name (``"ic-12"``), what it asks for in zh and en, and what finds a breach."""

    name: str
    zh: str
    en: str
    query: str


def observations(store: Store) -> Iterator[Triple]:
    """Give the cube of a build whose measures and vocabulary are in the store, whatever the graph, as triples.

    Its structure, which is the same for every build, stands in ``cube.ttl`` and is not among them.
    """
    query = (FOLDER / "observations.rq").read_text(encoding="utf-8")
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, QueryTriples)
    yield from found


@cache
def constraints() -> tuple[Constraint, ...]:
    """Give the integrity constraints in their order.

    >>> len(constraints()), constraints()[11].en
    (21, 'No two observations have the same values for all dimensions.')
    """
    return tuple(_constraint(path) for path in sorted(FOLDER.glob("ic-*.rq")))


def broken(triples: Iterable[Triple]) -> list[Constraint]:
    """Give the integrity constraints that a cube breaks.

    ``triples`` hold the observations and the code lists that they use; the structure of our cube and the properties'
    ranges are added to them.
    """
    store = Store()
    store.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    for path in (STRUCTURE, ONTOLOGY):
        store.load(path=str(path), format=RdfFormat.TURTLE)
    store.update((FOLDER / "normalise.ru").read_text(encoding="utf-8"))
    return [one for one in constraints() if _breaks(store, one)]


def _breaks(store: Store, constraint: Constraint) -> bool:
    if constraint.name == "ic-12":  # as the W3C writes it, it takes time with the square of the cube
        return _repeats(store)
    answer = store.query(constraint.query)
    assert isinstance(answer, QueryBoolean)
    return bool(answer)


def _repeats(store: Store) -> bool:
    """Tell whether two observations of one data set have the same value for each of their dimensions."""
    found = store.query((FOLDER / "dimensions.rq").read_text(encoding="utf-8"))
    assert isinstance(found, QuerySolutions)
    cells: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in found:
        dataset, observation, dimension, value = (str(row[n]) for n in range(4))
        cells.setdefault((dataset, observation), []).append((dimension, value))
    seen = Counter((dataset, tuple(sorted(values))) for (dataset, _), values in cells.items())
    return any(times > 1 for times in seen.values())


def _constraint(path: Path) -> Constraint:
    query = path.read_text(encoding="utf-8")
    zh, en = (line.removeprefix("# ") for line in query.splitlines()[:2])
    return Constraint(path.stem, zh, en, query)
