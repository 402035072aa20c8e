"""The Turtle files of the package as rdflib graphs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rdflib import Graph
from rdflib.namespace import SKOS

from ontology.namespaces import ZL, bind

FOLDER = Path(__file__).parent
ONTOLOGY = FOLDER / "zhili.ttl"
SHAPES = FOLDER / "shapes.ttl"
VOCABULARY_SHAPES = FOLDER / "shapes-vocabulary.ttl"
VOCABULARY = FOLDER / "vocabulary"

#: What Turtle says in one direction only, so that a concept is added in one place.
MIRRORED = (
    (SKOS.broader, SKOS.narrower),
    (SKOS.topConceptOf, SKOS.hasTopConcept),
    (ZL.indicatorOf, ZL.hasIndicator),
)


def vocabulary_files(folder: Path = VOCABULARY) -> list[Path]:
    """Give every Turtle file of the vocabulary, sorted by its path within the folder."""
    return sorted(folder.rglob("*.ttl"), key=lambda path: path.relative_to(folder).as_posix())


def load(paths: Iterable[Path]) -> Graph:
    """Merge Turtle files into one graph; what is no Turtle is a ValueError that names the file.

    >>> len(load([ONTOLOGY])) > 100
    True
    """
    graph = bind(Graph(bind_namespaces="none"))
    for path in paths:
        try:
            graph.parse(data=path.read_text(encoding="utf-8"), format="turtle")
        except Exception as error:  # rdflib's parser raises whatever it met
            raise ValueError(f"{path}: {error}") from error
    return bind(graph)


def mirror(graph: Graph) -> Graph:
    """Add the inverse of every mirrored statement (``skos:narrower`` and so on) to the graph, and return it."""
    for forth, back in MIRRORED:
        for subject, target in list(graph.subject_objects(forth)):
            graph.add((target, back, subject))
    return graph


def vocabulary() -> Graph:
    """Load the whole vocabulary, with both directions of each hierarchy.

    >>> from ontology.namespaces import ACTIVITY
    >>> (ACTIVITY.disputes, SKOS.narrower, ACTIVITY.mediation) in vocabulary()
    True
    """
    return mirror(load(vocabulary_files()))


def everything() -> Graph:
    """Load the ontology and the whole vocabulary into one graph."""
    return mirror(load([ONTOLOGY, *vocabulary_files()]))
