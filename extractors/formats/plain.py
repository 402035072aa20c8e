"""Plain text in the encodings that reports come in."""

from __future__ import annotations

import codecs
import re

from extractors.formats import Loaded, Refused

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def read(data: bytes, name: str) -> Loaded:
    """The text as decoded; nothing is changed but the line ends."""
    del name
    text = decode(data)
    if len(CONTROL.findall(text, 0, 100_000)) > 8 + len(text) // 500:
        raise Refused("unknown-kind")
    return Loaded(text)


def decode(data: bytes) -> str:
    r"""Text of bytes: by their mark, else strict UTF-8, else UTF-16 where every other byte tells it, else GB18030.

    Line ends become ``\n``. Raises ``Refused`` where the bytes are none of these.

    >>> decode("张八桥镇\r\n".encode("gb18030")), decode("张八桥镇".encode("utf-16"))
    ('张八桥镇\n', '张八桥镇')
    """
    return _decoded(data).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str:
    for encoding in _guesses(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            if encoding != "gb18030" and _only_the_tail(error, data):
                return data[: error.start].decode(encoding)
            if encoding == "utf-8" and _mostly(data):
                break
    raise Refused("encoding")


def _guesses(data: bytes) -> tuple[str, ...]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return (encoding,)
    head = data[:4000]
    for order, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = head[order::2].count(0), head[1 - order :: 2].count(0)  # line ends and digits; 一 and the like
        if zeros > 2 and zeros * 100 > len(head) and zeros > 3 * others:
            return (encoding,)
    return ("utf-8", "gb18030")


def _only_the_tail(error: UnicodeDecodeError, data: bytes) -> bool:
    """Whether a file was cut within its last character; all before it is sound and not plain ASCII."""
    return (
        error.end == len(data)
        and len(data) - error.start < 4
        and error.start > 64
        and not data[: error.start].isascii()
    )


def _mostly(data: bytes) -> bool:
    """Whether the bytes are UTF-8 with some spoilt places, which would make other characters in GB18030."""
    text = data[:100_000].decode("utf-8", "replace")
    return text.count("\ufffd") * 50 < sum("\u4e00" <= char <= "\u9fff" for char in text)
