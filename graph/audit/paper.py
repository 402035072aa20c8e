"""A report laid out for the audit: its text in one form, its statements and clauses, its figures, its headings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from extractors.lexicon import narrowed
from extractors.residue import blanked
from extractors.sections import Line, Outline, lines, outline
from extractors.shapes import Facts, Quantity
from graph.audit.finding import Span

_STATEMENT = re.compile(r"[^。；！？\n\r]+")
_CLAUSE = re.compile(r"[^，：]+")
_SCALE = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_WRITTEN = re.compile(r"\d[\d,]*(?:\.(?P<places>\d+))?\s*[余多来]?(?P<scale>[百千万亿]{0,2})")
_ENDLESS = float("inf")
_FULL_STOPS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_HALF_STOP = re.compile(r"[;?!]|(?<!\d)[,:]|[,:](?!\d)")


class Figure(NamedTuple):
    """A quantity with the least and the most that it may stand for, and the words that go with it.

    ``before`` are the words of its clause up to it and since the figure before, ``after`` those up to the next stop.
    """

    quantity: Quantity
    low: float
    high: float
    indicator: str
    status: str
    clause: Span
    before: str
    after: str

    @property
    def start(self) -> int:
        return self.quantity.start

    @property
    def end(self) -> int:
        return self.quantity.end

    @property
    def value(self) -> float:
        return self.quantity.value

    @property
    def unit(self) -> str:
        return self.quantity.unit

    @property
    def exact(self) -> bool:
        return self.low == self.high

    @property
    def words(self) -> str:
        return self.before + self.after


def bounds(quantity: Quantity, written: str) -> tuple[float, float]:
    """The least and the most that a count may stand for as it is written: 1.26万 is rounded, 20余 is open above.

    >>> bounds(Quantity(0, 5, 12600.0, "件", "exact"), "1.26万件")
    (12550.0, 12650.0)
    >>> bounds(Quantity(0, 4, 20.0, "次", "over"), "20余次")
    (20.0, inf)
    """
    value, half = quantity.value, step(written) / 2
    table = {
        "exact": (value - half, value + half),
        "over": (value - half, _ENDLESS),
        "under": (0.0, value + half),
        "about": (value * 0.5, value * 1.5),
    }
    return table[quantity.qualifier]


def step(written: str) -> float:
    """The unit of the last place that a number shows beyond whole things, 0 where it counts one by one.

    >>> step("1.26万件"), step("46件"), step("93.4%"), step("3万份")
    (100.0, 0.0, 0.1, 10000.0)
    """
    match = _WRITTEN.search(written)
    if not match:
        return 0.0
    scale = 1
    for char in match["scale"]:
        scale *= _SCALE[char]
    places = len(match["places"] or "")
    return float(scale / 10**places) if scale > 1 or places else 0.0


@dataclass(frozen=True)
class Paper:
    """What every kind of finding looks at; ``plain`` has the offsets of the text as loaded."""

    facts: Facts

    @cached_property
    def plain(self) -> str:
        """The text with leftovers blanked and digits, quotes and stops in one form."""
        text = narrowed(blanked(self.facts.document.text))
        return _HALF_STOP.sub(lambda found: _FULL_STOPS[found[0]], text)

    @cached_property
    def outline(self) -> Outline:
        return outline(self.plain, lambda _words, _rank: None)

    @cached_property
    def lines(self) -> list[Line]:
        return lines(self.plain)

    @cached_property
    def statements(self) -> list[Span]:
        """The stretches between full stops and semicolons, trimmed."""
        return [_trimmed(self.plain, *match.span()) for match in _STATEMENT.finditer(self.plain) if match[0].strip()]

    @cached_property
    def clauses(self) -> list[Span]:
        """The stretches between commas, trimmed."""
        return [
            _trimmed(self.plain, *match.span())
            for start, end in self.statements
            for match in _CLAUSE.finditer(self.plain, start, end)
            if match[0].strip()
        ]

    @cached_property
    def figures(self) -> list[Figure]:
        """Every quantity that the reader took, in the order of the text."""
        found: dict[int, Figure] = {}
        last = 0
        for measure in sorted(self.facts.measures, key=lambda m: m.quantity.start):
            quantity = measure.quantity
            if quantity.start not in found:
                clause = self.clause_at(quantity.start)
                low, high = bounds(quantity, self.plain[quantity.start : quantity.end])
                before = self.plain[max(clause[0], min(last, quantity.start)) : quantity.start]
                after = re.match(r"[^，、,\d]*", self.plain[quantity.end : clause[1]])
                found[quantity.start] = Figure(
                    quantity, low, high, measure.indicator, measure.status, clause, before, after[0] if after else ""
                )
                last = quantity.end
        return list(found.values())

    def figures_of(self) -> Iterator[tuple[Span, list[Figure]]]:
        """Each statement that holds figures, with them."""
        starts = [figure.start for figure in self.figures]
        for start, end in self.statements:
            low, high = bisect_right(starts, start - 1), bisect_right(starts, end - 1)
            if low < high:
                yield (start, end), self.figures[low:high]

    def follows(self, one: int, other: int) -> bool:
        """Whether a statement begins in the paragraph in which another began."""
        return 0 <= one < other and "\n" not in self.plain[one:other]

    def clause_at(self, at: int) -> Span:
        """The clause that holds an offset."""
        return self._around(self.clauses, at)

    def statement_at(self, at: int) -> Span:
        """The statement that holds an offset."""
        return self._around(self.statements, at)

    def status_at(self, at: int) -> str:
        """Whether the section that holds an offset tells what was done, is planned or lacks."""
        return self.section_at(at)[1]

    def section_at(self, at: int) -> tuple[int, str]:
        """The index and the status of the section that holds an offset."""
        number = max(bisect_right([section.start for section in self.facts.sections], at) - 1, 0)
        return number, self.facts.sections[number].status if self.facts.sections else "done"

    def heading_at(self, at: int) -> Span | None:
        """The heading that holds an offset, if one does."""
        return next(((start, end) for start, end, _ in self.outline.headings if start <= at < end), None)

    def _around(self, spans: list[Span], at: int) -> Span:
        number = bisect_right(spans, at, key=lambda span: span[0]) - 1
        return spans[number] if number >= 0 and at < spans[number][1] else (at, at)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def shown(value: float, places: int = 0) -> str:
    """Write a number as people do: no needless zeros.

    >>> shown(42.0), shown(91.3043, 1), shown(97.0, 1)
    ('42', '91.3', '97')
    """
    text = f"{value:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
