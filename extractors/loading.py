"""Files, folders and archives → ``Document``s, each bad file told as a ``Refusal``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from extractors.shapes import Document


class Refusal(NamedTuple):
    """A file that gave no document. ``reason`` is a key of ``graph/messages/loading.toml``."""

    name: str
    reason: str
    detail: str


def documents(paths: Iterable[Path], *, manifest: Path | None = None) -> Iterator[Document | Refusal]:
    """Load every report under ``paths``, in the order of their names."""
    found = sorted(pair for path in paths for pair in _files(Path(path)))
    for name, path in found:
        yield _load(name, path)


def decode(data: bytes) -> str:
    r"""Text of plain-text bytes: UTF-8, UTF-16 with its mark, else GB18030; line ends become ``\n``.

    >>> decode("张八桥镇\r\n".encode("gb18030"))
    '张八桥镇\n'
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    if path.is_dir():
        for inner in path.rglob("*.txt"):
            yield inner.relative_to(path).as_posix(), inner
    else:
        yield path.name, path


def _load(name: str, path: Path) -> Document | Refusal:
    try:
        return Document(name, decode(path.read_bytes()))
    except FileNotFoundError:
        return Refusal(name, "missing", str(path))
    except (OSError, UnicodeDecodeError) as error:
        return Refusal(name, "unreadable", str(error))
