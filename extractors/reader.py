"""Read a document: text in, facts out. Pure: it writes nothing and keeps nothing between documents."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from extractors import sections as sectioning
from extractors.activities import Said, asserted, strongest_in
from extractors.actors import PARTICIPATES, TARGETS, Actors, Named, leads
from extractors.clauses import Piece, Splitter
from extractors.cues import Cues
from extractors.lexicon import Lexicon, narrowed
from extractors.matching import Hit, Index, Match, Span, Words, strongest
from extractors.measures import Counted, Kinds, count
from extractors.names import Names, Titled, instruments
from extractors.patterns import Compiler
from extractors.places import parents
from extractors.quantities import Quantities
from extractors.report import read_report
from extractors.residue import blanked
from extractors.shapes import Activity, Document, Facts, Measure, Participation, Quantity, Report, Unread
from ontology.vocabulary import Vocabulary


@dataclass(slots=True)
class Read:
    """A clause with all that was found in it, while a report is being read."""

    piece: Piece
    words: Words
    counted: list[Counted] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    first: int = -1  # index of its first activity
    topic: frozenset[str] = frozenset()
    actors: list[Named] = field(default_factory=list)
    many: int = 0  # how many activities it has


class Reader:
    """Reads documents with one vocabulary, compiled once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        compiler = Compiler(vocabulary)
        activity, indicator = compiler.scheme("activity"), compiler.scheme("indicator")
        self._cues = Cues(vocabulary)
        actors = [p for c in vocabulary.scheme("actor").values() for p in c.phrases]
        false_friends = vocabulary.scheme("word")["false-friend"].phrases
        compiler.literals.update(actors, false_friends, vocabulary.scheme("word")["not-actor"].phrases)
        occasion, law = compiler.scheme("occasion"), compiler.scheme("law")
        masks = compiler.masks()
        literals = list(masks)
        numbers = {literal: n for n, literal in enumerate(literals)}
        self._masks = list(masks.values())
        self._fills = [frozenset(numbers[literal] for literal in part) for part in compiler.parts]
        self._false = frozenset(numbers[p] for p in false_friends)
        self._lexicon = Lexicon(literals)
        self._activities = Index(activity, compiler.parts, numbers)
        self._indicators = Index(indicator, compiler.parts, numbers)
        self._occasions = Index(occasion, compiler.parts, numbers)
        self._laws = Index(law, compiler.parts, numbers)
        self._names = Names(vocabulary)
        self._quantities = Quantities(p for c in vocabulary.scheme("unit").values() for p in c.phrases)
        self._splitter = Splitter(self._cues)
        self._broader = _broader(vocabulary, "activity")
        self._alone: dict[str, frozenset[str]] = {n: frozenset() for n in vocabulary.scheme("occasion")}
        self._kinds = _kinds(vocabulary)
        self._actors = Actors(vocabulary, numbers)

    def read(self, document: Document) -> Facts:
        """Read one document into facts."""
        plain = narrowed(blanked(document.text))
        report = self._report(document, plain)
        outline = sectioning.outline(plain, lambda words, rank: self._cues.heading(words, rank, report.year))
        pieces = self._splitter.pieces(plain, outline, report.year)
        hits = self._lexicon.hits(plain)
        shadows = [(start, end) for literal, start, end in hits if literal in self._false]
        reads = self._words(pieces, hits, shadows)
        self._count(reads, plain, shadows)
        activities = self._activities_of(reads, outline)
        self._occasions_of(reads, activities)
        measures, unread = self._measures_of(reads, activities)
        participations = self._participations_of(reads, activities, plain)
        laws = self._laws_of(reads, plain)
        return Facts(
            document,
            report,
            outline.sections,
            tuple(activities),
            tuple(measures),
            tuple(participations),
            tuple(self._names.people(plain, outline.sections)),
            tuple(instruments(document.text, report.township, laws, outline.sections)),
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
        reads = []
        for piece in pieces:
            first = bisect_right(ends, piece.start)
            mine = hits[first : bisect_right(ends, piece.end, first)]
            if mine and mine[0][1] < piece.start:  # words that begin in the numbering before the clause
                mine = [hit for hit in mine if hit[1] >= piece.start]
            reads.append(Read(piece, Words(mine, self._masks, self._fills)))
        return reads

    def _count(self, reads: Sequence[Read], plain: str, shadows: list[Span]) -> None:
        """Find the quantities and what they count, clause by clause, with the topic so far."""
        dark = {at for start, end in shadows for at in range(start, end)}
        quantities = [q for q in self._quantities.find(plain) if q.start not in dark and q.end - 1 not in dark]
        at, topic, section, sentence = 0, frozenset[str](), -1, -1
        before: list[Said] = []
        parts: list[Counted] = []
        for read in reads:
            piece = read.piece
            mine: list[Quantity] = []
            while at < len(quantities) and quantities[at].start < piece.start:
                at += 1
            while at < len(quantities) and quantities[at].start < piece.end:
                if quantities[at].end <= piece.end:
                    mine.append(quantities[at])
                at += 1
            if piece.section != section:
                section, topic = piece.section, frozenset()
            if piece.sentence != sentence:
                before = []
            matches = strongest_in(read.words, self._activities, topic, self._broader)
            own = frozenset(m.concept for m in matches)
            read.topic = own or topic
            if mine:
                read.counted = count(
                    read.words, mine, self._indicators, self._kinds, read.topic, (piece.start, piece.end), plain
                )
                read.counted = _of_which(read.counted, parts, plain[piece.start : piece.end])
                parts = read.counted
            read.said = asserted(
                piece, plain[piece.start : piece.end], matches, read.counted, self._kinds, self._cues, before
            )
            before = (read.said or before) if piece.sentence == sentence else read.said
            sentence = piece.sentence
            if read.said:
                topic = frozenset(s.type for s in read.said)

    def _activities_of(self, reads: Sequence[Read], outline: sectioning.Outline) -> list[Activity]:
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

    def _measures_of(self, reads: Sequence[Read], activities: Sequence[Activity]) -> tuple[list[Measure], list[Unread]]:
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

    def _occasions_of(self, reads: Sequence[Read], activities: list[Activity]) -> None:
        """Give each occasion to an activity of its clause, else to the nearest after it in the sentence, else the nearest."""
        for number, read in enumerate(reads):
            if self._occasions.literals.isdisjoint(read.words.literals):
                continue
            matches = strongest(self._occasions.matches(read.words), self._alone)
            if not matches:
                continue
            target = _nearest(reads, number)
            if target >= 0:
                named = sorted({*activities[target].occasions, *(m.concept for m in matches)})
                activities[target] = activities[target]._replace(occasions=tuple(named))

    def _laws_of(self, reads: Sequence[Read], plain: str) -> list[Titled]:
        """The laws named without 《》, outside the names of occasions."""
        found = []
        for read in reads:
            if self._laws.literals.isdisjoint(read.words.literals):
                continue
            matches = self._laws.matches(read.words)
            taken = [s for m in self._occasions.matches(read.words) for s in m.spans]
            spans = sorted({s for m in matches for s in self._every(m, read)}, key=lambda s: (s[0] - s[1], s))
            for start, end in spans:
                if plain[end - 1] == "法" and plain[end : end + 1] in _NOT_A_LAW:
                    continue
                if not any(s < end and start < e for s, e in taken):
                    found.append(Titled(plain[start:end], start, end, False))
                    taken.append((start, end))
        return found

    def _every(self, match: Match, read: Read) -> list[Span]:
        return [s for part in match.pattern.parts for s in read.words.spots(part)]

    def _participations_of(
        self, reads: Sequence[Read], activities: Sequence[Activity], plain: str
    ) -> list[Participation]:
        """Who takes part in or is aimed at by the activities of each clause; a lone subject goes on to the next clause."""
        found: list[Participation] = []
        carried: list[Named] = []
        going: list[Named] = []
        sentence, last = -1, -1
        for read in reads:
            piece = read.piece
            if piece.sentence != sentence:
                carried, going, sentence, last = [], [], piece.sentence, -1
            read.actors = self._actors.mentions(read.words, plain, piece.start, piece.end)
            own = self._own(read, activities, plain) if read.many and read.actors else []
            found += own
            if read.many and (carried or going) and not any(p.role == PARTICIPATES for p in own):
                found += self._carried(read, carried, activities, plain)
                found += self._carried(read, [m for m in going if m not in carried], activities, plain, going=True)
            if not read.many and last >= 0 and read.actors and self._reached(read, activities[last].type, plain):
                found += [_participation(m, plain, (TARGETS, "whom it reached"), last, piece) for m in read.actors]
            leading = [m for m in read.actors if self._actors.leads_on(m, plain, piece.start)]
            going = [
                m for m in read.actors if m.type in self._actors.goes_on and (m in leading or m.type == "legal-counsel")
            ] or going
            carried = [] if read.many else carried + read.actors
            last = read.first if read.many else last
        return _distinct(found)

    def _own(self, read: Read, activities: Sequence[Activity], plain: str) -> list[Participation]:
        """The actors named in the clause of the activity itself."""
        piece, found = read.piece, []
        begins = leads(read.actors, plain)
        for number in range(read.first, read.first + read.many):
            type_ = activities[number].type
            for mention, lead in zip(read.actors, begins, strict=True):
                if read.many > 1 and not self._about(mention, lead, type_, read, plain):
                    continue
                role = self._actors.role(mention, lead, plain, (piece.start, piece.end), type_)
                found.append(_participation(mention, plain, role, number, piece))
        return found

    def _reached(self, read: Read, type_: str, plain: str) -> bool:
        """Whether a clause only says whom an activity reached, or what it did for them (增强群众法治意识)."""
        if any(c.indicator and self._kinds.figure.get(c.indicator) == "reach" for c in read.counted):
            return True
        return type_ in _TEACHING and bool(_EFFECT.match(plain, read.piece.start, read.piece.end))

    def _about(self, mention: Named, lead: int, type_: str, read: Read, plain: str) -> bool:
        """Whether, of a clause's several activities, this is one that the actor has to do with."""
        main = self._actors.main.get(mention.type)
        if main and any(said.type in main for said in read.said):
            return type_ in main
        return _beside(mention, lead, type_, read, plain)

    def _carried(
        self, read: Read, carried: Sequence[Named], activities: Sequence[Activity], plain: str, *, going: bool = False
    ) -> list[Participation]:
        """The actors named before in the sentence, where the clause names none that acts.

        ``going``: those that have had an activity of their own already go on only in the activities that the vocabulary says.
        """
        found = []
        for number in range(read.first, read.first + read.many):
            for mention in carried:
                if going and activities[number].type not in self._actors.goes_on[mention.type]:
                    continue
                role = self._actors.role(
                    mention, mention.start, plain, (mention.start, mention.end), activities[number].type
                )
                participation = _participation(mention, plain, role, number, read.piece)
                found.append(participation._replace(start=mention.start))
        return found


def _beside(mention: Named, lead: int, type_: str, read: Read, plain: str) -> bool:
    """Whether, of several activities of a clause, this is one that the actor's own part of the clause (between 、) speaks of."""
    begin = plain.rfind("、", read.piece.start, lead) + 1 or read.piece.start
    end = plain.find("、", mention.end, read.piece.end)
    end = read.piece.end if end < 0 else end
    here = {said.type for said in read.said if any(begin <= s and e <= end for s, e in said.spans)}
    return not here or type_ in here


def _nearest(reads: Sequence[Read], number: int) -> int:
    """The index of the activity that an occasion named in a clause belongs to; -1 where the report has none."""
    sentence = reads[number].piece.sentence
    own = [r for r in reads[number:] if r.piece.sentence == sentence] + [
        r for r in reads[:number][::-1] if r.piece.sentence == sentence
    ]
    others = reads[number + 1 :] + reads[:number][::-1]
    return next((r.first for r in [*own, *others] if r.first >= 0), -1)


def _participation(mention: Named, text: str, role: tuple[str, str], activity: int, piece: Piece) -> Participation:
    return Participation(
        mention.type,
        text[mention.start : mention.end],
        role[0],
        activity,
        piece.start,
        piece.end,
        piece.section,
        role[1],
    )


def _distinct(found: Sequence[Participation]) -> list[Participation]:
    """One per actor type and name, role and activity."""
    return list({(p.actor, p.label, p.role, p.activity): p for p in found}.values())


_TEACHING = frozenset({"legal-publicity", "campus-publicity", "media-publicity", "staff-training", "legal-exam"})
_EFFECT = re.compile(
    r"(?:不断|切实|有效|进一步|全面|持续|着力|努力)?(?:提高|提升|增强|强化|引导|增加|让|使|教育)[^，。]*(?:意识|素养|素质|观念|知识|能力|水平|守法|学法|用法|认识)"
)
#: What follows 法 where it ends no law's name: 反诈法治课, 安全生产法规.
_NOT_A_LAW = frozenset("治制律规典院官庭学")


def _of_which(figures: list[Counted], whole: list[Counted], clause: str) -> list[Counted]:
    """Give the parts after 其中 the indicator of the whole, where nothing of their own names one."""
    if not clause.startswith("其中") or not whole:
        return figures
    head = next((w for w in whole if w.quantity.unit != "%"), whole[0])
    return [
        f._replace(indicator=head.indicator, rule=f"part of {head.rule}")
        if f.indicator is None
        and (f.quantity.unit == head.quantity.unit or {f.quantity.unit, head.quantity.unit} <= {"人", "名", "位"})
        else f
        for f in figures
    ]


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
