"""``typo``: characters confused by sound, shape or input method, or lost, that turn a known phrase into nonsense.

Three ways to near certainty. A wrong form that the vocabulary lists. A stretch that is no word and, with one character
put back for another that sounds or looks like it, becomes a word of the vocabulary's phrases and makes its
surroundings far likelier. A word in the place of one that sounds like it, where only the other makes a phrase.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from graph.audit import words
from graph.audit.confusion import alike, both_right
from graph.audit.finding import Finding, Span, finding
from graph.audit.lost import Lost, twice
from graph.audit.paper import Paper
from graph.audit.slips import FRESH, LOOKALIKE, USUAL, listed, wrong_forms
from ontology.vocabulary import Vocabulary

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LENGTHS = (2, 3, 4)
_LONGEST_PHRASE = 8
_SURE = 10.0  # how much likelier (natural logarithm) the right word must be
_SHOWN = 1.5  # how much less where the report itself writes the right word elsewhere
_SAID = 4.0  # … where the right word makes a phrase of the vocabulary here
_QUOTED = 4.0  # … within quotation marks, where brands play with words
_BROKEN = 2.0  # … where a character is lost within a phrase
_LONGER = 2.5  # how much more for each character beyond two: 水务所 is no 税务所
_KNOWN = 5  # times that the dictionary's makers met a word that is taken for one
_TYPICAL = 20  # … and that a word may be meant which but one phrase holds
_MET = 500  # how often a phrase of the vocabulary is thought to be met
_AROUND = 4  # characters on either side that are weighed


#: Characters that are words by themselves, next to which any other may stand.
_FREE = frozenset(
    "与在和对为是的了各个把被从向之其有以及等于由将该本使让到至不也都就又再更最还并且或但而则乃齐常早晚多少先后同共均互逐小大新"
)


class Slip(NamedTuple):
    """What is written and what is meant."""

    wrong: str
    right: str


class Typos:
    """Finds slips of the pen with one vocabulary, compiled once."""

    def __init__(self, vocabulary: Vocabulary, *, sure: float = _SURE) -> None:
        self._sure = sure
        lists = {name: listed(vocabulary, name) for name in (LOOKALIKE, FRESH, USUAL)}
        self._listed = wrong_forms(vocabulary)
        self._wrong = sorted(self._listed, key=lambda wrong: (-len(wrong), wrong))
        self._automaton = AhoCorasick(self._wrong, matchkind=MatchKind.LeftmostLongest)
        self._phrases = frozenset(_phrases(vocabulary))
        self._meant = _meant([*self._phrases, *lists[USUAL]])
        self._more = {phrase: _MET for phrase in (*self._phrases, *lists[FRESH], *lists[USUAL]) if len(phrase) <= 6}
        self._more |= {word: max(words.often(word), _MET * times) for word, times in self._meant.items()}
        self._slips = _slips(_likely(self._meant), alike(lists[LOOKALIKE]), self._more)

        self._lost = Lost(self._phrases, self._more, sure=sure - _BROKEN)

    def __call__(self, paper: Paper) -> Iterator[Finding]:
        """Find the typos of one report."""
        lost = [(span, Slip(*words_)) for span, *words_ in (*self._lost.find(paper.plain), *twice(paper.plain))]
        found = [*self._by_list(paper), *self._by_sense(paper), *lost]
        taken: list[Span] = []
        for span, slip in sorted(found, key=lambda one: (one[0][0], -one[0][1])):
            if not any(start < span[1] and span[0] < end for start, end in taken):
                taken.append(span)
                yield _finding(paper, span, slip)

    def _by_list(self, paper: Paper) -> Iterator[tuple[Span, Slip]]:
        """The wrong forms of the vocabulary, outside the words that they may be pieces of."""
        for number, start, end in self._automaton.find_matches_as_indexes(paper.plain):
            wrong = self._wrong[number]
            right = self._listed[wrong]
            if not _inside(paper.plain, start, wrong, right) and not words.straddled(paper.plain, start, end):
                yield (start, end), Slip(wrong, right)

    def _by_sense(self, paper: Paper) -> Iterator[tuple[Span, Slip]]:
        """What makes no sense, and would with one character put back."""
        names = _names(paper)
        for run in _HAN.finditer(paper.plain):
            text = run[0]
            for at in range(len(text) - 1):
                for length in range(2, min(4, len(text) - at) + 1):
                    for right in self._slips.get(text[at : at + length], ()):
                        span = (run.start() + at, run.start() + at + length)
                        if not any(start < span[1] and span[0] < end for start, end in names):
                            yield from self._weighed(paper, text, at, span, Slip(text[at : at + length], right))

    def _weighed(self, paper: Paper, text: str, at: int, span: Span, slip: Slip) -> Iterator[tuple[Span, Slip]]:
        if slip.wrong in self._more or paper.plain.count(slip.wrong) > 2 or _plays(paper, slip):
            return
        if words.often(slip.wrong) >= _KNOWN:
            if not both_right(slip.wrong, slip.right) and self._makes_phrase(text, at, slip, 5):
                yield span, slip
        elif self._gain(text, at, slip) >= self._least(paper, text, at, slip) + _QUOTED * _quoted(paper.plain, span):
            yield span, slip

    def _gain(self, text: str, at: int, slip: Slip) -> float:
        """How much likelier the right word makes its surroundings."""
        end = at + len(slip.wrong)
        before, after = text[max(0, at - _AROUND) : at], text[end : end + _AROUND]
        right, wrong = (words.likelihood(before + word + after, self._more) for word in (slip.right, slip.wrong))
        return right - wrong

    def _least(self, paper: Paper, text: str, at: int, slip: Slip) -> float:
        """How much likelier it must be here."""
        shown = _SHOWN if slip.right in paper.plain else 0
        said = _SAID if self._makes_phrase(text, at, slip, 4) else 0
        return self._sure + _LONGER * (len(slip.wrong) - 2) - shown - said

    def _makes_phrase(self, text: str, at: int, slip: Slip, least: int) -> bool:
        """Whether the right word makes a known phrase here, and the written one makes none."""
        end = at + len(slip.wrong)
        for length in range(least, _LONGEST_PHRASE + 1):
            for start in range(max(0, end - length), min(at, len(text) - length) + 1):
                put = text[start:at] + slip.right + text[end : start + length]
                if put in self._phrases:
                    return not self._known_around(text, at, end)
        return False

    def _known_around(self, text: str, at: int, end: int) -> bool:
        """Whether the written words stand in a known phrase or a long word."""
        return any(
            text[start : start + length] in self._phrases or words.known(text[start : start + length])
            for length in range(3, 9)
            for start in range(max(0, end - length), at + 1)
            if start + length >= end
        )


def _phrases(vocabulary: Vocabulary) -> Iterator[str]:
    """The phrases of the vocabulary that are Chinese throughout."""
    for concept in vocabulary.concepts.values():
        if concept.scheme != "slip":
            yield from (phrase for phrase in concept.phrases if _HAN.fullmatch(phrase))


def _meant(phrases: Iterable[str]) -> Mapping[str, int]:
    """The words that the phrases are made of, with how many phrases hold each."""
    pieces = Counter(piece for phrase in phrases for piece in words.divided(phrase))
    return {piece: times for piece, times in pieces.items() if len(piece) in _LENGTHS}


def _likely(meant: Mapping[str, int]) -> list[str]:
    """The words that somebody may have meant: those of several phrases, and those that the dictionary knows well."""
    return [word for word, times in meant.items() if times > 1 or len(word) > 3 or words.often(word) >= _TYPICAL]


def _slips(meant: Iterable[str], table: Mapping[str, str], more: Mapping[str, int]) -> Mapping[str, tuple[str, ...]]:
    """Every wrong form of the words, one character put for another, with the words that it may stand for."""
    typed: dict[str, str] = {}
    for wrong, rights in table.items():
        for right in rights:
            typed[right] = typed.get(right, "") + wrong
    slips: dict[str, tuple[str, ...]] = {}
    for word in sorted(meant):
        for at, char in enumerate(word):
            for other in set(typed.get(char, "")) - _FREE:
                wrong = word[:at] + other + word[at + 1 :]
                if wrong not in more:
                    slips[wrong] = (*slips.get(wrong, ()), word)
    return slips


def _names(paper: Paper) -> list[Span]:
    """Where names stand, which may be any characters: people's, the township's, its county's, villages'."""
    report = paper.facts.report
    named = {report.township, *(place.name for place in report.parents)} - {""}
    spans = [(person.start, person.end) for person in paper.facts.people]
    spans += [match.span() for name in sorted(named) for match in re.finditer(re.escape(name), paper.plain)]
    stems = {re.sub("(?:街道|苏木|族?乡|镇|县|区|市)$", "", name) for name in named}
    spans += [m.span() for stem in sorted(stems) if len(stem) > 1 for m in re.finditer(re.escape(stem), paper.plain)]
    return spans


def _plays(paper: Paper, slip: Slip) -> bool:
    """Whether a character put in is of the township's name, with which slogans and brands like to play."""
    put = {a for a, b in zip(slip.wrong, slip.right, strict=True) if a != b}
    return not put.isdisjoint(re.sub("(?:街道|苏木|乡|镇)$", "", paper.facts.report.township))


def _quoted(text: str, span: Span) -> bool:
    """Whether a place stands within quotation marks, close by on either side."""
    return "“" in text[max(0, span[0] - 6) : span[0]] and "“" in text[span[1] : span[1] + 6]


def _inside(text: str, start: int, wrong: str, right: str) -> bool:
    """Whether the wrong form is but a part of the right one (觉接受 in 自觉接受)."""
    at = right.find(wrong)
    return at >= 0 and text[max(0, start - at) : start - at + len(right)] == right


def _finding(paper: Paper, span: Span, slip: Slip) -> Finding:
    start, end = paper.clause_at(span[0])
    wide = (max(start, span[0] - 10), min(end, span[1] + 10)) if start < end else span
    return finding("typo", "typo", wide, wrong=slip.wrong, right=slip.right)
