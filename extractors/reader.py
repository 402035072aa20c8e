"""Read a document: text in, facts out. Pure: it writes nothing and keeps nothing between documents."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from extractors import sections as sectioning
from extractors.activities import Said, asserted, strongest_in
from extractors.actors import Actors
from extractors.clauses import Piece, Splitter
from extractors.cues import Cues
from extractors.lexicon import Lexicon, narrowed
from extractors.matching import Hit, Index, Parts, Span, Words
from extractors.measures import Counted, Kinds, count, of_which
from extractors.mentioned import Occasions, laws
from extractors.names import Names, instruments
from extractors.participations import Participations
from extractors.patterns import Compiler, Patterns
from extractors.places import parents
from extractors.quantities import Quantities
from extractors.reads import Read, dealt
from extractors.report import read_report
from extractors.residue import blanked
from extractors.roles import Roles
from extractors.shapes import Activity, Document, Facts, Measure, Quantity, Report, Unread
from ontology.vocabulary import Vocabulary


@dataclass(slots=True)
class State:
    """What goes on from clause to clause: the topic of the section, what the sentence said, the figures last read."""

    section: int = -1
    sentence: int = -1
    topic: frozenset[str] = frozenset()
    said: list[Said] = field(default_factory=list)
    figures: list[Counted] = field(default_factory=list)

    def enter(self, piece: Piece) -> None:
        """Forget what a new section or sentence ends."""
        if piece.section != self.section:
            self.section, self.topic = piece.section, frozenset()
        if piece.sentence != self.sentence:
            self.sentence, self.said = piece.sentence, []


class Reader:
    """Reads documents with one vocabulary, compiled once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        compiler = Compiler(vocabulary)
        activity, indicator = compiler.scheme("activity"), compiler.scheme("indicator")
        self._cues = Cues(vocabulary)
        false_friends = vocabulary.scheme("word")["false-friend"].phrases
        compiler.literals.update(false_friends)
        occasion, law = compiler.scheme("occasion"), compiler.scheme("law")
        self._parts = Parts(compiler.fills(), compiler.parts)
        self._false = frozenset(self._parts.numbers[p] for p in false_friends)
        self._lexicon = Lexicon(list(self._parts.numbers))
        seen = self._seen(vocabulary)

        def index(patterns: Patterns) -> Index:
            return Index(patterns, self._parts, seen)

        self._activities, self._indicators, self._laws = index(activity), index(indicator), index(law)
        self._occasions = Occasions(vocabulary, index(occasion))
        self._naming = self._laws.literals | self._occasions.index.literals
        self._names = Names(vocabulary)
        self._quantities = Quantities(p for c in vocabulary.scheme("unit").values() for p in c.phrases)
        self._splitter = Splitter(self._cues)
        self._broader = _broader(vocabulary, "activity")
        self._kinds = _kinds(vocabulary)
        self._participations = Participations(Actors(vocabulary), Roles(vocabulary), self._kinds)

    def _seen(self, vocabulary: Vocabulary) -> Counter[int]:
        """How often each literal occurs in the vocabulary's examples: the genre in small."""
        examples = sorted(e for c in vocabulary.concepts.values() for e in (*c.examples, *c.counter_examples))
        return Counter(literal for literal, _, _ in self._lexicon.hits(narrowed("\n".join(examples))))

    def read(self, document: Document) -> Facts:
        """Read one document into facts."""
        plain = narrowed(blanked(document.text))
        report = self._report(document, plain)
        outline = sectioning.outline(plain, lambda words, rank: self._cues.heading(words, rank, report.year))
        pieces = self._splitter.pieces(plain, outline, report.year)
        hits = self._lexicon.hits(plain)
        shadows = [(start, end) for literal, start, end in hits if literal in self._false]
        reads = self._words(pieces, hits, shadows)
        self._say(reads, plain, shadows)
        activities = _activities(reads, outline)
        naming = dealt([(start, end, 0) for literal, start, end in hits if literal in self._naming], reads)
        self._occasions.give(reads, activities, naming)
        measures, unread = _measures(reads)
        participations = self._participations.read(reads, activities, plain)
        named = laws([reads[n] for n in naming], plain, self._laws, self._occasions.index)
        return Facts(
            document,
            report,
            outline.sections,
            tuple(activities),
            tuple(measures),
            tuple(participations),
            tuple(self._names.people(plain, outline.sections)),
            tuple(instruments(document.text, report.township, named, outline.sections)),
            tuple(unread),
        )

    def _report(self, document: Document, plain: str) -> Report:
        """What the report says of itself, with the places it names as those it lies in."""
        title = sectioning.title(plain)
        report = read_report(document, plain, title)
        return replace(report, parents=parents(plain, report.title, report.township))

    def _words(self, pieces: Sequence[Piece], hits: list[Hit], shadows: list[Span]) -> list[Read]:
        """Deal the lexicon's hits out to the clauses; what lies inside a false friend is dropped."""
        if shadows:
            dark = {at for start, end in shadows for at in range(start, end)}
            hits = [h for h in hits if h[1] not in dark or h[0] in self._false or not _inside(h[1], h[2], shadows)]
        ends = list(map(itemgetter(2), hits))
        reads, last = [], 0
        for piece in pieces:
            start, end = piece[:2]
            first = bisect_right(ends, start, last)
            last = bisect_right(ends, end, first)
            mine = hits[first:last]
            if mine and mine[0][1] < start:  # words that begin in the numbering before the clause
                mine = [hit for hit in mine if hit[1] >= start]
            reads.append(Read(piece, Words(mine, self._parts)))
        return reads

    def _say(self, reads: Sequence[Read], plain: str, shadows: list[Span]) -> None:
        """Find what each clause counts and asserts; the topic and the figures so far go on from clause to clause."""
        state = State()
        quantities_of = self._quantities_of(reads, plain, shadows)
        for number, read in enumerate(reads):
            piece = read.piece
            clause = plain[piece.start : piece.end]
            state.enter(piece)
            quantities = quantities_of.get(number)
            matches = strongest_in(read.words, self._activities, state.topic, self._broader)
            if quantities:
                topic = frozenset([m.concept for m in matches]) or state.topic
                span = (piece.start, piece.end)
                figures = count(read.words, quantities, self._indicators, self._kinds, topic, span, plain)
                read.counted = state.figures = of_which(figures, state.figures, clause)
            read.said = asserted(piece, clause, matches, read.counted, self._kinds, self._cues, state.said)
            if read.said:
                state.said, state.topic = read.said, frozenset([s.type for s in read.said])

    def _quantities_of(self, reads: Sequence[Read], plain: str, shadows: list[Span]) -> dict[int, list[Quantity]]:
        """The quantities of each clause, by its index; those that touch a false friend are none."""
        dark = {at for start, end in shadows for at in range(start, end)}
        found = [q for q in self._quantities.find(plain) if q.start not in dark and q.end - 1 not in dark]
        return dealt([(q.start, q.end, q) for q in found], reads)


def _activities(reads: Sequence[Read], outline: sectioning.Outline) -> list[Activity]:
    """The activities in the order of the text; a bare item heading yields to the text under it."""
    activities: list[Activity] = []
    for number, read in enumerate(reads):
        piece = read.piece
        if not outline.sections[piece.section].path and len(outline.sections) > 1:
            continue
        for said in read.said:
            if piece.head and _said_again(reads, number, said.type):
                continue
            read.first = len(activities) if read.first < 0 else read.first
            read.many += 1
            activities.append(Activity(said.type, piece.status, piece.start, piece.end, piece.section, said.rule))
    return activities


def _measures(reads: Sequence[Read]) -> tuple[list[Measure], list[Unread]]:
    """The measures, and the quantities that no indicator took."""
    measures: list[Measure] = []
    unread: list[Unread] = []
    for read in reads:
        piece = read.piece
        status = "planned" if piece.status == "planned" else "done"
        for figure in read.counted:
            if figure.indicator is None:
                unread.append(Unread(figure.quantity, piece.start, piece.end))
            measures.append(
                Measure(
                    figure.indicator or "other",
                    figure.quantity,
                    status,
                    piece.start,
                    piece.end,
                    piece.section,
                    figure.rule,
                    read.first if read.first >= 0 else None,
                )
            )
    return measures, unread


def _inside(start: int, end: int, spans: Sequence[Span]) -> bool:
    return any(a <= start and end <= b for a, b in spans)


def _said_again(reads: Sequence[Read], number: int, type_: str) -> bool:
    """Whether the text under an item's heading says the same."""
    item = reads[number].piece.item
    for read in reads[number + 1 :]:
        if read.piece.item != item:
            return False
        if not read.piece.head and any(s.type == type_ for s in read.said):
            return True
    return False


def _broader(vocabulary: Vocabulary, scheme: str) -> dict[str, frozenset[str]]:
    concepts = vocabulary.scheme(scheme)
    return {n: frozenset(a.notation for a in vocabulary.ancestors(c)) for n, c in concepts.items()}


def _kinds(vocabulary: Vocabulary) -> Kinds:
    indicators = vocabulary.scheme("indicator")
    figure = {n: c.properties.get("figureKind", ["event"])[0] for n, c in indicators.items()}
    activity = {
        n: c.properties["indicatorOf"][0].rsplit("/", 1)[-1]
        for n, c in indicators.items()
        if "indicatorOf" in c.properties
    }
    return Kinds(frozenset(n for n, kind in figure.items() if kind == "rate"), activity, figure)
