"""How names, numbers and addresses are written in a build, so that one thing has one name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from urllib.parse import quote

from extractors.shapes import Place

#: A body of the county, city or province, as its name begins (市场监管所 and the like are the township's).
SUPERIOR = re.compile(r"[县区市省旗州盟](?!场|政|容|民|域)|自治[县区州旗]")
#: What a township's own bodies carry before their name, when they are not named in full.
OWN = re.compile(r"^(?:我|本|全|该)?(?:民族)?(?:乡|镇|街道|苏木)(?!村|域|容)")


def decimal(value: float) -> str:
    """Write a number as the shortest plain decimal.

    >>> decimal(30000.0), decimal(99.5), decimal(1e21), decimal(-0.0)
    ('30000', '99.5', '1000000000000000000000', '0')
    """
    if value == int(value):
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def web_address(url: str) -> str:
    """Give a web address in a form that may stand in RDF, "" where it is none.

    >>> web_address("http://www.example.cn/报告 1.html"), web_address("C:/x.html")
    ('http://www.example.cn/%E6%8A%A5%E5%91%8A%201.html', '')
    """
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]") if re.match(r"https?://[^/\s]", url) else ""


def plain_label(label: str, township: str) -> str:
    """Strip an actor's name of white space, wide letters and the township's own name, so that one body has one name.

    >>> [plain_label(name, "大岗泡镇") for name in ("大岗泡镇 司法所", "镇司法所", "我镇司法所", "司法所", "镇")]
    ['司法所', '司法所', '司法所', '司法所', '镇']
    """
    name = re.sub(r"\s", "", unicodedata.normalize("NFKC", label))
    bare = OWN.sub("", name.removeprefix(township))
    return bare if len(bare) > 1 else name


def is_superior(kind: str, label: str, parents: Iterable[Place]) -> bool:
    """Tell whether an actor belongs to a level above the township.

    >>> is_superior("superior", "司法局", ()), is_superior("court", "县法院", ())
    (True, True)
    >>> is_superior("market-supervision", "市场监管所", ())
    False
    """
    above = label.startswith(tuple(place.name for place in parents))
    return kind == "superior" or above or SUPERIOR.match(label) is not None
