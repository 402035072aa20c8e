"""Find people named by name, and the laws and documents that a report issues or cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractors.shapes import Instrument, Person, Section
from ontology.vocabulary import Vocabulary

_HAN = "\u4e00-\u9fff"
_CITED = re.compile(r"按照|根据|依据|依照|贯彻|落实|学习|宣传|遵守|执行|对照|围绕|参照|宣讲|讲解|普及|解读|《?以")
_ISSUED = re.compile(
    r"制定|制订|印发|出台|修订|编制|拟定|拟订|下发|起草|发布|编印|编写|创作|拍摄|签订|汇编|研究制|草拟|形成|完善了?|建立|发放|推出|印制|制发|细化|编排|订立|通过了?"
)
_NATIONAL = re.compile(r"^(?:中华人民共和国|中国共产党|国务院|中共中央)|(?<!办)法$|法典$")
#: A law by its form, without 《》: it ends so, and after a mark or a verb of reading it begins.
_LAW_END = re.compile(
    r"[法例](?:(?<=法)(?<![执司依普办方立守用学书做说看想合违非枉释讲宪律无知找尊懂带的述].)|(?<=条例))(?=[、，。；“和与及等\d]|知识|进行|开展|宣传|的|学习|解读|专题|$)"
)
_LAW = re.compile(
    rf".*(?:[、，：“与及]|(?<!共)和|学习|宣传|解读|讲解|落实|贯彻|执行|修订的|按照|依据|根据|普及|依照|遵守)(?P<law>[{_HAN}]{{2,14}})$",
    re.DOTALL,
)
_NO_LAW = re.compile(r"[的了是在为对按据学宣讲开组推加将把]|法律|法规|地方性|执法|依法|普法|相关|有关|条例条例")
_PLAN = re.compile(r"(?:方案|要点|计划|规划|分工|清单|办法|细则|制度|预案|通知|意见|规定|公约|手册|台账|章程)$")


class Names:
    """The words around names, compiled once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        words = vocabulary.scheme("word")

        def any_of(name: str) -> str:
            return "|".join(sorted(map(re.escape, words[name].phrases), key=lambda p: (-len(p), p)))

        surname = _any_first(words["surname"].phrases)
        self._office = re.compile(rf"(?:[镇乡县区市局]|街道|苏木)?(?:{any_of('office')})$")
        last = "".join(sorted({office[-1] for office in words["office"].phrases}))
        end = rf"(?=[、，。；：（）()\s”“]|{any_of('name-end')}|[一二三四五六七八九十\d]+次|$)"
        ended = "|".join(sorted((p for p in words["name-end"].phrases if len(p) > 1), key=lambda p: (-len(p), p)))
        strong = r"(?=同志|[为任](?:第一|常务)?(?:组长|副组长|主任|双组长)|担任|、[^，。]{0,12}为组长)"
        self._name = re.compile(
            rf"[{last}](?=：?(?P<name>[{_HAN}]{{2,6}}[·•][{_HAN}]{{2,6}}?{end}|{surname}[{_HAN}](?!{ended})[{_HAN}]{end}|"
            rf"{surname}[{_HAN}]{end}|[{_HAN}]{{2,5}}{strong}))"
        )
        self._before = re.compile(
            rf"[以由、，和与请院所](?=(?P<name>{surname}[{_HAN}]{{1,2}})(?P<office>{any_of('office')})"
            r"(?:[为任担、，带主牵对进就作为]|等|开展|讲))"
        )

    def people(self, text: str, sections: Sequence[Section]) -> list[Person]:
        """The people named after an office, each once."""
        found: dict[str, Person] = {}
        for name in self._name.finditer(text):
            office = self._office.search(text[max(0, name.end() - 12) : name.end()])
            if office and not _NO_NAME.search(name["name"]) and name["name"] not in found:
                start = name.end() - len(office[0])
                found[name["name"]] = Person(
                    name["name"], office[0], start, name.end("name"), section_at(sections, start)
                )
        last = 0
        for match in self._before.finditer(text):
            start, end = match.end(), match.end("office")
            if start < last:  # inside the name before
                continue
            last = end
            if not _NO_NAME.search(match["name"]):
                person = Person(match["name"], match["office"], start, end, section_at(sections, start))
                found.setdefault(match["name"], person)
        return list(found.values())


def _any_first(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, the longest first, that fails at once where none begins so."""
    longer = sorted((p for p in phrases if len(p) > 1), key=lambda p: (-len(p), p))
    first = "".join(sorted({re.escape(p[0]) for p in phrases}))
    single = "".join(sorted(re.escape(p) for p in phrases if len(p) == 1))
    return f"(?=[{first}])(?:{'|'.join([*map(re.escape, longer), *([f'[{single}]'] if single else [])])})"


_NO_NAME = re.compile(
    r"[木院校的是了和与任为等组长第会议工作单位领导班子成员干部办公室主持带头研究部署负责专题书记副所委办局科站达事务部分]|总书记|同志"
)


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
    plain = [*plain, *laws_by_form(text)]
    titled = [
        Titled(re.sub(r"\s+", "", m[1]), m.start(), m.end(), True) for m in re.finditer(r"《([^《》\n]{2,80})》", text)
    ]
    inside = [(t.start, t.end) for t in titled]
    loose = [t for t in plain if not any(s <= t.start and t.end <= e for s, e in inside)]
    loose = [
        t
        for t in loose
        if not any(o is not t and o.start <= t.start and t.end <= o.end and o.title != t.title for o in loose)
    ]
    found: dict[tuple[str, str], Instrument] = {}
    for t in sorted(titled + loose, key=lambda t: t.start):
        relation = _relation(text, t, township) if t.quoted else "cited"
        key = (re.sub(r"[《》\s]", "", t.title), relation)
        if key not in found:
            found[key] = Instrument(key[0], relation, t.start, t.end, section_at(sections, t.start))
    return list(found.values())


def laws_by_form(text: str) -> list[Titled]:
    """Laws and regulations named without 《》, told by the form of their names.

    >>> [t.title for t in laws_by_form("讲解劳动合同法、工伤保险条例，依法办案。")]
    ['劳动合同法', '工伤保险条例']
    """
    found = []
    for end in _LAW_END.finditer(text):
        match = _LAW.search(text[max(0, end.end() - 20) : end.end()])
        name = _LEAD.sub("", match["law"]) if match else ""
        if len(name) > 2 and not _NO_LAW.search(name):
            found.append(Titled(name, end.end() - len(name), end.end(), False))
    return found


_LEAD = re.compile(
    r"^.*(?:围绕|依照|普及|学习|宣传|按照|根据|依据|贯彻|落实|讲解|解读|遵守|执行|宣讲|重点|严格|先后|坚持|深入|认真|教育|新修订)"
)


def _relation(text: str, titled: Titled, township: str) -> str:
    """Issued where the township makes it itself: its name in the title, or a verb of making before it."""
    if _NATIONAL.search(titled.title):
        return "cited"
    begin = max(text.rfind(mark, 0, titled.start) for mark in "。；，\n")
    before = re.sub(r"《[^》]*》", "", text[begin + 1 : titled.start])
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
