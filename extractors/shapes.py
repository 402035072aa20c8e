"""The shapes that pass from stage to stage, one per stage.

Every offset is a code-point offset into ``Document.text``, the text as loaded. Every concept is given by its
notation (``"legal-publicity"``); the scheme follows from the field's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

Status = str  # "done", "planned" or "deficient"
Qualifier = str  # "exact", "over", "about" or "under"


@dataclass(frozen=True, slots=True)
class Document:
    """A report as loaded: its file's name as given, its text, and what is known beside the text.

    ``meta`` may hold ``url``, ``issued`` (ISO date), ``title``, ``township``, ``county``, ``city``, ``province``
    and ``year``; what it says of the report goes before what the text says.
    """

    name: str
    text: str
    meta: Mapping[str, str] = field(default_factory=dict)


class Section(NamedTuple):
    """A stretch of text under one heading chain. ``path`` holds the headings, outermost first."""

    path: tuple[str, ...]
    start: int
    end: int
    status: Status


class Clause(NamedTuple):
    """The unit that facts are read from: text between 、-level and 。-level punctuation, trimmed."""

    start: int
    end: int
    sentence: int  # index of its sentence in the report
    section: int  # index of its section in the report
    status: Status


class Mention(NamedTuple):
    """Words of the vocabulary found in the text."""

    start: int
    end: int
    concept: str  # notation


class Quantity(NamedTuple):
    """A number with its unit as written; 万 and 千 are multiplied out, a percentage is 0–100."""

    start: int
    end: int
    value: float
    unit: str
    qualifier: Qualifier


class Place(NamedTuple):
    """A county, city or province that the text says the township lies in, with the words that say so."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says of itself. ``township`` is "" and ``year`` None where neither text nor meta tells."""

    name: str
    title: str
    township: str
    division_type: str
    year: int | None
    parents: tuple[Place, ...]


class Activity(NamedTuple):
    """Something done, planned or lacking; the passage is ``text[start:end]``."""

    type: str
    status: Status
    start: int
    end: int
    section: int
    rule: str  # the concept phrase or rule that made it
    occasions: tuple[str, ...] = ()


class Measure(NamedTuple):
    """A quantity that counts governance work. ``activity`` indexes ``Facts.activities`` (None: none stands by it)."""

    indicator: str
    quantity: Quantity
    status: Status
    start: int
    end: int
    section: int
    rule: str
    activity: int | None


class Participation(NamedTuple):
    """An actor in an activity: ``role`` is "participates" or "targets"."""

    actor: str  # notation of the actor type
    label: str  # the name as written
    role: str
    activity: int
    start: int
    end: int
    section: int
    rule: str


class Person(NamedTuple):
    """A person named by name, with the office as written."""

    name: str
    office: str
    start: int
    end: int
    section: int


class Instrument(NamedTuple):
    """A law, plan or document: ``relation`` is "issued" or "cited"; ``title`` without 《》."""

    title: str
    relation: str
    start: int
    end: int
    section: int


class Unread(NamedTuple):
    """A quantity that no indicator took, with the clause it stands in."""

    quantity: Quantity
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything read out of one document."""

    document: Document
    report: Report
    sections: tuple[Section, ...]
    activities: tuple[Activity, ...]
    measures: tuple[Measure, ...]
    participations: tuple[Participation, ...]
    people: tuple[Person, ...]
    instruments: tuple[Instrument, ...]
    unread: tuple[Unread, ...]

    def quote(self, start: int, end: int) -> str:
        """The exact words between two offsets."""
        return self.document.text[start:end]
