"""Say who takes part in the activities of a report, and whom they are aimed at."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.actors import Actors, Named, without_owners
from extractors.clauses import Piece
from extractors.measures import Kinds
from extractors.reads import Read, dealt
from extractors.roles import PARTICIPATES, TARGETS, Roles, leads
from extractors.shapes import Activity, Participation

_LONGEST = 120  # characters: a passage that reaches back further shows only the clause of the activity


class Participations:
    """Reads who does what, and to whom, with one vocabulary's actors."""

    def __init__(self, actors: Actors, roles: Roles, kinds: Kinds) -> None:
        self._actors = actors
        self._roles = roles
        self._kinds = kinds

    def read(self, reads: Sequence[Read], activities: Sequence[Activity], plain: str) -> list[Participation]:
        """Who takes part in or is aimed at by the activities of each clause; a lone subject goes on to the next clause."""
        found: list[Participation] = []
        carried: list[Named] = []
        going: list[Named] = []
        sentence, last = -1, -1
        self._name(reads, plain)
        for read in reads:
            if read.piece.sentence != sentence:
                carried, going, sentence, last = [], [], read.piece.sentence, -1
            actors = read.actors
            if read.many:
                own = self._own(read, activities, plain) if actors else []
                found += own
                if (carried or going) and not any([p.role == PARTICIPATES for p in own]):
                    found += self._carried(read, carried, activities, plain)
                    found += self._carried(read, [m for m in going if m not in carried], activities, plain, going=True)
                carried, last = [], read.first
            elif actors:
                if last >= 0 and self._reached(read, activities[last].type, plain):
                    found += [_participation(m, plain, (TARGETS, "whom it reached"), last, read.piece) for m in actors]
                carried = [*carried, *actors]
            if actors:
                going = self._roles.going_on(actors, plain, read.piece.start) or going
        return _distinct(found)

    def _name(self, reads: Sequence[Read], plain: str) -> None:
        """Deal the mentions of actors out to the clauses; offices that are only the place of what happens are left out."""
        found = ((names[0].start, names[0].end, names) for names in self._actors.find(plain))
        for number, mine in dealt(found, reads).items():
            read, named = reads[number], without_owners(mine, plain)
            read.actors = [name for name in named if not self._roles.is_venue(name, plain, read.piece.start)]

    def _own(self, read: Read, activities: Sequence[Activity], plain: str) -> list[Participation]:
        """The actors named in the clause of the activity itself."""
        piece, found = read.piece, []
        begins = leads(read.actors, plain)
        for number in range(read.first, read.first + read.many):
            type_ = activities[number].type
            for mention, lead in zip(read.actors, begins, strict=True):
                if read.many > 1 and not self._about(mention, lead, type_, read, plain):
                    continue
                role = self._roles.role(mention, lead, plain, (piece.start, piece.end), type_)
                found.append(_participation(mention, plain, role, number, piece))
        return found

    def _reached(self, read: Read, type_: str, plain: str) -> bool:
        """Whether a clause only says whom an activity reached, or what it did for them (增强群众法治意识)."""
        if any(c.indicator and self._kinds.figure.get(c.indicator) == "reach" for c in read.counted):
            return True
        return type_ in _TEACHING and bool(_EFFECT.match(plain, read.piece.start, read.piece.end))

    def _about(self, mention: Named, lead: int, type_: str, read: Read, plain: str) -> bool:
        """Whether, of a clause's several activities, this is one that the actor has to do with."""
        main = self._roles.main.get(mention.type)
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
                if going and activities[number].type not in self._roles.goes_on[mention.type]:
                    continue
                role = self._roles.role(
                    mention, mention.start, plain, (mention.start, mention.end), activities[number].type
                )
                participation = _participation(mention, plain, role, number, read.piece)
                far = read.piece.end - mention.start > _LONGEST
                found.append(participation if far else participation._replace(start=mention.start))
        return found


def _beside(mention: Named, lead: int, type_: str, read: Read, plain: str) -> bool:
    """Whether, of several activities of a clause, this is one that the actor's own part of the clause (between 、) speaks of."""
    begin = plain.rfind("、", read.piece.start, lead) + 1 or read.piece.start
    end = plain.find("、", mention.end, read.piece.end)
    end = read.piece.end if end < 0 else end
    here = {said.type for said in read.said if any(begin <= s and e <= end for s, e in said.spans)}
    return not here or type_ in here


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
