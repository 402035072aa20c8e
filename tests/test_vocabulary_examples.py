"""Every ``skos:example`` of the vocabulary is read as its concept, and no ``zl:counterExample`` is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from extractors.reader import Reader
from extractors.shapes import Document, Facts
from ontology.vocabulary import Concept, Vocabulary, load_vocabulary

VOCABULARY = load_vocabulary()
HEADING = "一、主要工作\n"


def found(facts: Facts, scheme: str) -> set[str]:
    """The notations of one scheme's concepts among the facts."""
    facets: dict[str, set[str]] = {
        "activity": {activity.type for activity in facts.activities},
        "actor": {participation.actor for participation in facts.participations},
        "indicator": {measure.indicator for measure in facts.measures},
        "occasion": {occasion for activity in facts.activities for occasion in activity.occasions},
    }
    return facets[scheme]


def within(vocabulary: Vocabulary, concept: Concept) -> set[str]:
    """The concept's notation and those of all that is narrower."""
    concepts = vocabulary.scheme(concept.scheme).values()
    return {c.notation for c in concepts if c is concept or concept in vocabulary.ancestors(c)}


def sentences(kind: str) -> Iterator[object]:
    for concept in VOCABULARY.concepts.values():
        for number, sentence in enumerate(getattr(concept, kind)):
            yield pytest.param(concept, sentence, id=f"{concept.scheme}/{concept.notation}-{number}")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(VOCABULARY)


@pytest.mark.parametrize(("concept", "sentence"), list(sentences("examples")))
def test_an_example_is_read_as_its_concept(reader: Reader, concept: Concept, sentence: str) -> None:
    facts = reader.read(Document("example.txt", HEADING + sentence))
    assert found(facts, concept.scheme) & within(VOCABULARY, concept)


@pytest.mark.parametrize(("concept", "sentence"), list(sentences("counter_examples")))
def test_a_counter_example_is_not(reader: Reader, concept: Concept, sentence: str) -> None:
    facts = reader.read(Document("example.txt", HEADING + sentence))
    assert concept.notation not in found(facts, concept.scheme)
