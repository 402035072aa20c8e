"""Dates as people and pages write them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

DATE = re.compile(r"(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})")


def iso_date(words: str) -> str:
    """The ISO form of the first date in the words, "" where there is none.

    >>> iso_date("2024年1月5日 10:20"), iso_date("2024/02/31"), iso_date("无")
    ('2024-01-05', '', '')
    """
    with suppress(ValueError):
        if found := DATE.search(words):
            return date(*map(int, found.groups())).isoformat()
    return ""
