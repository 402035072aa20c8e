"""China's divisions of county level and above with their GB/T 2260 codes, and when each bore its name.

The table is ``data/divisions.tsv`` (2002 to 2023): code, name, and the years outside which the name was surely not
in use (empty: open). ``docs/documents.md`` names its sources and licences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

LAG = 1  # years for which an old name may still be written
PROVINCE, PREFECTURE, COUNTY = "province", "prefecture", "county"
SUFFIXES = (
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "林区",
    "特区",
    "省",
    "市",
    "州",
    "盟",
    "县",
    "区",
    "旗",
)


class Division(NamedTuple):
    """A division: its GB/T 2260 code of six digits and its name."""

    code: str
    name: str

    @property
    def level(self) -> str:
        """``"province"``, ``"prefecture"`` or ``"county"``."""
        if self.code.endswith("0000"):
            return PROVINCE
        return PREFECTURE if self.code.endswith("00") else COUNTY


class Row(NamedTuple):
    """A line of the table."""

    division: Division
    start: int
    end: int

    def distance(self, year: int | None) -> int:
        """Years between ``year`` and the time in which the name was in use; 9999 stands for now."""
        when = 9999 if year is None else year
        return max(self.start - when, when - self.end, 0)


class Resolution(NamedTuple):
    """The chain of divisions that names lead to, lowest first; ``why`` is "" or the reason why it stops short.

    ``why``: ``"none"`` (no name given), ``"unknown"`` (not in the table), ``"ambiguous"`` (several bear the name),
    ``"conflict"`` (no division fits all the names).
    """

    chain: tuple[Division, ...]
    why: str = ""


@cache
def table() -> Mapping[str, tuple[Row, ...]]:
    """Rows of the table by name."""
    text = (files("extractors") / "data" / "divisions.tsv").read_text(encoding="utf-8")
    rows: dict[str, list[Row]] = {}
    for line in text.splitlines()[1:]:
        code, name, start, end = line.split("\t")
        rows.setdefault(name, []).append(Row(Division(code, name), int(start or 0), int(end or 9999)))
    return {name: tuple(found) for name, found in rows.items()}


@cache
def _by_code() -> Mapping[str, tuple[Row, ...]]:
    rows: dict[str, list[Row]] = {}
    for found in table().values():
        for row in found:
            rows.setdefault(row.division.code, []).append(row)
    return {code: tuple(found) for code, found in rows.items()}


@cache
def _by_stem() -> Mapping[str, tuple[str, ...]]:
    names: dict[str, list[str]] = {}
    for name in table():
        for other in {short(name), everyday(name)} - {name}:
            if len(other) > 1 and other not in table():
                names.setdefault(other, []).append(name)
    return {stem: tuple(found) for stem, found in names.items()}


def short(name: str) -> str:
    """The name without the word for its kind.

    >>> short("宝丰县"), short("内蒙古自治区")
    ('宝丰', '内蒙古')
    """
    return next((name.removesuffix(suffix) for suffix in SUFFIXES if name.endswith(suffix)), name)


PEOPLES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 "
    "仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 各"
)
AUTONOMOUS = re.compile(
    rf"^(.+?)(?:(?:{'|'.join(sorted(PEOPLES.split(), key=len, reverse=True))})族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯|鄂伦春)+自治([县州旗])$"
)


def everyday(name: str) -> str:
    """The name by which an autonomous county or prefecture goes in everyday texts, else the name.

    >>> everyday("酉阳土家族苗族自治县"), everyday("湘西土家族苗族自治州"), everyday("宝丰县")
    ('酉阳县', '湘西州', '宝丰县')
    """
    found = AUTONOMOUS.match(name)
    return found[1] + found[2] if found else name


def means(name: str, division: Division) -> bool:
    """Whether a name is the division's own, in full, without its last word, or as it goes in everyday texts."""
    return name in (division.name, short(division.name), everyday(division.name))


def level(name: str) -> str:
    """The level that the name's last word tells, "" where it tells none or either of two (市).

    >>> level("会原县"), level("河南省"), level("沔川市")
    ('county', 'province', '')
    """
    kinds = {row.division.level for full in _full(name) for row in table()[full] if name != short(full)}
    if len(kinds) == 1:
        return kinds.pop()
    for suffixes, found in _LEVELS:
        if name.endswith(suffixes):
            return found
    return ""


_LEVELS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("省", "特别行政区", "自治区"), PROVINCE),
    (("州", "盟", "地区"), PREFECTURE),
    (("县", "区", "旗"), COUNTY),
)


def chain(division: Division, year: int | None = None) -> tuple[Division, ...]:
    """The division and those it lies in, lowest first, under the names of that year.

    >>> [step.name for step in chain(Division("410421", "宝丰县"))]
    ['宝丰县', '平顶山市', '河南省']
    """
    codes = dict.fromkeys((division.code[:4] + "00", division.code[:2] + "0000"))
    above = (_at(code, year) for code in codes if code != division.code)
    return (division, *(step for step in above if step is not None))


def _at(code: str, year: int | None) -> Division | None:
    rows = _by_code().get(code, ())
    return min(rows, key=lambda row: (row.distance(year), -row.start)).division if rows else None


def candidates(name: str, *, year: int | None = None) -> tuple[Division, ...]:
    """Divisions that bear the name in the year (or did the year before); ``name`` may lack its last word.

    >>> [found.code for found in candidates("宝丰县")], len(candidates("鼓楼区"))
    (['410421'], 4)
    """
    rows = [row for full in _full(name) for row in table()[full] if year is None or row.distance(year) <= LAG]
    if not rows:
        return ()
    nearest = min(row.distance(year) for row in rows)
    rows = [row for row in rows if row.distance(year) == nearest]
    return tuple(row.division for row in rows if not any(_moved(row, other) for other in rows))


def _full(name: str) -> tuple[str, ...]:
    return (name,) if name in table() else _by_stem().get(name, ())


def _moved(row: Row, other: Row) -> bool:
    """Whether ``other`` is the same place under a newer code."""
    same = row.division.name == other.division.name and row.division.code[:2] == other.division.code[:2]
    return same and row.end < 9999 and other.start >= row.end - 1 and other.start > row.start


def resolve(names: Iterable[str], *, year: int | None = None) -> Resolution:
    """The chain of the one division that all the names agree on; never a guess among several.

    >>> [step.code for step in resolve(["黔江区"]).chain], resolve(["鼓楼区"]).why
    (['500114', '500000'], 'ambiguous')
    >>> resolve(["鼓楼区", "南京市"]).chain[0].code
    '320106'
    """
    given = [name for name in dict.fromkeys(names) if name]
    known = [found for name in given if (found := candidates(name, year=year))]
    if not known:
        return Resolution((), "unknown" if given else "none")
    chains = {found: chain(found, year) for choice in known for found in choice}
    fitting = [steps for steps in chains.values() if all(set(choice) & set(steps) for choice in known)]
    best = [steps for steps in fitting if _rank(steps) == max(map(_rank, fitting))]
    if len(best) != 1:
        return Resolution(_shared(best), "ambiguous" if best else "conflict")
    return Resolution(best[0], "" if len(known) == len(given) else "unknown")


def _rank(steps: tuple[Division, ...]) -> int:
    return (PROVINCE, PREFECTURE, COUNTY).index(steps[0].level)


def _shared(chains: list[tuple[Division, ...]]) -> tuple[Division, ...]:
    """What all the chains have in common."""
    if not chains:
        return ()
    return tuple(step for step in chains[0] if all(step in other for other in chains))


def named(text: str) -> tuple[tuple[str, int, int], ...]:
    """Names of the table that a stretch of text is made of, from its start or after what is no Chinese character.

    >>> [name for name, _, _ in named("河南省平顶山市宝丰县/张八桥镇2023.docx")]
    ['河南省', '平顶山市', '宝丰县']
    """
    found = []
    at, open_ = 0, True
    while at < len(text):
        han = "\u4e00" <= text[at] <= "\u9fff"
        name = _longest(text, at) if open_ and han else ""
        if name:
            found.append((name, at, at + len(name)))
        open_ = bool(name) or not han
        at += len(name) or 1
    return tuple(found)


def _longest(text: str, at: int) -> str:
    return next((text[at : at + size] for size in range(15, 1, -1) if text[at : at + size] in table()), "")
