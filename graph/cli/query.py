"""``zhili query``: a named question, a file, or SPARQL as it stands."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from graph import query as questions
from graph.answers import FORMATS
from graph.cli import DONE, TIMED_OUT
from graph.cli.console import DEFAULT, BuildDir, show
from graph.messages import ToldError, language, say

ENDINGS = {".csv": "csv", ".json": "json", ".xlsx": "xlsx", ".ttl": "turtle"}


def query(
    question: Annotated[str | None, typer.Argument(metavar="QUESTION")] = None,
    out: BuildDir = DEFAULT,
    list_: Annotated[bool, typer.Option("--list", "-l")] = False,
    show_query: Annotated[bool, typer.Option("--show")] = False,
    set_: Annotated[list[str] | None, typer.Option("--set", "-s", metavar="NAME=VALUE")] = None,
    format_: Annotated[str | None, typer.Option("--format", "-f", metavar="|".join(FORMATS))] = None,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE")] = None,
    timeout: Annotated[float, typer.Option("--timeout", metavar="SECONDS", min=0)] = 60.0,
) -> int:
    if list_:
        show(_list().encode(), to, for_eyes=True)
        return DONE
    asked = _question(question)
    if show_query:
        show(asked.sparql.encode(), to, for_eyes=True)
        return DONE
    wanted = format_ or ENDINGS.get(to.suffix.lower() if to else "", "table")
    if wanted not in FORMATS:
        raise ToldError("query.format", format=wanted, known=" ".join(FORMATS))
    with _limited(timeout):
        data = _answer(asked, out, {**questions.spoken(asked.sparql), **_values(set_ or [])}, wanted)
    show(data, to, for_eyes=wanted == "table")
    return DONE


def _answer(asked: questions.Question, out: Path, values: dict[str, list[str]], wanted: str) -> bytes:
    from graph.answers import Answer
    from graph.store import open_build

    with open_build(out) as build:
        answer = Answer.of(questions.ask(build.store, asked.sparql, values))
    return FORMATS[wanted](answer.headed(asked.columns.get(language(), ())))


def _list() -> str:
    lines = []
    for name in questions.names():
        question = questions.named(name)
        options = "".join(f" --set {parameter}=…" for parameter in question.parameters)
        lines.append(f"{name}{options}\n    {question.titles[language()]}")
    return "\n".join(lines) + "\n"


def _question(given: str | None) -> questions.Question:
    """Find the question: by its name, in a file, as it stands, or (``-``, or nothing and a pipe) on standard input."""
    if given is None and sys.stdin.isatty():
        raise questions.QueryError("query.no-query")
    if given in (None, "-"):
        return _plain(_text(sys.stdin.buffer.read()))
    assert given is not None
    if given in questions.names():
        return questions.named(given)
    if given.endswith((".rq", ".sparql")):
        return _plain(_text(Path(given).read_bytes()))
    if "{" not in given and not given.upper().startswith("DESCRIBE"):
        raise questions.QueryError("query.unknown", name=given)
    return _plain(given)


def _text(data: bytes) -> str:
    """Read a question that an editor or a terminal wrote: UTF-8, or else the Chinese encoding of old."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _plain(sparql: str) -> questions.Question:
    return questions.Question("", sparql, {}, {})


def _values(given: list[str]) -> dict[str, list[str]]:
    """Read ``name=value`` settings; one name may be given several values."""
    values: dict[str, list[str]] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not (equals and name.isidentifier()):
            raise questions.QueryError("query.set", given=one)
        values.setdefault(name, []).append(value)
    return values


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """End the process where the query takes longer (0: never): the database is only read, so nothing can break."""

    def stop() -> None:
        print(say("query.too-long", seconds=f"{seconds:g}"), file=sys.stderr, flush=True)
        os._exit(TIMED_OUT)

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    if seconds:
        timer.start()
    try:
        yield
    finally:
        timer.cancel()
