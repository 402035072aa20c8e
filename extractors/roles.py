"""Tell whether an actor does a thing or has it done to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.actors import Named
from extractors.lexicon import narrowed
from ontology.vocabulary import Concept, Vocabulary

PARTICIPATES, TARGETS = "participates", "targets"
_USUAL = "usual role"
_MODIFIERS = frozenset("各本辖区全广大乡镇村街道苏木的“我两级年内县、每名位个家户些所有部分少数相关地（热心退休驻别")
_BETWEEN = re.compile(
    r"[、和及与或以各等县镇乡村区市的“（）()驻辖内本\d名位个]*|[、和及与][^，、和及与]{1,8}[、和及与]|(?:负责人|主要负责人)[、和及与]?各?"
)
_MEETING = frozenset({"decision", "major-decision", "self-governance", "supervision", "mediation", "work-meeting"})
_OPENING = 2  # characters that may stand before the first actor of a clause


class Roles:
    """What the vocabulary says of roles: those that actors usually have, and the words beside them that tell otherwise."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        scheme, cues = vocabulary.scheme("actor"), vocabulary.scheme("cue")
        self._usual = {
            n: (c.properties.get("fixedRole") or c.properties.get("usualRole") or [PARTICIPATES])[0]
            for n, c in scheme.items()
        }
        self._fixed = frozenset(n for n, c in scheme.items() if "fixedRole" in c.properties)
        self._kinds = {n: frozenset(c.properties.get("roleKind", ())) for n, c in scheme.items()}
        self._anywhere = frozenset(n for n, c in scheme.items() if c.properties.get("goesOnFrom") == ["anywhere"])
        #: For an actor type the activities in which a subject goes on from clause to clause.
        self.goes_on = _activities(scheme, "goesOnIn")
        #: For an actor type the activities it is about, where a clause has several.
        self.main = _activities(scheme, "mainActivity")
        self._special = {(n, a): TARGETS for n, found in _activities(scheme, "targetIn").items() for a in found}
        self._special |= {
            (n, a): PARTICIPATES for n, found in _activities(scheme, "participantIn").items() for a in found
        }
        learning = vocabulary.scheme("activity")["learning"]
        self._learning = frozenset(
            c.notation for c in vocabulary.scheme("activity").values() if c is learning or learning.iri in c.broader
        )
        self._before = dict.fromkeys(map(narrowed, cues["role-target"].phrases), TARGETS)
        self._before |= dict.fromkeys(map(narrowed, cues["role-participant"].phrases), PARTICIPATES)
        self._longest = max(map(len, self._before))
        self._words = {
            name: frozenset(cues[f"role-{name}"].phrases) for name in ("organised", "taught", "built", "addressed")
        }
        study, noun = _any(cues["after-study"]), _any(cues["after-study-noun"])
        self._studies = re.compile(rf"[^，、]{{0,8}}?(?:{study})(?!{noun})")
        self._built, self._does = re.compile(_any(cues["after-built"])), re.compile(_any(cues["after-doing"]))

    def role(self, mention: Named, lead: int, text: str, span: tuple[int, int], activity: str) -> tuple[str, str]:
        """The role in an activity with what told it: fixed for most, else by the words beside the list, else as usual.

        ``lead`` is where the list of actors begins that the mention stands in, ``span`` the clause.
        """
        start, end = span
        kinds = self._kinds[mention.type]
        usual = self._special.get((mention.type, activity)) or self._usual[mention.type]
        if mention.type in self._fixed and not kinds:
            return usual, _USUAL
        at = _before_modifiers(text, start, lead)
        word = self._cue(text, start, at)
        if "built-up" in kinds and (word in self._words["built"] or self._built.match(text, mention.end, end)):
            return TARGETS, "built up"
        if mention.type in self._fixed:
            return usual, _USUAL
        if activity in self._learning and "learner" in kinds:
            return self._learner(mention, word, text, end, usual)
        if activity == "performance-assessment" and "述" in text[mention.end : end]:
            return PARTICIPATES, "… 述"
        if "visited" in kinds and at == start and self._does.match(text, mention.end, end):
            return PARTICIPATES, "… does"
        if word is None or (word in self._words["organised"] and usual == TARGETS and activity not in _MEETING):
            return usual, _USUAL
        if word == "接受" and activity != "supervision":
            return usual, _USUAL
        return self._before[word], f"{word} …"

    def _learner(self, mention: Named, word: str | None, text: str, end: int, usual: str) -> tuple[str, str]:
        """Those who study by themselves take part; those who are taught, sent or examined are aimed at."""
        if word in self._words["taught"]:
            return TARGETS, f"{word} …"
        if self._studies.match(text, mention.end, end):
            return PARTICIPATES, "… 学"
        return (
            (usual, _USUAL) if word is None or word in self._words["organised"] else (self._before[word], f"{word} …")
        )

    def is_venue(self, mention: Named, text: str, start: int) -> bool:
        """Whether an office is only the place (在便民服务大厅设立窗口)."""
        if text[mention.end - 1] in "会议" or mention.type == "village" or self._usual[mention.type] != PARTICIPATES:
            return False
        at = _before_modifiers(text, start, mention.start)
        return at > start and text[at - 1] == "在"

    def going_on(self, mentions: Sequence[Named], text: str, start: int) -> list[Named]:
        """The actors of a clause that may go on as subjects of the clauses after it."""
        able = [m for m in mentions if m.type in self.goes_on]
        return [m for m in able if m.type in self._anywhere or self._leads_on(m, text, start)]

    def _leads_on(self, mention: Named, text: str, start: int) -> bool:
        """Whether an actor opens its clause, or a word before it brings it in (联合, 由, 对, 面向)."""
        at = _before_modifiers(text, start, mention.start)
        word = self._cue(text, start, at)
        brought = word is not None and (self._before[word] == PARTICIPATES or word in self._words["addressed"])
        return brought or at - start <= _OPENING

    def _cue(self, text: str, start: int, lead: int) -> str | None:
        """The word before a list that tells the role."""
        for size in range(min(self._longest, lead - start), 0, -1):
            if text[lead - size : lead] in self._before:
                return text[lead - size : lead]
        return None


def leads(mentions: Sequence[Named], text: str) -> list[int]:
    """For each mention where the list it stands in begins."""
    begun: list[int] = []
    for number, mention in enumerate(mentions):
        if number and _BETWEEN.fullmatch(text, mentions[number - 1].end, mention.start):
            begun.append(begun[-1])
        else:
            begun.append(mention.start)
    return begun


def _before_modifiers(text: str, start: int, at: int) -> int:
    """Where the words before a name end, those left out that only say which or how many."""
    while at > start and (text[at - 1] in _MODIFIERS or text[at - 1].isdigit()):
        at -= 1
    return at


def _activities(actors: dict[str, Concept], name: str) -> dict[str, frozenset[str]]:
    """The activities that a property of actors leads to, for those that have it."""
    return {
        n: frozenset(iri.rsplit("/", 1)[-1] for iri in c.properties[name])
        for n, c in actors.items()
        if name in c.properties
    }


def _any(concept: Concept) -> str:
    """A pattern for any of a concept's phrases, the longest first."""
    return "(?:" + "|".join(sorted(map(re.escape, concept.phrases), key=lambda p: (-len(p), p))) + ")"
