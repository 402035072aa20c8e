"""Find the bodies and people of a clause, and whether they do a thing or have it done to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.lexicon import narrowed
from extractors.matching import Hit
from ontology.vocabulary import Vocabulary

PARTICIPATES, TARGETS = "participates", "targets"
_HIGHER = "县区市省州旗盟"
_LOCAL_NAMES = frozenset({"court", "procuratorate", "people-congress", "police-station", "superior", "enterprise", "resident", "village", "school", "discipline", "student", "vulnerable-group", "migrant", "volunteer", "legal-counsel", "enforcement-team", "party-committee", "government", "staff"})
_SUPERIOR = re.compile(r"(?:上级|[县区市省州旗盟](?:里|委|直)?)[\u4e00-\u9fff]{2,9}?(?:局|厅|办公室|办|委员会|工作站|中心|支队|妇联|总工会|残联)")
_JOINT = re.compile(r"[、和及与或]|以及|和各|及各|、各|、村|，")
_BETWEEN = re.compile(r"[、和及与或以各等县镇乡村区市的“”（）()驻辖内本]*|[、和及与][\u4e00-\u9fff]{1,6}[、和及与]")


class Named(NamedTuple):
    """A mention of an actor."""

    start: int
    end: int
    type: str


class Actors:
    """The vocabulary's actors: their names, and the roles they usually have."""

    def __init__(self, vocabulary: Vocabulary, numbers: dict[str, int]) -> None:
        scheme = vocabulary.scheme("actor")
        self._types = {numbers[p]: n for n, c in scheme.items() for p in c.phrases}
        self._none = {numbers[p] for p in vocabulary.scheme("word")["not-actor"].phrases}
        self._usual = {n: c.properties.get("usualRole", [PARTICIPATES])[0] for n, c in scheme.items()}
        self._special = {
            (n, iri.rsplit("/", 1)[-1]): role
            for n, c in scheme.items()
            for role, name in ((TARGETS, "targetIn"), (PARTICIPATES, "participantIn"))
            for iri in c.properties.get(name, [])
        }
        cues = vocabulary.scheme("cue")
        self._before = {narrowed(p): TARGETS for p in cues["role-target"].phrases} | {
            narrowed(p): PARTICIPATES for p in cues["role-participant"].phrases
        }
        self._longest = max(map(len, self._before))

    def literals(self) -> frozenset[int]:
        """The numbers of all literals that name an actor or shadow one."""
        return frozenset(self._types) | self._none

    def mentions(self, hits: Sequence[Hit], text: str, start: int, end: int) -> list[Named]:
        """The actors of a clause, the longest names first served, in the order of the text."""
        types, none = self._types, self._none
        found = [(h[1], h[2], types.get(h[0])) for h in hits if h[0] in types or h[0] in none]
        if not found:
            return []
        found.sort(key=lambda f: (f[0] - f[1], f[0]))
        taken: list[tuple[int, int, str | None]] = []
        for mention in found:
            if not any(mention[0] < e and s < mention[1] for s, e, _ in taken):
                taken.append(mention)
        return [self._placed(s, e, t, text, start) for s, e, t in sorted(taken, key=lambda f: f[0]) if t]

    def _placed(self, start: int, end: int, type_: str, text: str, floor: int) -> Named:
        """A department with the county's sign before it (县妇联) is a superior body."""
        if start > floor and text[start - 1] in _HIGHER and type_ not in _LOCAL_NAMES:
            return Named(start - 1, end, "superior")
        return Named(start, end, type_)

    def role(self, mention: Named, lead: int, text: str, start: int, activity: str) -> str:
        """The role in an activity: by the word before the list that the mention stands in, else as usual.

        ``lead`` is where the list of actors begins, ``start`` where the clause does.
        """
        usual = self._special.get((mention.type, activity)) or self._usual[mention.type]
        cue = self._cue(text, start, lead)
        if cue is None:
            return usual
        word, role = cue
        if word in ("组织", "推动", "召开", "以", "安排") and usual == TARGETS:
            return usual
        return role

    def _cue(self, text: str, start: int, lead: int) -> tuple[str, str] | None:
        """The word before a list that tells the role, with the role."""
        while lead > start and text[lead - 1] in "各本辖区全广大乡镇村街道的“我等两级年内县、":
            lead -= 1
        for size in range(min(self._longest, lead - start), 0, -1):
            word = text[lead - size : lead]
            if word in self._before:
                return word, self._before[word]
        return None


def leads(mentions: Sequence[Named], text: str) -> list[int]:
    """For each mention where the list it stands in begins."""
    begun: list[int] = []
    for number, mention in enumerate(mentions):
        if number and _BETWEEN.fullmatch(text, mentions[number - 1].end, mention.start):
            begun.append(begun[-1])
        else:
            begun.append(mention.start)
    return begun
