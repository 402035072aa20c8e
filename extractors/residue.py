"""What converters leave in a text: marks that are no words of the report.

The text as loaded keeps them, since every offset refers to it; a reader treats them as blanks.
"""

from __future__ import annotations

import re

# Zero-width characters, direction marks, soft hyphens and the byte-order mark, with no-break and full-width spaces.
BLANKS = "\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060-\u2064\u3000\ufeff"
MARK = r"\[(?:bookmark|image|embedded|if !|endif|link)[^\]\n]{0,200}\]"  # what Apache Tika and Word's HTML leave
RESIDUE = re.compile(rf"{MARK}|[{BLANKS}]", re.IGNORECASE)
_MARK = re.compile(MARK, re.IGNORECASE)
_BLANKS = re.compile(f"[{BLANKS}]+")


def blanked(text: str) -> str:
    """The text with every leftover turned into blanks of the same length, so that offsets stay.

    >>> blanked("[bookmark: _GoBack]西吉县")
    '                   西吉县'
    """
    return RESIDUE.sub(lambda found: " " * len(found[0]), text)


def stripped(text: str) -> str:
    r"""The text without leftovers and white space, to compare two texts by.

    >>> stripped("一、\u3000主要[bookmark: a] 做法\n")
    '一、主要做法'
    """
    marked = _MARK.sub("", text) if "[" in text else text
    return "".join(_BLANKS.sub("", marked).split())
