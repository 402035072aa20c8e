"""When two files hold the same report."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator

from extractors.residue import stripped
from extractors.shapes import Document
from extractors.walking import Refusal


def fingerprint(text: str) -> str:
    r"""A hash that is equal for copies of a text, whatever their format: white space, leftovers and width do not count.

    >>> fingerprint("一、做法\r\n开展宣传20次。") == fingerprint("一、\u3000做法 开展宣传２０次。")
    True
    >>> fingerprint("开展宣传20次。") == fingerprint("开展宣传21次。")
    False
    """
    return hashlib.sha256(_WIDE.sub(_narrow, stripped(text)).encode()).hexdigest()


_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+")


def _narrow(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])


def once(items: Iterable[Document | Refusal]) -> Iterator[Document | Refusal]:
    """The items, with every copy of a document before it refused as ``"duplicate"`` of that one.

    >>> list(once([Document("a.txt", "一、做法"), Document("b.docx", "一、 做法")]))[1]
    Refusal(name='b.docx', reason='duplicate', detail='a.txt')
    """
    seen: dict[str, str] = {}
    for item in items:
        if isinstance(item, Document):
            first = seen.setdefault(fingerprint(item.text), item.name)
            yield item if first == item.name else Refusal(item.name, "duplicate", first)
        else:
            yield item
