"""The vocabulary for a command: what is wrong with a user's own file is told in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from graph.messages import ToldError
from ontology.vocabulary import Vocabulary, VocabularyError, load_vocabulary

if TYPE_CHECKING:
    from extractors.reader import Reader


def reader_or_told(extra: Path | None = None) -> tuple[Vocabulary, Reader]:
    """The vocabulary with ``extra`` merged over it, and its reader; ``ToldError`` where the file cannot be used."""
    from extractors.reader import Reader

    with _told():
        words = load_vocabulary(extra)
        return words, Reader(words)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except VocabularyError as error:
        raise ToldError("explain.vocabulary", reason=error) from error
