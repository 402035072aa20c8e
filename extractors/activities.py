"""Say which activities a clause asserts."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
    spans: tuple[tuple[int, int], ...] = ()


_INDICATOR = "indicator"
_SAME = "same subject"


def asserted(
    piece: Piece,
    clause: str,
    matches: list[Match],
    counted: Sequence[Counted],
    kinds: Kinds,
    cues: Cues,
    before: Sequence[Said],
) -> list[Said]:
    """The activity types of a clause: what its words say, else what its figures imply; none for slogans.

    ``before`` is what the sentence said so far: a weakness named next, or a figure of no known kind, is of the same subject.
    """
    if _slogan(piece, clause, counted, cues):
        return []
    if matches:
        return [Said(m.concept, m.pattern.rule, m.weight, m.spans) for m in matches]
    implied: dict[str, Said] = {}
    for figure in counted:
        if figure.indicator and not clause.startswith("其中") and kinds.figure.get(figure.indicator) == "event":
            type_ = kinds.activity.get(figure.indicator)
            if type_:
                implied.setdefault(type_, Said(type_, f"{_INDICATOR} {figure.indicator}", 0))
    if implied or piece.opens or not before:
        return list(implied.values())
    return [Said(before[-1].type, _SAME, 0)] if _goes_on(piece, clause, counted, cues) else []


def _goes_on(piece: Piece, clause: str, counted: Sequence[Counted], cues: Cues) -> bool:
    """Whether a clause that names no subject speaks on of the one before it."""
    if clause.startswith("其中") or len(clause) < 4:
        return False
    if piece.status == "deficient":
        return bool(cues.clause_deficient.search(clause))
    unknown = [c for c in counted if c.indicator in (None, "other")]
    return (
        bool(unknown)
        and len(unknown) == len(counted)
        and all(c.quantity.unit != "%" for c in counted)
        and bool(_VERB.match(clause))
    )


_VERB = re.compile(r"(?!共|现|累计|总|占|达|其|平均|受益|涉及)[\u4e00-\u9fff]{2}")


def _slogan(piece: Piece, clause: str, counted: Sequence[Counted], cues: Cues) -> bool:
    """Whether a clause tells only the good that came of it: 营造…氛围, 提升…水平, 为…提供保障."""
    if counted or piece.status == "deficient":
        return False
    if clause[:1] in _CIRCUMSTANTIAL and _CIRCUMSTANCE.match(clause):
        return True
    if cues.preamble.search(clause) and len(clause) < 60:
        return True
    match = cues.result.match(clause)
    if not match:
        return False
    if match.group() == "为":
        return clause.endswith(("保障", "基础", "支撑", "环境", "保证", "贡献", "护航", "动力", "氛围", "条件"))
    return not piece.opens if piece.status == "planned" else True


_CIRCUMSTANTIAL = frozenset("在以凡涉对围针聚根遵随为")  # what such a clause begins with
#: A clause that only says where, when or what for: 在便民服务上, 为加强对普法工作的领导.
_CIRCUMSTANCE = re.compile(
    r"在.{2,}(?:中|上|时|后|下|方面|期间|同时)$|以.*为(?:契机|载体|切入点|突破口|主题|目标|导向)$"
    r"|(?:凡|涉及).*(?:事项|问题|合同|协议|的)$|对.*(?:问题|案件|纠纷|行为|情况|领域)$"
    r"|(?:围绕|针对|聚焦|对照|根据|遵照|随着).*(?:要求|问题|领域|规定|精神|部署|目标|任务|变动|难题|特点|需求|情况|重点|主题)$"
    r"|为(?:了|进一步|加强|切实|提高|推进|深入|确保|充分|贯彻|全面|规范|有效|更好|营造|促进|不断).*$"
)


def strongest_in(words: Words, index: Index, topic: frozenset[str], broader: dict[str, frozenset[str]]) -> list[Match]:
    """The activity patterns that hold in a clause, rivals settled."""
    found = index.matches(words, topic)
    return strongest(found, broader) if found else []
