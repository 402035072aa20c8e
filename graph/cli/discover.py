"""``zhili discover``: what the reports say and the vocabulary does not know yet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.cli import DONE
from graph.cli.console import note, progress, show, table
from graph.messages import ToldError, say

if TYPE_CHECKING:
    from extractors.discover import Find, Findings

COLUMNS = ("words", "count", "reports", "example")
LONGEST_EXAMPLE = 44


def discover(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...")],
    most: Annotated[int, typer.Option("--most", metavar="N", min=1)] = 20,
    turtle: Annotated[Path | None, typer.Option("--turtle", metavar="FILE")] = None,
    vocabulary: Annotated[Path | None, typer.Option("--vocabulary", metavar="FILE")] = None,
) -> int:
    findings = _findings(paths, vocabulary)
    for kind, finds in findings._asdict().items():
        print(say(f"discover.{kind}", n=len(finds)))
        if finds:
            print(table([say(f"discover.column-{name}") for name in COLUMNS], [_row(one) for one in finds[:most]]))
        print()
    if turtle:
        from graph.skeleton import skeleton

        show(skeleton(findings, most=most).encode(), turtle)
    return DONE


def _findings(paths: list[Path], vocabulary: Path | None) -> Findings:
    """Read every report and look through it."""
    from extractors.discover import Discoverer
    from extractors.loading import Refusal, documents
    from graph.build import message_key
    from graph.vocabulary import reader_or_told

    words, reader = reader_or_told(vocabulary)
    discoverer = Discoverer(words)
    read = 0
    with progress("discover.progress") as on:
        for document in documents(paths):
            if isinstance(document, Refusal):
                note(say(message_key(document), name=document.name, detail=document.detail))
                continue
            discoverer.add(reader.read(document))
            read += 1
            on(document.name)
    if not read:
        raise ToldError("build.nothing")
    return discoverer.findings(least=2 if read > 1 else 1)


def _row(find: Find) -> tuple[object, ...]:
    example = find.examples[0]
    short = example if len(example) <= LONGEST_EXAMPLE else example[: LONGEST_EXAMPLE - 1] + "…"
    return find.pattern or find.words, find.count, len(find.reports), short
