"""What figures are set against: a township's villages and its people, as its manifest or its report gives them.

The manifest (columns ``villages`` and ``population``) goes before the text. In the text only a sentence that says what
the township is made of counts (下辖28个村、2个社区；总人口3.2万人), for villages and people stand in many others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from extractors.lexicon import narrowed
from graph.analysis.ground import Ground, Place

#: Kind of base → how many of it a figure is given for.
KINDS = {"villages": 1.0, "population": 1000.0}

_CONSISTS = re.compile(r"(?:下辖|管辖|辖有?|辖区(?:内|有|共有))(?P<parts>[^。；;\n]{0,60})")
_VILLAGES = re.compile(r"(\d+)个(?:行政)?(?:村|社区|嘎查|居委会)")
_PEOPLE = re.compile(r"(?:总人口|常住人口|户籍人口|辖区人口|人口)[^\d。；;\n]{0,6}(\d+(?:\.\d+)?)(万?)余?人")


class Base(NamedTuple):
    """A base and the words that give it (None: the manifest does)."""

    value: float
    place: Place | None


def bases(ground: Ground, kind: str) -> Mapping[str, Base]:
    """Give the base of each report that has one; ``kind`` is "villages" or "population"."""
    found: dict[str, Base] = {}
    for report in ground.about.reports:
        if told := ground.meta(report).get(kind):
            found[report] = Base(float(told), None)
        elif (text := ground.text(report)) and (read := READ[kind](narrowed(text))):
            found[report] = read
    return found


def villages(text: str) -> Base | None:
    """Read how many villages and communities a township has.

    >>> villages("全镇下辖28个行政村、2个社区，28个村配备法律顾问。")
    Base(value=30.0, place=Place(start=2, end=15))
    >>> villages("28个村配备法律顾问。")
    """
    if match := _CONSISTS.search(text):
        parts = list(_VILLAGES.finditer(re.split("[，,]", match["parts"])[0]))
        if total := sum(int(part[1]) for part in parts):
            return Base(float(total), Place(match.start(), match.start("parts") + parts[-1].end()))
    return None


def population(text: str) -> Base | None:
    """Read how many people live in a township.

    >>> population("辖区总面积80平方公里，总人口3.2万人。")
    Base(value=32000.0, place=Place(start=12, end=20))
    """
    if match := _PEOPLE.search(text):
        return Base(float(match[1]) * (10_000 if match[2] else 1), Place(match.start(), match.end()))
    return None


READ = {"villages": villages, "population": population}
