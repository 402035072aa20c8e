"""Find the bodies and people that a text names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from extractors.lexicon import narrowed
from ontology.vocabulary import Vocabulary

SUPERIOR = "superior"
#: Who stands for the body that he belongs to: 司法所工作人员 is the 司法所.
_MEMBERS = frozenset({"staff", "leadership"})
#: After the county's sign a department is the county's (县妇联); these are called so in the township too.
_COUNTY_TOO = frozenset(
    [
        "court",
        "procuratorate",
        "people-congress",
        "police-station",
        "superior",
        "enterprise",
        "resident",
        "village",
        "school",
        "student",
        "vulnerable-group",
        "migrant",
        "volunteer",
        "legal-counsel",
        "enforcement-team",
        "party-committee",
        "government",
        "staff",
        "leadership",
    ]
)
_HIGHER = frozenset("县区市省州旗盟")
_AREA = frozenset("社小辖园片景库校民学城山")  # 社区, 辖区 …: no higher division
_SUPERIOR = re.compile(
    r"[上县区省州旗盟市](?:(?<=上)级|(?<!上)(?<![社小辖园片景库校民学城山].)(?:(?<!市)|(?!场|民|政|容|级))(?:里|委|直)?)"
    r"(?:(?!公安|法院|检察|政府|党[委组]|学习|[和及与由对将向为的在把])[\u4e00-\u9fff]){2,8}?"
    r"(?:局|厅|委员会|工作站|中心|支队|妇联|总工会|残联)(?!长)"
)
_QUOTED = re.compile(r"“([^“]{1,14})“|《[^》]*》")


class Named(NamedTuple):
    """A mention of an actor."""

    start: int
    end: int
    type: str


class Actors:
    """The names of the vocabulary's actors, the longest first served; names in names (公众号, 总书记) are none."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        types: dict[str, tuple[str, ...]] = {}
        for notation, concept in vocabulary.scheme("actor").items():
            for phrase in map(narrowed, concept.phrases):
                types[phrase] = (*types.get(phrase, ()), notation)
        occasions = (p for c in vocabulary.scheme("occasion").values() for p in c.phrases)
        none = {narrowed(p) for p in [*vocabulary.scheme("word")["not-actor"].phrases, *occasions]}
        names = sorted({*types, *none})
        self._types = [() if name in none and name not in types else types.get(name, ()) for name in names]
        self._automaton = AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> list[list[Named]]:
        """The mentions of a whole narrowed text, in order; a name of two kinds (镇村干部) gives two at one place."""
        superior = [(m.start(), m.end()) for m in _SUPERIOR.finditer(text)]
        hidden = [m.span() for m in _QUOTED.finditer(text)]
        found = []
        for number, start, end in self._automaton.find_matches_as_indexes(text):
            types = self._types[number]
            if types and not (superior and _covered(start, end, superior)) and not (hidden and _only_part(end, hidden)):
                start += text[start] == "、"
                county = start > 1 and text[start - 1] in _HIGHER and text[start - 2] not in _AREA
                found.append([_placed(start, end, type_, county) for type_ in types])
        return sorted([*found, *([Named(s, e, SUPERIOR)] for s, e in superior)], key=_start)


def _covered(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the spans, which are in order, takes this place."""
    at = bisect_left(spans, (end, 0)) - 1
    return at >= 0 and spans[at][1] > start


def _only_part(end: int, quoted: Sequence[tuple[int, int]]) -> bool:
    """Whether a name only stands inside a longer one in “” or 《》: at its end it is the head (“马背调解队”)."""
    at = bisect_left(quoted, (end, 0)) - 1
    return at >= 0 and quoted[at][1] > end and quoted[at][1] - 1 != end


def _start(names: Sequence[Named]) -> int:
    return names[0][0]


def _placed(start: int, end: int, type_: str, county: bool) -> Named:
    """The mention of a body, which is the county's where ``county`` says that its sign stands before it."""
    return Named(start - 1, end, SUPERIOR) if county and type_ not in _COUNTY_TOO else Named(start, end, type_)


def without_owners(found: Sequence[Sequence[Named]], text: str) -> list[Named]:
    """Drop the body that only says whose the next is (村法律顾问); keep it where the next are its members (司法所工作人员)."""
    kept: list[list[Named]] = []
    for names in found:
        start, end, type_ = names[0]
        if text[start - 1 : end] == "（负责人":
            continue
        if kept and text[kept[-1][0].end : start] in ("", "的"):
            if type_ in _MEMBERS and kept[-1][0].type not in ("village", "party-committee", "government"):
                kept[-1] = [name._replace(end=end) for name in kept[-1]]
                continue
            kept.pop()
        kept.append(list(names))
    return [name for names in kept for name in names]
