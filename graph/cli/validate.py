"""``zhili validate``: a build, or any RDF in our terms, held against the shapes and the texts that it quotes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.cli import DONE, SKIPPED
from graph.cli.console import DEFAULT
from graph.messages import ToldError, language, say

if TYPE_CHECKING:
    from ontology.validation import Result

SHOWN = 20  # of each kind of breach


def validate(
    path: Annotated[Path, typer.Argument(metavar="PATH")] = DEFAULT,
    all_: Annotated[bool, typer.Option("--all")] = False,
) -> int:
    results = _of_build(path) if path.is_dir() else _of_file(path)
    counts = Counter(result.message for result in results)
    told: Counter[str] = Counter()
    for result in results:
        told[result.message] += 1
        if all_ or told[result.message] <= SHOWN:
            print(say("validate.one", focus=result.focus, value=result.value or result.path, message=result.message))
    for message, n in counts.items():
        if n > SHOWN and not all_:
            print(say("validate.more", n=n - SHOWN, message=message))
    print(say("validate.bad", n=len(results)) if results else say("validate.good", path=path))
    return SKIPPED if results else DONE


def _of_build(folder: Path) -> list[Result]:
    from graph.store import open_build
    from ontology.reading import read
    from ontology.validation import misquoted
    from ontology.validation import validate as hold

    with open_build(folder) as build:
        graph = read(build.turtle)
        texts = {entry.name: build.text(entry.name) for entry in build.reports}
    return [*hold(graph, language()), *misquoted(graph, texts, language())]


def _of_file(path: Path) -> list[Result]:
    from ontology.validation import validate as hold

    try:
        return hold(path, language())
    except ValueError as error:
        raise ToldError("validate.unreadable", reason=error) from None
