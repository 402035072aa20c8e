"""What a report says of itself: township, kind of division, year."""

from __future__ import annotations

import re

from extractors.quantities import numeral
from extractors.shapes import Document, Report

_KINDS = ("街道办事处", "民族乡", "民族苏木", "街道", "苏木", "镇", "乡")
_HAN = r"\u4e00-\u9fff"
_TOWNSHIP = re.compile(rf"([{_HAN}]{{1,10}}?)(街道办事处|街道办|街道|苏木|镇|乡)")
_PREFIX = re.compile(rf"^.*(?:省|自治区|自治州|市|县|区|旗|州|盟|人民政府|年度?|以来)(?=[{_HAN}]{{1,}})")
_BUREAU = re.compile(rf"([{_HAN}]{{2,}}?(?:局|委员会|管委会|办公室|中心|支队|大队))(?!长)")
_HIGHER = re.compile(rf"([{_HAN}]{{1,8}}?(县|区|市|旗|自治县))(?:人民政府|委|政府|20|关于|法治)")
_STRIP = re.compile(
    r"^(?:关于|我|全|本|各|该|在|为|是|由|对|向|将|和|与|及|到|以|的|使|让|推进|推动|建设|结合|作为|坚持|法治|平安|美丽|中共|共产党)+"
)
_GENERIC = frozenset(
    {
        "我",
        "全",
        "本",
        "各",
        "该",
        "每",
        "乡",
        "镇",
        "两",
        "城",
        "村",
        "下",
        "强",
        "跨",
        "区",
        "县",
        "市",
        "对",
        "为",
        "在",
        "依法治",
        "法治",
        "治",
        "返",
        "离",
        "回",
        "送法下",
        "城乡",
        "乡镇",
        "省级",
        "国家级",
        "市级",
        "县级",
        "所属",
        "辖区",
        "和",
        "是",
        "兄弟",
        "周边",
        "相邻",
        "邻近",
        "示范",
        "重点",
        "建制",
        "特色",
        "民族",
        "平安",
        "一",
        "三",
        "几",
        "集",
        "古",
        "小",
    }
)
_YEAR = re.compile(r"(20[012]\d)\s*(?:年|年度)")
_CN_YEAR = re.compile(r"(二[〇○Ｏ零][〇○零一二][〇○零一二三四五六七八九])年")


def read_report(document: Document, text: str, title: str) -> Report:
    """Read township, division type and year from the narrowed text and its title; what ``document.meta`` says goes first.

    ``township`` is "" and ``year`` None where neither tells.
    """
    meta = document.meta
    year = int(meta["year"]) if meta.get("year", "").isdigit() else _year(title, text)
    township = meta.get("township") or _township(title, text)
    shown = meta.get("title") or title
    return Report(document.name, shown, township, _division(township), year, ())


def _year(title: str, text: str) -> int | None:
    """The year reported on: the title's, else the first that stands with the report's subject, else the first."""
    for where in (title, text[:1200]):
        if opening := _YEAR.match(where.lstrip()):
            return int(opening[1])
        if match := _YEAR.search(where) or None:
            subject = re.search(r"(20[012]\d)年度?[^。，]{0,12}(?:法治政府|依法行政|法治建设|工作情况|工作总结)", where)
            return int((subject or match)[1])
        if match := _CN_YEAR.search(where):
            return int(numeral(re.sub("[○Ｏ]", "〇", match[1])) or 0) or None
    return None


def _township(title: str, text: str) -> str:
    """The short name: from the title, else from the opening, else the name the text uses most."""
    if found := _named(title):
        return found
    if bureau := _bureau(title):
        return bureau
    names = {name: text.count(name) for name in _candidates(text)}
    if names:
        return max(names, key=lambda n: (names[n], -text.index(n)))
    return _higher(title) or _higher_in(text[:300]) or _bureau(text[:400])


def _named(title: str) -> str:
    for match in _TOWNSHIP.finditer(title):
        name, kind = match[1], match[2]
        rest = title[match.end() :]
        if kind == "乡" and rest.startswith("镇"):
            continue
        name = _STRIP.sub("", _PREFIX.sub("", name)) if len(name) > 1 else name
        if name and name not in _GENERIC and not re.search(r"[年度月]", name):
            return name + _short(kind)
    return ""


def _short(kind: str) -> str:
    return "街道" if kind.startswith("街道") else kind


def _candidates(text: str) -> list[str]:
    """Names of townships in running text, cut at the words that stand before names."""
    found = []
    for match in re.finditer(
        rf"(?<![{_HAN}])([{_HAN}]{{2,12}}?)(街道|苏木|镇|乡)(?=[{_HAN}，。、人党政司（(“0-9 ])", text
    ):
        name = _STRIP.sub("", _PREFIX.sub("", match[1]))
        if name and name not in _GENERIC and len(name) <= 6 and not _NO_PLACE.search(name):
            found.append(name + match[2])
    return found


#: Words that no township's name holds: what stands before 镇 is then a clause.
_NO_PLACE = re.compile(
    r"[的由对为与及等各]|部分|建立|成立|成员|所有|开展|健全|完善|推动|组织|加强|落实|调整|打造|依法|城乡|街$|调动|涉及|带动|指导"
)


def _bureau(title: str) -> str:
    match = _BUREAU.search(re.sub(r"^(?:关于|中共)", "", title))
    return match[1] if match and not match[1].endswith(("党委", "工委")) else ""


def _higher(title: str) -> str:
    match = _HIGHER.search(title)
    return match[1] if match else ""


def _higher_in(opening: str) -> str:
    """The county or district whose own report this is, from its opening (静安河区坚持…)."""
    match = re.search(rf"(?:^|[，。\s年])([{_HAN}]{{2,5}}(?:县|区|旗))(?=坚持|认真|深入|以|紧|全面|在|始终)", opening)
    return match[1] if match else ""


def _division(township: str) -> str:
    if not township:
        return ""
    if re.search(r"(?:族|民族)乡$", township):
        return "民族乡"
    for kind in ("街道", "苏木", "镇", "乡"):
        if township.endswith(kind):
            return kind
    if re.search(r"(?:局|委员会|管委会|办公室|中心|支队|大队|队)$", township):
        return "部门"
    return township[-1] if township[-1] in "县区市旗" else "部门"
