"""The table of what is known beside the texts: a CSV that a person may edit in Excel."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from extractors.dates import iso_date
from extractors.formats import Refused
from extractors.formats.plain import decode

COLUMNS = ("file", "township", "county", "city", "province", "year", "url", "title")
_CHINESE = {
    "file": "文件 文件名",
    "township": "乡镇 乡镇街道 单位",
    "county": "县 区县 县区 县市区",
    "city": "市",
    "province": "省 省份",
    "year": "年 年份 年度",
    "url": "网址 链接",
    "title": "标题",
    "issued": "发布日期",
    "villages": "村数 村社区数 行政村数",
    "population": "人口 总人口 常住人口",
}
NAMES: Mapping[str, str] = {name: column for column, names in _CHINESE.items() for name in names.split()}
KEYS = (*COLUMNS, "issued", "villages", "population")


class Problem(NamedTuple):
    """Something wrong with the table; the fields are those of a ``Refusal``."""

    name: str
    reason: str
    detail: str


@dataclass(frozen=True)
class Manifest:
    """Rows by file name, and what is wrong with the table."""

    rows: Mapping[str, Mapping[str, str]]
    wrong: tuple[Problem, ...]
    _used: set[str] = field(default_factory=set)

    def meta(self, name: str, meta: Mapping[str, str]) -> Mapping[str, str]:
        """What is known of the file: the table's filled columns before ``meta``."""
        key = _key(name)
        row = self.rows.get(key)
        if row is None:
            key = PurePosixPath(key).name
            row = self.rows.get(key)
        if row is None:
            return meta
        self._used.add(key)
        return {**meta, **row}

    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with the table, and the rows that no file answered to so far."""
        return (*self.wrong, *self.unused())

    def unused(self) -> tuple[Problem, ...]:
        """The rows that no file answered to so far, as problems."""
        return tuple(Problem(name, "manifest-unmatched", "") for name in self.unmatched())

    def unmatched(self) -> tuple[str, ...]:
        """Rows that no file answered to so far."""
        return tuple(name for name in self.rows if name not in self._used)


def read(path: Path) -> Manifest:
    """The table at ``path``: UTF-8 or GBK, divided by commas, semicolons or tabs, headed in English or Chinese."""
    try:
        text = decode(path.read_bytes())
    except OSError as error:
        return Manifest({}, (Problem(path.name, "manifest-unreadable", error.strerror or type(error).__name__),))
    except Refused as error:
        return Manifest({}, (Problem(path.name, "manifest-unreadable", error.reason),))
    return parse(text, path.name)


def parse(text: str, name: str) -> Manifest:
    """The table of a CSV's text; ``name`` is what its problems are told under.

    >>> parse("文件,县,年份\\na.txt,宝丰县,2023年\\n", "m.csv").rows
    {'a.txt': {'county': '宝丰县', 'year': '2023'}}
    """
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        return Manifest({}, (Problem(name, "manifest-unreadable", str(error)),))
    head = [_column(cell) for cell in lines[0]] if lines else []
    if "file" not in head:
        return Manifest({}, (Problem(name, "manifest-header", ",".join(COLUMNS)),))
    rows: dict[str, Mapping[str, str]] = {}
    wrong: list[Problem] = []
    for number, cells in enumerate(lines[1:], start=2):
        row = {key: _plain(cell) for key, cell in zip(head, cells, strict=False) if key in KEYS and cell.strip()}
        if file := _key(row.pop("file", "")):
            wrong += _normalise(row, f"{name}:{number}")
            rows[file] = row
    return Manifest(rows, tuple(wrong))


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",\t;", key=head.count)


def _column(cell: str) -> str:
    plain = unicodedata.normalize("NFKC", cell).strip().lower()
    return NAMES.get(plain, plain)


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip().replace("\\", "/")).removeprefix("./")


def _normalise(row: dict[str, str], where: str) -> list[Problem]:
    """Put year and date into their usual form; what is none is dropped and told."""
    wrong = []
    for key, form in FORMS.items():
        if given := row.pop(key, ""):
            if value := form(given):
                row[key] = value
            else:
                wrong.append(Problem(where, f"manifest-{key}", given))
    return wrong


def _year(words: str) -> str:
    year = unicodedata.normalize("NFKC", words).removesuffix("度").removesuffix("年").removesuffix(".0").strip()
    return year if len(year) == 4 and year.isdecimal() and 1949 <= int(year) <= 2100 else ""


def _number(words: str) -> str:
    number = unicodedata.normalize("NFKC", words).replace(",", "").removesuffix(".0").rstrip("人个")
    return number if number.isdecimal() and int(number) > 0 else ""


FORMS = {"year": _year, "issued": iso_date, "villages": _number, "population": _number}


def write(rows: Iterable[Mapping[str, str]]) -> str:
    """The CSV text of rows keyed by ``COLUMNS``; a cell that a spreadsheet would run as a formula is quoted off."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: _safe(value) for key, value in row.items()} for row in rows)
    return out.getvalue()


FORMULA = ("=", "+", "-", "@", "\t")


def _safe(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) else value


def _plain(value: str) -> str:
    value = value.strip()
    return value[1:] if value.startswith("'") and value[1:].startswith(FORMULA) else value
