"""Say which activities a clause asserts."""

from __future__ import annotations

from typing import NamedTuple

from extractors.clauses import Piece
from extractors.cues import Cues
from extractors.matching import Index, Match, Words, strongest
from extractors.measures import Counted, Kinds


class Said(NamedTuple):
    """An activity type that a clause asserts, with the rule that said so."""

    type: str
    rule: str
    weight: int


_INDICATOR = "indicator"
_SAME = "same subject"


def asserted(piece: Piece, clause: str, matches: list[Match], counted: list[Counted], kinds: Kinds, cues: Cues) -> list[Said]:
    """The activity types of a clause: what its words say, else what its figures imply; none for slogans."""
    if _slogan(piece, clause, counted, cues):
        return []
    if matches:
        return [Said(m.concept, m.pattern.rule, m.weight) for m in matches]
    implied: dict[str, Said] = {}
    for figure in counted:
        if figure.indicator and kinds.figure.get(figure.indicator) == "event":
            type_ = kinds.activity.get(figure.indicator)
            if type_:
                implied.setdefault(type_, Said(type_, f"{_INDICATOR} {figure.indicator}", 0))
    return list(implied.values())


def _slogan(piece: Piece, clause: str, counted: list[Counted], cues: Cues) -> bool:
    """Whether a clause tells only the good that came of it: 营造…氛围, 提升…水平, 为…提供保障."""
    if counted or piece.status == "deficient":
        return False
    if cues.preamble.search(clause) and len(clause) < 60:
        return True
    match = cues.result.match(clause)
    if not match:
        return False
    if match.group() == "为":
        return clause.endswith(("保障", "基础", "支撑", "环境", "保证", "贡献", "护航", "动力", "氛围", "条件"))
    return not piece.opens if piece.status == "planned" else True


def strongest_in(words: Words, index: Index, topic: frozenset[str], broader: dict[str, frozenset[str]]) -> list[Match]:
    """The activity patterns that hold in a clause, rivals settled."""
    found = index.matches(words, topic)
    return strongest(found, broader) if found else []
