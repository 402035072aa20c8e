"""``zhili export``: a build in the form that other tools want."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from graph.cli import DONE
from graph.cli.console import DEFAULT, BuildDir, note
from graph.messages import ToldError, say

FORMATS = (
    "turtle",
    "trig",
    "ntriples",
    "nquads",
    "jsonld",
    "rdfxml",
    "graphml",
    "gexf",
    "cube",
    "csv",
    "xlsx",
    "parquet",
)
BINARY = ("xlsx",)
FOLDERS = ("csv", "parquet")


def export(
    out: BuildDir = DEFAULT,
    format_: Annotated[str, typer.Option("--format", "-f", metavar="|".join(FORMATS))] = "turtle",
    to: Annotated[Path | None, typer.Option("--to", metavar="PATH")] = None,
    township: Annotated[list[str] | None, typer.Option("--township", metavar="NAME")] = None,
    year: Annotated[list[int] | None, typer.Option("--year", metavar="YEAR")] = None,
    type_: Annotated[list[str] | None, typer.Option("--type", metavar="TYPE")] = None,
) -> int:
    if format_ not in FORMATS:
        raise ToldError("export.format", format=format_, known=" ".join(FORMATS))
    if to is None and format_ in (*BINARY, *FOLDERS):
        raise ToldError("export.to-folder" if format_ in FOLDERS else "export.to-file", format=format_)
    from graph import export as exporting
    from graph.selection import Selection, Source
    from graph.store import open_build

    with open_build(out) as build:
        source = Source(build.folder, build.state, Selection(township or (), year or (), type_ or ()))
        exporting.export(source, format_, sys.stdout.buffer if to is None else to)
    if to is not None:
        note(say("cli.written", path=to))
    return DONE
