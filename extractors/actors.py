"""Find the bodies and people of a clause, and whether they do a thing or have it done to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.lexicon import narrowed
from extractors.matching import Words
from ontology.vocabulary import Vocabulary

PARTICIPATES, TARGETS = "participates", "targets"
_USUAL = "usual role"
_HIGHER = "县区市省州旗盟"
_KEPT_LOCAL = frozenset(
    {
        "court",
        "procuratorate",
        "people-congress",
        "police-station",
        "superior",
        "enterprise",
        "resident",
        "village",
        "school",
        "student",
        "vulnerable-group",
        "migrant",
        "volunteer",
        "legal-counsel",
        "enforcement-team",
        "party-committee",
        "government",
        "staff",
        "leadership",
    }
)
_SUPERIOR = re.compile(
    r"(?:上级|(?:[县区省州旗盟]|市(?!场|民|政|容|级))(?:里|委|直)?)(?:(?!公安|法院|检察|政府|党[委组]|学习|[和及与由对将向为的在把])[\u4e00-\u9fff]){2,8}?(?:局|厅|委员会|工作站|中心|支队|妇联|总工会|残联)(?!长)"
)
_HIGHER_SIGN = re.compile(r"(?<![社小辖园片景库校民学城山])[县区市省州旗盟]|上级")
_BETWEEN = re.compile(
    r"[、和及与或以各等县镇乡村区市的“”（）()驻辖内本\d名位个]*|[、和及与][^，、和及与]{1,8}[、和及与]|(?:负责人|主要负责人)[、和及与]?各?"
)
_MODIFIERS = "各本辖区全广大乡镇村街道苏木的“我两级年内县、每名位个家户些所有部分个别少数相关本地“（热心退休驻"
_QUOTED = re.compile(r"“([^“]{1,14})“|《[^》]*》")
#: Who stands for the body that he belongs to: 司法所工作人员 is the 司法所.
_MEMBERS = frozenset({"staff", "leadership"})
_ORGANISED = frozenset({"组织", "推动", "召开", "以", "安排"})
_STUDY = re.compile(r"[^，、]{0,8}?(?:学习|学法|自学|学用|集中学|理论学习|带头学)(?!制度|计划|档案|考试)")
_LEARNERS = frozenset({"staff", "leadership", "village", "enforcement-team", "department", "grid-worker", "mediator"})
_TAUGHT = frozenset(
    {
        "组织",
        "对",
        "为",
        "面向",
        "培训",
        "轮训",
        "针对",
        "给",
        "选派",
        "向",
        "安排",
        "教育",
        "提高",
        "提升",
        "增强",
        "强化",
    }
)
#: Bodies that reports speak of building up, and how.
_BUILT_UP = frozenset(
    {
        "mediation-committee",
        "mediator",
        "public-legal-service-station",
        "governance-office",
        "grid-worker",
        "volunteer",
        "department",
        "justice-office",
    }
)
_BUILDING = frozenset(
    {
        "健全",
        "巩固",
        "发展",
        "加强",
        "壮大",
        "充实",
        "完善",
        "优化",
        "建强",
        "配足配强",
        "配强",
        "调整充实",
        "培育",
        "规范",
        "升级",
        "升级改造",
        "建好用好",
        "迭代升级",
        "扩充",
        "激发",
        "推进",
    }
)
_BUILT = re.compile(
    r"(?:队伍|阵地|体系)?(?:的)?(?:规范化|标准化|实体化)?(?:建设|升级|改造|提档|提质|达标|星级评定|等级评定|积极性)"
)
_VISITED = frozenset({"school", "student"})
_DOES = re.compile(
    r"(?:均|都|也|们|积极|主动|全部|自编自)*(?:开设|邀请|聘请|聘任|开展|举办|组织|手绘|扮演|参与|编演|表演|演)"
)
_MEETING = frozenset({"decision", "major-decision", "self-governance", "supervision", "mediation", "work-meeting"})
_BROUGHT_IN = frozenset({"对", "向", "面向", "针对", "深入", "走进", "紧盯", "聚焦"})
_OPENING = 2  # characters that may stand before the first actor of a clause
_AREA = frozenset("社小辖园片景库校民学城山")
_Found = tuple[int, int, tuple[str, ...]]


class Named(NamedTuple):
    """A mention of an actor."""

    start: int
    end: int
    type: str


class Actors:
    """The vocabulary's actors: their names, and the roles they usually have."""

    def __init__(self, vocabulary: Vocabulary, numbers: dict[str, int]) -> None:
        scheme = vocabulary.scheme("actor")
        self._types: dict[int, tuple[str, ...]] = {}
        for notation, concept in scheme.items():
            for phrase in concept.phrases:
                self._types[numbers[phrase]] = (*self._types.get(numbers[phrase], ()), notation)
        occasions = [p for c in vocabulary.scheme("occasion").values() for p in c.phrases]
        self._none = {numbers[p] for p in [*vocabulary.scheme("word")["not-actor"].phrases, *occasions]}
        self._literals = frozenset(self._types) | self._none
        self._usual = {
            n: (c.properties.get("fixedRole") or c.properties.get("usualRole") or [PARTICIPATES])[0]
            for n, c in scheme.items()
        }
        self._fixed = frozenset(n for n, c in scheme.items() if "fixedRole" in c.properties)
        #: For an actor type the activities in which a subject goes on from clause to clause.
        self.goes_on = {
            n: frozenset(i.rsplit("/", 1)[-1] for i in c.properties["goesOnIn"])
            for n, c in scheme.items()
            if "goesOnIn" in c.properties
        }
        self._anywhere = frozenset(n for n, c in scheme.items() if c.properties.get("goesOnFrom") == ["anywhere"])
        #: For an actor type the activities it is about, where a clause has several.
        self.main = {
            n: frozenset(i.rsplit("/", 1)[-1] for i in c.properties["mainActivity"])
            for n, c in scheme.items()
            if "mainActivity" in c.properties
        }
        self._learning = frozenset(
            {"learning", "leaders-study", "staff-training", "legal-exam", "legal-guide-training"}
        )
        self._special = {
            (n, iri.rsplit("/", 1)[-1]): role
            for n, c in scheme.items()
            for role, name in ((TARGETS, "targetIn"), (PARTICIPATES, "participantIn"))
            for iri in c.properties.get(name, [])
        }
        cues = vocabulary.scheme("cue")
        self._before = {narrowed(p): TARGETS for p in cues["role-target"].phrases} | {
            narrowed(p): PARTICIPATES for p in cues["role-participant"].phrases
        }
        self._longest = max(map(len, self._before))

    def mentions(self, words: Words, text: str, start: int, end: int) -> list[Named]:
        """The actors of a clause, the longest names first served, in the order of the text."""
        if self._literals.isdisjoint(words.literals):
            return []
        types = self._types
        found = [(s, e, types.get(literal, ())) for literal, s, e in words.hits if literal in self._literals]
        if _HIGHER_SIGN.search(text, start, end):
            found += [(m.start(), m.end(), ("superior",)) for m in _SUPERIOR.finditer(text, start, end)]
        taken: list[_Found] = [(s, e, ()) for s, e in _names_in_quotes(found, text, start, end)]
        if len(found) > 1:
            found.sort(key=lambda f: (f[0] - f[1], f[0]))
        for mention in found:
            begin, stop = mention[0], mention[1]
            for s, e, _ in taken:
                if begin < e and s < stop:
                    break
            else:
                taken.append(mention)
        placed = [self._placed(s, e, t, text, start) for s, e, ts in sorted(taken, key=lambda f: f[0]) for t in ts]
        return [m for m in _without_owners(placed, text) if not self._venue(m, text, start)]

    def going_on(self, mentions: Sequence[Named], text: str, start: int) -> list[Named]:
        """The actors of a clause that may go on as subjects of the clauses after it."""
        able = [m for m in mentions if m.type in self.goes_on]
        return [m for m in able if m.type in self._anywhere or self._leads_on(m, text, start)]

    def _leads_on(self, mention: Named, text: str, start: int) -> bool:
        """Whether an actor may be the subject or the object of what the sentence goes on to say.

        It opens its clause, or a word before it brings it in (联合, 由, 对, 面向).
        """
        at = _before_modifiers(text, start, mention.start)
        if at - start <= _OPENING:
            return True
        word = self._cue(text, start, at)
        return word is not None and (self._before[word] == PARTICIPATES or word in _BROUGHT_IN)

    def _placed(self, start: int, end: int, type_: str, text: str, floor: int) -> Named:
        """A department with the county's sign before it (县妇联) is a superior body."""
        start += text[start] == "、"
        if start > floor and text[start - 1] in _HIGHER and type_ not in _KEPT_LOCAL and text[start - 2] not in _AREA:
            return Named(start - 1, end, "superior")
        return Named(start, end, type_)

    def _venue(self, mention: Named, text: str, start: int) -> bool:
        """Whether an office is only the place (在便民服务大厅设立窗口)."""
        if text[mention.end - 1] in "会议":
            return False
        at = _before_modifiers(text, start, mention.start)
        return (
            text[at - 1 : at] == "在"
            and at > start
            and self._usual[mention.type] == PARTICIPATES
            and mention.type != "village"
        )

    def role(self, mention: Named, lead: int, text: str, span: tuple[int, int], activity: str) -> tuple[str, str]:
        """The role in an activity with what told it: fixed for most, else by the words beside the list, else as usual.

        ``lead`` is where the list of actors begins that the mention stands in, ``span`` the clause.
        """
        start, end = span
        usual = self._special.get((mention.type, activity)) or self._usual[mention.type]
        lead_at = _before_modifiers(text, start, lead)
        word = self._cue(text, start, lead_at)
        if mention.type in _BUILT_UP and (word in _BUILDING or _BUILT.match(text, mention.end, end)):
            return TARGETS, "built up"
        if mention.type in self._fixed:
            return usual, _USUAL
        if activity in self._learning and mention.type in _LEARNERS:
            return self._learner(mention, word, text, end, usual)
        if activity == "performance-assessment" and "述" in text[mention.end : end]:
            return PARTICIPATES, "… 述"
        if mention.type in _VISITED and lead_at == start and _DOES.match(text, mention.end, end):
            return PARTICIPATES, "… does"
        if word is None or (word in _ORGANISED and usual == TARGETS and activity not in _MEETING):
            return usual, _USUAL
        if word == "接受" and activity != "supervision":
            return usual, _USUAL
        return self._before[word], f"{word} …"

    def _learner(self, mention: Named, word: str | None, text: str, end: int, usual: str) -> tuple[str, str]:
        """Those who study by themselves take part; those who are taught, sent or examined are aimed at."""
        if word in _TAUGHT:
            return TARGETS, f"{word} …"
        if _STUDY.match(text, mention.end, end):
            return PARTICIPATES, "… 学"
        return (usual, _USUAL) if word is None or word in _ORGANISED else (self._before[word], f"{word} …")

    def _cue(self, text: str, start: int, lead: int) -> str | None:
        """The word before a list that tells the role."""
        for size in range(min(self._longest, lead - start), 0, -1):
            if text[lead - size : lead] in self._before:
                return text[lead - size : lead]
        return None


def _before_modifiers(text: str, start: int, at: int) -> int:
    """Where the words before a name end, those left out that only say which or how many."""
    while at > start and (text[at - 1] in _MODIFIERS or text[at - 1].isdigit()):
        at -= 1
    return at


def _names_in_quotes(found: list[_Found], text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches in “” and 《》 that only hold an actor's name among other words: names of projects and papers."""
    if "“" not in text[start:end] and "《" not in text[start:end]:
        return []
    spans = [m.span() for m in _QUOTED.finditer(text, start, end)]
    ends = {b for _, b, types in found if types}
    inside = [(s, e) for s, e in spans if text[s] == "《" or e - 1 not in ends]
    tails = [(s, a) for s, e in spans if text[s] != "《" for a, b, types in found if types and b == e - 1 and s < a]
    return inside + [
        (s, max(a for t, a in tails if t == s))
        for s in {t for t, _ in tails}
        if not any(s2 == s and s2 + 1 == a for s2, a in tails)
    ]


def _without_owners(mentions: list[Named], text: str) -> list[Named]:
    """Drop the body that only says whose the next is (村法律顾问); keep it where the next are its members (司法所工作人员)."""
    kept: list[Named] = []
    for mention in mentions:
        if text[mention.start - 1 : mention.end] == "（负责人":
            continue
        if kept and text[kept[-1].end : mention.start] in ("", "的"):
            if mention.type in _MEMBERS and kept[-1].type not in ("village", "party-committee", "government"):
                kept[-1] = kept[-1]._replace(end=mention.end)
                continue
            kept.pop()
        kept.append(mention)
    return kept


def leads(mentions: Sequence[Named], text: str) -> list[int]:
    """For each mention where the list it stands in begins."""
    begun: list[int] = []
    for number, mention in enumerate(mentions):
        if number and _BETWEEN.fullmatch(text, mentions[number - 1].end, mention.start):
            begun.append(begun[-1])
        else:
            begun.append(mention.start)
    return begun
