"""Find what clauses mention by set names: occasions, and laws written without 《》."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.matching import Index, strongest
from extractors.names import Titled
from extractors.reads import Read
from extractors.shapes import Activity
from ontology.vocabulary import Vocabulary


class Occasions:
    """The occasions of the vocabulary."""

    def __init__(self, vocabulary: Vocabulary, index: Index) -> None:
        self.index = index
        self._alone: dict[str, frozenset[str]] = {n: frozenset() for n in vocabulary.scheme("occasion")}

    def give(self, reads: Sequence[Read], activities: list[Activity], among: Iterable[int]) -> None:
        """Give each occasion to an activity of its clause, else to the nearest after it in the sentence, else the nearest.

        ``among``: the indexes of the clauses that may name one.
        """
        for number in among:
            read = reads[number]
            if self.index.literals.isdisjoint(read.words.literals):
                continue
            matches = strongest(self.index.matches(read.words), self._alone)
            if not matches:
                continue
            target = _nearest(reads, number)
            if target >= 0:
                named = sorted({*activities[target].occasions, *(m.concept for m in matches)})
                activities[target] = activities[target]._replace(occasions=tuple(named))


def _nearest(reads: Sequence[Read], number: int) -> int:
    """The index of the activity that an occasion named in a clause belongs to; -1 where the report has none."""
    after, before = list(reads[number:]), list(reversed(reads[:number]))
    sentence = reads[number].piece.sentence
    own = [r for r in [*after, *before] if r.piece.sentence == sentence]
    return next((r.first for r in [*own, *after, *before] if r.first >= 0), -1)


def laws(reads: Iterable[Read], plain: str, index: Index, occasions: Index) -> list[Titled]:
    """The laws named without 《》, outside the names of occasions."""
    found = []
    for read in reads:
        if index.literals.isdisjoint(read.words.literals):
            continue
        matches = index.matches(read.words)
        taken = [s for m in occasions.matches(read.words) for s in m.spans]
        spans = sorted(
            {s for m in matches for s in [s for p in m.pattern.parts for s in read.words.spots(p)]},
            key=lambda s: (s[0] - s[1], s),
        )
        for start, end in spans:
            if plain[end - 1] == "法" and plain[end : end + 1] in _NOT_A_LAW:
                continue
            if not any(s < end and start < e for s, e in taken):
                found.append(Titled(plain[start:end], start, end, False))
                taken.append((start, end))
    return found


#: What follows 法 where it ends no law's name: 反诈法治课, 安全生产法规.
_NOT_A_LAW = frozenset("治制律规典院官庭学")
