"""``figure-conflict``: one thing with two figures in one report.

Three things are told beyond doubt: how many of something the whole township has (全镇24个村 … 全镇26个行政村), a total
that is named again (312件处罚案件 … 315件处罚案件中), and a rule known by its number (三重一大 … 四重一大).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.quantities import numeral
from graph.audit.finding import Finding, Span, finding
from graph.audit.paper import Figure, Paper, shown
from graph.audit.rates import alike
from graph.audit.slips import COUNTED, NUMBERED, listed
from ontology.vocabulary import Vocabulary

_NUMERAL = r"\d{1,4}|[一二三四五六七八九十百两]{1,5}"
_STOCK = re.compile(
    rf"(?<![\d.·第·—\-~至到/])(?P<n>{_NUMERAL})个(?P<thing>自然村|自然屯|村寨|居民小区|居民小组|牧业社|站所|行政村|建制村|村民委员会|村委会|村民小组|村[（(、和或/]社区[）)]?|村|社区居委会|社区|嘎查|牧委会|居民区|居委会)"
    r"(?P<rest>(?![民组庄屯寨小内]|[（(]?(?:、|和|或|/)?(?:社区|居|组|场)|[^，。；]{0,4}(?:示范|试点|重点))[^，。；\n]{0,24})"
)
_SAME = {
    "村（社区）": "村社区",
    "村(社区)": "村社区",
    "村、社区": "村社区",
    "村和社区": "村社区",
    "村或社区": "村社区",
    "村/社区": "村社区",
    "行政村": "村",
    "建制村": "村",
    "村民委员会": "村",
    "村委会": "村",
    "社区居委会": "社区",
    "居委会": "社区",
}
#: Words around a count that make it the count of all.
_ALL_BEFORE = re.compile(
    r"(?:全[乡镇街]道?(?:共有|共|下辖|所辖|有|的)?|所?辖|下辖|辖区|辖有|现有|共有|政府(?:及|和)|街道(?:及|和)|年初与|与|全部|所有|为街道|镇村?两级|[各本我]?[乡镇](?:共有|共|下辖|辖))$"
)
_ALL_AFTER = re.compile(
    r"^[^，。；]{0,8}(?:全部|均|都|配齐|配备|全覆盖|全面|一律|实现|逐一)|^[^，。；]{0,10}(?:责任书|责任状|覆盖率)"
)
_NOT_ALL = re.compile(
    r"原|撤并|合并前|调整前|其中|新增|增加|减少|另|余下|其余|试点|部分|个别|有的|分别|先后|名列|评为|评定|创建|打造|选取|抽|后进|软弱|贫困|整顿|约谈|外|毗邻|邻|前往|走访|检查"
)

#: A number and a thing that is counted, either way round: 现有网格员93名, 93名网格员.
_COUNTED = (
    r"(?:“?(?P<named>{things})“?(?:队伍)?(?:共有|共|现有|有|达到|达|总数达?)?(?P<after>\d{{1,5}}|[一二三四五六七八九十百]{{1,6}})(?=[名人个户支处家])"
    r"|(?<![\d.])(?P<before>\d{{1,5}}|[一二三四五六七八九十百]{{1,6}})[名个户支处家]“?(?P<thing>{things})“?)"
)
#: Words that make a count that of all there are, and words that make it that of some.
_HAVE = re.compile(r"达到?|仅有?|只有|现有|共有|全[乡镇街]|总数|目前|拥有|配备|下设|划分|累计培养|队伍")
_SOME = re.compile(
    r"其中|新增|新|另|每|各|专职|兼职|培训|组织|选|评|表彰|参加|辞|退|调整|补充|增|由|力争|争取|专业|骨干|优秀|优选|部分|个别|\d+[村社]"
)

_AGAIN = re.compile(r"^(?P<thing>[\u4e00-\u9fff]{2,8}?)(?:中(?!心|学|介|队|小)|全部|均|都|无一)")
_YEARLY = re.compile(r"全年|一年来|今年以来|年内|20\d\d年|累计|共")
_LARGE = 10
_THING = re.compile(r"[\u4e00-\u9fff]{2,8}$")
_OPENS = re.compile(r"^(?:但|但是|而|对|有|的|是)?$|[、“]$")
_NOT_TOTAL = re.compile(r"其中|[办审]结|新增|培训|组织|选[派送聘]|评[选议]|参加|月|季度|同比|上年|去年|不予|移送")


class Count(NamedTuple):
    """How many of a thing the report says there are, and whether it says that these are all."""

    thing: str
    value: float
    all: bool
    span: Span


class Conflicts:
    """Finds the things that have two figures, with one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._rules = [(rule, _other_numbers(rule)) for rule in listed(vocabulary, NUMBERED)]
        things = "|".join(sorted(map(re.escape, listed(vocabulary, COUNTED)), key=len, reverse=True))
        self._things = re.compile(_COUNTED.format(things=things)) if things else None

    def __call__(self, paper: Paper) -> Iterator[Finding]:
        """Find the conflicts of one report."""
        yield from self._stocks(paper)
        yield from _named_again(paper)
        yield from _said_twice(paper)
        yield from self._renumbered(paper)

    def _renumbered(self, paper: Paper) -> Iterator[Finding]:
        """四重一大 for 三重一大; a slip of its own where the report nowhere writes the right form."""
        for rule, others in self._rules:
            for match in others.finditer(paper.plain):
                if match[0] != rule:
                    at = paper.plain.find(rule)
                    beside = ((at, at + len(rule)),) if at >= 0 else ()
                    kind = "figure-conflict" if beside else "typo"
                    yield finding(
                        kind,
                        "slogan" if beside else "typo",
                        match.span(),
                        *beside,
                        one=rule,
                        other=match[0],
                        wrong=match[0],
                        right=rule,
                    )

    def _stocks(self, paper: Paper) -> Iterator[Finding]:
        counts = [*_villages(paper), *self._counted(paper)]
        for thing in sorted({count.thing for count in counts}):
            yield from _odd([count for count in counts if count.thing == thing])

    def _counted(self, paper: Paper) -> Iterator[Count]:
        """How many mediators, grids and the like the report says there are in all."""
        for match in self._things.finditer(paper.plain) if self._things else ():
            span = (match.start(), match.end())
            start, end = paper.clause_at(match.start())
            before, after = paper.plain[start : match.start()], paper.plain[match.end() : end]
            if _SOME.search(before) or _SOME.match(after) or paper.status_at(match.start()) == "planned":
                continue
            value = _value(match["after"] or match["before"])
            whole = _HAVE.search(before) or _HAVE.search(match[0]) or _ALL_AFTER.search(after)
            if value is not None and value >= 2 and whole:
                yield Count(match["thing"] or match["named"], value, True, span)


def _other_numbers(rule: str) -> re.Pattern[str]:
    """The words of a rule with any numbers: 三重一大 as [一二…]重[一二…]大."""
    return re.compile("".join("[一二三四五六七八九两]" if char in "一二三四五六七八九两" else char for char in rule))


def _value(written: str) -> float | None:
    return float(written) if written.isdigit() else numeral(written)


def _villages(paper: Paper) -> Iterator[Count]:
    for match in _STOCK.finditer(paper.plain):
        value = _value(match["n"])
        start, end = paper.clause_at(match.start())
        before, after = paper.plain[start : match.start()], match["rest"]
        if value is None or value < 2 or _NOT_ALL.search(before[-10:] + match["rest"][:10]):
            continue
        whole = bool(_ALL_BEFORE.search(before) or _ALL_AFTER.search(after))
        thing = _SAME.get(match["thing"], match["thing"])
        yield Count(thing, value, whole, (max(start, match.start() - 12), min(end, match.end("thing") + 14)))


def _odd(counts: Sequence[Count]) -> Iterator[Finding]:
    """The count that contradicts what the report otherwise says of all."""
    whole = Counter(count.value for count in counts if count.all)
    if not whole:
        return
    said = Counter(count.value for count in counts)
    first = {count.value: count.span for count in reversed(counts)}
    true = max(whole, key=lambda value: (said[value], -first[value][0]))
    for count in counts:
        if (
            count.value != true
            and (count.all or count.value > true)
            and abs(count.value - true) <= max(3.0, 0.5 * true)
        ):
            other = next(c for c in counts if c.value == true)
            fields = {"one": shown(true), "other": shown(count.value), "thing": count.thing}
            yield finding("figure-conflict", "stock", count.span, other.span, **fields)
            return


def _named_again(paper: Paper) -> Iterator[Finding]:
    """315件处罚案件中…: a total spoken of as known, with another figure than where it was given."""
    exact = [figure for figure in paper.figures if figure.exact and figure.unit != "%"]
    for again in exact:
        named = [other for other in exact if other.start < again.start and alike(other, again)]
        thing = "" if _NOT_TOTAL.search(again.before) else _known_thing(paper, again, named)
        same = [other for other in named if thing and _names(other, thing)]
        if any(other.value == again.value for other in named) or len({other.value for other in same}) != 1:
            continue
        first = same[0]
        if abs(first.value - again.value) <= 0.25 * first.value:
            span = (again.start, min(again.end + len(thing) + 2, again.clause[1]))
            fields = {"one": shown(first.value), "other": shown(again.value), "thing": thing}
            yield finding("figure-conflict", "again", span, (first.clause[0], first.end), **fields)


def _known_thing(paper: Paper, again: Figure, named: Sequence[Figure]) -> str:
    """What a figure counts where it is spoken of as known: behind it 中 or 全部, or it opens a clause on what is lacking."""
    rest = paper.plain[again.end : again.clause[1]]
    if match := _AGAIN.match(rest):
        return match["thing"]
    if not _OPENS.search(again.before) or paper.status_at(again.start) != "deficient":
        return ""
    nouns = {noun[0][-size:] for other in named if (noun := _THING.search(other.before)) for size in range(3, 9)}
    return max((noun for noun in nouns if rest.startswith(noun)), key=len, default="")


def _said_twice(paper: Paper) -> Iterator[Finding]:
    """全年排查矛盾纠纷276件 … 全年共排查矛盾纠纷267件: the year's total of one thing in two statements."""
    first: dict[tuple[str, str, str], Figure] = {}
    for figure in paper.figures:
        thing = _of_the_year(paper, figure)
        if not thing:
            continue
        before = first.setdefault((figure.indicator, figure.unit, thing), figure)
        apart = before is not figure and paper.statement_at(before.start) != paper.statement_at(figure.start)
        if apart and 0 < abs(before.value - figure.value) <= max(1.0, 0.2 * before.value):
            fields = {"one": shown(before.value), "other": shown(figure.value), "thing": thing}
            yield finding(
                "figure-conflict", "again", (figure.clause[0], figure.end), (before.clause[0], before.end), **fields
            )


def _of_the_year(paper: Paper, figure: Figure) -> str:
    """What a figure counts, where it is the total of the year; small figures need more words to be told apart by."""
    thing = _THING.search(figure.before)
    if not (thing and figure.exact and figure.unit != "%" and _YEARLY.search(figure.before)):
        return ""
    if _NOT_TOTAL.search(figure.before) or figure.status != "done" or paper.status_at(figure.start) == "planned":
        return ""
    words = thing[0][-4:] if figure.value >= _LARGE else thing[0][-6:]
    return words if figure.value >= _LARGE or len(words) == 6 else ""


def _names(figure: Figure, thing: str) -> bool:
    """Whether a figure counts what ``thing`` names: 行政处罚案件312件, 312件行政处罚案件."""
    before = _THING.search(figure.before)
    named = (before and before[0].endswith(thing)) or figure.after.startswith(thing)
    return bool(named) and not _NOT_TOTAL.search(figure.before)
