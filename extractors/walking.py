"""Files under the paths that a person names, in an order that does not depend on how they are named."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from extractors.archive import litter

SURROGATE = re.compile("[\ud800-\udfff]")


class Refusal(NamedTuple):
    """A file that gave no document. ``reason`` is a key of ``graph/messages/loading.toml``."""

    name: str
    reason: str
    detail: str


class Found(NamedTuple):
    """A file: its name as reports give it, where it lies, and the path that it was found under."""

    name: str
    path: Path
    root: Path


def order(name: str) -> list[str]:
    """The key that names are sorted by: folder by folder.

    >>> sorted(["b.txt", "a.zip/x.txt", "a.txt"], key=order)
    ['a.txt', 'a.zip/x.txt', 'b.txt']
    """
    return name.split("/")


def files(paths: Iterable[Path], *, skip: Iterable[Path] = ()) -> list[Found | Refusal]:
    """Every file under ``paths`` once, sorted by name; folders in ``skip`` are left out, as are hidden files.

    Two files that would bear one name bear the names of the folders above them as well.
    """
    left_out = {_real(path) for path in skip}
    found: dict[str, Found] = {}
    refused: dict[str, Refusal] = {}
    for path in paths:
        for item in _under(Path(path), left_out):
            if isinstance(item, Refusal):
                refused[item.name] = item
            else:
                key = _real(item.path)
                found[key] = min(found.get(key, item), item, key=lambda one: (-one.name.count("/"), one.name))
    return sorted([*_distinct(found), *refused.values()], key=lambda item: order(item.name))


def _real(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))


def _under(path: Path, left_out: Collection[str]) -> Iterator[Found | Refusal]:
    if path.is_dir():
        yield from _walk(path, path, "", left_out, frozenset())
    else:
        yield Found(printable(path.name), path, path.parent)


def _walk(
    folder: Path, root: Path, prefix: str, left_out: Collection[str], above: frozenset[str]
) -> Iterator[Found | Refusal]:
    real = _real(folder)
    if real in left_out:
        return
    if real in above:
        yield Refusal(prefix.rstrip("/"), "link", "")
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Refusal(prefix.rstrip("/") or folder.name, _reason(error), error.strerror or "")
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        if litter(entry.name) or _belongs_to_page(entry.name, names):
            continue
        name = prefix + printable(entry.name)
        if _is_folder(entry):
            yield from _walk(Path(entry.path), root, name + "/", left_out, above | {real})
        elif _real(Path(entry.path)) not in left_out:
            yield Found(name, Path(entry.path), root)


def _belongs_to_page(name: str, names: Collection[str]) -> bool:
    """Whether a folder holds what a browser saved beside a page: pictures, styles, scripts.

    >>> _belongs_to_page("报告_files", {"报告.html", "报告_files"}), _belongs_to_page("my_files", {"my_files"})
    (True, False)
    """
    stem = next((name.removesuffix(end) for end in ("_files", ".files", "_文件") if name.endswith(end)), "")
    return bool(stem) and (f"{stem}.html" in names or f"{stem}.htm" in names)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def printable(name: str) -> str:
    r"""The name in characters: bytes that the system could not decode are read as UTF-8 or GBK, else made visible.

    >>> printable("a\udcff.txt"), printable(os.fsdecode("张八桥镇.txt".encode("gbk")))
    ('a\\udcff.txt', '张八桥镇.txt')
    """
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeError):
            return os.fsencode(name).decode(encoding) if SURROGATE.search(name) else name
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _distinct(found: dict[str, Found]) -> Iterator[Found]:
    """Files with names of their own: those that share one take on the folders above, from the nearest up."""
    twins: dict[str, list[Found]] = {}
    for item in found.values():
        twins.setdefault(item.name, []).append(item)
    for name, items in twins.items():
        if len(items) == 1:
            yield items[0]
            continue
        parts = [(*item.root.resolve().parts, *name.split("/")) for item in items]
        depth = next(size for size in range(1, 10_000) if len({path[-size:] for path in parts}) == len(items))
        yield from (item._replace(name="/".join(path[-depth:])) for item, path in zip(items, parts, strict=True))


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "missing"
    return "denied" if isinstance(error, PermissionError) else "unreadable"


def contents(path: Path, limit: int, *, head: int | None = None) -> bytes | Refusal:
    """A file's bytes (the first ``head``), or why not: the refusal bears the path's last part as its name."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for ever
            return Refusal(path.name, "unreadable", "not a regular file")
        if status.st_size > limit:
            return Refusal(path.name, "too-big", str(status.st_size))
        with path.open("rb") as stream:
            return stream.read(limit if head is None else head)
    except OSError as error:
        if path.is_symlink() and not path.exists():
            return Refusal(path.name, "link", "")
        return Refusal(path.name, _reason(error), error.strerror or "")
