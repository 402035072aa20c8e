"""Reports → a build: ``build`` makes a folder hold exactly these reports, ``add`` and ``remove`` change that."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from extractors.loading import Refusal
from extractors.places import locate
from extractors.shapes import Facts
from graph.folder import NoBuildError
from graph.messages import known

if TYPE_CHECKING:
    from graph.audit.auditor import Auditor
    from graph.vocabulary import reader_or_told

    words, reader = reader_or_told(vocabulary)
    return reader, Auditor(words)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def summary(facts: Facts) -> dict[str, Any]:
    """Sum a report up for the table that ends a build; ``unread`` holds the offsets of each quantity and its clause."""
    statuses = Counter(activity.status for activity in facts.activities)
    return {
        "township": facts.report.township,
        "year": facts.report.year,
        "places": [place.name for place in facts.report.parents],
        "seat": _seat(facts),
        **{status: statuses[status] for status in ("done", "planned", "deficient")},
        "measures": len(facts.measures),
        "unread": [[u.quantity.start, u.quantity.end, u.start, u.end] for u in facts.unread],
    }


def _seat(facts: Facts) -> dict[str, Any]:
    """Sum up where the township lies: what tells it from its namesakes, and why its county is not known, if so."""
    report = facts.report
    location = locate(report.parents, facts.document.meta, year=report.year)
    return {"key": location.key, "names": list(location.names), "why": location.why}


def message_key(refusal: Refusal) -> str:
    """Give the key of the message that says why a file was refused.

    >>> message_key(Refusal("a.txt", "empty", "")), message_key(Refusal("a.txt", "build.twice", "A.txt"))
    ('loading.empty', 'build.twice')
    """
    return refusal.reason if known(refusal.reason) else f"loading.{refusal.reason}"


__all__ = ["NoBuildError", "Outcome", "add", "build", "remove", "summary"]
