"""Read quantities: a number as it is written, its unit, and whether it is a bound.

>>> [(q.value, q.unit, q.qualifier) for q in Quantities(["次", "人次", "件", "场"]).find("开展20余次、近百场，受众1.2万余人次")]
[(20.0, '次', 'over'), (100.0, '场', 'about'), (12000.0, '人次', 'over')]
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.shapes import Quantity

_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_NUMERAL = "〇零一二三四五六七八九十百千万两"

OVER, ABOUT, UNDER = "over", "about", "under"
_BEFORE = {
    "不少于": OVER, "不低于": OVER, "不少": OVER, "不下": OVER, "不下于": OVER, "至少": OVER, "超过": OVER, "超": OVER, "逾": OVER, "突破": OVER, "多于": OVER, "高于": OVER,
    "大于": OVER, "达到或超过": OVER,
    "近": ABOUT, "约": ABOUT, "大约": ABOUT, "约为": ABOUT, "将近": ABOUT, "接近": ABOUT,
    "不足": UNDER, "不到": UNDER, "不超过": UNDER, "少于": UNDER, "低于": UNDER, "不高于": UNDER, "不多于": UNDER, "小于": UNDER, "未超过": UNDER,
}  # fmt: skip
_AFTER = {
    "以上": OVER,
    "余": OVER,
    "多": OVER,
    "之多": OVER,
    "左右": ABOUT,
    "上下": ABOUT,
    "以内": UNDER,
    "以下": UNDER,
    "之内": UNDER,
}
_NOT_BEFORE = set("第·-—/〔[（(+")
#: Words that end in 约 and so on but bound nothing: 居民公约8份.
_NO_BOUND = re.compile(r"(?:[公合条契预节制邀签履]约|[最临附靠就亲]近|[反赶高]超|[皇马]上)$")
_NEARBY_OVER = re.compile(r"(?:至少|不少于|不低于)[^，。；、]{0,8}$")


def numeral(text: str) -> float | None:
    """The value of a Chinese numeral, or None where it is none.

    >>> numeral("一百五十六"), numeral("三百二"), numeral("两千"), numeral("九十四点四"), numeral("二〇二三")
    (156.0, 320.0, 2000.0, 94.4, 2023.0)
    """
    if not text:
        return None
    whole, point, fraction = text.partition("点")
    if point and fraction and set(fraction) <= set(_DIGITS):
        base = numeral(whole)
        return None if base is None else float(f"{int(base)}.{''.join(str(_DIGITS[c]) for c in fraction)}")
    if set(text) <= set(_DIGITS):
        return float("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = last = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
            last = 1 if char in "零〇" else last
        elif char in _SCALES:
            scale = _SCALES[char]
            if scale >= 10_000:
                total, section = (total + section + digit) * scale, 0
            else:
                section += (digit or 1) * scale
            digit, last = 0, scale
        else:
            return None
    return float(total + section + digit * (last // 10 if last > 10 else 1))


def _once(text: str, start: int, end: int) -> bool:
    """Whether 一次 counts: at a clause's end, after 每 or 各, after a verb with 了; not as the article of 一支力量."""
    if end >= len(text) or not ("\u4e00" <= text[end] <= "\u9fff") or text[start - 1 : start] in ("了", "各"):
        return True
    return bool(re.search(r"每[^，。；、]{0,10}$", text[max(0, start - 12) : start]))


class Quantities:
    """Finds the quantities of a text, given the units that may follow a number."""

    def __init__(self, units: Iterable[str]) -> None:
        unit = "|".join(re.escape(u) for u in sorted(set(units) - {"%"}, key=lambda u: (-len(u), u)))
        before = "|".join(sorted(_BEFORE, key=len, reverse=True))
        heads = "".join(sorted({word[0] for word in _BEFORE}))
        after = "|".join(sorted(_AFTER, key=len, reverse=True))
        self._pattern = re.compile(
            rf"(?=[\d{_NUMERAL}余几数上{heads}])(?P<before>{before}|上(?=[百千万]))?\s*"
            rf"(?:(?P<percent>百分之)(?P<share>[{_NUMERAL}点]+)|"
            rf"(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?)(?P<tail>\s*[余多来]?[百千万亿]{{0,2}}[余多来+]?)\s*(?P<unit>%|(?:{unit}))|"
            rf"(?P<tenths>[一二三四五六七八九])成(?![立员效为功果绩本长就人])(?P<more>多|以上)?|"
            rf"(?P<vague>[余几数]?)(?P<chinese>[{_NUMERAL}]+)(?P<rest>[余多来几]?)(?P<cunit>{unit}))"
            rf"(?P<after>{after})?"
        )

    def find(self, text: str) -> list[Quantity]:
        """The quantities in the order of the text; the text is narrowed (see ``lexicon.narrowed``)."""
        found = []
        for match in self._pattern.finditer(text):
            quantity = self._read(text, match)
            if quantity is not None:
                found.append(quantity)
        return found

    def _read(self, text: str, match: re.Match[str]) -> Quantity | None:
        start, end = match.span()
        while text[start].isspace():
            start += 1
        ahead = text[start - 1] if start else ""
        if ahead in _NOT_BEFORE or ahead.isdigit() or (ahead == "." and start > 1 and text[start - 2].isdigit()):
            return None
        before, percent, share, number, tail, unit, tenths, more, vague, chinese, rest, cunit, after = match.groups()
        value: float | None
        if number:
            value, unit, bound = _digits(number, tail.strip(), unit)
        elif chinese:
            value, unit, bound = _chinese(vague, chinese, rest, cunit, before)
        else:
            value, unit, bound = _share(share if percent else None, tenths, more)
        if value is None or (chinese == "一" and not _once(text, start, end)):
            return None
        if before and _NO_BOUND.search(text, max(0, match.start("before") - 2), match.end("before")):
            before, start = "", match.end("before")
        bound = _BEFORE.get(before or "") or (OVER if before == "上" else None) or _AFTER.get(after or "") or bound
        if bound is None and _NEARBY_OVER.search(text, max(0, start - 12), start):
            bound = OVER
        return Quantity(start, end, value, unit, bound or "exact")


def _digits(number: str, tail: str, unit: str) -> tuple[float, str, str | None]:
    """Value, unit and the bound inside a number written in digits (1.2万余)."""
    value = float(number.replace(",", "")) if "," in number else float(number)
    bound = None
    for char in tail:
        if char in _SCALES:
            value = round(value * _SCALES[char], 6)
        elif not char.isspace():
            bound = OVER
    return _scaled(value, unit), _bare(unit), bound


def _share(share: str | None, tenths: str | None, more: str | None) -> tuple[float | None, str, str | None]:
    """百分之九十八, or 六成."""
    if share is not None:
        return numeral(share.strip("点")), "%", None
    return 10.0 * _DIGITS[tenths or "一"], "%", OVER if more else None


def _chinese(
    vague: str, written: str, rest: str, unit: str, before: str | None
) -> tuple[float | None, str, str | None]:
    """Value, unit and the bound inside a number written in characters (十余, 两千多)."""
    if vague or rest == "几" or unit in ("分", "大", "道", "点"):
        return None, unit, None
    if written in _ALONE and before is None and not rest:
        return (1.0 if written == "一" and unit in _COUNTED_ONCE else None), unit, None
    value = numeral("一" + written if written[0] in "百千万" else written)
    return (None if value is None else _scaled(value, unit)), _bare(unit), {"": None, "来": ABOUT}.get(rest, OVER)


_ALONE = frozenset("一百千万")
_COUNTED_ONCE = frozenset({"次", "场", "场次", "期", "份", "轮", "个", "名", "件", "家", "支"})


def _scaled(value: float, unit: str) -> float:
    return value * 10_000 if unit == "万元" else value


def _bare(unit: str) -> str:
    return "元" if unit == "万元" else unit
