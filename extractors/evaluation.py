"""Hold what was read against gold facts: precision, recall and F1 for each kind, and the errors.

Gold is one JSON file per report (``docs/evaluation.md`` describes it). A fact is right where its kind, concepts and status agree and its passage
overlaps the gold's; a gold fact marked ``optional`` is neither missed nor wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from extractors.shapes import Facts

KINDS = ("report", "measures", "quantities", "activities", "participations", "people", "instruments", "occasions")


class GoldError(ValueError):
    """Gold that cannot be read, or quotes words that its report does not hold."""


class Claim(NamedTuple):
    """A fact as it is compared: what it says and the span of its passage (None: it is not compared by place)."""

    key: tuple[Any, ...]
    span: tuple[int, int] | None
    rule: str = ""


class Miss(NamedTuple):
    """An error: ``missed`` (in the gold only) or ``wrong`` (said only)."""

    fault: str
    kind: str
    report: str
    claim: Claim
    quote: str


@dataclass
class Score:
    """Counts over all reports together (micro)."""

    gold: int = 0
    found: int = 0
    said: int = 0
    right: int = 0
    misses: list[Miss] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what was said that is right."""
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class Flat:
    """A text without white space, in which quotes are found however lines were folded."""

    def __init__(self, text: str) -> None:
        kept = [(i, c) for i, c in enumerate(text) if not c.isspace()]
        self._text = "".join(c for _, c in kept)
        self._at = [i for i, _ in kept]

    def span(self, fact: dict[str, Any]) -> tuple[int, int]:
        """Where a gold fact's quote stands in the text with its white space."""
        quote, at = re.sub(r"\s", "", fact["quote"]), -1
        for _ in range(fact.get("nth", 1)):
            at = self._text.find(quote, at + 1)
            if at < 0:
                raise GoldError(f"“{fact['quote']}” does not stand in the report")
        return self._at[at], self._at[at + len(quote) - 1] + 1


def _bare(title: str) -> str:
    return re.sub(r"[《》\s]", "", title)


_GOLD: dict[str, Callable[[dict[str, Any]], tuple[Any, ...]]] = {
    "measures": lambda g: (g["indicator"], float(g["value"]), g["qualifier"]),
    "quantities": lambda g: (float(g["value"]), g["qualifier"]),
    "activities": lambda g: (g["type"], g["status"]),
    "participations": lambda g: (g["actor"], g["role"], g["activity"]),
}


def said(facts: Facts) -> dict[str, list[Claim]]:
    """What was read, as claims by kind."""
    r = facts.report
    fields = [("township", r.township), ("division_type", r.division_type), ("year", str(r.year or ""))]
    claims: dict[str, list[Claim]] = {k: [] for k in KINDS}
    claims["report"] = [Claim(f, None) for f in fields if f[1]] + [Claim(("parent", p.name), None) for p in r.parents]
    for m in facts.measures:
        q = m.quantity
        claims["measures"].append(Claim((m.indicator, q.value, q.qualifier), (m.start, m.end), m.rule))
        claims["quantities"].append(Claim((q.value, q.qualifier), (m.start, m.end)))
    for a in facts.activities:
        claims["activities"].append(Claim((a.type, a.status), (a.start, a.end), a.rule))
    for p in facts.participations:
        claims["participations"].append(
            Claim((p.actor, p.role, facts.activities[p.activity].type), (p.start, p.end), p.rule)
        )
    claims["people"] = [Claim((p.name, p.office), None) for p in facts.people]
    claims["instruments"] = [Claim((_bare(i.title), i.relation), None) for i in facts.instruments]
    claims["occasions"] = [Claim((o,), None) for o in sorted({o for a in facts.activities for o in a.occasions})]
    return claims


def expected(gold: dict[str, Any], text: str) -> Iterator[tuple[str, Claim, bool]]:
    """The gold's claims: kind, claim, whether it is optional."""
    flat, rep = Flat(text), gold.get("report")
    if rep:
        for key in ("township", "division_type", "year"):
            yield "report", Claim((key, str(rep[key])), None), False
        for parent in rep["parents"]:
            yield "report", Claim(("parent", parent), None), False
    for kind, key_of in _GOLD.items():
        for fact in gold.get("measures" if kind == "quantities" else kind, []):
            yield kind, Claim(key_of(fact), flat.span(fact)), fact.get("optional", False)
    for fact in gold.get("people", []):
        yield "people", Claim((fact["name"], fact["office"]), None), fact.get("optional", False)
    for fact in gold.get("instruments", []):
        yield "instruments", Claim((_bare(fact["title"]), fact["relation"]), None), fact.get("optional", False)
    for code in sorted(set(gold.get("occasions", []))):
        yield "occasions", Claim((code,), None), False
    for code in sorted(set(gold.get("optional_occasions", []))):
        yield "occasions", Claim((code,), None), True


def _same(kind: str, gold: Claim, claim: Claim) -> bool:
    if kind == "people":
        return gold.key[0] == claim.key[0] and (gold.key[1] in claim.key[1] or claim.key[1] in gold.key[1])
    if gold.key != claim.key:
        return False
    if gold.span is None or claim.span is None:
        return True
    return gold.span[0] < claim.span[1] and claim.span[0] < gold.span[1]


_ONE_TO_ONE = frozenset({"report", "measures", "quantities"})


def compare(name: str, facts: Facts, gold: dict[str, Any], scores: dict[str, Score]) -> None:
    """Add one report's comparison to the scores."""
    text, claims = facts.document.text, said(facts)
    wanted = list(expected(gold, text))
    for kind in KINDS:
        firm = [c for k, c, optional in wanted if k == kind and not optional]
        loose = [c for k, c, optional in wanted if k == kind and optional]
        _add(scores[kind], kind, name, text, firm, loose, claims[kind])


def _add(
    score: Score, kind: str, name: str, text: str, firm: list[Claim], loose: list[Claim], claims: list[Claim]
) -> None:
    taken: set[int] = set()
    right: set[int] = set()
    for number, claim in enumerate(claims):
        for other, gold in enumerate(firm):
            if (kind in _ONE_TO_ONE and other in taken) or not _same(kind, gold, claim):
                continue
            taken.add(other)
            right.add(number)
            if kind in _ONE_TO_ONE:
                break
    neutral = {n for n, c in enumerate(claims) if n not in right and any(_same(kind, g, c) for g in loose)}
    score.gold += len(firm)
    score.found += len(taken)
    score.said += len(claims) - len(neutral)
    score.right += len(right)
    score.misses += [_miss("missed", kind, name, g, text) for n, g in enumerate(firm) if n not in taken]
    score.misses += [_miss("wrong", kind, name, c, text) for n, c in enumerate(claims) if n not in right | neutral]


def _miss(fault: str, kind: str, name: str, claim: Claim, text: str) -> Miss:
    return Miss(fault, kind, name, claim, text[slice(*claim.span)] if claim.span else "")


def evaluate(pairs: Iterable[tuple[Facts, dict[str, Any]]]) -> dict[str, Score]:
    """The scores of reports against their gold, by kind."""
    scores = {kind: Score() for kind in KINDS}
    for facts, gold in pairs:
        compare(facts.report.name, facts, gold, scores)
    return scores


def load_gold(path: Path) -> dict[str, Any]:
    """One report's gold facts; ``GoldError`` where the file is no JSON."""
    try:
        gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise GoldError(str(error)) from error
    return gold
