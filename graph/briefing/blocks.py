"""What a briefing is made of: sections of texts, tables and charts, the same for every format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Bit(NamedTuple):
    """Some words; ``link`` is an anchor in the briefing, ``tone`` how they look, ``note`` what a pointer shows."""

    text: str
    link: str = ""
    tone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    bits: tuple[Bit, ...]
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """A list of short statements."""

    items: tuple[tuple[Bit, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first column names the rows. ``kind`` is "list" or "heat" (many narrow columns).

    A row of one bit with the tone "group" heads the rows below it.
    """

    heads: tuple[Bit, ...]
    rows: tuple[tuple[Bit, ...], ...]
    kind: str = "list"
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as a Vega-Lite specification, with what it shows in words."""

    spec: Mapping[str, Any]
    title: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Charts:
    """Charts side by side."""

    charts: tuple[Chart, ...]


Block = Text | Points | Table | Chart | Charts


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the briefing under a heading; ``anchor`` is unique in it."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


class Said(NamedTuple):
    """A sentence of a report, and where in it the words stand that matter."""

    text: str
    marks: tuple[tuple[int, int], ...]


class Group(NamedTuple):
    """What one report says of one thing: the anchor, the heading, the sentences."""

    anchor: str
    heading: str
    sentences: tuple[Said, ...]


class Source(NamedTuple):
    """What of one report stands in the appendix."""

    anchor: str
    title: str
    file: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """A whole briefing: title, what it rests on, sections, and the sentences behind them."""

    title: str
    lead: str
    lang: str
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    words: Mapping[str, str] = field(default_factory=dict)


Words = str | Bit
Row = Sequence[Words]


def said(*parts: Words) -> tuple[Bit, ...]:
    """Put words and bits together.

    >>> said("共", Bit("3", "s1"))
    (Bit(text='共', link='', tone='', note=''), Bit(text='3', link='s1', tone='', note=''))
    """
    return tuple(part if isinstance(part, Bit) else Bit(part) for part in parts)


def text(*parts: Words, tone: str = "") -> Text:
    """Make a paragraph."""
    return Text(said(*parts), tone)


def table(heads: Sequence[Words], rows: Sequence[Sequence[Words]], *, kind: str = "list", caption: str = "") -> Table:
    """Make a table."""
    return Table(said(*heads), tuple(said(*row) for row in rows), kind, caption)
