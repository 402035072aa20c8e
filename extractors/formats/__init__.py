"""One module per format: ``read(data, name) -> Loaded``, or ``Refused`` with the reason.

The parsers are imported when a file of their kind comes up, since they are slow to import.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module

READERS: Mapping[str, str] = {
    "txt": "plain",
    "md": "markdown",
    "docx": "openxml",
    "doc": "word",
    "rtf": "word",
    "odt": "word",
    "html": "webpage",
    "mhtml": "webpage",
    "pdf": "pdf",
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """The text of a file and what it says beside the text."""

    text: str
    meta: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):  # noqa: N818 (an outcome that is told, not an error of the program)
    """A file that gives no text. ``reason`` is a key of ``graph/messages/loading.toml``."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


def read(kind: str, data: bytes, name: str) -> Loaded:
    """Read a file of that kind; raises ``Refused`` where it gives no text.

    >>> read("txt", "张八桥镇".encode("gbk"), "a.txt").text
    '张八桥镇'
    """
    loaded: Loaded = import_module(f"extractors.formats.{READERS[kind]}").read(data, name)
    if not loaded.text.strip():
        raise Refused("empty")
    return loaded
