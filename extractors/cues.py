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
        self.heading_planned = re.compile(words("heading-planned"))
        self.heading_remedy = re.compile(words("heading-remedy"))
        self.turn_planned = re.compile(words("turn-planned"))
        self.clause_planned = re.compile(words("clause-planned"))
        self.clause_deficient = re.compile(words("clause-deficient"))
        self.remedy = re.compile(words("remedy"))
        self.concession = re.compile(words("concession"))
        self.result = re.compile(words("result"))
        self.preamble = re.compile(words("preamble"))

    def heading(self, words: str, rank: int, year: int | None) -> Status | None:
        """The status that a heading sets; both cues: the problems come first.

        Under the second rank (（一）, 1.) only headings that hold nothing else than the cue set one.
        """
        lacking = self.heading_deficient.search(words) and not self.heading_remedy.search(words)
        planned = self.heading_planned.search(words) or (year is not None and f"{year + 1}年" in words)
        if rank > 1 and len(words) > 16:
            return None
        if lacking:
            return "deficient"
        return "planned" if planned else None

    def mixed(self, words: str) -> bool:
        """Whether a heading announces problems and plans together."""
        return bool(self.heading_deficient.search(words) and self.heading_planned.search(words))
