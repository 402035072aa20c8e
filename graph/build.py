"""Reports → a build: ``build`` makes a folder hold exactly these reports, ``add`` and ``remove`` change that."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.duplicates import fingerprint, once
from extractors.loading import Refusal, documents
from extractors.places import locate
from extractors.shapes import Document, Facts
from graph import schemes
from graph.change import Change, document_digest, locked, text_path
from graph.folder import Entry, Folder, NoBuildError, State
from graph.messages import ToldError, known
from graph.rdf import digest

if TYPE_CHECKING:
    from extractors.reader import Reader
    from graph.audit.auditor import Auditor

VERSION = "0.1.0"

#: What ends the work at once: without the corrections that it was told to use, a build would lose those it has.
FATAL = frozenset({"manifest-unreadable", "manifest-header"})

#: Called for each report as it is done, with its name.
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change did: every report that the build now holds, what was refused, and how many were read anew."""

    state: State | None
    refusals: tuple[Refusal, ...] = ()
    read: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every report was taken in, and each says its year."""
        entries = self.state.entries if self.state else ()
        return not self.refusals and all(entry.summary["year"] is not None for entry in entries)


@dataclass(slots=True)
class _Work:
    """A change under way."""

    change: Change
    reader: Callable[[], tuple[Reader, Auditor]]
    progress: Progress
    strict: bool = False
    refusals: list[Refusal] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def take(self, item: Item) -> None:
        """Take one file in: keep it where it is held already, read it where not, or note why it is refused."""
        if isinstance(item, Refusal):
            self._refuse(item)
        elif twice := self._twice(item.name):
            self._refuse(twice)
        elif self.change.current(item.name, item.digest if isinstance(item, Entry) else document_digest(item)):
            self.change.keep(item.name)
            self.kept.append(item.name)
        else:
            self._read(self.change.document(item) if isinstance(item, Entry) else item)
        self.progress(item.name)

    def _refuse(self, refusal: Refusal) -> None:
        """Note why a file is not taken in; where all is to be right, that ends the work. A copy is nothing wrong."""
        if refusal.reason in FATAL or (self.strict and refusal.reason != "duplicate"):
            raise ToldError(message_key(refusal), name=refusal.name, detail=refusal.detail)
        self.refusals.append(refusal)

    def _twice(self, name: str) -> Refusal | None:
        """Refuse a file whose name, or the name of whose text, is taken."""
        first = self.texts.setdefault(text_path(name).casefold(), name)
        free = first == name and name not in self.change.parts
        return None if free else Refusal(name, "build.twice", first)

    def _read(self, document: Document) -> None:
        reader, auditor = self.reader()
        facts = reader.read(document)
        if not facts.report.township:
            self._refuse(Refusal(document.name, "build.no-township", ""))
            return
        findings = auditor.audit(facts)
        self.change.put(facts, {**summary(facts), "findings": len(findings)}, findings)
        self.read.append(document.name)


def build(
    paths: Iterable[Path],
    out: Path,
    *,
    vocabulary: Path | None = None,
    manifest: Path | None = None,
    strict: bool = False,
    wait: float = -1,
    progress: Progress = lambda _: None,
) -> Outcome:
    """Make ``out`` hold exactly the reports under ``paths``; what it holds already unchanged is not read again.

    Where no report can be read, what ``out`` held before stays, and the outcome has no state.
    """

    def all_of_them(_: State | None, __: Container[str]) -> Iterator[Item]:
        yield from once(documents(paths, manifest=manifest, skip=[out]))

    return _change(Folder(out), all_of_them, wait, progress, vocabulary=vocabulary, strict=strict)


def add(
    paths: Iterable[Path],
    out: Path,
    *,
    manifest: Path | None = None,
    strict: bool = False,
    wait: float = -1,
    progress: Progress = lambda _: None,
) -> Outcome:
    """Take the reports under ``paths`` into a build, each in the place of the one of its name, if there is one."""

    def together(state: State | None, taken: Container[str]) -> Iterator[Item]:
        assert state is not None
        texts = {entry.fingerprint: entry.name for entry in state.entries}
        for item in once(documents(paths, manifest=manifest, skip=[out])):
            first = texts.get(fingerprint(item.text), item.name) if isinstance(item, Document) else item.name
            yield item if first == item.name else Refusal(item.name, "duplicate", first)
        yield from (entry for entry in state.entries if entry.name not in taken)

    return _change(Folder(out), together, wait, progress, held=True, strict=strict)


def remove(names: Iterable[str], out: Path, *, wait: float = -1, progress: Progress = lambda _: None) -> Outcome:
    """Take the reports of these names out of a build; a name that it does not hold is refused."""
    gone = set(names)

    def rest(state: State | None, _: Container[str]) -> Iterator[Item]:
        assert state is not None
        yield from (Refusal(name, "build.not-held", "") for name in sorted(gone - set(state.by_name)))
        yield from (entry for entry in state.entries if entry.name not in gone)

    return _change(Folder(out), rest, wait, progress, held=True)


#: What comes in: a report as loaded, a file that gave none, or a report that the build holds.
Item = Document | Refusal | Entry
#: Gives what comes in, from what the build holds (if there is one) and the names that were taken in so far.
Source = Callable[[State | None, Container[str]], Iterator[Item]]


def _change(
    folder: Folder,
    source: Source,
    wait: float,
    progress: Progress,
    *,
    vocabulary: Path | None = None,
    held: bool = False,
    strict: bool = False,
) -> Outcome:
    """Make one change; ``held``: to a build that is there already, whose reports go before what comes in."""
    if held:
        folder.state()  # where there is no build, nothing is made
    with locked(folder, wait=wait):
        state = folder.state() if held else None
        if state is not None:
            vocabulary = Path(state.extra) if state.extra else None
        change = _begin(folder, vocabulary)
        work = _Work(change, partial(_reader, change.after.reader, vocabulary), progress, strict)
        if state is not None:
            work.texts = {entry.text.casefold(): entry.name for entry in state.entries}
        try:
            for item in source(state, change.parts):
                work.take(item)
            return _end(work, empty=held)
        except BaseException:
            change.abandon()
            raise


def _begin(folder: Folder, vocabulary: Path | None) -> Change:
    started, words = _now(), schemes.vocabulary_digest(vocabulary)
    run = {"id": digest(started, str(os.getpid())), "started": started, "version": VERSION, "vocabulary": words}
    reader = schemes.reader_digest(vocabulary)
    if vocabulary is not None:
        _reader(reader, vocabulary)  # a user's own file may be wrong: better told before anything is begun
    return Change(folder, reader=reader, vocabulary=words, extra=vocabulary, run=run)


def _end(work: _Work, *, empty: bool) -> Outcome:
    """Make the change real, if there is anything in it; only ``remove`` may leave an empty build."""
    change = work.change
    done = (tuple(work.refusals), tuple(work.read), tuple(work.kept))
    if not change.parts and not empty:
        change.abandon()
        return Outcome(None, *done)
    removed = tuple(sorted(set(change.known) - set(change.parts)))
    if not work.read and not removed and not change.fresh:
        before = change.before
        change.abandon()
        return Outcome(before, *done)
    return Outcome(change.commit(ended=_now()), *done, removed)


@lru_cache(maxsize=1)
def _reader(_digest: str, vocabulary: Path | None) -> tuple[Reader, Auditor]:
    """Give reader and auditor of a vocabulary: compiling takes a while, so the last are kept while nothing changed."""
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
