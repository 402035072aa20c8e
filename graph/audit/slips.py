"""The lists of the vocabulary's scheme ``slip``, by their notations; what else it holds are wrong forms."""

from __future__ import annotations

from collections.abc import Mapping

from ontology.vocabulary import Vocabulary

NUMBERED = "numbered"  # rules known by their number
COUNTED = "counted"  # what a township counts as a whole
LOOKALIKE = "lookalike"  # groups of characters that look alike
FRESH = "fresh"  # words that no dictionary has
USUAL = "usual"  # words of reports that no phrase of the vocabulary holds
LISTS = frozenset({NUMBERED, COUNTED, LOOKALIKE, FRESH, USUAL})


def listed(vocabulary: Vocabulary, name: str) -> list[str]:
    """The entries of one list; empty where the vocabulary lacks it."""
    concept = vocabulary.scheme("slip").get(name)
    return concept.phrases if concept else []


def wrong_forms(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Wrong forms and what they stand for."""
    concepts = [concept for concept in vocabulary.scheme("slip").values() if concept.notation not in LISTS]
    return {wrong: concept.labels["zh"] for concept in concepts for wrong in concept.phrases}
