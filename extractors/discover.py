"""What the vocabulary does not know yet: figures that no indicator took, words nothing was read from, untyped bodies.

Words are cut by jieba: here words are what is wanted, while phrases of the vocabulary are matched on characters.
"""

from __future__ import annotations

import logging
import math
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from extractors.lexicon import Lexicon, narrowed
from extractors.patterns import Compiler
from extractors.residue import blanked
from extractors.shapes import Facts, Unread

if TYPE_CHECKING:
    from ontology.vocabulary import Vocabulary

SCHEMES = ("activity", "indicator", "occasion", "law")  # those with patterns
LISTED = ("actor", "unit", "word", "cue")  # those that are plain phrases
EXAMPLES = 3
_BREAKS = '，。！？；：、,;:!?\n\r（）()《》“”"'
_BREAK = re.compile(f"[{_BREAKS}]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_SPOKEN = ("n", "v", "l", "j", "i")  # jieba's tags: nouns, verbs, idioms, abbreviations
_LEFT_OUT = ("nr", "ns", "nrt", "nrfg", "vd")  # names of people and places, adverbs
_IN_NAME = ("n", "v", "j", "l", "a", "b", "s")  # what the name of a body is made of


class Token(NamedTuple):
    """A word with jieba's tag; ``"x"`` where jieba's dictionary does not hold it."""

    word: str
    tag: str
    start: int
    end: int


@dataclass
class Find:
    """Something the vocabulary does not know. ``pattern`` would make a figure known."""

    words: str
    pattern: str = ""
    count: int = 0
    reports: set[str] = field(default_factory=set)
    examples: list[str] = field(default_factory=list)
    weight: float = 1.0

    @property
    def score(self) -> float:
        """How often, in how many reports, and how rarely elsewhere."""
        return self.weight * self.count * (1 + math.log(len(self.reports) or 1))

    def add(self, report: str, clause: str) -> None:
        """Count one more place."""
        self.count += 1
        self.reports.add(report)
        if clause not in self.examples and len(self.examples) < EXAMPLES:
            self.examples.append(clause)


class Jieba:
    """jieba's cutting, with the tags of its dictionary and how rare its words are in general."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jieba leaves files open while it is imported
            import jieba
            from jieba import analyse, posseg

        jieba.setLogLevel(logging.WARNING)
        self._cut = jieba.cut
        self._tags: dict[str, str] = posseg.dt.word_tag_tab
        self._idf: dict[str, float] = analyse.default_tfidf.idf_freq
        self._usual: float = analyse.default_tfidf.median_idf

    def tokens(self, text: str) -> Iterator[Token]:
        """The words of the Chinese stretches of a text.

        >>> [token.word for token in Jieba().tokens("开展12次调解。")]
        ['开展', '次', '调解']
        """
        for stretch in _HAN.finditer(text):
            at = stretch.start()
            for word in self._cut(stretch[0]):
                yield Token(word, self._tags.get(word, "x"), at, at + len(word))
                at += len(word)

    def idf(self, word: str) -> float:
        """How rare a word is in general text: the logarithm of one over its share of documents."""
        return self._idf.get(word, self._usual)


class Findings(NamedTuple):
    """What was found, each ranked, the weightiest first."""

    figures: list[Find]
    words: list[Find]
    bodies: list[Find]


class Discoverer:
    """Gathers over reports what one vocabulary does not know."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        compiler = Compiler(vocabulary)
        for name in SCHEMES:
            compiler.scheme(name)
        actors = [p for c in vocabulary.scheme("actor").values() for p in c.phrases]
        compiler.literals.update(p for name in LISTED for c in vocabulary.scheme(name).values() for p in c.phrases)
        self._known = Lexicon([literal for literal in compiler.fills() if len(literal) > 1])
        self._actors = Lexicon(sorted(set(actors)))
        endings = vocabulary.scheme("word")["body-ending"].phrases
        self._endings = tuple(sorted(endings, key=lambda e: (-len(e), e)))
        self._no_body = frozenset(vocabulary.scheme("word")["not-body"].phrases)
        self._jieba = Jieba()
        self._figures: dict[str, Find] = {}
        self._words: dict[str, Find] = {}
        self._bodies: dict[str, Find] = {}

    def add(self, facts: Facts) -> None:
        """Look through one report that was read."""
        text = narrowed(blanked(facts.document.text))
        tokens = list(self._jieba.tokens(text))
        self._figures_of(facts, text, tokens)
        self._words_of(facts, text, tokens)
        self._bodies_of(facts, text, tokens)

    def findings(self, *, least: int = 2) -> Findings:
        """Rank what was found; words and bodies that stand in fewer than ``least`` places are left out."""
        return Findings(
            _ranked(self._figures.values()),
            _ranked(f for f in self._words.values() if f.count >= least),
            _ranked(f for f in self._bodies.values() if f.count >= least),
        )

    def _figures_of(self, facts: Facts, text: str, tokens: Sequence[Token]) -> None:
        """Group figures that no indicator took by the word that they count and their unit."""
        for unread in facts.unread:
            head = _head(unread, tokens)
            if head is None:
                continue
            unit, word = f"#{unread.quantity.unit}", head.word
            pattern = f"{word} … {unit}" if head.start < unread.quantity.start else f"{unit} … {word}"
            find = self._figures.setdefault(pattern, Find(word, pattern))
            find.add(facts.document.name, " ".join(text[unread.start : unread.end].split()))

    def _words_of(self, facts: Facts, text: str, tokens: Sequence[Token]) -> None:
        """Count the nouns and verbs that no phrase covers, in clauses that nothing was read from."""
        activities, measures = (
            [(f.start, f.end) for f in facts.activities],
            [(f.start, f.end) for f in facts.measures],
        )
        read = _Cover([*activities, *measures, *_headings(facts, text)])
        known = _Cover([(start, end) for _, start, end in self._known.hits(text)])
        for token in tokens:
            if len(token.word) < 2 or not token.tag.startswith(_SPOKEN) or token.tag in _LEFT_OUT:
                continue
            if token.start in read or known.meets(token.start, token.end):
                continue
            find = self._words.setdefault(token.word, Find(token.word, weight=self._jieba.idf(token.word)))
            find.add(facts.document.name, clause_at(text, token.start))

    def _bodies_of(self, facts: Facts, text: str, tokens: Sequence[Token]) -> None:
        """Count the names that end as those of bodies do and that no actor's phrase ends with."""
        known = {end for _, _, end in self._actors.hits(text)}
        for number, token in enumerate(tokens):
            if not token.word.endswith(self._endings) or token.end in known or token.word in self._no_body:
                continue
            first = _name_begins(tokens, number)
            name = text[tokens[first].start : token.end].removeprefix(facts.report.township)
            if 3 <= len(name) <= 14 and name not in self._endings and not facts.report.township.endswith(name):
                self._bodies.setdefault(name, Find(name)).add(facts.document.name, clause_at(text, token.start))


class _Cover:
    """Which characters of a text some spans cover."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._at = {at for start, end in spans for at in range(start, end)}

    def __contains__(self, at: int) -> bool:
        return at in self._at

    def meets(self, start: int, end: int) -> bool:
        """Whether any character of a span is covered."""
        return any(at in self._at for at in range(start, end))


def _headings(facts: Facts, text: str) -> Iterator[tuple[int, int]]:
    """The spans that are no running text: headings, and all before the first of them where there are any."""
    for section in facts.sections:
        if not section.path and len(facts.sections) > 1:
            yield section.start, section.end
        elif section.path and (at := text.rfind(section.path[-1], 0, section.end)) >= 0:
            yield at, at + len(section.path[-1])


def clause_at(text: str, at: int) -> str:
    """The clause around a place.

    >>> clause_at("开展普法宣传，种植油菜；完成任务。", 8)
    '种植油菜'
    """
    after = _BREAK.search(text, at)
    start = max(text.rfind(mark, 0, at) for mark in _BREAKS) + 1
    return text[start : after.start() if after else len(text)].strip()


def _head(unread: Unread, tokens: Sequence[Token]) -> Token | None:
    """The word that a figure counts: the last noun or verb before it in its clause, else the first after it."""
    quantity = unread.quantity
    mine = [t for t in tokens if unread.start <= t.start and t.end <= unread.end and len(t.word) > 1]
    spoken = [t for t in mine if t.tag.startswith((*_SPOKEN, "x"))]
    before = [t for t in spoken if t.end <= quantity.start]
    after = [t for t in spoken if t.start >= quantity.end]
    return before[-1] if before else after[0] if after else None


def _name_begins(tokens: Sequence[Token], last: int) -> int:
    """The first word of a name that ends with a word: words side by side that names are made of, four at most."""
    first = last
    while first and last - first < 3:
        before = tokens[first - 1]
        if before.end != tokens[first].start or not before.tag.startswith(_IN_NAME) or before.tag in _LEFT_OUT:
            break
        first -= 1
    while first < last and tokens[first].tag == "v":  # 会同县医院: what it does is no part of its name
        first += 1
    return first


def _ranked(finds: Iterable[Find]) -> list[Find]:
    return sorted(finds, key=lambda f: (-f.score, f.words, f.pattern))
