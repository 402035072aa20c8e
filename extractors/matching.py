"""Hold clauses against the compiled patterns of the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import itemgetter, or_
from typing import NamedTuple

from extractors.patterns import ALONE, Pattern, Patterns
from extractors.shapes import Quantity

Span = tuple[int, int]
Hit = tuple[int, int, int]  # literal, start, end


class Match(NamedTuple):
    """A pattern that holds in a clause, with the words that fill its parts."""

    concept: str
    spans: tuple[Span, ...]
    weight: int  # how many characters its words have
    pattern: Pattern


class Parts:
    """Which literals fill which parts, by their indexes; ``bits`` gives for each literal its parts' bits (see ``bit``)."""

    def __init__(self, fills: Mapping[str, Sequence[int]], parts: Sequence[frozenset[str]]) -> None:
        self.numbers = {literal: number for number, literal in enumerate(fills)}
        self.of = [frozenset(self.numbers[literal] for literal in part) for part in parts]
        self.bits = [reduce(or_, map(bit, filled), 0) for filled in fills.values()]


def bit(part: int) -> int:
    """A part's bit. Several share one: a bit that is not set rules a part out, one that is set calls for a closer look."""
    return 1 << (part % _BITS)


_BITS = 1024


class Words:
    """The hits of one clause: which literals and parts occur, and where."""

    __slots__ = ("_mask", "_parts", "_spots", "hits", "literals")

    def __init__(self, hits: Sequence[Hit], parts: Parts) -> None:
        self.hits = hits
        self.literals = set(map(_LITERAL, hits))
        self._parts = parts
        self._spots: dict[int, list[Span]] = {}
        self._mask = -1

    def mask(self) -> int:
        """The bits of all parts that occur."""
        if self._mask < 0:
            self._mask = reduce(or_, map(self._parts.bits.__getitem__, self.literals), 0)
        return self._mask

    def has_any(self, parts: Sequence[int]) -> bool:
        """Whether one of these parts occurs."""
        return any([not self.literals.isdisjoint(self._parts.of[part]) for part in parts])

    def spots(self, part: int) -> list[Span]:
        """Where a part (or a phrase: ``ALONE`` + its literal) occurs, in the order of the hits' ends."""
        found = self._spots.get(part)
        if found is None:
            fill = self.literals & self._parts.of[part] if part < ALONE else (part - ALONE,)
            found = self._spots[part] = [hit[1:] for hit in self.hits if hit[0] in fill]
        return found


_LITERAL = itemgetter(0)
_RARER = 6.0  # each further character makes a literal so many times rarer


class Index:
    """The patterns of one scheme, found by the literals that anchor them."""

    def __init__(self, patterns: Patterns, parts: Parts, seen: Mapping[int, int]) -> None:
        """``seen``: how often each literal occurs where the genre is at hand."""
        self.bare = patterns.bare
        #: For every anchoring literal the bits of what else must occur, the literals that must not, and the pattern.
        self._by_literal: dict[int, list[tuple[int, frozenset[int], Pattern]]] = {}
        nothing: frozenset[int] = frozenset()
        for phrase, found in patterns.by_phrase.items():
            number = parts.numbers[phrase]
            self._by_literal.setdefault(number, []).extend(
                (0, nothing, p._replace(parts=(ALONE + number,))) for p in found
            )
        lengths = [len(literal) for literal in parts.numbers]
        rarity = [sum(seen.get(x, 0) + _RARER ** -lengths[x] for x in sorted(part)) for part in parts.of]
        for pattern in patterns.joint:
            anchor = min(pattern.parts, key=lambda part: (rarity[part], part))
            need = reduce(or_, (bit(part) for part in pattern.parts if part != anchor), 0)
            rest = (need, nothing.union(*(parts.of[part] for part in pattern.forbidden)), pattern)
            for literal in parts.of[anchor]:
                self._by_literal.setdefault(literal, []).append(rest)
        self.literals = frozenset(self._by_literal)

    def possible(self, words: Words) -> list[Pattern]:
        """The patterns whose words may all occur in the clause, in any order."""
        anchors = words.literals & self.literals
        if not anchors:
            return []
        found: dict[int, Pattern] = {}
        mask, literals, by_literal = words.mask(), words.literals, self._by_literal
        for literal in anchors:
            for need, banned, pattern in by_literal[literal]:
                if need & mask == need and (not banned or banned.isdisjoint(literals)):
                    found[id(pattern)] = pattern
        return list(found.values())

    def matches(self, words: Words, topic: frozenset[str] = frozenset()) -> list[Match]:
        """The patterns without a quantity that hold in the clause; one is enough where all speak of the same concept."""
        possible = self.possible(words)
        if not possible:
            return []
        first = possible[0].concept
        alone = all([pattern.concept == first for pattern in possible])
        matches = []
        for pattern in possible:
            if pattern.topics is not None and pattern.topics.isdisjoint(topic):
                continue
            spans = _in_order(pattern, words) if pattern.ordered else _anywhere(pattern, words)
            if spans:
                weight = sum([e - s for s, e in spans]) + (
                    pattern.topics is not None
                )  # of the same words, the topic's sense
                matches.append(Match(pattern.concept, spans, weight, pattern))
                if alone:
                    break
        return matches


def _anywhere(pattern: Pattern, words: Words) -> tuple[Span, ...]:
    """The longest words that fill each part; empty where one is not filled."""
    found = [words.spots(part) for part in pattern.parts]
    return tuple(max(spots, key=lambda s: s[1] - s[0]) for spots in found) if all(found) else ()


def _in_order(pattern: Pattern, words: Words) -> tuple[Span, ...]:
    """The first way in which the parts follow one another; empty where there is none."""
    parts = pattern.parts
    if len(parts) == 1:
        found = words.spots(parts[0])
        if not found:
            return ()
        return (found[0] if len(found) == 1 else max(found, key=lambda s: s[1] - s[0]),)
    at, spans = 0, []
    for part in parts:
        nearest = None
        for span in words.spots(part):
            if span[0] >= at and (nearest is None or span[1] < nearest[1]):
                nearest = span
        if nearest is None:
            return ()
        spans.append(nearest)
        at = nearest[1]
    return tuple(spans)


def around(pattern: Pattern, words: Words, quantity: Quantity, floor: int, ceiling: int) -> tuple[Span, ...] | None:
    """The spans of a quantity's pattern: its parts before the quantity nearest first, those after it up to ``ceiling``.

    Parts before may lie anywhere from ``floor`` on. None where the pattern does not hold here.
    """
    if not pattern.ordered:
        return _anywhere(pattern, words) or None
    gap = len(pattern.parts) if pattern.gap < 0 else pattern.gap
    at, before = quantity.start, []
    for part in reversed(pattern.parts[:gap]):
        best = None
        for span in words.spots(part):
            if floor <= span[0] and span[1] <= at and (best is None or (span[1], -span[0]) > (best[1], -best[0])):
                best = span
        if best is None:
            return None
        before.append(best)
        at = best[0]
    at, after = quantity.end, []
    for part in pattern.parts[gap:]:
        best = None
        for span in words.spots(part):
            if span[0] >= at and span[1] <= ceiling and (best is None or (span[0], -span[1]) < (best[0], -best[1])):
                best = span
        if best is None:
            return None
        after.append(best)
        at = best[1]
    return (*reversed(before), *after)


def strongest(matches: list[Match], broader: dict[str, frozenset[str]]) -> list[Match]:
    """One match per concept, without those inside a longer match's words and without those broader than another.

    ``broader`` gives for each notation all that are broader than it.
    """
    best: dict[str, Match] = {}
    for match in matches:
        if match.concept not in best or match.weight > best[match.concept].weight:
            best[match.concept] = match
    if len(best) == 1:
        return list(best.values())
    kept = [m for m in best.values() if not any(_within(m, other) for other in matches if other.concept != m.concept)]
    over = frozenset[str]().union(*(broader[m.concept] for m in kept)) if kept else frozenset()
    return [m for m in kept if m.concept not in over]


def _within(match: Match, other: Match) -> bool:
    """Whether all words of a match lie inside the words of a longer one."""
    return match.weight < other.weight and all(any(a <= s and e <= b for a, b in other.spans) for s, e in match.spans)
