"""A build's folder: where everything lies, what it is known to hold, and how a change becomes real in one step.

``store/state.json`` says what holds: which database, which reports, which bytes of ``graph.ttl`` are whose. It is
replaced in one atomic step, the moment a change is made. Files that still have to be moved into their place are listed
in it, so that a command that was killed right after is finished by the next one.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import IO, Any

from graph.messages import ToldError

FORMAT = 2


class NoBuildError(ToldError):
    """The folder holds no build that this version can open."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one report. In ``graph.ttl`` it has ``shared`` bytes from ``start``, then ``own`` bytes."""

    name: str
    iri: str
    text: str  # its file under texts/
    digest: str  # of name, text and meta
    sha256: str  # of its file under texts/
    meta: Mapping[str, str]
    start: int
    shared: int
    own: int
    crc: int
    fingerprint: str  # equal for copies of a text, whatever their format
    run: str  # id of the run that read it
    summary: Mapping[str, Any]

    @property
    def end(self) -> int:
        return self.start + self.shared + self.own


@dataclass(frozen=True, slots=True)
class State:
    """What a build holds. ``moves`` and ``removals`` are what remains to be done to the folder."""

    generation: str
    reader: str  # digest of vocabulary and extractors
    vocabulary: str  # digest of the vocabulary alone
    extra: str  # the user's own vocabulary file, or ""
    head: int  # bytes of graph.ttl before the first report
    entries: tuple[Entry, ...] = ()
    runs: tuple[Mapping[str, str], ...] = ()
    moves: tuple[tuple[str, str], ...] = ()
    removals: tuple[str, ...] = ()

    @property
    def by_name(self) -> dict[str, Entry]:
        return {entry.name: entry for entry in self.entries}


@dataclass(frozen=True, slots=True)
class Folder:
    """The paths of a build."""

    root: Path

    @property
    def store(self) -> Path:
        return self.root / "store"

    @property
    def turtle(self) -> Path:
        return self.root / "graph.ttl"

    @property
    def texts(self) -> Path:
        return self.root / "texts"

    def state(self) -> State:
        """Read what the build holds; ``NoBuildError`` where there is none, or one of another version."""
        return self.parse(self.read())

    def read(self) -> str:
        """Read the record of what the build holds, as it is written."""
        try:
            return (self.store / "state.json").read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError):
            raise NoBuildError("store.none", folder=self.root) from None

    def parse(self, record: str) -> State:
        """Take a record apart."""
        try:
            data = json.loads(record)
        except ValueError:
            raise NoBuildError("store.broken", folder=self.root) from None
        if data.pop("format", None) != FORMAT:
            raise NoBuildError("store.other-version", folder=self.root)
        return _state(data)

    def generation(self, record: str) -> str:
        """Name the database that holds, without taking the whole record apart: that of a large build takes a while."""
        head = re.match(rf'\{{"format": {FORMAT}, "generation": "([^"]+)"', record)
        return head[1] if head else self.parse(record).generation

    def write(self, state: State) -> None:
        """Make ``state`` what holds: the one moment in which a change becomes real."""
        data = json.dumps(
            {"format": FORMAT, **_plain(state, entries=list(map(_plain, state.entries)))}, ensure_ascii=False
        )
        new = self.store / "state.next"
        with new.open("w", encoding="utf-8") as file:
            file.write(data)
            sync(file)
        new.replace(self.store / "state.json")
        sync_folder(self.store)

    def where(self, state: State, name: str) -> Path:
        """Find a file of the build, moved into its place or not yet."""
        waiting = [self.root / source for source, target in state.moves if target == name]
        return next((path for path in waiting if path.exists()), self.root / name)

    def text(self, state: State, entry: Entry) -> str:
        """Give a report's text as loaded."""
        return self.where(state, f"texts/{entry.text}").read_bytes().decode("utf-8")

    def finish(self, state: State) -> None:
        """Do what remains to be done after a change; doing it twice changes nothing."""
        for source, target in state.moves:
            if (self.root / source).exists():
                (self.root / target).parent.mkdir(parents=True, exist_ok=True)
                (self.root / source).replace(self.root / target)
        for name in state.removals:
            (self.root / name).unlink(missing_ok=True)
            _prune((self.root / name).parent, self.texts)
        self.clear(state)

    def clear(self, state: State | None) -> None:
        """Remove what changes left behind: stages, and databases that hold no longer."""
        for stage in self.store.glob("stage-*"):
            shutil.rmtree(stage, ignore_errors=True)
        for old in self.store.glob("db-*"):
            if state is None or old.name != state.generation:
                discard(old)


def _plain(record: State | Entry, **instead: object) -> dict[str, Any]:
    """Give a record as a dictionary; ``dataclasses.asdict`` copies all that is in it and takes ten times as long."""
    return {one.name: getattr(record, one.name) for one in fields(record)} | instead


def _state(data: dict[str, Any]) -> State:
    tuples = {key: tuple(value) for key, value in data.items() if isinstance(value, list)}
    tuples["entries"] = tuple(Entry(**entry) for entry in data["entries"])
    tuples["moves"] = tuple((source, target) for source, target in data["moves"])
    return State(**{**data, **tuples})


def sync(file: IO[Any]) -> None:
    """Bring what was written to a file onto the disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Bring a folder's list of names onto the disk, where the system can."""
    if os.name == "posix":
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _prune(folder: Path, top: Path) -> None:
    """Remove folders that became empty, up to ``top``."""
    while folder != top and top in folder.parents and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def utf8_name(path: Path, held: ExitStack) -> str:
    """Name a path as the database can take it where names are in another encoding than UTF-8; good until ``held`` ends."""
    with suppress(UnicodeEncodeError):
        if str(path).encode() == os.fsencode(path):
            return str(path)
    parent = os.open(
        path.parent, os.O_RDONLY
    )  # by way of the folder opened, in Linux's words: elsewhere names are Unicode
    held.callback(os.close, parent)
    return f"/proc/self/fd/{parent}/{path.name}"


@contextmanager
def reading(database: Path) -> Iterator[bool]:
    """Hold a database against being discarded; gives False where it was discarded before."""
    try:
        handle = (database / "pin").open("rb")
    except FileNotFoundError:
        yield False
        return
    with handle:
        _flock(handle, "LOCK_SH")
        yield (database / "pin").exists()


def discard(database: Path) -> None:
    """Remove a database that nobody reads; one that is read stays for a later command to remove."""
    pin = database / "pin"
    try:
        if pin.exists():
            with pin.open("rb") as handle:
                _flock(handle, "LOCK_EX", "LOCK_NB")
                if os.name == "posix":
                    pin.unlink()
            pin.unlink(missing_ok=True)  # Windows refuses while another process holds it open
    except OSError:
        return
    shutil.rmtree(database, ignore_errors=True)


def _flock(handle: IO[bytes], *flags: str) -> None:
    """Lock an open file as POSIX does; on Windows an open file is lock enough."""
    if os.name == "posix":
        import fcntl

        operation = 0
        for flag in flags:
            operation |= getattr(fcntl, flag)
        fcntl.flock(handle, operation)
