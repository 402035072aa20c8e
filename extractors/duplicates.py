"""When two files hold the same report."""

from __future__ import annotations

import hashlib
import unicodedata

from extractors.residue import stripped


def fingerprint(text: str) -> str:
    r"""A hash that is equal for copies of a text, whatever their format: white space, leftovers and width do not count.

    >>> fingerprint("一、做法\r\n开展宣传20次。") == fingerprint("一、\u3000做法 开展宣传２０次。")
    True
    >>> fingerprint("开展宣传20次。") == fingerprint("开展宣传21次。")
    False
    """
    return hashlib.sha256(stripped(unicodedata.normalize("NFKC", text)).encode()).hexdigest()
