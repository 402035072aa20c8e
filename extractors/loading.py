"""Files, folders and archives → ``Document``s, each bad file told as a ``Refusal``; nothing here raises for a file."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from extractors import manifest as manifests
from extractors import walking
from extractors.archive import Bad, Budget, members
from extractors.divisions import named
from extractors.formats import READERS, Loaded, Refused, kinds, read
from extractors.formats.plain import decode
from extractors.isolation import Pool
from extractors.shapes import Document
from extractors.walking import Found, Refusal

__all__ = ["Limits", "Refusal", "decode", "documents"]

IN_PROCESS = ("txt",)  # what is safe and fast enough to be read here
HELD = 64 << 20  # bytes of members of archives that may wait to be parsed
DEPTH = 3  # archives within archives


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file: bytes of a file and of a plain text, seconds and bytes of memory for its parser."""

    size: int = 64 << 20
    text: int = 16 << 20
    seconds: float = 60.0
    memory: int = 1 << 30
    jobs: int = min(4, os.cpu_count() or 1)


class _Plan:
    """A file on its way: a result, or a future that gives one."""

    def __init__(self, name: str, folder: Path, result: Loaded | Refused | Future[Loaded], size: int = 0) -> None:
        self.name = name
        self.folder = folder
        self.size = size  # bytes that are held until the result is there
        self._result = result

    def outcome(self) -> Document | Refusal:
        """What came of the file; waits for it."""
        result = self._result
        try:
            loaded = result.result() if isinstance(result, Future) else result
        except Refused as refused:
            loaded = refused
        if isinstance(loaded, Refused):
            return Refusal(self.name, loaded.reason, loaded.detail)
        return Document(self.name, loaded.text, {**loaded.meta, **_places(self.folder, self.name)})


def documents(
    paths: Iterable[Path],
    *,
    manifest: Path | None = None,
    skip: Iterable[Path] = (),
    limits: Limits | None = None,
) -> Iterator[Document | Refusal]:
    """Load every report under ``paths``, in the order of their names, each either as a document or refused.

    ``manifest`` is a CSV with what is known beside the text (see ``extractors.manifest``); folders and files in
    ``skip`` are left out. A file that is not plain text is parsed in a process apart, within ``limits``.
    """
    known = manifests.read(manifest) if manifest else manifests.Manifest({}, ())
    yield from (Refusal(*problem) for problem in known.wrong)
    found = walking.files(paths, skip=[*skip, *([manifest] if manifest else [])])
    for outcome in _Loader(limits or Limits()).outcomes(found):
        yield (
            replace(outcome, meta=known.meta(outcome.name, outcome.meta)) if isinstance(outcome, Document) else outcome
        )
    yield from (Refusal(*problem) for problem in known.unused())


class _Loader:
    """One run: starts the pool when first needed, keeps a few files ahead of the reader."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._stack = ExitStack()
        self._pool: Pool | None = None

    def outcomes(self, found: Iterable[Found | Refusal]) -> Iterator[Document | Refusal]:
        """Outcomes in the order of ``found``."""
        ahead: deque[_Plan | Refusal] = deque()
        with self._stack:
            for plan in self._plans(found):
                ahead.append(plan)
                while ahead and (self._pool is None or self._enough(ahead)):
                    yield _outcome(ahead.popleft())
            while ahead:
                yield _outcome(ahead.popleft())

    def _enough(self, ahead: Sequence[_Plan | Refusal]) -> bool:
        """Whether enough is under way, in files or in bytes."""
        held = sum(plan.size for plan in ahead if isinstance(plan, _Plan))
        return len(ahead) > 3 * self._limits.jobs or held > HELD

    def _plans(self, found: Iterable[Found | Refusal]) -> Iterator[_Plan | Refusal]:
        for item in found:
            yield from (item,) if isinstance(item, Refusal) else self._file(item)

    def _file(self, item: Found) -> Iterator[_Plan | Refusal]:
        head = walking.contents(item.path, self._limits.size, head=kinds.HEAD)
        if isinstance(head, Refusal):
            yield head._replace(name=item.name)
            return
        load = partial(_bytes, item.path, self._limits.size)
        yield from self._source(item.name, item.root, head, load, DEPTH, Budget())

    def _source(
        self, name: str, root: Path, head: bytes, load: partial[bytes], depth: int, budget: Budget
    ) -> Iterator[_Plan | Refusal]:
        """Plans for one file by its kind, which for a container is told by all of it."""
        try:
            kind = kinds.kind(head, name)
            size = len(load.args[0]) if load.func is _given else 0
            if kind in kinds.CONTAINERS:
                data = load()
                load, size = partial(_given, data), len(data)
                kind = kinds.CONTAINERS[kind](data)
            if kind == "zip":
                yield from self._archive(name, root, load(), depth, budget)
            elif kind in IN_PROCESS:
                yield _Plan(name, root, self._plain(kind, load(), name))
            elif kind in READERS:
                yield _Plan(name, root, self._parsers().submit(kind, load, name), size)
            else:
                yield Refusal(name, kind, "")
        except (Refused, Bad) as refused:
            yield Refusal(name, refused.reason, refused.detail)

    def _plain(self, kind: str, data: bytes, name: str) -> Loaded:
        if not data:
            raise Refused("empty")
        if len(data) > self._limits.text:
            raise Refused("too-big", str(len(data)))
        return read(kind, data, name)

    def _archive(self, name: str, root: Path, data: bytes, depth: int, budget: Budget) -> Iterator[_Plan | Refusal]:
        if not depth:
            raise Refused("archive-bomb")
        seen: set[str] = set()
        for inner, member in members(data, budget, limit=self._limits.size):
            full = f"{name}/{walking.printable(inner)}"
            if isinstance(member, Bad):
                yield Refusal(full, member.reason, member.detail)
            elif full in seen:
                yield Refusal(full, "archive-twice", "")
            else:
                yield from self._source(full, root, member[: kinds.HEAD], partial(_given, member), depth - 1, budget)
            seen.add(full)

    def _parsers(self) -> Pool:
        if self._pool is None:
            limits = self._limits
            pool = Pool(jobs=limits.jobs, memory=limits.memory, seconds=limits.seconds)
            self._pool = self._stack.enter_context(pool)
        return self._pool


def _outcome(plan: _Plan | Refusal) -> Document | Refusal:
    return plan if isinstance(plan, Refusal) else plan.outcome()


def _given(data: bytes) -> bytes:
    return data


def _bytes(path: Path, limit: int) -> bytes:
    data = walking.contents(path, limit)
    if isinstance(data, Refusal):
        raise Refused(data.reason, data.detail)
    return data


def _places(root: Path, name: str) -> dict[str, str]:
    """The places named in the file's path, as ``folder``."""
    found = [place for place, _, _ in (*_above(root), *named(name))]
    return {"folder": " ".join(dict.fromkeys(found))} if found else {}


@lru_cache(maxsize=1000)
def _above(root: Path) -> tuple[tuple[str, int, int], ...]:
    return named(walking.printable(root.resolve().as_posix()))
