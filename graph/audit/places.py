"""``foreign-place``: another township spoken of as if the report were its own, as copied text does.

A name counts only where its beginning is beyond doubt and where it stands as the report's own would: behind 法治 or
平安, or as the one whose work, leaders or villages are told of. Places that people came from or went to, neighbours and
seats of courts are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors import divisions
from extractors.places import locate
from graph.audit.finding import Finding, finding
from graph.audit.paper import Paper
from graph.audit.words import acts, dictionary, known

_HAN = "\u4e00-\u9fff"
_KIND = "民族乡|族乡|街道|苏木|镇|乡"
_SLOGAN = (
    "法治|平安|美丽|和谐|幸福|诚信|清廉|健康|活力|魅力|善治|文明|宜居|宜业|富裕|富美|生态|数字|智慧|康养|阳光|廉洁"
)
#: What stands right before the name of one's own township.
_CUE = re.compile(
    rf"(?:{_SLOGAN}|作为|优化|推动|推进|促进|提升|建设|打造|助力|维护|结合|全面|服务|保障|繁荣|振兴|营造|加快|实现|展现|树立|擦亮|推广|确保|按照|围绕|立足|聚焦|为了|依托|健全|加强|成立|护航|守护|助推|赋能|开创|具有|[为由在把将以使让是对向])$"
)
_FULL = re.compile(rf"([{_HAN}]{{1,8}}?)({_KIND})(?!村|[镇域容里间财企改长])")
_OWN_AFTER = re.compile(
    r"(?:20\d\d年|特色|良好|社会|和谐|人民|“?八五|综治中心|便民服务|综合行政执法|机关|辖区|所辖|全域|党委|党工委|人民政府|政府|办事处|人大|党政|法治|平安|坚持|将|高度|认真|切实|始终|紧紧|持续|进一步|全面|实际|经济|社会|高质量|各项|开展|依法|推进|推动|群众|干部|各村|全体|辖区|建设|以|深入|积极|营商|的|乡村|基层|实现|奠定|提供|营造)"
)
_AWAY = re.compile(
    r"毗邻|相邻|邻近|周边|邻[县乡镇]|接壤|交界|边界|边境|协作|联防|联调|联席|联动|赴|前往|外出|考察|参观|观摩|交流|学习借鉴|取经|对口|来自|籍|流入|流出|务工|调[至任往入]|划[归入]|并入|撤|原|搬迁|迁[入至往]|"
    r"结对|兄弟|等[乡镇街]|先进|典型|试点|会同|联合|协同|与|和|同|跟|及|两[乡镇]|经验|法庭|交叉|跨|途经|连接|通往|至|位于|地处|东|西|南|北临|曾任|任职|挂职"
)
_GENERIC = re.compile(
    r"^(?:[全我本该各每某此两三几一个强重集城村乡小古中大新老多邻外他示范特色建制工业农业牧业旅游文化历史经济明星卫星名生态美丽法治平安和谐幸福文明富裕最先进典型试点中心重点贫困边远偏远山区沿海民族之家故返离回下同侨送进出还入到的了在是为]+)$"
)
_LED_BY = re.compile(
    rf"(?:在|按照|根据|落实|贯彻|执行)([{_HAN}]{{2,5}}?[县区旗])(?:委、|委和|委|人民政府|政府)[^。；\n]{{0,16}}(?:领导下|部署|要求|安排)"
)
_PROUD_COUNTY = re.compile(rf"(?:法治|平安|美丽|和谐|清廉)([{_HAN}]{{2,4}}[县区旗])(?=建设|[^{_HAN}])")
_COUNTY_WORD = re.compile(r"^(?:省|市|州|我|本|全|该|各|地|上级|自治)|[省市州委社园景校街辖]")
_BARE = re.compile(
    rf"(?<!依)(?:法治|平安)(?![化镇乡县区市省村国军党校院家小的是与和之为不有])([{_HAN}]{{2,3}})(?=[、，。；]|(?:而|再上|新篇|新局|贡献|作出|做出|筑牢|奠定|提供|添砖)|建设(?!的?(?:工作|规划|实施|考核|示范|领导|责任|办公室|协调|成效|成果|宣传|工程|活动|任务|情况|先进|基础|水平|格局|中心|志愿|过程)))"
)
_COMMON = re.compile(
    r"政府|社会|中国|国家|乡村|乡镇|城市|社区|村居|文化|宣传|教育|校园|企业|家庭|单位|机关|示范|创建|综治|环境|营商|思维|队伍|基层|街区|医院|景区|边界|边境|交通|市场|细胞|信访|铁路|工地|农村|网格|工作|思想|体系|制度|县域|镇域|乡域|辖区|[省市县区乡镇村州盟旗]$|生态|一体|根基|轨道|保障|阵地|人才|能力|同步|理念|精神|信仰|素养|江湖|草原|牧区|林区|库区|园区|商圈|法治|平安|全面|治理|稳定|更高"
)


_LONGEST = 4
#: Characters that begin or end a stretch that is no name: 由镇, 全镇, 以乡.
_EDGE = re.compile(
    r"^[以由全本我各该与和及对为从在向将把被凡是其]|[以由全本我各该与和及对为从在向将把被了的至到是之其]$"
)


def foreign_places(paper: Paper) -> Iterator[Finding]:
    """Find the names of other townships that stand where the report's own should."""
    own = paper.facts.report.township
    if own and paper.facts.report.division_type in ("乡", "镇", "街道", "苏木", "民族乡"):
        yield from _townships(paper, own)
    if own:
        yield from _counties(paper)
        yield from _bare(paper, own)


def _townships(paper: Paper, own: str) -> Iterator[Finding]:
    for start, end in paper.clauses:
        at = start
        while match := _FULL.search(paper.plain, at, end):
            at = match.end()
            name, begin = _name(paper.plain[start : match.start(2)])
            if (
                name
                and _foreign(paper, name + match[2], own)
                and _as_own(paper.plain, (start, end), start + begin, match.end())
            ):
                yield _finding((start, end), (start + begin, match.end()), name + match[2], own)


def _counties(paper: Paper) -> Iterator[Finding]:
    """Another county as the one that leads the township: 在滏宁县委、县政府的领导下 under a title of 云岭县."""
    title = paper.plain[slice(*paper.outline.title)]
    mine = [place.name for place in paper.facts.report.parents if place.name[-1] in "县区旗市" and place.name in title]
    if not mine or not title:
        return
    for match in (*_LED_BY.finditer(paper.plain), *_PROUD_COUNTY.finditer(paper.plain)):
        name = match[1]
        known = any(name in place.name or place.name.endswith(name) for place in paper.facts.report.parents)
        level = any(name[-1] == place[-1] for place in mine)
        if not known and level and not _COUNTY_WORD.search(name) and name not in title and not acts(name):
            yield _finding(paper.clause_at(match.start()), match.span(1), name, "、".join(mine))


def _name(before: str) -> tuple[str, int]:
    """The name that ends ``before``, with where it begins (behind a cue or at the front); "" where that is in doubt."""
    for length in range(2, 8):
        begin = len(before) - length
        if begin < 0 or not re.fullmatch(rf"[{_HAN}]+", before[begin:]):
            break
        head, name = before[:begin], before[begin:]
        led = not head or not re.match(rf"[{_HAN}]", head[-1]) or _CUE.search(head)
        if _slogan(head) or (led and length <= _LONGEST):
            return ("", 0) if acts(name) or _EDGE.search(name) else (name, begin)
    return "", 0


def _slogan(head: str) -> bool:
    return bool(re.search(rf"(?:{_SLOGAN}|作为|优化)$", head))


def _foreign(paper: Paper, name: str, own: str) -> bool:
    """Whether a township's name is another's: no generic word, none of the report's own or its county's."""
    stem = re.sub(rf"(?:{_KIND})$", "", name)
    if name in own or own in name or own.startswith(stem) or _GENERIC.match(stem) or _COMMON.search(stem):
        return False
    if any(stem in place.name or place.name.rstrip("省市县区旗州盟") in stem for place in paper.facts.report.parents):
        return False
    return (
        not re.search(rf"{re.escape(stem)}(?:村|社区|嘎查|牧委会|经验|路)", paper.plain)
        and paper.plain.count(name) <= 2
    )


def _as_own(text: str, clause: tuple[int, int], start: int, end: int) -> bool:
    """Whether a name stands where the report's own would."""
    before, after = text[clause[0] : start].rpartition("、")[2], text[end : clause[1]]
    if _AWAY.search(before) or re.match(
        r"[、和与及等同]|[^，。；]{0,4}(?:法庭|中学|小学|医院|学校|市场|高速|水库|交界|毗邻|籍|人$)", after
    ):
        return False
    led = not before or not re.match(rf"[{_HAN}]", before[-1]) or _CUE.search(before)
    return _slogan(before) or bool(led and _OWN_AFTER.match(after))


def _bare(paper: Paper, own: str) -> Iterator[Finding]:
    """法治隆岗建设: a name without its kind, behind a slogan, that is no word and no place of the report."""
    report = paper.facts.report
    home = locate(report.parents, paper.facts.document.meta, year=report.year)
    mine = (own, *(place.name for place in report.parents), *(division.name for division in home.chain))
    for match in _BARE.finditer(paper.plain):
        name = match[1]
        elsewhere = len(re.findall(f"(?<!法治)(?<!平安){name}", paper.plain))
        if elsewhere or any(name in place for place in mine) or _COMMON.search(name) or _word(name):
            continue
        if (home.why == "" and home.chain) or not _division(name):
            yield _finding(paper.clause_at(match.start()), match.span(), name, own)


def _word(name: str) -> bool:
    """Whether a stretch is, or holds, a word that is no place's name."""
    pieces = {name, *(name[at : at + 2] for at in range(len(name) - 1))}
    return any(known(piece) and not dictionary()[piece].tag.startswith("n") for piece in pieces) or (
        known(name) and not dictionary()[name].tag.startswith(("ns", "nr"))
    )


def _division(name: str) -> bool:
    """Whether a county, city or province is called so."""
    return any(name + kind in divisions.table() for kind in ("县", "市", "区", "旗", "州", "省", "盟", ""))


def _finding(clause: tuple[int, int], span: tuple[int, int], name: str, own: str) -> Finding:
    wide = (max(clause[0], span[0] - 12), min(clause[1], span[1] + 18))
    return finding("foreign-place", "place", wide, name=name, own=own)
