"""The Turtle files of the package as rdflib graphs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rdflib import Graph, Literal
from rdflib.namespace import SKOS

from ontology.namespaces import ZL, bind

FOLDER = Path(__file__).parent
ONTOLOGY = FOLDER / "zhili.ttl"
CUBE = FOLDER / "cube.ttl"
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


def complete(graph: Graph) -> Graph:
    """Turn the vocabulary as it is edited into plain SKOS, in place, and return it.

    The inverse of every mirrored statement (``skos:narrower`` and so on) is added. A phrase that repeats the
    concept's name, which SKOS forbids (S13), becomes a pattern of that one phrase, which means the same.
    """
    for forth, back in MIRRORED:
        for subject, target in list(graph.subject_objects(forth)):
            graph.add((target, back, subject))
    for concept, name in list(graph.subject_objects(SKOS.prefLabel)):
        for label in (SKOS.altLabel, SKOS.hiddenLabel):
            if (concept, label, name) in graph:
                graph.remove((concept, label, name))
                graph.add((concept, ZL.pattern, Literal(str(name))))
    return graph


def vocabulary() -> Graph:
    """Load the whole vocabulary as plain SKOS.

    >>> from ontology.namespaces import ACTIVITY
    >>> (ACTIVITY.disputes, SKOS.narrower, ACTIVITY.mediation) in vocabulary()
    True
    """
    return complete(load(vocabulary_files()))


def everything() -> Graph:
    """Load the ontology, the structure of the cube and the whole vocabulary into one graph."""
    return complete(load([ONTOLOGY, CUBE, *vocabulary_files()]))
