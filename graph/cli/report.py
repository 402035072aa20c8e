"""``zhili report``: what the analyses show, as a briefing that can be mailed, printed or handed in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph.cli import DONE
from graph.cli.console import DEFAULT, note
from graph.messages import ToldError, language, say

ENDINGS = (".html", ".docx")


def report(
    township: Annotated[str | None, typer.Option("--township", "-t", metavar="NAME")] = None,
    out: Annotated[Path, typer.Option("--out", "--to", "-o", metavar="FILE.html|FILE.docx")] = Path("briefing.html"),
    folder: Annotated[Path, typer.Option("--dir", "-d", metavar="DIR")] = DEFAULT,
) -> int:
    if out.suffix.lower() not in ENDINGS:
        raise ToldError("briefing.ending", path=out)
    from graph.analysis.ground import ground_of
    from graph.briefing.content import briefing
    from graph.cli.view import find
    from graph.store import open_build

    with open_build(folder) as build:
        ground = ground_of(build)
        if not ground.about.reports:
            raise ToldError("analysis.empty")
        made = briefing(ground, language(), township=find(ground.about, township) if township else "")
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = out.with_name(out.name + ".part")
    if out.suffix.lower() == ".docx":
        from graph.briefing.word import word

        unfinished.write_bytes(word(made))
    else:
        from graph.briefing.webpage import webpage

        unfinished.write_bytes(webpage(made).encode())
    unfinished.replace(out)
    note(say("cli.written", path=out))
    return DONE
