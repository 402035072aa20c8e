"""The concept schemes as a build carries them: names, definitions and hierarchy, without the extractors' patterns."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

import extractors
import ontology
from graph.rdf import Row
from ontology import terms

BUILT_IN = Path(ontology.__file__).with_name("vocabulary")

#: What only the extractors need.
LEFT_OUT = frozenset(
    terms.expand(name)
    for name in ("skos:altLabel", "skos:hiddenLabel", "skos:example", "zl:pattern", "zl:counterExample")
)
#: Schemes that no fact refers to.
INNER = frozenset(terms.BASE + name for name in ("word", "cue", "slip", "law"))


def rows(extra: Path | None = None) -> list[Row]:
    """Give the triples of every concept scheme that facts refer to, sorted.

    >>> "调解" in {row[2].value for row in rows()}
    True
    """
    kept = {row for file in vocabulary_files(extra) for row in _parse(file) if _is_public(row)}
    return sorted(kept, key=lambda row: tuple(map(str, row)))


def vocabulary_files(extra: Path | None = None) -> list[Path]:
    """Give the files of the vocabulary in the order in which they are merged, the user's own last."""
    return [*sorted(BUILT_IN.rglob("*.ttl")), *([extra] if extra else [])]


def vocabulary_digest(extra: Path | None = None) -> str:
    """Hash the files of the vocabulary."""
    return _digest(vocabulary_files(extra))


def reader_digest(extra: Path | None = None) -> str:
    """Hash all that decides what a build says of a text: vocabulary, extractors, audit, and how facts are written."""
    here = Path(__file__).parent
    folders = [Path(extractors.__file__).parent, here / "audit"]
    code = [path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    written = [here / "rdf.py", here / "naming.py", *(here / "messages").glob("audit*.toml"), Path(__file__)]
    files = {str(path.relative_to(here.parent)): path for path in (*code, *written, Path(terms.__file__))}
    return _digest([*vocabulary_files(extra), *(path for _, path in sorted(files.items()))])


def _digest(files: list[Path]) -> str:
    digest = sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _parse(file: Path) -> Iterator[Row]:
    for quad in parse(file.read_bytes().removeprefix(BOM_UTF8), format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            yield quad.subject, quad.predicate, quad.object


def _is_public(row: Row) -> bool:
    subject, predicate, _ = row
    return predicate.value not in LEFT_OUT and INNER.isdisjoint((subject.value, subject.value.rpartition("/")[0]))
