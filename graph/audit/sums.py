"""``sum-mismatch``: parts that contradict the whole they are parts of.

A list after 其中 need not be complete, so a sum below the whole counts only where the list says that it is (其他,
其余, 继续有效) or where it misses the whole by next to nothing. Parts of people may overlap. Where some of the parts
alone make up the whole, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from graph.audit.finding import Finding, finding
from graph.audit.paper import Figure, Paper, shown
from graph.audit.rates import alike

_CASES = frozenset("件起宗例")
_PEOPLE = frozenset({"人", "名", "位", "人次", "户", "家"})
#: Words that close a list of parts: what they name is all that the others leave.
_CLOSING = re.compile(r"其他|其它|其余|剩余|余下|继续有效|保留|继续执行|未[办化整调]|正在|待[办处]")
_REST = re.compile(r"其余|剩余|余下|剩下")
#: Ends that are reached one after the other, so that their counts hold each other: 办结98件，满意97件.
_STEPS = re.compile(r"办结|成功|化解|整改|合格|满意|答复|采纳|通过|达成|履行|回访|参加|完成|处置|已|同比|上年|去年")
_OPEN = re.compile(r"等$|主要|包括|涉及")
_LONGEST_PASSAGE = 120
_TOTAL = re.compile(r"(?:^|[，；])(?:共计|合计|总计|共|总共|一共)(?:[\u4e00-\u9fff]{0,2})$")
_OPENED = re.compile(r"其中|(?<=[^\d])[（(：]|包括|分别(?:是|为)")
#: Pairs of parts that leave no third.
_PAIRS = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        ("专职", "兼职"), ("男", "女"), ("镇级|乡级|街道级|镇本级|乡本级", "村级|社区级"), ("立即|当场|立行", "限期"),
        ("简易程序", "一般程序|普通程序"), ("调解成功|成功调解", "引导|诉讼|未"), ("维持", "撤销|纠错|终止|撤回"),
        ("批评教育", "行政处罚"), ("废止", "有效|保留"), ("调解结案|调解", "裁决"), ("在职", "聘用|退休"), ("初访|初次|初信", "重访|重复|重信"),
    )
)  # fmt: skip


def sum_mismatches(paper: Paper) -> Iterator[Finding]:
    """Find the lists of parts that contradict their whole."""
    for (start, end), figures in paper.figures_of():
        counts = [figure for figure in figures if figure.unit != "%"]
        found = [*_after_which(paper, start, end, counts), *_without(paper, counts), *_totals(paper, counts)]
        yield from found[:1] if found else _rests(paper, counts)


def _after_which(paper: Paper, start: int, end: int, counts: Sequence[Figure]) -> Iterator[Finding]:
    """排查93件，其中土地58件、宅基21件、其他12件."""
    for match in _OPENED.finditer(paper.plain, start, end):
        opened = match.start()
        before = [count for count in counts if count.end <= opened]
        after = [count for count in counts if count.start >= opened]
        if before and after:
            parts = _members(paper, after)
            fitting = [count for count in before[-2:] if _kin(count, parts[0])]
            whole = fitting[-1] if fitting else before[-1]
            near = match[0] == "其中" or not paper.plain[whole.end : opened].strip("）“")
            if near and all(_kin(part, whole) for part in parts):
                yield from _judge(paper, whole, parts, listed=True)


def _without(paper: Paper, counts: Sequence[Figure]) -> Iterator[Finding]:
    """清理14件，废止3件、宣布失效2件、继续有效9件: a list of 、 whose last part closes it."""
    for at, whole in enumerate(counts[:-2]):
        parts = _members(paper, counts[at + 1 :])
        between = paper.plain[whole.end : parts[0].start] if parts else ""
        if len(parts) < 2 or "，" not in between or "其中" in between or between.count("，") > 1:
            continue
        closed = _CLOSING.search(parts[-1].before) or (len(parts) == 2 and _paired(parts))
        if all(_kin(part, whole) for part in parts) and closed:
            yield from _judge(paper, whole, parts, listed=False)


def _members(paper: Paper, after: Sequence[Figure]) -> list[Figure]:
    """The figures of one list: joined by 、 or, where the first two are joined by a comma, by commas."""
    parts = list(after[:1])
    comma = False
    for left, right in pairwise(after):
        between = paper.plain[left.end : right.start]
        joined = between.lstrip()[:1]
        if len(parts) == 1:
            comma = joined == "，"
        if (
            not _kin(left, right)
            or joined not in ("，" if comma else "、和及")
            or len(between) > 16
            or between.count("，") > comma
        ):
            break
        if comma and _STEPS.search(between):
            break
        parts.append(right)
    whole = not comma or len(parts) > 2 or _CLOSING.search(parts[-1].before) or _paired(parts)
    return parts if whole else parts[:1]


def _kin(one: Figure, other: Figure) -> bool:
    """Whether two counts are in one unit, or in units that reports use for the same things."""
    return one.unit == other.unit or {one.unit, other.unit} <= _CASES


def _judge(paper: Paper, whole: Figure, parts: Sequence[Figure], *, listed: bool) -> Iterator[Finding]:
    """Hold a whole against its parts; silent where a bound or an overlap leaves room."""
    if whole.high == float("inf"):
        return
    low, high = sum(part.low for part in parts), sum(part.high for part in parts)
    if low > whole.high:
        wrong = _too_much(whole, parts)
    elif high < whole.low:
        wrong = len(parts) > 1 and _too_little(paper, whole, parts, listed=listed)
    else:
        return
    if wrong and not _some_make(whole, parts):
        yield _finding(paper, whole, parts)


def _too_much(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether parts that exceed the whole are a slip and not an overlap."""
    if len(parts) == 1:
        return whole.unit == parts[0].unit and not _STEPS.search(parts[0].words)
    total = sum(part.low for part in parts)
    if any(_STEPS.search(part.before) for part in parts) or total > 1.5 * whole.high:
        return bool(_CLOSING.search(parts[-1].before)) and total <= 1.5 * whole.high
    near = total - whole.high <= max(2.0, 0.1 * whole.high)
    return (
        _paired(parts)
        or whole.unit not in _PEOPLE
        or (near and len(parts) > 2)
        or (whole.unit == "人次" and total - whole.high <= max(2.0, 0.03 * whole.high))
        or bool(_CLOSING.search(parts[-1].before))
    )


def _too_little(paper: Paper, whole: Figure, parts: Sequence[Figure], *, listed: bool) -> bool:
    """Whether parts that fall short of the whole claim to be all of it."""
    if any(_OPEN.search(part.before) for part in parts) or _OPEN.search(paper.plain[whole.end : parts[0].start]):
        return False
    if any(_CLOSING.search(part.before) for part in parts) or (len(parts) == 2 and _paired(parts)):
        return True
    gap, unit = whole.low - sum(part.high for part in parts), _unit(whole)
    close = gap <= max(2 * unit, 0.03 * whole.value) and gap <= 0.1 * whole.value
    return listed and len(parts) > 2 and whole.value >= 10 * unit and close


def _unit(figure: Figure) -> float:
    """The least by which the figure as written could differ: 1, or 10,000 in 12万元."""
    return max(1.0, figure.high - figure.low)


def _paired(parts: Sequence[Figure]) -> bool:
    """Whether the first and the last part are such that nothing can be both, and nothing neither."""
    one, other = parts[0].before, parts[-1].before
    return any((a.search(one) and b.search(other)) or (b.search(one) and a.search(other)) for a, b in _PAIRS)


def _some_make(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether the parts make up the whole without the first or the last ones (which may be parts of parts)."""
    rows = [parts[:size] for size in range(2, len(parts))] + [parts[at:] for at in range(1, len(parts) - 1)]
    return any(sum(p.low for p in row) <= whole.high and sum(p.high for p in row) >= whole.low for row in rows)


def _totals(paper: Paper, counts: Sequence[Figure]) -> Iterator[Finding]:
    """宣传10场、讲座5场，共计16场: a total after its parts."""
    for at, whole in enumerate(counts):
        if at < 2 or not whole.exact or not _TOTAL.search(paper.plain[counts[at - 1].end : whole.start]):
            continue
        parts = [counts[at - 1]]
        for left in reversed(counts[: at - 1]):
            between = paper.plain[left.end : parts[0].start]
            if left.unit != whole.unit or not between.startswith("、") or "，" in between:
                break
            parts.insert(0, left)
        if len(parts) > 1 and all(part.exact and part.unit == whole.unit for part in parts):
            total = sum(part.value for part in parts)
            if total != whole.value and abs(total - whole.value) <= 0.2 * whole.value:
                yield _finding(paper, whole, parts)


def _rests(paper: Paper, counts: Sequence[Figure]) -> Iterator[Finding]:
    """排查76件，调处73件，其余3件引导诉讼: what is left over, held against the rest."""
    for at, rest in enumerate(counts):
        if at < 2 or not _REST.search(rest.before):
            continue
        same = [count for count in counts[:at] if alike(count, rest)]
        if len(same) < 2 or not all(count.exact for count in (*same, rest)) or not rest.exact:
            continue
        if not any(_leaves(same[first:], rest) for first in range(len(same) - 1)) and len(same) == 2:
            yield _finding(paper, same[0], [same[1], rest])


def _leaves(figures: Sequence[Figure], rest: Figure) -> bool:
    """Whether some whole before, less some of the parts after it, leaves the rest."""
    whole, others = figures[0], figures[1:]
    return any(
        abs(whole.value - sum(p.value for p in some) - rest.value) < 1e-9
        for size in range(1, min(len(others), 6) + 1)
        for some in combinations(others, size)
    )


def _finding(paper: Paper, whole: Figure, parts: Sequence[Figure]) -> Finding:
    end = max(whole.end, parts[-1].end)
    span = (max(min(whole.clause[0], parts[0].clause[0]), end - _LONGEST_PASSAGE), end)
    total = sum(part.value for part in parts)
    fields = {
        "sum": " + ".join(shown(part.value, 4) for part in parts),
        "total": shown(total, 4),
        "said": paper.plain[whole.start : whole.end],
    }
    return finding("sum-mismatch", "sum" if len(parts) > 1 else "part", span, **fields)
