"""Hold clauses against the compiled patterns of the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import count
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
_ALL = (1 << _BITS) - 1


class Words:
    """The hits of one clause: which literals and parts occur, and where."""

    __slots__ = ("_absent", "_parts", "_spots", "hits", "literals")

    def __init__(self, hits: Sequence[Hit], parts: Parts) -> None:
        self.hits = hits
        self.literals = set(map(_LITERAL, hits))
        self._parts = parts
        self._spots: dict[int, list[Span]] = {}
        self._absent = -1

    def absent(self) -> int:
        """The bits of no part that occurs."""
        if self._absent < 0:
            present, bits = 0, self._parts.bits
            for literal in self.literals:
                present |= bits[literal]
            self._absent = _ALL ^ present
        return self._absent

    def has_any(self, parts: Sequence[int]) -> bool:
        """Whether one of these parts occurs."""
        return any([not self.literals.isdisjoint(self._parts.of[part]) for part in parts])

    def spots(self, part: int) -> list[Span]:
        """Where a part (or a phrase: ``ALONE`` + its literal) occurs, in the order of the hits' ends."""
        found = self._spots.get(part)
        if found is None:
            fill = self._parts.of[part] if part < ALONE else (part - ALONE,)
            found = self._spots[part] = [hit[1:] for hit in self.hits if hit[0] in fill]
        return found

    def longest(self, part: int) -> tuple[Span, ...]:
        """The longest of the places where a pattern's only part occurs."""
        fill = self._parts.of[part] if part < ALONE else (part - ALONE,)
        spans: tuple[Span, ...] = ()
        length = 0
        for literal, start, end in self.hits:
            if literal in fill and end - start > length:
                spans, length = ((start, end),), end - start
        return spans

    def in_order(self, parts: Sequence[int]) -> tuple[Span, ...]:
        """The first way in which the parts follow one another; empty where there is none."""
        of, at, spans = self._parts.of, 0, []
        hits = iter(self.hits)  # in the order of their ends: what follows a hit comes after it
        for part in parts:
            fill = of[part]
            for literal, start, end in hits:
                if start >= at and literal in fill:
                    spans.append((start, end))
                    at = end
                    break
            else:
                return ()
        return tuple(spans)


_LITERAL = itemgetter(0)
_RARER = 6.0  # each further character makes a literal so many times rarer


class Index:
    """The patterns of one scheme, found by the literals that anchor them."""

    def __init__(self, patterns: Patterns, parts: Parts, seen: Mapping[int, int]) -> None:
        """``seen``: how often each literal occurs where the genre is at hand."""
        units = frozenset[str]().union(*(pattern.units or () for pattern in patterns.bare))
        self._bare = {u: [p for p in patterns.bare if p.units is None or u in p.units] for u in sorted(units)}
        self._bare_of_any = [p for p in patterns.bare if p.units is None]
        #: For every anchoring literal the patterns, numbered, with the bits of what else must occur and the literals that must not.
        self._by_literal: dict[int, list[tuple[int, int, frozenset[int], Pattern]]] = {}
        nothing: frozenset[int] = frozenset()
        numbered = count()
        for phrase, found in patterns.by_phrase.items():
            number = parts.numbers[phrase]
            self._by_literal.setdefault(number, []).extend(
                (next(numbered), 0, nothing, p._replace(parts=(ALONE + number,))) for p in found
            )
        lengths = [len(literal) for literal in parts.numbers]
        rarity = [sum(seen.get(x, 0) + _RARER ** -lengths[x] for x in sorted(part)) for part in parts.of]
        for pattern in patterns.joint:
            anchor = min(pattern.parts, key=lambda part: (rarity[part], part))
            need = reduce(or_, (bit(part) for part in pattern.parts if part != anchor), 0)
            rest = (next(numbered), need, nothing.union(*(parts.of[part] for part in pattern.forbidden)), pattern)
            for literal in parts.of[anchor]:
                self._by_literal.setdefault(literal, []).append(rest)
        self.literals = frozenset(self._by_literal)

    def bare(self, unit: str, topic: frozenset[str]) -> list[Pattern]:
        """The patterns of a quantity alone that this unit and topic allow."""
        found = self._bare.get(unit, self._bare_of_any)
        return [p for p in found if p.topics is None or not p.topics.isdisjoint(topic)]

    def possible(self, words: Words) -> list[Pattern]:
        """The patterns whose words may all occur in the clause, in any order."""
        anchors = words.literals & self.literals
        if not anchors:
            return []
        found: dict[int, Pattern] = {}
        absent, literals, by_literal = words.absent(), words.literals, self._by_literal
        for literal in anchors:
            for number, need, banned, pattern in by_literal[literal]:
                if not need & absent and (not banned or banned.isdisjoint(literals)):
                    found[number] = pattern
        return list(found.values())

    def matches(self, words: Words, topic: frozenset[str] = frozenset()) -> list[Match]:
        """The patterns without a quantity that hold in the clause; one is enough where all speak of the same concept."""
        possible = self.possible(words)
        matches: list[Match] = []
        for pattern in possible:
            concept, _, parts, ordered, _, _, _, topics = pattern
            if topics is not None and topics.isdisjoint(topic):
                continue
            if len(parts) == 1:
                spans = words.longest(parts[0])
            else:
                spans = words.in_order(parts) if ordered else _anywhere(parts, words)
            if not spans:
                continue
            weight = 0 if topics is None else 1  # of the same words, the topic's sense
            for start, end in spans:
                weight += end - start
            matches.append(Match(concept, spans, weight, pattern))
            if len(matches) == 1 and possible[-1][0] == concept and all([other[0] == concept for other in possible]):
                break
        return matches


def _anywhere(parts: Sequence[int], words: Words) -> tuple[Span, ...]:
    """The longest words that fill each part; empty where one is not filled."""
    spans: tuple[Span, ...] = ()
    for part in parts:
        found = words.longest(part)
        if not found:
            return ()
        spans += found
    return spans


def around(pattern: Pattern, words: Words, quantity: Quantity, floor: int, ceiling: int) -> tuple[Span, ...] | None:
    """The spans of a quantity's pattern: its parts before the quantity nearest first, those after it up to ``ceiling``.

    Parts before may lie anywhere from ``floor`` on. None where the pattern does not hold here.
    """
    parts = pattern.parts
    if not pattern.ordered:
        return _anywhere(parts, words) or None
    gap = len(parts) if pattern.gap < 0 else pattern.gap
    if len(parts) == 1:
        spots = words.spots(parts[0])
        one = _nearest_before(spots, floor, quantity.start) if gap else _nearest_after(spots, quantity.end, ceiling)
        return (one,) if one else None
    at, spans = quantity.start, []
    for part in reversed(parts[:gap]):
        best = _nearest_before(words.spots(part), floor, at)
        if best is None:
            return None
        spans.append(best)
        at = best[0]
    spans.reverse()
    at = quantity.end
    for part in parts[gap:]:
        best = _nearest_after(words.spots(part), at, ceiling)
        if best is None:
            return None
        spans.append(best)
        at = best[1]
    return tuple(spans)


def _nearest_before(spots: list[Span], floor: int, ceiling: int) -> Span | None:
    """The place that ends last before ``ceiling``, of those the longest."""
    best, start, end = None, -1, -1
    for span in spots:
        first, last = span
        if last > ceiling:
            break
        if floor <= first and (last > end or first < start):
            best, start, end = span, first, last
    return best


def _nearest_after(spots: list[Span], floor: int, ceiling: int) -> Span | None:
    """The place that begins first from ``floor`` on, of those the longest."""
    best, start, end = None, -1, -1
    for span in spots:
        first, last = span
        if last > ceiling:
            break
        if floor <= first and (best is None or first < start or (first == start and last > end)):
            best, start, end = span, first, last
    return best


def strongest(matches: list[Match], broader: dict[str, frozenset[str]]) -> list[Match]:
    """One match per concept, without those inside a longer match's words and without those broader than another.

    ``broader`` gives for each notation all that are broader than it.
    """
    if len(matches) == 1:
        return matches
    best: dict[str, Match] = {}
    for match in matches:
        rival = best.get(match.concept)
        if rival is None or match.weight > rival.weight:
            best[match.concept] = match
    if len(best) == 1:
        return list(best.values())
    kept = [match for match in best.values() if not _outdone(match, matches)]
    over = frozenset[str]().union(*[broader[m.concept] for m in kept])
    return [m for m in kept if m.concept not in over] if over else kept


def _outdone(match: Match, matches: Sequence[Match]) -> bool:
    """Whether all words of a match lie inside the longer words of one of another concept."""
    concept, spans, weight, _ = match
    for rival, around, longer, _ in matches:
        if weight < longer and rival != concept and all([_inside(s, e, around) for s, e in spans]):
            return True
    return False


def _inside(start: int, end: int, spans: Sequence[Span]) -> bool:
    return any([first <= start and end <= last for first, last in spans])
