"""The vocabulary for a command: what is wrong with a user's own file is told in a sentence."""

from __future__ import annotations

from pathlib import Path

from graph.messages import ToldError
from ontology.vocabulary import Vocabulary, VocabularyError, load_vocabulary


def vocabulary_or_told(extra: Path | None = None) -> Vocabulary:
    """The built-in vocabulary with ``extra`` merged over it; ``ToldError`` where the file cannot be used."""
    try:
        return load_vocabulary(extra)
    except VocabularyError as error:
        raise ToldError("explain.vocabulary", reason=error) from error
