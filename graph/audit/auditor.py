"""The audit of one report: a table of kinds, each a function from the report to what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from extractors.shapes import Facts
from graph.audit.conflicts import Conflicts
from graph.audit.finding import KINDS, Finding, identified
from graph.audit.numbering import numbering_slips
from graph.audit.paper import Paper
from graph.audit.places import foreign_places
from graph.audit.rates import rate_mismatches
from graph.audit.repeats import repeated_texts
from graph.audit.residue import residues
from graph.audit.settings import Settings
from graph.audit.sums import sum_mismatches
from graph.audit.typos import Typos
from graph.audit.years import year_mismatches
from ontology.vocabulary import Vocabulary

Find = Callable[[Paper], Iterable[Finding]]


class Auditor:
    """Audits reports one by one; keeps nothing between them."""

    def __init__(self, vocabulary: Vocabulary, *, settings: Settings | None = None) -> None:
        settings = settings or Settings()
        table: Mapping[str, Find] = {
            "rate-mismatch": rate_mismatches,
            "sum-mismatch": sum_mismatches,
            "figure-conflict": Conflicts(vocabulary),
            "year-mismatch": year_mismatches,
            "foreign-place": foreign_places,
            "repeated-text": partial(repeated_texts, least=settings.repeated),
            "typo": Typos(vocabulary, sure=settings.typo),
            "numbering": numbering_slips,
            "residue": residues,
        }
        self._finds = [table[kind] for kind in KINDS if kind in settings.kinds]

    def audit(self, facts: Facts) -> list[Finding]:
        """Find the slips of one report, in the order of its text."""
        paper = Paper(facts)
        found = [one for find in self._finds for one in find(paper)]
        return identified(found, facts.document.name, facts.document.text)
