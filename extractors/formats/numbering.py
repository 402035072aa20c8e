"""The numbers that Word shows before the paragraphs of its automatic lists, computed from ``numbering.xml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Element = Any  # lxml has no types
DIGITS = "〇一二三四五六七八九"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def chinese(number: int) -> str:
    """A number in Chinese characters as lists count: 10 → 十, 21 → 二十一, 101 → 一百零一.

    >>> [chinese(n) for n in (1, 10, 12, 20, 21, 100, 101, 110)]
    ['一', '十', '十二', '二十', '二十一', '一百', '一百零一', '一百一十']
    """
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if hundreds and rest and not tens:
        text += "零"
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    return text + (DIGITS[ones] if ones else "") if number else "〇"


def roman(number: int) -> str:
    """A number in Roman capitals.

    >>> roman(4), roman(19)
    ('IV', 'XIX')
    """
    steps = zip((100, 90, 50, 40, 10, 9, 5, 4, 1), ("C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"), strict=True)
    text = ""
    for value, letters in steps:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _letters(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def _digits(number: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(number))


def _wide(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


FORMATS: Mapping[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "chineseLegalSimplified": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "ideographTraditional": lambda number: STEMS[(number - 1) % 10],
    "ideographZodiac": lambda number: BRANCHES[(number - 1) % 12],
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalZero": lambda number: f"{number:02}",
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "ideographEnclosedCircle": lambda number: f"({chinese(number)})",
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "none": lambda _: "",
}


@dataclass(frozen=True)
class Level:
    """One level of a list: the number that it starts with, its format, and its text with %1 … %9."""

    start: int
    format: str
    text: str
    legal: bool = False


@dataclass
class Numbering:
    """The lists of a document, counting as their paragraphs go by."""

    levels: Mapping[str, Mapping[int, Level]]  # num id → level → Level
    lists: Mapping[str, str]  # num id → the list that it counts in
    restarts: Mapping[str, Mapping[int, int]]  # num id → level → the number that this num starts it with
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def label(self, num: str, depth: int) -> str:
        """Count one paragraph of list ``num`` at level ``depth`` and give what Word shows before it."""
        levels = self.levels.get(num, {})
        level = levels.get(depth)
        if level is None or level.format == "bullet":
            return ""
        counts = self._counts.setdefault(self.lists[num], {})
        if num not in self._seen:
            self._seen.add(num)
            for at, start in self.restarts.get(num, {}).items():
                counts[at] = start - 1
        for above in range(min(depth, 9)):
            counts.setdefault(above, levels[above].start if above in levels else 1)
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for below in [at for at in counts if at > depth]:
            del counts[below]
        return _filled(level, levels, counts)


def _filled(level: Level, levels: Mapping[int, Level], counts: Mapping[int, int]) -> str:
    def number(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        kind = "decimal" if level.legal or at not in levels else levels[at].format
        count = counts.get(at, 1)
        return FORMATS.get(kind, str)(count) if 0 < count < 1000 else str(count)

    return re.sub(r"%([1-9])", number, level.text)


def numbering(root: Element | None, styles: Element | None) -> Numbering:
    """The lists of a document by the roots of its ``numbering.xml`` and ``styles.xml``."""
    if root is None:
        return Numbering({}, {}, {})
    abstract = {item.get(W + "abstractNumId"): item for item in root.iter(W + "abstractNum")}
    owner = {num.get(W + "numId"): _value(num, "abstractNumId") for num in root.iter(W + "num")}
    levels: dict[str, dict[int, Level]] = {}
    restarts: dict[str, dict[int, int]] = {}
    for num in root.iter(W + "num"):
        name = num.get(W + "numId")
        base = _linked(owner.get(name, ""), abstract, owner, styles)
        levels[name] = _levels(abstract.get(base))
        for override in num.iter(W + "lvlOverride"):
            at = _number(override.get(W + "ilvl", "0"))
            levels[name].update(_levels(override))
            if start := _value(override, "startOverride"):
                restarts.setdefault(name, {})[at] = _number(start, 1)
    return Numbering(levels, {name: base or name for name, base in owner.items()}, restarts)


def _linked(name: str, abstract: Mapping[str, Element], owner: Mapping[str, str], styles: Element | None) -> str:
    """The list that a list by style (``numStyleLink``) stands for."""
    item = abstract.get(name)
    style = _value(item, "numStyleLink") if item is not None else ""
    if not style or styles is None:
        return name
    for found in styles.iter(W + "style"):
        if found.get(W + "styleId") == style and (num := next(found.iter(W + "numId"), None)) is not None:
            return owner.get(num.get(W + "val"), name)
    return name


def _levels(item: Element | None) -> dict[int, Level]:
    if item is None:
        return {}
    return {_number(level.get(W + "ilvl", "0")): _level(level) for level in item.iter(W + "lvl")}


def _level(item: Element) -> Level:
    legal = item.find(W + "isLgl")
    return Level(
        start=_number(_value(item, "start"), 1),
        format=_value(item, "numFmt") or "decimal",
        text=_value(item, "lvlText"),
        legal=legal is not None and legal.get(W + "val") not in ("0", "false"),
    )


def _number(words: str, default: int = 0) -> int:
    return int(words) if words.isdecimal() and len(words) < 10 else default


def _value(item: Element, tag: str) -> str:
    found = item.find(W + tag)
    return "" if found is None else str(found.get(W + "val", ""))
