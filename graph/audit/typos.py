"""``typo``: characters confused by sound, shape or input method, or lost, that turn a known phrase into nonsense."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ahocorasick_rs import AhoCorasick, MatchKind

from graph.audit.finding import Finding, Span, finding
from graph.audit.paper import Paper
from graph.audit.words import straddled
from ontology.vocabulary import Vocabulary

#: The concept whose phrases are right forms, to be held against the same words with another number.
NUMBERED = "numbered"


class Typos:
    """Finds slips of the pen with one vocabulary, compiled once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._right = _slips(vocabulary)
        self._wrong = sorted(self._right, key=lambda wrong: (-len(wrong), wrong))
        self._automaton = AhoCorasick(self._wrong, matchkind=MatchKind.LeftmostLongest)

    def __call__(self, paper: Paper) -> Iterator[Finding]:
        """Find the typos of one report."""
        for number, start, end in self._automaton.find_matches_as_indexes(paper.plain):
            wrong = self._wrong[number]
            right = self._right[wrong]
            if not _inside(paper.plain, start, wrong, right) and not straddled(paper.plain, start, end):
                yield _finding(paper, (start, end), wrong, right)


def _slips(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Wrong forms and what they stand for: the scheme ``slip``."""
    concepts = [concept for concept in vocabulary.scheme("slip").values() if concept.notation != NUMBERED]
    return {wrong: concept.labels["zh"] for concept in concepts for wrong in concept.phrases}


def _inside(text: str, start: int, wrong: str, right: str) -> bool:
    """Whether the wrong form is but a part of the right one (觉接受 in 自觉接受)."""
    at = right.find(wrong)
    return at >= 0 and text[max(0, start - at) : start - at + len(right)] == right


def _finding(paper: Paper, span: Span, wrong: str, right: str) -> Finding:
    start, end = paper.clause_at(span[0])
    wide = (max(start, span[0] - 10), min(end, span[1] + 10)) if start < end else span
    return finding("typo", "typo", wide, wrong=wrong, right=right)
