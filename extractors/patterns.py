"""Compile the vocabulary's phrases and patterns into tables that a clause is held against.

A *literal* is a run of characters that the lexicon finds; a *part* is a set of literals of which one must occur; a
*pattern* is a few parts, in order (``…``) or in any order (``&``), with a quantity (``#``) in an indicator's. The language is
described in ``docs/architecture.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ontology.vocabulary import Concept, Vocabulary, VocabularyError

_TOPIC = re.compile(r"^\[([^\]]+)\]\s*")
_CLASS = re.compile(r"\{([^{}]+)\}")


class Pattern(NamedTuple):
    """One way in which a concept is said.

    Parts are indexes into ``Compiler.parts``; a plain phrase is no part of those, its ``parts`` is ``(ALONE + its literal's index,)``
    once the literals are numbered.
    """

    concept: str  # notation
    rule: str  # the pattern as written, for ``zhili explain``
    parts: tuple[int, ...]
    ordered: bool
    forbidden: tuple[int, ...]  # parts that must not occur
    gap: int  # how many parts stand before the quantity; -1: no quantity
    units: frozenset[str] | None  # None: any unit
    topics: frozenset[str] | None  # None: any topic


ALONE = 1 << 24


@dataclass
class Patterns:
    """The patterns of one scheme. ``by_phrase`` holds the plain phrases, ``joint`` what has parts."""

    by_phrase: dict[str, list[Pattern]] = field(default_factory=dict)
    joint: list[Pattern] = field(default_factory=list)
    bare: list[Pattern] = field(default_factory=list)  # those of a quantity alone


class Compiler:
    """Gathers literals and parts while schemes are compiled; the same part is kept once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.parts: list[frozenset[str]] = []
        self.literals: set[str] = set()
        self._part_ids: dict[frozenset[str], int] = {}

    def scheme(self, name: str, topics: str = "activity") -> Patterns:
        """Compile every phrase and pattern of a scheme."""
        compiled = Patterns()
        for concept in self.vocabulary.scheme(name).values():
            for pattern in self._concept(concept, topics):
                if pattern.rule in concept.phrases and not pattern.parts:
                    compiled.by_phrase.setdefault(pattern.rule, []).append(pattern)
                    self.literals.add(pattern.rule)
                elif pattern.parts:
                    compiled.joint.append(pattern)
                else:
                    compiled.bare.append(pattern)
        return compiled

    def fills(self) -> dict[str, list[int]]:
        """Every literal, in order, with the parts that it fills."""
        fills: dict[str, list[int]] = {literal: [] for literal in sorted(self.literals.union(*self.parts))}
        for number, part in enumerate(self.parts):
            for literal in part:
                fills[literal].append(number)
        return fills

    def part(self, literals: Iterable[str]) -> int:
        """The id of the part that any of these literals fills."""
        key = frozenset(literals)
        if key not in self._part_ids:
            self._part_ids[key] = len(self.parts)
            self.parts.append(key)
        return self._part_ids[key]

    def words(self, name: str) -> frozenset[str]:
        """The phrases of a class: ``law`` is the word class of that name, ``actor:student`` an actor and what is narrower."""
        scheme, _, notation = name.rpartition(":")
        scheme = scheme or ("word" if notation in self.vocabulary.scheme("word") else "unit")
        concepts = self.vocabulary.scheme(scheme)
        if notation not in concepts:
            raise VocabularyError(f"{{{name}}}: there is no such class of words")
        root = concepts[notation]
        family = [c for c in concepts.values() if c is root or root in list(self.vocabulary.ancestors(c))]
        return frozenset(phrase for c in family for phrase in c.phrases)

    def _concept(self, concept: Concept, topics: str) -> Iterator[Pattern]:
        for phrase in concept.phrases:
            yield Pattern(concept.notation, phrase, (), True, (), -1, None, None)
        for written in concept.patterns:
            try:
                yield self._pattern(concept, written, topics)
            except VocabularyError as error:
                where = self.vocabulary.where(concept.iri)
                raise VocabularyError(f"{where}<{concept.iri}> zl:pattern {written!r}: {error}") from error

    def _pattern(self, concept: Concept, written: str, topics: str) -> Pattern:
        body, allowed = written.strip(), None
        if match := _TOPIC.match(body):
            allowed = self._topics(match[1], topics)
            body = body[match.end() :]
        if "…" in body and "&" in body:
            raise VocabularyError("… and & do not mix")
        ordered = "&" not in body
        parts: list[int] = []
        forbidden: list[int] = []
        gap, units = -1, None
        for piece in re.split("…" if ordered else "&", body):
            piece = piece.strip()
            if piece.startswith("!"):
                forbidden.append(self.part(self._literals(piece[1:])))
            elif piece.startswith("#"):
                gap, units = len(parts), self._literals(piece[1:]) or None
            elif piece:
                parts.append(self.part(self._literals(piece)))
        return Pattern(concept.notation, written, tuple(parts), ordered, tuple(forbidden), gap, units, allowed)

    def _topics(self, written: str, scheme: str) -> frozenset[str]:
        """The notations named and all that are narrower."""
        concepts = self.vocabulary.scheme(scheme)
        named = {n.strip() for n in written.split("|")}
        if unknown := named - set(concepts):
            raise VocabularyError(f"[{'|'.join(sorted(unknown))}]: there is no such {scheme}")
        roots = {concepts[n].iri for n in named}
        narrower = (c.notation for c in concepts.values() if any(a.iri in roots for a in self.vocabulary.ancestors(c)))
        return frozenset(named | set(narrower))

    def _literals(self, piece: str) -> frozenset[str]:
        """The literals of ``a|b|{class}``; a class stands alone or between characters (``{law}知识``)."""
        found: set[str] = set()
        for alternative in filter(None, (a.strip() for a in piece.split("|"))):
            if match := _CLASS.search(alternative):
                before, after = alternative[: match.start()], alternative[match.end() :]
                found |= {before + word + after for word in self.words(match[1])}
            else:
                found.add(alternative)
        return frozenset(found)
