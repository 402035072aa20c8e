"""Results as people read them: names for keys, figures with their bounds, the words that a row rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from graph.analysis.ground import Act, Figure, Ground, Place
from graph.analysis.promises import sentence
from graph.analysis.result import Result
from graph.messages import say

Cell = str | int | float | None
Show = Callable[["Names", Any], Cell]

LONGEST = 200  # characters of a quotation in a table


class Sheet(NamedTuple):
    """A result as a table: its name, its title, what it tells in a sentence, headings, rows."""

    name: str
    title: str
    about: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    hidden: int


class Names:
    """What things are called in one language; quotations are cut at ``longest`` characters."""

    def __init__(self, ground: Ground, lang: str, *, longest: int = LONGEST) -> None:
        self.ground, self.lang, self.longest = ground, lang, longest
        rows = ground.about.townships.values()
        self._twice = {name for name, times in Counter(row.name for row in rows).items() if times > 1}

    def of(self, key: str) -> str:
        """The name of a township, a report or a concept."""
        about = self.ground.about
        if row := about.townships.get(key):
            return about.full_name(key) if row.name in self._twice else row.name
        if report := about.reports.get(key):
            return f"{self.of(report.township)} {report.year or ''}".strip()
        concept = about.concepts.get(key)
        return concept.names.get(self.lang, key) if concept else key.rpartition("/")[2]

    def file(self, report: str) -> str:
        """The name of a report's file."""
        return self.ground.about.reports[report].file

    def figure(self, figure: Figure | Act | None) -> str:
        """A figure with its bound and unit; what is not reported is a dash."""
        if figure is None:
            return "—"
        if isinstance(figure, Act):
            return say("analysis.value.told", self.lang)
        value = f"{figure.value:,.10g}"
        return say(f"analysis.bound.{figure.bound}", self.lang, value=value, unit=figure.unit)

    def bounds(self, low: float, high: float) -> str:
        """A median that is known between bounds."""
        if low == high:
            return f"{low:,.6g}"
        return f"≥ {low:,.6g}" if high == float("inf") else f"{low:,.6g}–{high:,.6g}"

    def quote(self, report: str, place: Place | None) -> str:
        """The words at a place of a report, cut where they are long."""
        text = self.ground.text(report)
        if text is None or place is None:
            return ""
        words = " ".join(text[place.start : place.end].split())
        return words if len(words) <= self.longest else words[: self.longest - 1] + "…"

    def words(self, report: str, fact: str) -> str:
        """The sentence that a fact stands in."""
        text, place = self.ground.text(report), self.ground.places(report).get(fact)
        return self.quote(report, sentence(text, place)) if text and place else ""

    def value(self, name: str) -> str:
        """A word of ours, such as "kept" or "county"."""
        return say(f"analysis.value.{name}", self.lang) if name else ""

    def all(self, keys: Sequence[str]) -> str:
        """Several names."""
        return say("analysis.separator", self.lang).join(map(self.of, keys))

    def marks(self, marks: Sequence[tuple[str, float, float]]) -> str:
        """The activity types that mark a community, with the share inside and outside."""
        parts = (f"{self.of(type_)} {inside:.0%}/{outside:.0%}" for type_, inside, outside in marks)
        return say("analysis.separator", self.lang).join(parts)


def _of(field: str) -> Show:
    return lambda names, row: names.of(getattr(row, field))


def _raw(field: str) -> Show:
    return lambda _, row: getattr(row, field)


def _percent(field: str) -> Show:
    return lambda _, row: f"{getattr(row, field):.0%}"


def _value(field: str) -> Show:
    return lambda names, row: names.value(getattr(row, field))


def _figure(field: str) -> Show:
    return lambda names, row: names.figure(getattr(row, field))


def _all(field: str) -> Show:
    return lambda names, row: names.all(getattr(row, field))


def _quote(report: str, place: str) -> Show:
    return lambda names, row: names.quote(getattr(row, report), getattr(row, place))


SURE: Show = lambda names, row: names.value("sure" if row.sure else "unsure")  # noqa: E731
WORDS: Show = lambda names, row: names.words(row.report, row.fact)  # noqa: E731
FILE: Show = lambda names, row: names.file(row.report)  # noqa: E731

_PAIR: Mapping[str, Show] = {
    "one": _of("one"), "other": _of("other"), "shared": _raw("shared"), "expected": _raw("expected"),
    "likeness": _percent("likeness"), "sure": SURE,
}  # fmt: skip

#: For each question its columns: the heading's key → what stands below it.
COLUMNS: Mapping[str, Mapping[str, Show]] = {
    "matrix": {"township": _of("township"), "activity": _of("activity"), "times": _raw("times")},
    "alike": _PAIR,
    "together": _PAIR,
    "communities": {
        "number": _raw("number"),
        "size": lambda _, row: len(row.townships),
        "townships": _all("townships"),
        "marks": lambda names, row: names.marks(row.marks),
        "clearness": _raw("clearness"),
    },
    "actors": {
        "one": _of("one"), "other": _of("other"), "activities": _raw("activities"), "in-townships": _raw("townships"),
        "words": WORDS, "file": FILE,
    },
    "centrality": {
        "actor": _of("actor"), "activities": _raw("activities"), "in-townships": _raw("townships"),
        "partners": _raw("partners"), "strength": _raw("strength"), "between": _raw("between"),
    },
    "circles": {"number": _raw("number"), "actors": _all("actors"), "clearness": _raw("clearness")},
    "outliers": {
        "township": _of("township"), "indicator": _of("indicator"), "figure": _figure("figure"),
        "median": lambda names, row: names.bounds(row.low, row.high), "distance": _raw("distance"), "of": _raw("of"), "per": _value("per"),
        "sure": SURE, "words": WORDS, "file": FILE,
    },
    "gaps": {
        "township": _of("township"), "activity": _of("activity"),
        "holders": lambda _, row: f"{row.holders} / {row.of}", "peers": _value("kind"), "status": _value("status"),
        "sure": SURE,
    },
    "changes": {
        "township": _of("township"), "years": lambda _, row: f"{row.early} → {row.late}", "what": _of("what"),
        "direction": _value("direction"), "before": _figure("before"), "after": _figure("after"),
    },
    "promises": {
        "township": _of("township"), "year": _raw("year"), "activity": _of("activity"), "verdict": _value("verdict"),
        "plan": _quote("plan_report", "plan"), "deed": _quote("deed_report", "deed"), "planned": _figure("planned"),
        "reached": _figure("reached"), "likeness": _percent("likeness"),
    },
    "copies": {
        "one": _of("one"), "other": _of("other"), "sentences": _raw("sentences"), "share": _percent("share"),
        "own": lambda names, row: names.value("own-year" if row.own else ""), "sure": SURE,
        "words": lambda names, row: names.quote(row.one, Place(*row.places[0][:2])) if row.places else "",
    },
    "formulas": {
        "quotation": lambda _, row: row.words, "in-townships": _raw("townships"), "share": _percent("share"),
        "file": FILE,
    },
    "profile": {
        "activity": _of("activity"), "times": _raw("times"), "peers-median": _raw("peers"), "share": _percent("share"),
        "ratio": lambda _, row: "—" if row.ratio is None else row.ratio,
    },
}  # fmt: skip


def shown(found: Result[Any], names: Names, *, everything: bool = False) -> Sheet:
    """Lay a result out as a table; what may be chance only where ``everything`` is asked for."""
    rows = found.rows if everything else found.sure
    columns = COLUMNS[found.name]
    cells = tuple(tuple(show(names, row) for show in columns.values()) for row in rows)
    heads = tuple(say(f"analysis.column.{key}", names.lang) for key in columns)
    hidden = len(found.rows) - len(rows)
    return Sheet(
        found.name, say(f"analysis.title.{found.name}", names.lang), _about(found, names.lang), heads, cells, hidden
    )


def _about(found: Result[Any], lang: str) -> str:
    """What a result rests on, and what it tells by saying nothing."""
    if found.silent:
        return say("analysis.too-few", lang, n=found.reports, least=found.least)
    rests = say("analysis.rests", lang, n=found.reports)
    none = "" if found.sure else say("analysis.none", lang)
    return " ".join(filter(None, (rests, say(f"analysis.about.{found.name}", lang), none)))


def wide(found: Result[Any], names: Names) -> Sheet:
    """Lay the matrix out with a row for each township and a column for each activity type; an empty cell is no zero."""
    types = sorted({cell.activity for cell in found.rows})
    rows: dict[str, dict[str, int]] = {}
    for cell in found.rows:
        rows.setdefault(cell.township, {})[cell.activity] = cell.times
    heads = (say("analysis.column.township", names.lang), *map(names.of, types))
    cells = tuple((names.of(township), *(row.get(type_) for type_ in types)) for township, row in rows.items())
    return Sheet("matrix", say("analysis.title.matrix", names.lang), _about(found, names.lang), heads, cells, 0)


def by_type(found: Result[Any], names: Names) -> Sheet:
    """Sum the matrix up for a screen: for each activity type how many townships do it, how often, and who most."""
    held: dict[str, list[Any]] = {}
    for cell in found.rows:
        held.setdefault(cell.activity, []).append(cell)
    keys = ("activity", "in-townships", "times", "most")
    rows = [
        (names.of(type_), len(cells), sum(cell.times for cell in cells), names.of(max(cells, key=_most).township))
        for type_, cells in held.items()
    ]
    rows.sort(key=lambda row: (-row[1], -row[2], row[0]))
    heads = tuple(say(f"analysis.column.{key}", names.lang) for key in keys)
    return Sheet("matrix", say("analysis.title.matrix", names.lang), _about(found, names.lang), heads, tuple(rows), 0)


def _most(cell: Any) -> tuple[int, str]:
    return cell.times, cell.township
