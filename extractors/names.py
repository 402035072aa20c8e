"""Find people named by name, and the laws and documents that a report issues or cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractors.shapes import Instrument, Person, Section
from ontology.vocabulary import Vocabulary

_HAN = "\u4e00-\u9fff"
_CITED = re.compile(r"按照|根据|依据|依照|贯彻|落实|学习|宣传|遵守|执行|对照|围绕|参照|宣讲|讲解|普及|解读|《?以")
_ISSUED = re.compile(r"制定|制订|印发|出台|修订|编制|拟定|拟订|下发|起草|发布|编印|编写|创作|拍摄|签订|汇编|研究制|草拟|形成|完善了?|建立|发放|推出|印制|制发|细化|编排|订立|通过了?")
_NATIONAL = re.compile(r"^(?:中华人民共和国|中国共产党|国务院|中共中央)|(?<!办)法$|法典$")
_PLAN = re.compile(r"(?:方案|要点|计划|规划|分工|清单|办法|细则|制度|预案|通知|意见|规定|公约|手册|台账|章程)$")


class Names:
    """The words around names, compiled once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        words = vocabulary.scheme("word")

        def any_of(name: str) -> str:
            return "|".join(sorted(map(re.escape, words[name].phrases), key=lambda p: (-len(p), p)))

        self._office = re.compile(rf"(?:[镇乡县区市局]|街道|苏木)?(?:{any_of('office')})")
        end = rf"(?=[、，。；：（）()\s”“]|{any_of('name-end')}|[一二三四五六七八九十\d]+次|$)"
        strong = r"(?=同志|[为任](?:第一|常务)?(?:组长|副组长|主任|双组长)|担任|、[^，。]{0,12}为组长)"
        self._name = re.compile(
            rf"(?:：)?(?P<name>[{_HAN}]{{2,6}}·[{_HAN}]{{2,6}}|(?:{any_of('surname')})[{_HAN}]{{2}}{end}|"
            rf"(?:{any_of('surname')})[{_HAN}]{end}|[{_HAN}]{{2,5}}{strong})"
        )
        self._laws = {p: c for c in vocabulary.scheme("law").values() for p in c.phrases}

    def people(self, text: str, sections: Sequence[Section]) -> list[Person]:
        """The people named after an office, each once."""
        found: dict[str, Person] = {}
        for match in self._office.finditer(text):
            name = self._name.match(text, match.end())
            if name and not _NO_NAME.search(name["name"]) and name["name"] not in found:
                section = section_at(sections, match.start())
                found[name["name"]] = Person(name["name"], match[0], match.start(), name.end(), section)
        return list(found.values())


_NO_NAME = re.compile(r"[的是了和与任为等组长第会议工作单位领导班子成员干部办公室主持带头研究部署负责专题书记副所委办局科站达事务部分]|总书记|同志")


class Titled(NamedTuple):
    """A document named in the text."""

    title: str
    start: int
    end: int
    quoted: bool


def instruments(text: str, township: str, plain: Iterable[Titled], sections: Sequence[Section]) -> list[Instrument]:
    """The laws and documents named, once per title and relation, in the order of the text.

    ``plain`` are the well-known laws found without 《》.
    """
    titled = [Titled(re.sub(r"\s+", "", m[1]), m.start(), m.end(), True) for m in re.finditer(r"《([^《》\n]{2,80})》", text)]
    inside = [(t.start, t.end) for t in titled]
    loose = [t for t in plain if not any(s <= t.start and t.end <= e for s, e in inside)]
    found: dict[tuple[str, str], Instrument] = {}
    for t in sorted(titled + loose, key=lambda t: t.start):
        relation = _relation(text, t, township) if t.quoted else "cited"
        key = (re.sub(r"[《》\s]", "", t.title), relation)
        if key not in found:
            found[key] = Instrument(key[0], relation, t.start, t.end, section_at(sections, t.start))
    return list(found.values())


def _relation(text: str, titled: Titled, township: str) -> str:
    """Issued where the township makes it itself: its name in the title, or a verb of making before it."""
    if _NATIONAL.search(titled.title):
        return "cited"
    begin = max(text.rfind(mark, 0, titled.start) for mark in "。；，\n")
    before = text[begin + 1 : titled.start]
    made = [m.end() for m in _ISSUED.finditer(before)]
    read = [m.end() for m in _CITED.finditer(before)]
    if made and (not read or made[-1] > read[-1]):
        return "issued"
    stem = re.sub(r"(?:街道|镇|乡|苏木)$", "", township)
    own = bool(stem) and stem in titled.title and bool(_PLAN.search(titled.title))
    return "issued" if own and not read else "cited"


def section_at(sections: Sequence[Section], at: int) -> int:
    """The index of the section that an offset lies in."""
    for number in range(len(sections) - 1, -1, -1):
        if sections[number].start <= at:
            return number
    return 0
