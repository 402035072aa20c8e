"""Answers to questions, and the formats that they are written in."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from graph.messages import ToldError, say
from ontology import terms

NUMBERS: Mapping[str, Callable[[str], int | float]] = {
    terms.expand("xsd:integer"): int,
    terms.expand("xsd:decimal"): float,
    terms.expand("xsd:double"): float,
    terms.expand("xsd:gYear"): int,
}


class Value(NamedTuple):
    """A value of an answer: ``kind`` is "uri", "literal", "bnode" or "" (nothing)."""

    kind: str
    text: str
    language: str = ""
    datatype: str = ""

    @property
    def python(self) -> str | int | float | bool | None:
        """The value as Python has it."""
        if not self.kind:
            return None
        if self.datatype == terms.expand("xsd:boolean"):
            return self.text == "true"
        return NUMBERS.get(self.datatype, str)(self.text)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: a table, a yes or no, or triples (sorted)."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()
    truth: bool | None = None
    triples: tuple[Any, ...] | None = None

    @classmethod
    def of(cls, result: Any) -> Answer:
        """Take an answer out of what ``pyoxigraph.Store.query`` gives."""
        import pyoxigraph as ox

        if isinstance(result, ox.QueryBoolean):
            return cls(truth=bool(result))
        if isinstance(result, ox.QueryTriples):
            return cls(triples=tuple(sorted(set(result), key=str)))
        columns = tuple(variable.value for variable in result.variables)
        return cls(columns, tuple(tuple(map(value, row)) for row in result))

    def headed(self, columns: Sequence[str]) -> Answer:
        """Give the answer with other headings."""
        fits = len(columns) == len(self.columns)
        return Answer(tuple(columns) if fits else self.columns, self.rows, self.truth, self.triples)


def value(node: Any) -> Value:
    """Take a value out of a pyoxigraph term (None: nothing)."""
    import pyoxigraph as ox

    if node is None:
        return Value("", "")
    if isinstance(node, ox.NamedNode):
        return Value("uri", node.value)
    if isinstance(node, ox.Literal):
        return Value("literal", node.value, node.language or "", node.datatype.value)
    return Value("bnode", getattr(node, "value", str(node)))


def shortened(iri: str) -> str:
    """Write an IRI with its prefix, where it has one of ours.

    >>> shortened("https://w3id.org/zhili/activity/mediation"), shortened("https://example.org/x")
    ('act:mediation', 'https://example.org/x')
    """
    for prefix, namespace in {**terms.PREFIXES, "id": terms.BASE + "id/"}.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def width(text: str) -> int:
    """Count the columns that a text takes on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def table(answer: Answer) -> bytes:
    """Write an answer for the eye: columns aligned, IRIs with their prefixes."""
    if answer.triples is not None:
        return turtle(answer)
    if answer.truth is not None:
        return (say("query.yes" if answer.truth else "query.no") + "\n").encode()
    if not answer.rows:
        return (say("query.nothing") + "\n").encode()
    rows = [list(answer.columns), *([_seen(one) for one in row] for row in answer.rows)]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, ["─" * size for size in widths])
    right = [
        all(isinstance(one.python, int | float | None) for one in column) for column in zip(*answer.rows, strict=True)
    ]
    lines = ("  ".join(map(_pad, row, widths, right)).rstrip() for row in rows)
    return ("\n".join(lines) + "\n" + say("query.rows", n=len(answer.rows)) + "\n").encode()


def _seen(one: Value) -> str:
    text = shortened(one.text) if one.kind == "uri" else one.text
    return " ".join(text.split())


def _pad(text: str, size: int, right: bool) -> str:
    space = " " * (size - width(text))
    return space + text if right else text + space


def comma_separated(answer: Answer) -> bytes:
    """Write an answer as CSV that Excel opens as it is: UTF-8 with a BOM, no text that Excel takes for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(answer.columns)
    writer.writerows([_cell(one) for one in row] for row in _tabular(answer, "csv").rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(one: Value) -> str:
    from graph.sheets import harmless

    return harmless(one.text) if isinstance(one.python, str) else one.text


def sparql_json(answer: Answer) -> bytes:
    """Write an answer as the SPARQL 1.1 results format in JSON says."""
    if answer.truth is not None:
        return json.dumps({"head": {}, "boolean": answer.truth}).encode() + b"\n"
    rows = [
        {name: _json(one) for name, one in zip(answer.columns, row, strict=True) if one.kind}
        for row in _tabular(answer, "json").rows
    ]
    data = {"head": {"vars": list(answer.columns)}, "results": {"bindings": rows}}
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"


def _json(one: Value) -> dict[str, str]:
    found = {"type": one.kind, "value": one.text}
    if one.language:
        found["xml:lang"] = one.language
    elif one.kind == "literal" and one.datatype != terms.expand("xsd:string"):
        found["datatype"] = one.datatype
    return found


def workbook(answer: Answer) -> bytes:
    """Write an answer as an Excel workbook of one sheet, numbers as numbers."""
    from graph.sheets import sheet

    rows = [[one.python for one in row] for row in _tabular(answer, "xlsx").rows]
    return sheet(answer.columns, rows)


def turtle(answer: Answer) -> bytes:
    """Write triples as Turtle."""
    import pyoxigraph as ox

    from graph.rdf import PREFIXES as KNOWN

    if answer.triples is None:
        raise ToldError("query.format", format="turtle", known="table csv json xlsx")
    head, _, body = _split(ox.serialize(answer.triples, format=ox.RdfFormat.TURTLE, prefixes=KNOWN) or b"")
    return head + body


def _split(data: bytes) -> tuple[bytes, bytes, bytes]:
    """Sort the prefix lines, whose order varies, and keep those that are used."""
    lines = data.splitlines(keepends=True)
    body = b"".join(line for line in lines if not line.startswith(b"@prefix"))
    used = [line for line in lines if line.startswith(b"@prefix") and line.split()[1] in body]
    return b"".join(sorted(used)), b"", body


def _tabular(answer: Answer, wanted: str) -> Answer:
    if answer.triples is not None:
        raise ToldError("query.format", format=wanted, known="turtle")
    if answer.truth is not None:
        return Answer(("answer",), ((Value("literal", str(answer.truth).lower(), "", terms.expand("xsd:boolean")),),))
    return answer


FORMATS: Mapping[str, Callable[[Answer], bytes]] = {
    "table": table,
    "csv": comma_separated,
    "json": sparql_json,
    "xlsx": workbook,
    "turtle": turtle,
}
