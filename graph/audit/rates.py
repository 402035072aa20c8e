"""``rate-mismatch``: the counts of a statement contradict the rate that it gives.

A rate is held against the count that its own name speaks of (成功率 ← 成功调解42起) and the whole before it. Bounds and
rounding count as they are written; where any other two counts of the statement would give the rate, nothing is said.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from graph.audit.finding import Finding, finding
from graph.audit.paper import Figure, Paper, shown, step

_NAME = re.compile(r"([\u4e00-\u9fff]{2,10})率[^，。、；\d]{0,5}$")
_SHARE = re.compile(r"(?:占比|占)[^，。、；\d]{0,3}$")
_COVERED = re.compile(r"覆盖(?:率|面)[^，。、；\d]{0,3}$")
_CHANGE = re.compile(r"(?:降幅|下降|减少|压减|增长|增幅|上升|提升)[^，。、；\d]{0,4}$")
_LAST_YEAR = re.compile(r"(?:去年|上年)(?:同期)?[^，。；\d]{0,4}$")
_TO = re.compile(r"(?:[降减升增]|下降|减少|增加|提高|上升|增长|压减|缩减)(?:到|至|为)[^\d，。；]{0,2}$")
#: Words in a rate's name that narrow it: the count must bear them too.
_NARROWING = re.compile(
    r"按期|按时|及时|当场|当年|初次|首次|先行|满意|知晓|群众|评议|参与|覆盖|上线|回访|网上|初信|增长|下降"
)
#: Rates that nobody reckons from the counts beside them.
_APART = re.compile(r"出庭|应诉|胜诉|支持|好评|采纳|公开|公示|占比|同比|执法|持证|使用|普及|入户|接通|审查|讨论")
_NEAR = 6.0
#: Other words that a rate's count may be told by.
_ALSO = {
    "参会": ("参会", "到会", "实到", "出席"),
    "到会": ("到会", "参会", "实到"),
    "及格": ("及格", "合格", "通过", "过了"),
    "完成": ("完成", "办结", "落实"),
    "回复": ("回复", "答复"),
    "答复": ("答复", "回复", "办复"),
    "办复": ("办复", "答复", "办结"),
    "消除": ("消除", "整改"),
    "治理": ("治理", "整改"),
    "调处": ("调处", "调解", "化解"),
    "履约": ("履行", "履约"),
    "出庭": ("出庭",),
    "应诉": ("出庭应诉", "出庭"),
    "采纳": ("采纳",),
    "持证": ("持证", "取得执法证", "取得证"),
    "成功": ("成功", "调成", "化解", "达成协议"),
    "调成": ("调成", "成功", "达成协议", "化解"),
    "化解": ("化解", "调成", "成功", "调处"),
    "调解": ("调解成功", "成功调解", "调成"),
    "办结": ("办结", "办理完", "结案"),
    "整改": ("整改", "改了", "整治到位", "消除"),
    "合格": ("合格", "通过", "过了"),
    "通过": ("通过", "过了", "合格", "取得"),
    "处置": ("处置", "办结"),
    "处理": ("处理", "办结"),
    "参训": ("参训", "参加"),
    "参考": ("参考", "参加考试", "实考"),
    "结案": ("结案", "办结"),
}
_ALIKE = (frozenset("件起宗例桩个"), frozenset("处个项条起"), frozenset("人名位个"))
_LONGEST_LABEL = 8
_LONGEST_PASSAGE = 120
_SLACK = 1e-9


def rate_mismatches(paper: Paper) -> Iterator[Finding]:
    """Find the rates that the counts beside them contradict."""
    last: tuple[int, list[Figure]] = (-1, [])
    for (start, end), figures in paper.figures_of():
        begin, before = last if paper.follows(last[0], start) else (start, [])
        for number, rate in enumerate(figures):
            if rate.unit == "%" and rate.value <= 100:
                # A part told behind its rate (成功率97.4%，成功150件) is left alone: it is as often that of the next rate.
                here = _counts(figures[:number])
                earlier = _counts(before)[-1:] if len(here) == 1 else []
                yield from _check(paper, [(start, here), (begin, [*earlier, *here])], rate)
        last = (start, figures) if end else last


def _counts(figures: Sequence[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure.unit != "%"]


def _check(paper: Paper, where: Sequence[tuple[int, list[Figure]]], rate: Figure) -> Iterator[Finding]:
    """Hold a rate against the counts of its statement, else of that and the statement before."""
    here, counts = where[0]
    words = paper.plain[max(here, rate.clause[0]) : rate.start]
    if changed := _changed(paper, counts, rate, words):
        yield changed
        return
    for start, counts in where:
        if pair := _pair(paper, start, counts, rate, words):
            part, whole = pair
            far = whole.end <= here and not (whole.unit == part.unit and part.high <= whole.low)
            if not (far or agrees(part, whole, rate, paper.plain) or _otherwise(paper, counts, rate)):
                yield _mismatch(paper, part, whole, rate)
            return


def _mismatch(paper: Paper, part: Figure, whole: Figure, rate: Figure) -> Finding:
    span = (max(min(whole.clause[0], part.clause[0]), rate.end - _LONGEST_PASSAGE), rate.end)
    fields = {
        "part": shown(part.value),
        "whole": shown(whole.value),
        "rate": shown(100 * part.value / whole.value, max(1, _places(paper, rate))),
        "said": paper.plain[rate.start : rate.end],
    }
    return finding("rate-mismatch", "rate", span, **fields)


def agrees(part: Figure, whole: Figure, rate: Figure, plain: str) -> bool:
    """Whether the rate may be the part of the whole, rounded or cut off where it is written."""
    low = 100 * part.low / whole.high if whole.high else 0.0
    high = 100 * part.high / whole.low if whole.low else math.inf
    if math.isinf(low) or math.isnan(low):
        low = 0.0
    return fits(low, min(high, 100.0) if part.low <= whole.high else high, rate, plain[rate.start : rate.end])


def fits(low: float, high: float, rate: Figure, written: str) -> bool:
    """Whether a true rate between ``low`` and ``high`` may be written as ``rate``."""
    unit = step(written) or (10.0 if "成" in written else 1.0)
    least, most = rate.value - unit / 2 - _SLACK, rate.value + unit - _SLACK
    if rate.quantity.qualifier == "about":
        least, most = rate.value - 5 * unit, rate.value + 5 * unit
    return {
        "over": high >= least,
        "under": low <= rate.value + unit / 2,
    }.get(rate.quantity.qualifier, low < most and high >= least)


def _pair(paper: Paper, start: int, counts: Sequence[Figure], rate: Figure, words: str) -> tuple[Figure, Figure] | None:
    """The part that the rate's name speaks of and the whole that it is a part of."""
    if pair := _of_which(paper, counts, rate):
        return pair
    name = _NAME.search(words)
    part = (_part(counts, name[1]) if name else None) or _share(paper, counts, words)
    if part is None:
        return _row(paper, counts, rate, name[1]) if name else None
    if paper.plain[part.end : rate.start].count("，") > 2:
        return None
    whole = _whole(paper, start, counts, part)
    return (part, whole) if whole is not None and whole.value > 0 else None


def _share(paper: Paper, counts: Sequence[Figure], words: str) -> Figure | None:
    """31名持证人员中能独立办案的仅8人，占比25.8%; 21个村中有18个村建成，覆盖率90%: the part that the share is of."""
    among = len(counts) > 1 and "中" in paper.plain[counts[-2].end : counts[-1].start]
    return counts[-1] if among and (_SHARE.search(words) or _COVERED.search(words)) else None


def _of_which(paper: Paper, counts: Sequence[Figure], rate: Figure) -> tuple[Figure, Figure] | None:
    """调解成功152件，占受理总数156件的98.4%: the whole stands between the part and the share."""
    if len(counts) < 2 or paper.plain[counts[-1].end : rate.start] != "的" or "占" not in counts[-1].before:
        return None
    part, whole = counts[-2:]
    near = paper.plain[part.end : whole.start].count("，") <= 1
    return (part, whole) if near and alike(part, whole) and whole.value > 0 else None


def _row(paper: Paper, counts: Sequence[Figure], rate: Figure, name: str) -> tuple[Figure, Figure] | None:
    """选派16名人员参加考试，14人取得执法证，通过率87.5%: whole, part and rate in three clauses, the rate not far off."""
    if len(counts) < 2 or _NARROWING.search(name) or _APART.search(name):
        return None
    whole, part = counts[-2:]
    near = all(paper.plain[a.end : b.start].count("，") == 1 for a, b in ((whole, part), (part, rate)))
    close = whole.value > 0 and abs(100 * part.value / whole.value - rate.value) <= _NEAR and part.value <= whole.value
    return (part, whole) if near and close and alike(whole, part) and whole.exact and part.exact else None


def _part(counts: Sequence[Figure], name: str) -> Figure | None:
    """The nearest count that is told by the words of the rate's name, past counts of the same things only."""
    narrowing = set(_NARROWING.findall(name))
    told = _ALSO.get(name[-2:], (name[-2:],))
    for count in reversed(counts):
        words = count.words.replace(name + "率", "")
        if not alike(count, counts[-1]):
            return None
        if any(word in words for word in told):
            return count if all(word in words for word in narrowing) else None
    return None


def _whole(paper: Paper, start: int, counts: Sequence[Figure], part: Figure) -> Figure | None:
    """The nearest count before the part that it may be a part of; the members of a list after 其中 are passed over."""
    opened = paper.plain.rfind("其中", start, part.start)
    near = [c for c in counts if c.end <= part.start and alike(c, part) and not _listed(paper, opened, c)]
    large = [count for count in near if count.high >= part.low]
    found = large or near
    return found[-1] if found else None


def _listed(paper: Paper, opened: int, count: Figure) -> bool:
    """Whether a count stands in the list of parts that begins at ``opened``."""
    if not 0 <= opened < count.start:
        return False
    commas = paper.plain.count("，", opened, count.start)
    return not commas or (
        commas <= 3 and len(count.before) <= _LONGEST_LABEL and "、" not in paper.plain[opened : count.start]
    )


def alike(one: Figure, other: Figure) -> bool:
    """Whether two counts may count the same things."""
    return one.unit == other.unit or any(one.unit in group and other.unit in group for group in _ALIKE)


def _otherwise(paper: Paper, counts: Sequence[Figure], rate: Figure) -> bool:
    """Whether some other two counts would give the rate."""
    return any(
        a.value < b.value and alike(a, b) and agrees(a, b, rate, paper.plain)
        for a in counts
        for b in counts
        if b.value > 0
    )


def _changed(paper: Paper, counts: Sequence[Figure], rate: Figure, words: str) -> Finding | None:
    """由215次降至128次，降幅40%; 受理90件，去年为120件，下降35%: the change held against the two counts."""
    if len(counts) < 2 or not _CHANGE.search(words):
        return None
    pair = _old_and_new(counts[-2], counts[-1])
    if pair is None or paper.plain[counts[-1].end : rate.start].count("，") > 1:
        return None
    old, new = pair
    change = 100 * abs(new.value - old.value) / old.value
    said = paper.plain[rate.start : rate.end]
    if fits(change, change, rate, said):
        return None
    fields = {"old": shown(old.value), "new": shown(new.value), "rate": shown(change, max(1, _places(paper, rate)))}
    return finding("rate-mismatch", "change", (counts[-2].clause[0], rate.end), **fields, said=said)


def _old_and_new(one: Figure, other: Figure) -> tuple[Figure, Figure] | None:
    """Which of two counts a change begins with and which it ends with; None where they tell of none."""
    if one.unit != other.unit or not (one.exact and other.exact):
        return None
    if re.search("[由从]", one.before) and _TO.search(other.before) and one.clause == other.clause:
        return (one, other) if one.value else None
    return (other, one) if _LAST_YEAR.search(other.before) and other.value else None


def _places(paper: Paper, rate: Figure) -> int:
    written = paper.plain[rate.start : rate.end]
    match = re.search(r"[.点](\d+|[〇零一二三四五六七八九]+)", written)
    return len(match[1]) if match else 0
