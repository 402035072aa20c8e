"""What the vocabulary's cues say: the status of headings, sentences and clauses; what is slogan, what preamble."""

from __future__ import annotations

import re

from extractors.shapes import Status
from ontology.vocabulary import Vocabulary


class Cues:
    """The cue words as regular expressions, compiled once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        cues = vocabulary.scheme("cue")

        def words(name: str) -> str:
            return "|".join(sorted(map(re.escape, cues[name].phrases), key=lambda p: (-len(p), p)))

        self.heading_deficient = re.compile(words("heading-deficient"))
        self.heading_done = re.compile(words("heading-done"))
        self.heading_planned = re.compile(words("heading-planned"))
        self.heading_remedy = re.compile(words("heading-remedy"))
        self.turn_planned = re.compile(words("turn-planned"))
        self.clause_planned = re.compile(words("clause-planned"))
        self.clause_deficient = re.compile(words("clause-deficient"))
        lacking, mending = words("admission"), words("remedy")
        self.admission = re.compile(
            rf"(?:但|仍|还|依然|也)(?:也|还|仍|依然|然)?(?:存在|有)(?![^。；，]{{0,14}}(?:{mending}))"
            rf"[^。；，]{{0,14}}?(?:{lacking})[^。；，]{{0,10}}?[：:，。]|(?:工作中|存在|目前|当前|主要)的(?:{lacking})[^。；，]{{0,4}}[，：:](?=一是|主要)"
        )
        self.remedy = re.compile(words("remedy"))
        self.concession = re.compile(words("concession"))
        self.result = re.compile(words("result"))
        self.preamble = re.compile(words("preamble"))

    def heading(self, words: str, rank: int, year: int | None) -> Status | None:
        """The status that a heading sets: that of the cue that stands first (主要成效及存在的问题 begins with what was done).

        Under the second rank (（一）, 1.) only short headings set one.
        """
        if rank > 1 and len(words) > 16:
            return None
        cues: list[tuple[int, Status]] = []
        if found := self.heading_done.search(words):
            cues.append((found.start(), "done"))
        if (found := self.heading_deficient.search(words)) and not self.heading_remedy.search(words):
            cues.append((found.start(), "deficient"))
        if found := self.heading_planned.search(words):
            cues.append((found.start(), "planned"))
        if year is not None and (at := words.find(f"{year + 1}年")) >= 0:
            cues.append((at, "planned"))
        return min(cues)[1] if cues else None

    def mixed(self, words: str) -> bool:
        """Whether a heading announces problems and plans together."""
        return bool(self.heading_deficient.search(words) and self.heading_planned.search(words))
