"""Where a township lies: the names a text gives for its county, city and province, and what they resolve to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from extractors import divisions
from extractors.divisions import COUNTY, PREFECTURE, PROVINCE, Division
from extractors.residue import blanked
from extractors.shapes import Place

HAN = "\u4e00-\u9fff"
END = "(?:自治[区州县旗]|特别行政区|省(?!级)|市(?![场民级])|州|盟|县(?![级域])|区(?![级域划])|旗(?!帜))"
RUN = rf"[{HAN}]{{1,40}}"

# Words that may stand before a name and are no part of it; none of them begins a name that the table lacks.
BEFORE = re.compile(
    "中共|现将|现就|关于|按照|根据|依据|遵照|作为|属于|隶属|位于|地处|联合|会同|协同|协助|邀请|提请|配合|以及|通过|"
    "积极|全面|主动|认真|严格|切实|坚决|深入|及时|定期|落实|贯彻|执行|传达|学习|领会|接受|服从|坚持|围绕|紧扣|结合|对照|对标|"
    "承接|承办|报送|上报|申报|呈报|汇报|抄送|争取|迎接|参加|参与|完成|推动|推进|服务|支持|响应|依托|依靠|聚焦|融入|助力|"
    "获得|荣获|荣膺|创建|争创|建设|打造|开展|组织|选派|委托|聘请|对接|依法|治理|综合|"
    "[在将为是由对向与的把被从到了按据我各该并已于受给让请年月日度及]"
)
GENERIC = re.compile(
    rf"^(?:[全本各我该两乡镇省市州盟县区旗社辖园城景牧矿林农街小校库校片级内外上下]|行政|自治|地|基层)*{END}$"
)
NO_NAME = re.compile(
    "领导|指导|部署|司法|政府|工作|党委|办公|组织|人民|书记|法治|法律|委员|群众|干部|单位|部门|全国|全省|全市|中央|国家|"
    "(?:和|与|及|或|等|以|又|也|都|均|其|此|一|二|三|四|五|六|七|八|九|十|两|几|多|余|个|名|件|次)[省市州盟县区旗]$"
)
NO_PLACE = re.compile(
    "(?:社|辖|园|景|小|校|库|片|棚户|开发|示范|管理|保护|产业|试验|先行|灌|功能|街|矿|牧|林|农|山|库|新)区$|^(?:超|城|门)市$"
)
AWAY = re.compile(
    "毗邻|相邻|邻近|周边|邻县|跨[省市县区]|交界|接壤|协作|联防|联调|赴|前往|外出|考察|参观|交流|学习借鉴|对口|来自|籍|流入|务工"
)
RULED = "党?委|人民政府|政府"
BODIES = (
    "司法局|人民法院|法院|人民检察院|检察院|公安局|公安分局|纪委|人大|政协|法治办|信访局|政法委|"
    "应急管理局|市场监督管理局|法律援助中心"
)


class Cue(NamedTuple):
    """Words that follow a higher division's name and give it away; the pattern begins with the name's last character."""

    pattern: re.Pattern[str]
    weight: int


KIND = "省市州盟县区旗"
ADDRESSED = f"{RULED}|{BODIES}|全面依法|依法|法治|推进"  # as the words of a body begin that a report is sent to
CUES = (
    Cue(re.compile(rf"[{KIND}](?:{ADDRESSED})(?=[{HAN}]{{0,24}}[ \t]*[：:][ \t]*$)", re.MULTILINE), 8),
    Cue(re.compile(rf"[{KIND}](?:{RULED})(?=[{HAN}、，]{{0,20}}(?:领导|部署|指导|关心|支持|要求|安排))"), 6),
    Cue(re.compile(rf"[{KIND}](?:唯一|首[个批家]|率先|[创争]创|创建)"), 4),
    Cue(re.compile(rf"[{KIND}](?:{BODIES}|{RULED})"), 3),
)
BESIDE = 10  # the weight of a name that stands right before the township's
LYING = 8  # and of one that the township is said to lie in
LIES = re.compile(rf"(?:地处|位于|坐落于?|隶属于?|属于?|是|系)({RUN}{END})")
OWN_LIES = re.compile(
    rf"[我本全该苏辖](?:(?<=[我本全该])[镇乡街]道?|(?<=苏)木|(?<=辖)区)(?:地处|位于|坐落于?|隶属于?)({RUN}{END})"
)
RULERS = ("人民政府", "政府", "党委", "委")  # what may stand between a district's name and its subdistrict's
TITLED = re.compile(r"《[^》\n]{1,80}》")  # a law of a province says nothing of where the township lies
BUREAU = re.compile(rf"^({RUN}{END})(?=[{HAN}]*(?:局|委员会|办公室|院|厅|中心|队)$)")


class _Found(NamedTuple):
    name: str
    start: int
    weight: int


def parents(text: str, title: str, township: str) -> tuple[Place, ...]:
    """The county, city and province that the text says the township lies in, lowest first, each once.

    ``title`` is the report's title where it stands in the text, else "". Names without a place in them
    (县委, 区政府) and places merely mentioned are left out.

    >>> [place.name for place in parents("会原县三道岘乡2022年报告\\n……", "会原县三道岘乡2022年报告", "三道岘乡")]
    ['会原县']
    >>> parents("2023年，在区委、区政府领导下，硖石乡……", "", "硖石乡")
    ()
    """
    plain = TITLED.sub(lambda found: " " * len(found[0]), blanked(text))
    at = text.find(title) if title else -1
    found = [one._replace(weight=one.weight + (at <= one.start < at + len(title))) for one in _found(plain, township)]
    county = _best(found, COUNTY, "")
    city = _best(found, PREFECTURE) or _best([one for one in found if one.name != county and one.weight >= LYING], "")
    names = [name for name in (county, city, _best(found, PROVINCE)) if name]
    if county:
        names = [name for name in names if name == county or _holds(name, county)]
    return tuple(_place(name, found) for name in dict.fromkeys(names))


def _found(text: str, township: str) -> Iterator[_Found]:
    if not township:
        return
    at = text.find(township)
    while at >= 0:
        ruler = next((word for word in RULERS if text.endswith(word, 0, at)), "")
        yield from _ending(text, at - len(ruler), BESIDE)
        if lies := LIES.match(text, at + len(township)):
            yield from _ending(text, lies.end(1), LYING)
        at = text.find(township, at + 1)
    for lies in OWN_LIES.finditer(text):
        yield from _ending(text, lies.end(1), LYING)
    for cue in CUES:
        for match in cue.pattern.finditer(text):
            if cue.weight >= LYING or not AWAY.search(_around(text, match)):
                yield from _ending(text, match.start() + 1, cue.weight)
    if (bureau := BUREAU.match(township)) and (at := text.find(township)) >= 0:
        yield from _ending(text, at + bureau.end(1), BESIDE)


def _ending(text: str, end: int, weight: int) -> Iterator[_Found]:
    """The names that the run of Chinese characters before ``end`` ends with."""
    stop = end
    while stop > max(0, end - 3) and text[stop - 1].isspace():
        stop -= 1
    start = stop
    while start > max(0, stop - 40) and "\u4e00" <= text[start - 1] <= "\u9fff":
        start -= 1
    if start < stop and text[stop - 1] in KIND:
        yield from (_Found(name, start + at, weight) for name, at in _names(text[start:stop]))


def _around(text: str, match: re.Match[str]) -> str:
    """The clause that a match stands in, up to its end."""
    start = max(text.rfind(mark, 0, match.start()) for mark in "，。；：\n") + 1
    return text[start : match.end() + 12].split("。")[0]


def _names(run: str) -> list[tuple[str, int]]:
    """The chain of names that a run of characters ends with: "现将河南省宝丰县" → 河南省, 宝丰县."""
    names: list[tuple[str, int]] = []
    end = len(run)
    while end > 1:
        name = _last(run[:end])
        if not name:
            break
        end -= len(name)
        names.append((name, end))
    return names


def _last(run: str) -> str:
    """The place's name that a run ends with, "" where it ends with a generic word."""
    start = max((found.end() for found in BEFORE.finditer(run) if found.end() < len(run)), default=0)
    known = next((run[at:] for at in range(max(0, len(run) - 15), len(run) - 1) if run[at:] in divisions.table()), "")
    if len(known) > 2 or (known and len(run) - len(known) in (0, start)):
        return known
    inner = [found.end() for found in re.finditer(END, run[:-1])]
    invented = run[max([start, *(at for at in inner if len(run) - at > 1)]) :]
    if not re.search(rf"{END}$", invented) or not 3 <= len(invented) <= 10:
        return ""
    return "" if any(no.search(invented) for no in (GENERIC, NO_PLACE, NO_NAME)) else invented


def _best(found: Iterable[_Found], *levels: str) -> str:
    """The name with the strongest evidence; of equals, the first of ``levels`` and of the text."""
    ranks: dict[str, tuple[int, int, int]] = {}
    for name, start, weight in found:
        if (level := divisions.level(name)) in levels:
            ranks[name] = min(ranks.get(name, (0, 0, 0)), (-weight, levels.index(level), start))
    return min(ranks, key=ranks.__getitem__, default="")


def _holds(upper: str, county: str) -> bool:
    """Whether the table lets the county lie in the upper division; yes where it knows not both."""
    above = divisions.candidates(upper)
    below = divisions.candidates(county)
    return not above or not below or any(set(above) & set(divisions.chain(found)) for found in below)


def _place(name: str, found: Iterable[_Found]) -> Place:
    start = min(at for other, at, _ in found if other == name)
    return Place(name, start, start + len(name))


class Location(NamedTuple):
    """Where a township lies. ``key`` tells it from its namesakes: the county's code, else its name after the code of
    what it surely lies in, else ""; ``county`` is the county's name or "".

    ``chain`` holds the divisions with their codes, lowest first; ``names`` what could not be resolved; ``why`` is ""
    or the key of ``graph/messages/places.toml`` that says why the county is not known for certain.
    """

    key: str
    county: str
    chain: tuple[Division, ...]
    names: tuple[str, ...]
    why: str


def locate(places: Iterable[Place], meta: Mapping[str, str], *, year: int | None = None) -> Location:
    """The divisions a report's township lies in: by the manifest, else by the text, else by the file's path.

    ``meta`` may hold ``county``, ``city``, ``province`` (the manifest's), ``publisher`` (the web page's) and
    ``folder`` (the places named in the file's path). A source is asked only for the levels that the ones before it
    leave open.

    >>> locate((), {"folder": "重庆市 黔江区"}).chain
    (Division(code='500114', name='黔江区'), Division(code='500000', name='重庆市'))
    >>> locate([Place("会原县", 0, 3)], {})
    Location(key='会原县', county='会原县', chain=(), names=('会原县',), why='unknown')
    """
    names = _names_by_rank(places, meta)
    found = divisions.resolve(names, year=year)
    left = tuple(name for name in names if not any(divisions.means(name, step) for step in found.chain))
    county = next((step for step in found.chain if step.level == COUNTY), None)
    if county:
        return Location(county.code, county.name, found.chain, left, found.why)
    name = next((name for name in left if divisions.level(name) in (COUNTY, "")), "")
    return Location(
        (found.chain[0].code if found.chain else "") + name, name, found.chain, left, found.why or "no-county"
    )


def _names_by_rank(places: Iterable[Place], meta: Mapping[str, str]) -> list[str]:
    """Names of all sources, the better source's first, one for each level."""
    sources = (
        [meta.get(key, "") for key in ("county", "city", "province")],
        [place.name for place in places],
        [name for name, _, _ in divisions.named(meta.get("publisher", ""))],
        meta.get("folder", "").split(),
    )
    names: list[str] = []
    for source in sources:
        names += [name for name in source if name and not _taken(name, names)]
    return names


def _taken(name: str, names: Iterable[str]) -> bool:
    """Whether a better source already names a division of this level."""
    own = divisions.level(name)
    return any(name == other or (own and divisions.level(other) == own) for other in names)
