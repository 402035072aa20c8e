"""Load the vocabulary: the SKOS concepts that the extractors look for, and how each is said.

The vocabulary is data (``ontology/vocabulary/**/*.ttl``); files are merged, and a user's own file is merged over them.
A reference to a concept that does not exist is an error that names both ends.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

BASE = "https://w3id.org/zhili/"
NS = BASE + "ns#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
BUILT_IN = Path(__file__).with_name("vocabulary")

_LISTS = {
    SKOS + "altLabel": "phrases",
    SKOS + "hiddenLabel": "phrases",
    NS + "pattern": "patterns",
    SKOS + "example": "examples",
    NS + "counterExample": "counter_examples",
    SKOS + "broader": "broader",
}


class VocabularyError(ValueError):
    """The vocabulary says something that cannot be: names the file, where known the line, and both ends."""


@dataclass(slots=True)
class Concept:
    """A concept with the words that trigger it. ``scheme`` is the last part of the scheme's IRI (``"activity"``)."""

    iri: str
    scheme: str = ""
    notation: str = ""
    broader: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    phrases: list[str] = field(default_factory=list)
    patterns: list[str] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)
    counter_examples: list[str] = field(default_factory=list)
    properties: dict[str, list[str]] = field(default_factory=dict)  # every other zl: property, by local name


@dataclass(frozen=True)
class Vocabulary:
    """All concepts by IRI, with the files they came from and their digest."""

    concepts: Mapping[str, Concept]
    digest: str
    files: tuple[Path, ...] = ()

    @cached_property
    def by_scheme(self) -> dict[str, dict[str, Concept]]:
        """Concepts by scheme, then by notation, in the order of their notations."""
        schemes: dict[str, dict[str, Concept]] = {}
        for concept in sorted(self.concepts.values(), key=lambda c: (c.scheme, c.notation)):
            schemes.setdefault(concept.scheme, {})[concept.notation] = concept
        return schemes

    def scheme(self, name: str) -> dict[str, Concept]:
        """The concepts of one scheme by notation; empty where there is no such scheme."""
        return self.by_scheme.get(name, {})

    def ancestors(self, concept: Concept) -> Iterator[Concept]:
        """The broader concepts, nearest first."""
        queue = list(concept.broader)
        seen: set[str] = set()
        while queue:
            iri = queue.pop(0)
            if iri in seen:
                continue
            seen.add(iri)
            yield self.concepts[iri]
            queue += self.concepts[iri].broader

    def where(self, iri: str) -> str:
        """The file and line that speak of a concept, to begin an error message with."""
        return _where(iri, self.files)


def load_vocabulary(extra: Path | None = None) -> Vocabulary:
    """Load the built-in vocabulary, and ``extra`` (a Turtle file) merged over it.

    Raises ``VocabularyError`` for Turtle that does not parse, a concept or scheme that is spoken of and does not exist,
    or a concept that is not named after its scheme.

    >>> load_vocabulary().scheme("activity")["mediation"].labels["en"]
    'mediation'
    """
    files = sorted(BUILT_IN.rglob("*.ttl")) + ([extra] if extra else [])
    concepts: dict[str, Concept] = {}
    digest = sha256()
    for file in files:
        data = _read(file)
        digest.update(data)
        _merge(concepts, file, data)
    _check(concepts, files)
    return Vocabulary(concepts, digest.hexdigest(), tuple(files))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes().removeprefix(BOM_UTF8)
    except OSError as error:
        raise VocabularyError(f"{file}: {error.strerror or error}") from error


def _merge(concepts: dict[str, Concept], file: Path, data: bytes) -> None:
    """Add a file's triples to the concepts, in the order of the file."""
    try:
        triples = [q.triple for q in ox.parse(data, format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        line = f", line {error.lineno}" if error.lineno else ""
        raise VocabularyError(f"{file}{line}: {error.msg}") from error
    for triple in triples:
        if not isinstance(triple.subject, ox.NamedNode):
            continue
        if stranger := _stranger(triple):
            where = _where(triple.subject.value, [file])
            raise VocabularyError(f"{where}{triple.subject} is to begin with {stranger}/")
        if triple.subject.value.startswith(BASE):
            _take(concepts.setdefault(triple.subject.value, Concept(triple.subject.value)), triple)


def _stranger(triple: ox.Triple) -> str:
    """The scheme of ours that a concept is put into under a name that no build would give it; "" where all is well."""
    scheme = str(getattr(triple.object, "value", "")).rstrip("/")
    ours = triple.predicate.value == SKOS + "inScheme" and scheme.startswith(BASE)
    subject = str(getattr(triple.subject, "value", ""))
    return scheme if ours and not subject.startswith(scheme + "/") else ""


def _take(concept: Concept, triple: ox.Triple) -> None:
    """Put one triple where the concept keeps it."""
    predicate, value = triple.predicate.value, str(getattr(triple.object, "value", triple.object))
    if predicate in _LISTS:
        values: list[str] = getattr(concept, _LISTS[predicate])
        if value not in values:
            values.append(value)
    elif predicate == SKOS + "inScheme":
        concept.scheme = value.rstrip("/").rsplit("/", 1)[-1]
    elif predicate == SKOS + "notation":
        concept.notation = value
    elif predicate == SKOS + "prefLabel" and isinstance(triple.object, ox.Literal):
        concept.labels[triple.object.language or ""] = value
    elif predicate.startswith(NS):
        concept.properties.setdefault(predicate[len(NS) :], []).append(value)


def _check(concepts: dict[str, Concept], files: Iterable[Path]) -> None:
    """Complete what can be completed; raise for references that lead nowhere."""
    schemes = {iri.rsplit("/", 1)[-1] for iri in concepts if iri.count("/") < 5}
    for iri in list(concepts):
        concept = concepts[iri]
        if not concept.scheme and iri.count("/") < 5:  # the schemes themselves
            del concepts[iri]
            continue
        tail = iri[len(BASE) :].split("/")
        concept.scheme = concept.scheme or tail[0]
        concept.notation = concept.notation or tail[-1]
        if concept.scheme not in schemes:
            raise VocabularyError(f"{_where(iri, files)}<{iri}>: there is no scheme {BASE}{concept.scheme}")
    for concept in concepts.values():
        for relation, target in _references(concept):
            if target not in concepts:
                where = _where(concept.iri, files)
                raise VocabularyError(f"{where}<{concept.iri}> {relation} <{target}>: there is no such concept")


def _references(concept: Concept) -> Iterator[tuple[str, str]]:
    """The other concepts that a concept speaks of, with the property that does."""
    yield from (("skos:broader", target) for target in concept.broader)
    for name, values in concept.properties.items():
        yield from ((f"zl:{name}", v) for v in values if v.startswith(BASE) and v.count("/") == 5)


def _where(iri: str, files: Iterable[Path]) -> str:
    """The file and line that speak of a concept, for an error message."""
    spoken = re.compile(rf"<{re.escape(iri)}>|:{re.escape(iri.rsplit('/', 1)[-1])}(?![\w-])")
    for file in reversed(list(files)):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if spoken.search(line):
                return f"{file}, line {number}: "
    return ""
