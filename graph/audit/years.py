"""``year-mismatch``: title, text, plan and date held against the year that the report is on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.audit.finding import Finding, Span, finding
from graph.audit.paper import Paper

_YEAR = re.compile(r"(?<![\d—\-－~～])(?<![\d年][至到])(20[0-4]\d)年(?!以来|来|代)(?![—\-－~至到])")
_PLAN = re.compile(r"打算|计划|思路|安排|展望|下一?步|下一?阶段|工作重点|重点工作|谋划|努力方向|工作目标|工作举措")
_DONE = re.compile(r"工作情况|开展情况|主要举措|举措和成效|成效|主要做法|完成情况|落实情况|工作总结|工作回顾|主要工作")
_HALF = re.compile(r"上半年|下半年|半年|季度|[1-9１-９]月|[一二三四五六七八九十]月")
#: Right before the year: words that look ahead, so that the year of the report cannot follow.
_AHEAD = re.compile(
    r"(?:确保(?:高质量|高标准|圆满|全面|如期|按期)?完成|确保|争取|力争|努力|务求|制定|编制|制订|出台|谋划|实现|启动|计划|打算|拟|将|抓好|做好|抓实|落实|落实好|高标准|扎实开展|深入开展|持续推进|统筹|部署|突出|推动|推进|确保在|争取在|力争在|力争到|到|在|于|全面完成|圆满完成|高质量完成|开展|实施)(?:在|于|到)?(?:《[^》]{0,20})?$"
)
_BY_THEN = re.compile(r"年(?:底|末|年底)?(?:以?前|之前|底|末)")
#: In the clause: words that look back on the year or on papers of it.
_BACK = re.compile(
    r"考核|总结|述法|报告|收官|收尾|反馈|评估|档案|存在|问题|整改|未完成|遗留|统计|验收|自评|回顾|基础上|以来|对照|结合|根据|按照|针对|继续执行|巩固|去年|上年|今年|督查|督察|通报|指出|结转|清零|印发的|成果|经验|同比|相比|比20|较20|贯彻|落实《"
)
_LAST_YEARS = re.compile(
    r"\s*(20\d\d)年(?:度|以来|来)?，?[全我][乡镇街](?:道)?(?:共|累计|坚持|始终|先后|认真|深入|严格|着力|持续)"
)
_COMPARED = re.compile(r"同比|相比|[比较]上年|去年|上年|增长|下降|减少|连续|历年|近[两三几]年|其后|至今|20\d\d年至")
_CLOSING_DATE = re.compile(r"(?m)^[^\S\n]*(20\d\d)年(\d{1,2})月(\d{1,2})日[^\S\n]*$")
_SAYS = re.compile(r"现[将就][^。\n]{0,16}?(20\d\d)年(?:度)?[^。\n]{0,40}?(?:报告|汇报|总结)如下")

#: The sentence that opens a report: 2023年，在县委、县政府的领导下.
_BEGINS = re.compile(
    r"(?m)^\s*(20\d\d)年(?:度|以来)?，?(?=[^。\n]{0,60}(?:领导下|指导下|坚持|深入|认真|紧紧|全面|始终))"
)


def year_mismatches(paper: Paper) -> Iterator[Finding]:
    """Find the years that contradict the year of the report."""
    year = paper.facts.report.year
    if year is None or not _sure(paper, year):
        return
    seen: set[Span] = set()
    for found in (
        *_headings(paper, year),
        *_opening(paper, year),
        *_planned(paper, year),
        *_issued(paper, year),
        *_as_of(paper, year),
        *_told_of(paper, year),
        *_date(paper, year),
    ):
        if found.span not in seen:
            seen.add(found.span)
            yield found


def _sure(paper: Paper, year: int) -> bool:
    """Whether title, manifest or text names the year beyond doubt, and it is a whole year."""
    title = paper.plain[slice(*paper.outline.title)] or paper.facts.report.title
    if re.search("上半年|下半年|半年|季度", title):
        return False
    said = paper.facts.document.meta.get("year") == str(year)
    return said or str(year) in title or (not re.search(r"20\d\d", title) and paper.plain.count(f"{year}年") >= 1)


def _headings(paper: Paper, year: int) -> Iterator[Finding]:
    """A plan for the year that is over, or deeds of another year, in a heading."""
    for start, end, _ in paper.outline.headings:
        words = paper.plain[start:end]
        years = {int(match[1]) for match in _YEAR.finditer(words)}
        if len(years) != 1 or _HALF.search(words):
            continue
        (named,) = years
        plans, deeds = _PLAN.search(words), _DONE.search(words)
        if (
            plans
            and (named <= year)
            and not (deeds and deeds.start() < plans.start() and named == year and _first(words) == "done")
        ):
            yield finding("year-mismatch", "plan", (start, end), named=named, year=year, next=year + 1)
        elif deeds and not plans and abs(named - year) == 1 and _is_the_odd_one(paper, year, named):
            yield finding("year-mismatch", "deeds", (start, end), named=named, year=year)


def _is_the_odd_one(paper: Paper, year: int, named: int) -> bool:
    """Whether the title bears the report's year, or the text names it often and the other once."""
    often = paper.plain.count(f"{year}年") >= 3 and paper.plain.count(f"{named}年") == 1
    return often or str(year) in paper.plain[slice(*paper.outline.title)]


def _first(words: str) -> str:
    """Whether the year in a heading goes with what was done or with the plan: what follows it first."""
    match = _YEAR.search(words)
    rest = words[match.end() :] if match else words
    deeds, plans = _DONE.search(rest), _PLAN.search(rest)
    return "done" if deeds and (not plans or deeds.start() < plans.start()) else "plan"


def _opening(paper: Paper, year: int) -> Iterator[Finding]:
    """现将2022年度…报告如下 under a title of 2023."""
    if str(year) not in paper.plain[slice(*paper.outline.title)]:
        return
    first = paper.facts.sections[1].start if len(paper.facts.sections) > 1 else 600
    for match in _BEGINS.finditer(paper.plain, paper.outline.title[1], min(first, 1500)):
        if int(match[1]) in (year - 1, year + 1) and f"{year}年" not in paper.plain[match.start() : first]:
            yield finding("year-mismatch", "deeds", match.span(), named=match[1], year=year)
    for match in _SAYS.finditer(paper.plain, 0, 2000):
        if abs(int(match[1]) - year) in (1, 2):
            yield finding("year-mismatch", "deeds", match.span(), named=match[1], year=year)


def _planned(paper: Paper, year: int) -> Iterator[Finding]:
    """A clause that plans for the year that is over."""
    for start, end in paper.clauses:
        for match in _YEAR.finditer(paper.plain, start, end):
            if int(match[1]) not in (year, year - 1) or not _in_plan(paper, match.start()):
                continue
            if paper.heading_at(match.start()) or _HALF.match(paper.plain, match.end()):
                continue
            clause = paper.plain[start:end]
            ahead = _AHEAD.search(paper.plain[start : match.start()])
            due = _BY_THEN.match(paper.plain, match.end() - 1)
            if (ahead or due or _opens(paper, start, match)) and not _BACK.search(_outside(clause)):
                span = (max(start, match.start() - 12), min(end, match.end() + 24))
                yield finding("year-mismatch", "planned", span, named=match[1], year=year, next=year + 1)


def _issued(paper: Paper, year: int) -> Iterator[Finding]:
    """印发《溪口岭镇2022年…工作要点》 among the deeds of 2023: the township's own paper of another year."""
    own = re.escape(paper.facts.report.township)
    for match in re.finditer(
        rf"(?:制定|印发|出台|编制)(?:并?印发|实施)?(?:了)?《(?:{own})?(20\d\d)年[^》\n]{{0,30}}》", paper.plain
    ):
        if (
            int(match[1]) == year - 1
            and re.search(r"要点|计划|清单|方案|安排|分工", match[0])
            and not _in_plan(paper, match.start())
        ):
            yield finding("year-mismatch", "issued", match.span(), named=match[1], year=year)


def _as_of(paper: Paper, year: int) -> Iterator[Finding]:
    """截至2022年底 among the deeds of 2023: the reckoning of the year before."""
    for match in re.finditer(rf"截[至止]到?{year - 1}年(?:年?底|末|1[12]月)", paper.plain):
        if not _in_plan(paper, match.start()):
            yield finding("year-mismatch", "deeds", match.span(), named=year - 1, year=year)


def _told_of(paper: Paper, year: int) -> Iterator[Finding]:
    """2022年，全镇共排查…: the deeds of the year before told as this year's, with no comparison beside them."""
    for start, end in paper.statements:
        match = _LAST_YEARS.match(paper.plain, start, end)
        if match and int(match[1]) == year - 1 and not _in_plan(paper, start) and not paper.heading_at(start):
            block = next((b for b in paper.outline.blocks if b.start <= start < b.end), None)
            if block and not _COMPARED.search(paper.plain, block.start, block.end):
                yield finding("year-mismatch", "deeds", match.span(), named=match[1], year=year)


def _opens(paper: Paper, start: int, match: re.Match[str]) -> bool:
    """Whether the year opens a sentence of what is to come: 2023年，我镇将…"""
    end = paper.statement_at(match.start())[1]
    opening = not paper.plain[start : match.start()].strip("一二三四五六七八九十是、（）")
    return opening and bool(
        re.match(r"度?，?[^，。；]{0,16}(?:将|要继续|计划|拟|重点(?:抓|做|推))", paper.plain[match.end() : end])
    )


def _outside(clause: str) -> str:
    """A clause without what stands in 《》."""
    return re.sub(r"《[^》]*》?", "", clause)


def _in_plan(paper: Paper, at: int) -> bool:
    """Whether a place is in what the report plans: a section of plans, or a paragraph that opens with next year."""
    if paper.status_at(at) == "planned":
        return True
    block = next((block for block in paper.outline.blocks if block.start <= at < block.end), None)
    if block is None:
        return False
    year = paper.facts.report.year or 0
    return bool(
        re.match(
            rf"\s*(?:下一?步|下一?年|下一?阶段|今后|明年|来年|{year + 1}年|新的一年)", paper.plain[block.start : at]
        )
    )


def _date(paper: Paper, year: int) -> Iterator[Finding]:
    """A date at the end, before the year was even half over or long after."""
    for match in _CLOSING_DATE.finditer(paper.plain, max(0, len(paper.plain) - 200)):
        signed = int(match[1]) + int(match[2]) / 12
        if not year + 0.5 <= signed <= year + 2.1:
            yield finding("year-mismatch", "signed", match.span(), named=match[0].strip(), year=year)
