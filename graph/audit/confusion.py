"""Which characters are taken for which: those that sound alike, and those that look alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from graph.audit.words import dictionary

#: Characters that sound alike and are both right in many words: 法治/法制, 制定/制订.
BOTH = (
    "治制", "定订", "他它她", "的地得", "做作", "帐账", "需须", "其期", "度渡", "权劝", "力利", "反返", "型形", "示式",
    "象像", "报暴", "份分", "复覆", "叠迭", "采彩", "惟唯维", "即及", "和合", "工公", "宜义", "事是式", "与予", "到道",
)  # fmt: skip
_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ", "aaaaeeeeiiiioooouuuuüüüünnnm")
_RARE = 30  # times that a character's words were met, below which nobody types it by mistake
_COMMON = 1000


def alike(lookalikes: Iterable[str]) -> dict[str, str]:
    """Every character that may be typed for another, with those that it may stand for, in the order of the code.

    >>> table = alike(["准淮"])
    >>> "准" in table["淮"], "署" in table["暑"], "解" in table["准"]
    (True, True, False)
    """
    met = _met()
    groups = [*_sounds(met).values(), *lookalikes]
    table: dict[str, set[str]] = {}
    for group in groups:
        common = {char for char in group if met.get(char, 0) >= _COMMON}
        for char in group:
            table.setdefault(char, set()).update(common - {char})
    return {char: "".join(sorted(others)) for char, others in table.items()}


@cache
def _met() -> Mapping[str, int]:
    """How often each character was met, in all the words that hold it."""
    met: dict[str, int] = {}
    for word, (often, _) in dictionary().items():
        for char in word:
            if "\u4e00" <= char <= "\u9fff":
                met[char] = met.get(char, 0) + often
    return met


def _sounds(met: Mapping[str, int]) -> Mapping[str, str]:
    """Characters by their sound, tones left out."""
    from pypinyin.pinyin_dict import pinyin_dict

    sounds: dict[str, str] = {}
    for char in sorted(met):
        if met[char] >= _RARE and ord(char) in pinyin_dict:
            sound = pinyin_dict[ord(char)].split(",")[0].translate(_TONES)
            sounds[sound] = sounds.get(sound, "") + char
    return sounds


def both_right(one: str, other: str) -> bool:
    """Whether two words differ only in characters that are often both right.

    >>> both_right("法制", "法治"), both_right("调节", "调解")
    (True, False)
    """
    return all(a == b or any(a in group and b in group for group in BOTH) for a, b in zip(one, other, strict=True))
