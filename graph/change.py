"""Changes to a build: staged beside what holds, then made real in one step.

Nothing that holds is ever written to. A change gets a database of its own (a snapshot of the last one that shares its
files, or an empty one), a new ``graph.ttl`` put together from the old one's parts and the new ones, and the new texts;
``commit`` then replaces ``state.json``. Whoever is killed before that has changed nothing.
"""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any

from pyoxigraph import NamedNode, RdfFormat, Store, parse

from extractors.duplicates import fingerprint
from extractors.shapes import Document, Facts
from graph import provenance, schemes
from graph.audit.finding import Finding
from graph.folder import Entry, Folder, NoBuildError, State, sync, utf8_name
from graph.messages import ToldError
from graph.rdf import SHARED, VOCABULARY, Row, quads, statements, trig, turtle, turtle_head

#: Bytes of Turtle that go into the database at a time: more need more memory, fewer more time.
BATCH = 4_000_000


class BusyError(ToldError):
    """Another command is changing the same build."""


@contextmanager
def locked(folder: Folder, *, wait: float = -1) -> Iterator[None]:
    """Hold the build against other changes, waiting up to ``wait`` seconds (-1: for ever); ``BusyError`` after that."""
    from filelock import FileLock, Timeout

    folder.store.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder.store / "lock")
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        raise BusyError("store.busy", folder=folder.root) from None
    try:
        yield
    finally:
        lock.release()


def document_digest(document: Document) -> str:
    """Hash what a report is made of: its name, its text and what is known beside the text."""
    parts = [document.name, document.text, sorted(document.meta.items())]
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def text_path(name: str) -> str:
    """Say where under ``texts/`` the text of a file lies.

    >>> text_path("a.txt"), text_path("县/b.docx"), text_path("../../c")
    ('a.txt', '县/b.docx.txt', 'c.txt')
    """
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("..", "/", ".")]
    path = "/".join(part.translate(dict.fromkeys(map(ord, ':*?"<>|'), "_")) for part in parts) or "_"
    return path if path.lower().endswith(".txt") else path + ".txt"


@dataclass(slots=True)
class Part:
    """An entry on its way into a new graph.ttl: its bytes lie at ``at`` in ``source``."""

    entry: Entry
    source: Path
    at: int


class Change:
    """A change to a build while it is made; use it under ``locked`` and end it with ``commit``."""

    def __init__(
        self, folder: Folder, *, reader: str, vocabulary: str, extra: Path | None, run: Mapping[str, str]
    ) -> None:
        self.folder, self.run = folder, run
        self.before = _held(folder)
        if self.before is not None:
            folder.finish(self.before)
        folder.clear(self.before)
        number = 1 + (int(self.before.generation.partition("-")[2]) if self.before else 0)
        self.generation, self.stage = f"db-{number:06}", folder.store / f"stage-{number:06}"
        self.stage.mkdir(parents=True)
        self.real = False
        self.after = State("", reader, vocabulary, str(extra.resolve() if extra else ""), 0)
        self.fresh = self.before is None or self.before.reader != reader or not self._stands(self.before)
        self.known = {} if self.before is None else self.before.by_name
        self.parts: dict[str, Part] = {}
        self.batch: list[bytes] = []
        self.waiting = 0  # bytes in the batch
        self.loader = ThreadPoolExecutor(1)
        self.loading: Future[None] | None = None
        self.held = ExitStack()
        self.store = self._open()
        self.fragments: IO[bytes] = (self.stage / "fragments").open("wb")
        self.old: IO[bytes] | None = None
        self.head = turtle_head() + b"\n" + turtle(self._vocabulary(extra))

    def _stands(self, state: State) -> bool:
        """Whether database and graph.ttl are there as they were left."""
        end = state.entries[-1].end if state.entries else state.head
        turtle = self.folder.turtle
        whole = turtle.exists() and turtle.stat().st_size == end
        return whole and (self.folder.store / state.generation / "CURRENT").exists()

    def _open(self) -> Store:
        path = utf8_name(self.stage / "db", self.held)
        if not self.fresh and self.before is not None:
            before = utf8_name(self.folder.store / self.before.generation, self.held)
            Store(before).backup(path)
        store = Store(path)
        (self.stage / "db" / "pin").touch()
        return store

    def _vocabulary(self, extra: Path | None) -> list[Row]:
        rows = schemes.rows(extra)
        if self.fresh:
            self._load(VOCABULARY, turtle(rows))
        return rows

    def current(self, name: str, digest: str) -> bool:
        """Tell whether the build already holds this very report, read by this very reader."""
        entry = self.known.get(name)
        if self.fresh or entry is None or entry.digest != digest or not (self.folder.texts / entry.text).exists():
            return False
        return self._bytes(entry) is not None

    def document(self, entry: Entry) -> Document:
        """Give a report that the build holds as it was loaded."""
        assert self.before is not None
        return Document(entry.name, self.folder.text(self.before, entry), entry.meta)

    def keep(self, name: str) -> Entry:
        """Keep a report as it is."""
        entry = self.known[name]
        self.parts[name] = Part(entry, self._turtle(), entry.start)
        return entry

    def put(self, facts: Facts, summary: Mapping[str, Any], findings: Iterable[Finding] = ()) -> Entry:
        """Put a report in, with what the audit found in it, in the place of the one of the same name."""
        said = statements(facts, findings)
        old = self.known.get(facts.document.name)
        if old is not None and not self.fresh:
            self.store.remove_graph(NamedNode(old.iri))
        shared, own = turtle(said.shared), turtle(said.own)
        at = self.fragments.tell()
        self.fragments.write(shared + own)
        self._load(SHARED, shared)
        self._load(said.graph, own)
        document = facts.document
        entry = Entry(
            name=document.name,
            iri=said.graph.value,
            text=text_path(document.name),
            digest=document_digest(document),
            sha256=sha256(document.text.encode()).hexdigest(),
            meta=dict(document.meta),
            start=at,
            shared=len(shared),
            own=len(own),
            crc=zlib.crc32(shared + own),
            fingerprint=fingerprint(document.text),
            run=self.run["id"],
            summary=summary,
        )
        self.parts[document.name] = Part(entry, self.stage / "fragments", at)
        self._write_text(entry, document.text)
        return entry

    def abandon(self) -> None:
        """Forget the change, unless it is real already; what held before holds."""
        self._close()
        if not self.real:
            shutil.rmtree(self.stage, ignore_errors=True)

    def commit(self, *, ended: str) -> State:
        """Make the change real and give the new state."""
        gone = [entry for name, entry in self.known.items() if name not in self.parts]
        entries = self._assemble()
        runs = self._runs(entries, ended)
        after = replace(self.after, head=len(self.head), entries=entries, runs=runs)
        self._flush()
        if not self.fresh:
            self._forget(gone, entries)
        self.store.remove_graph(provenance.GRAPH)
        self.store.extend(quads(provenance.rows(after), provenance.GRAPH))
        if self.fresh:
            self.store.optimize()  # a third to a half less time for every question from then on
        self.store.flush()
        self._close()
        return self._make_real(after, gone)

    def _make_real(self, after: State, gone: list[Entry]) -> State:
        folder = self.folder
        (self.stage / "db").rename(folder.store / self.generation)
        texts = {entry.text for entry in after.entries}
        staged = ["graph.ttl", *(f"texts/{text}" for text in sorted(texts) if (self.stage / "texts" / text).exists())]
        moves = tuple((f"store/{self.stage.name}/{name}", name) for name in staged)
        removals = tuple(f"texts/{entry.text}" for entry in gone if entry.text not in texts)
        state = replace(after, generation=self.generation, moves=moves, removals=removals)
        self.real = True  # or about to be: from here on the stage belongs to the state
        folder.write(state)
        folder.finish(state)
        return state

    def _close(self) -> None:
        self.loader.shutdown(cancel_futures=True)
        self.loading = None
        self.fragments.close()
        if self.old is not None:
            self.old.close()
        del self.store
        self.held.close()

    def _turtle(self) -> Path:
        return self.folder.turtle

    def _bytes(self, entry: Entry) -> bytes | None:
        """Give a report's part of the old graph.ttl, or None where the file was touched by others."""
        if self.old is None:
            try:
                self.old = self._turtle().open("rb")
            except FileNotFoundError:
                return None
        self.old.seek(entry.start)
        data = self.old.read(entry.shared + entry.own)
        return data if zlib.crc32(data) == entry.crc else None

    def _load(self, graph: NamedNode, lines: bytes) -> None:
        """Have Turtle loaded into a graph, in a batch with others, while reading goes on."""
        self.batch.append(trig(graph, lines))
        self.waiting += len(lines)
        if self.waiting > BATCH:
            self._hand_over()

    def _hand_over(self) -> None:
        self._wait()
        data = turtle_head() + b"".join(self.batch)
        self.loading = self.loader.submit(self.store.bulk_load, data, RdfFormat.TRIG, lenient=True)
        self.batch, self.waiting = [], 0

    def _wait(self) -> None:
        if self.loading is not None:
            self.loading.result()
            self.loading = None

    def _flush(self) -> None:
        """Have all that waits loaded, and wait for it."""
        if self.batch:
            self._hand_over()
        self._wait()

    def _write_text(self, entry: Entry, text: str) -> None:
        path = self.stage / "texts" / entry.text
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")

    def _assemble(self) -> tuple[Entry, ...]:
        """Write the new graph.ttl, reports in the order of their names, and give the entries with their new places."""
        self.fragments.flush()
        entries = []
        handles: dict[Path, IO[bytes]] = {}
        with (self.stage / "graph.ttl").open("wb") as out:
            out.write(self.head)
            for _, part in sorted(self.parts.items()):
                source = handles.get(part.source) or handles.setdefault(part.source, part.source.open("rb"))
                source.seek(part.at)
                entries.append(replace(part.entry, start=out.tell()))
                out.write(source.read(part.entry.shared + part.entry.own))
            sync(out)
        for handle in handles.values():
            handle.close()
        return tuple(entries)

    def _runs(self, entries: tuple[Entry, ...], ended: str) -> tuple[Mapping[str, str], ...]:
        earlier = () if self.before is None else self.before.runs
        used = {entry.run for entry in entries}
        return (*(run for run in earlier if run["id"] in used), {**self.run, "ended": ended})

    def _forget(self, gone: list[Entry], entries: tuple[Entry, ...]) -> None:
        """Take out the graphs of reports that are no more, and what no report says any longer."""
        for entry in gone:
            self.store.remove_graph(NamedNode(entry.iri))
        replaced = [
            old
            for name, old in self.known.items()
            if name in self.parts and self.parts[name].entry.run == self.run["id"]
        ]
        if suspects := {row for entry in (*gone, *replaced) for row in self._shared(self._turtle(), entry)}:
            for entry in entries:
                suspects.difference_update(self._shared(self.stage / "graph.ttl", entry))
            for quad in quads(suspects, SHARED):
                self.store.remove(quad)

    def _shared(self, path: Path, entry: Entry) -> Iterator[Row]:
        with path.open("rb") as file:
            file.seek(entry.start)
            data = turtle_head() + file.read(entry.shared)
        for quad in parse(data, format=RdfFormat.TURTLE):
            yield quad.subject, quad.predicate, quad.object


def _held(folder: Folder) -> State | None:
    try:
        return folder.state()
    except NoBuildError:
        return None
