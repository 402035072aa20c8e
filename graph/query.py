"""SPARQL questions: those that are named (``graph/queries/*.rq``) and those that a user writes.

Questions only: no update, and no SERVICE, which would reach out to the network. A parameter of a question is a variable
with a line ``VALUES ?name { UNDEF }``; setting it puts values in the place of UNDEF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from graph.messages import ToldError, language
from ontology import terms

if TYPE_CHECKING:
    from pyoxigraph import Store

PREFIXES = {**terms.PREFIXES, "id": terms.BASE + "id/"}
#: Parameters that are names, which stand in the graph as Chinese.
NAMES = ("township",)
UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"])
HEADER = re.compile(r"^# (zh|en|columns zh|columns en): (.*)$", re.MULTILINE)

TOKEN = re.compile(
    r"""(?P<iri><[^<>"{}|^`\\\s]*>)
      | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
                  | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
      | (?P<comment>\#[^\r\n]*)
      | (?P<variable>[?$]\w+)
      | (?P<name>(?:[^\W\d_][\w.-]*)?:[\w.:%-]*)
      | (?P<word>@?[A-Za-z_][\w-]*)
      | (?P<other>\S)""",
    re.VERBOSE | re.DOTALL,
)


class QueryError(ToldError):
    """A question that cannot be asked; the message points at the place."""


class Token(NamedTuple):
    """A piece of a query: its kind (a group of ``TOKEN``), its words, and where they stand."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """A named question: its SPARQL, and by language its title and the headings of its columns."""

    name: str
    sparql: str
    titles: Mapping[str, str]
    columns: Mapping[str, tuple[str, ...]]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The variables that can be set, the language apart."""
        return tuple(name for name, _ in slots(tokens(self.sparql)) if name != "lang")


def names() -> list[str]:
    """Give the names of all named questions, sorted.

    >>> "reports" in names()
    True
    """
    folder = files("graph").joinpath("queries")
    return sorted(path.name[:-3] for path in folder.iterdir() if path.name.endswith(".rq"))


def named(name: str) -> Question:
    """Load a named question; ``QueryError`` where there is none of this name."""
    if name not in names():
        raise QueryError("query.unknown", name=name)
    sparql = files("graph").joinpath("queries", f"{name}.rq").read_text(encoding="utf-8")
    header = dict(HEADER.findall(sparql))
    columns = {lang: tuple(header.get(f"columns {lang}", "").split(" | ")) for lang in ("zh", "en")}
    return Question(name, sparql, {lang: header[lang] for lang in ("zh", "en")}, columns)


def tokens(sparql: str) -> list[Token]:
    """Cut a query into tokens, comments left out.

    >>> [token.text for token in tokens("ASK { ?a zl:held <x#y> } # SERVICE")]
    ['ASK', '{', '?a', 'zl:held', '<x#y>', '}']
    """
    found = (Token(str(m.lastgroup), m.group(), m.start(), m.end()) for m in TOKEN.finditer(sparql))
    return [token for token in found if token.kind != "comment"]


def check(sparql: str) -> None:
    """Refuse what is no question (an update), and what would leave the machine (SERVICE)."""
    found = tokens(sparql)
    words = [token for token in found if token.kind == "word"]
    first = next((word for word in _body(found) if word.kind == "word"), None)
    if first is not None and first.text.upper() in UPDATES:
        raise QueryError("query.update", word=first.text, **_position(sparql, first.start))
    for word in words:
        if word.text.upper() == "SERVICE":
            raise QueryError("query.service", **_position(sparql, word.start))
    _check_prefixes(sparql, found)


def _body(found: Sequence[Token]) -> Iterator[Token]:
    """Give the tokens after the prologue."""
    skip = 0
    for token in found:
        if skip:
            skip -= 1
        elif token.kind == "word" and token.text.upper() in ("PREFIX", "BASE"):
            skip = 2 if token.text.upper() == "PREFIX" else 1
        else:
            yield token


def _check_prefixes(sparql: str, found: Sequence[Token]) -> None:
    known = set(PREFIXES)
    for before, token in zip([None, *found], found, strict=False):
        if token.kind != "name":
            continue
        prefix = token.text.partition(":")[0]
        if before is not None and before.text.upper() == "PREFIX":
            known.add(prefix)
        elif prefix not in known:
            raise QueryError(
                "query.prefix", prefix=prefix, known=" ".join(sorted(known)), **_position(sparql, token.start)
            )


def slots(found: Sequence[Token]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Find every ``VALUES ?name { … }``: the name, and where what stands between the braces begins and ends."""
    for at, token in enumerate(found[:-2]):
        variable, brace = found[at + 1], found[at + 2]
        if token.text.upper() == "VALUES" and variable.kind == "variable" and brace.text == "{":
            end = next((later for later in found[at + 3 :] if later.text == "}"), None)
            if end is not None:
                yield variable.text[1:], (brace.end, end.start)


def bind(sparql: str, values: Mapping[str, Sequence[str]]) -> str:
    """Set parameters: fill their ``VALUES``, or add one at the head of the query's pattern.

    >>> bind("ASK { VALUES ?y { UNDEF } ?r zl:yearNumber ?y }", {"y": ["2023"]})
    'ASK { VALUES ?y { "2023"^^<http://www.w3.org/2001/XMLSchema#integer> } ?r zl:yearNumber ?y }'
    >>> bind("ASK { ?r zl:sourceFile ?f }", {"f": ["a.txt", "b.txt"]})
    'ASK { VALUES ?f { "a.txt" "b.txt" } ?r zl:sourceFile ?f }'
    """
    for name, given in values.items():
        found = tokens(sparql)
        plain = name in NAMES and not any(one[:1] == "<" or "@" in one for one in given)
        terms_given = " ".join(term(f"{value}@zh" if plain else value) for value in given)
        filled = next((span for slot, span in slots(found) if slot == name), None)
        if filled:
            sparql = f"{sparql[: filled[0]]} {terms_given} {sparql[filled[1] :]}"
            continue
        if f"?{name}" not in {token.text.replace("$", "?") for token in found}:
            known = sorted({token.text[1:] for token in found if token.kind == "variable"})
            raise QueryError("query.no-variable", name=name, known=" ".join(known))
        at = _pattern(found)
        sparql = f"{sparql[:at]} VALUES ?{name} {{ {terms_given} }}{sparql[at:]}"
    return sparql


def spoken(sparql: str) -> dict[str, list[str]]:
    """Give the setting that makes a question answer in the user's language, where it has the parameter ``lang``."""
    return {"lang": [language()]} if any(name == "lang" for name, _ in slots(tokens(sparql))) else {}


def _pattern(found: Sequence[Token]) -> int:
    """Where the query's pattern begins: after the brace that follows WHERE, else after the first brace."""
    where = next((at for at, token in enumerate(found) if token.text.upper() == "WHERE"), 0)
    brace = next((token for token in found[where:] if token.text == "{"), None)
    if brace is None:
        raise QueryError("query.no-pattern")
    return brace.end


def term(value: str) -> str:
    """Write a value given on the command line as SPARQL does: a number, an IRI, a prefixed name, text@zh, or text.

    >>> [term(value) for value in ("2.5", "<http://a/b>", "act:mediation", "永和镇@zh", "12:30")]
    ... # doctest: +NORMALIZE_WHITESPACE
    ['"2.5"^^<http://www.w3.org/2001/XMLSchema#decimal>', '<http://a/b>',
     '<https://w3id.org/zhili/activity/mediation>', '"永和镇"@zh', '"12:30"']
    """
    from pyoxigraph import Literal, NamedNode

    prefix, colon, local = value.partition(":")
    text, _, tag = value.rpartition("@")
    if re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
        kind = "decimal" if "." in value else "integer"
        return str(Literal(value, datatype=NamedNode(PREFIXES["xsd"] + kind)))
    if re.fullmatch(r"<[^<>\"{}|^`\\\s]+>", value):
        return str(NamedNode(value[1:-1]))
    if colon and prefix in PREFIXES and re.fullmatch(r"[\w.-]+", local):
        return str(NamedNode(PREFIXES[prefix] + local))
    if text and re.fullmatch(r"[a-z]{2}", tag):
        return str(Literal(text, language=tag))
    return str(Literal(value))


def ask(store: Store, sparql: str, values: Mapping[str, Sequence[str]] | None = None) -> object:
    """Answer a question from all graphs together; gives what ``pyoxigraph.Store.query`` gives.

    Raises ``QueryError`` for what is no question, names an unknown prefix, or does not parse.
    """
    check(sparql)
    try:
        filled = bind(sparql, values or {})
        return store.query(filled, prefixes=PREFIXES, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise _syntax(filled, error) from None


def _syntax(sparql: str, error: SyntaxError) -> QueryError:
    """Tell where in the query the parser stopped.

    The parser itself tells a place too far on, for it looks ahead by the length of each keyword that it tries.
    """
    if not str(error).startswith("error at "):
        return QueryError("query.wrong", reason=error)
    found = tokens(sparql)
    last = next((at for at in range(len(found), 0, -1) if _goes_on(sparql[: found[at - 1].end])), 0)
    if last == len(found):
        return QueryError("query.too-short", **_position(sparql, len(sparql.rstrip())))
    return QueryError("query.syntax", word=found[last].text, **_position(sparql, found[last].start))


def _goes_on(beginning: str) -> bool:
    """Tell whether a query may begin like this: the parser then waits for some character, not for keywords alone."""
    import pyoxigraph as ox

    try:
        ox.Store().query(beginning + " ", prefixes=PREFIXES)
    except SyntaxError as error:
        where = re.match(r"error at (\d+):(\d+): (.*)", str(error), re.DOTALL)
        lines = (beginning + " ").split("\n")
        end = where is not None and (int(where[1]), int(where[2])) == (len(lines), len(lines[-1]) + 1)
        return where is not None and end and re.search(r"\"|\['", where[3]) is not None
    return True


def _position(sparql: str, at: int) -> dict[str, object]:
    """Give line, column and a picture of the place: the line, and below it a mark."""
    line = sparql.count("\n", 0, at) + 1
    column = at - (sparql.rfind("\n", 0, at) + 1)
    words = (sparql.split("\n") or [""])[line - 1]
    pad = "".join("　" if ord(char) > 0x2E7F else " " for char in words[:column])
    return {"line": line, "column": column + 1, "picture": f"{words}\n{pad}^"}
