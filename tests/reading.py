"""Read single sentences in tests."""

from __future__ import annotations

from functools import cache

from extractors.reader import Reader
from extractors.shapes import Document, Facts
from ontology.vocabulary import load_vocabulary

HEADING = "一、主要工作"


@cache
def reader() -> Reader:
    """The reader of the built-in vocabulary."""
    return Reader(load_vocabulary())


def read(sentence: str, heading: str = HEADING) -> Facts:
    """What is read out of one sentence under a heading."""
    return reader().read(Document("", f"{heading}\n{sentence}"))


def activities(sentence: str, heading: str = HEADING) -> set[tuple[str, str]]:
    """Types and statuses of the activities of a sentence."""
    return {(a.type, a.status) for a in read(sentence, heading).activities}


def measures(sentence: str, heading: str = HEADING) -> list[tuple[str, float]]:
    """Indicators and values of a sentence, in its order."""
    return [(m.indicator, m.quantity.value) for m in read(sentence, heading).measures]


def roles(sentence: str, heading: str = HEADING) -> set[tuple[str, str, str]]:
    """Actors with their roles and the activities they have them in."""
    facts = read(sentence, heading)
    return {(p.actor, p.role, facts.activities[p.activity].type) for p in facts.participations}
