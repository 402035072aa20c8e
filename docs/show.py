"""What the documents show is run, not written: ``cog`` calls these functions (``make docs``, and a test holds them true)."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from graph import build as building
from graph.cli import COMMANDS, run
from graph.sample import sample_paths

WIDTH = "96"


@cache
def sample_build() -> Path:
    """Build the bundled sample once and give its folder."""
    folder = Path(tempfile.mkdtemp(prefix="zhili-docs-")) / "exports"
    building.build(sample_paths(), folder)
    return folder


@contextlib.contextmanager
def _at_the_sample() -> Iterator[None]:
    """Work where the sample's build is ``exports/``, at a fixed width."""
    before, where = dict(os.environ), Path.cwd()
    os.chdir(sample_build().parent)
    os.environ.update(COLUMNS=WIDTH, TERMINAL_WIDTH=WIDTH)
    try:
        yield
    finally:
        os.chdir(where)
        os.environ.clear()
        os.environ.update(before)


def output(line: str, lang: str) -> str:
    """Run one command line and give what it prints, errors too."""
    told = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with _at_the_sample(), contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        run([*shlex.split(line)[1:], "--lang", lang])
    told.flush()
    raw: bytes = told.buffer.getvalue()  # type: ignore[attr-defined]
    return "\n".join(one.rstrip() for one in raw.decode("utf-8").strip("\n").splitlines())


def shown(line: str, lang: str = "en", *, most: int = 0) -> str:
    """A fenced block with a command line and what it prints, the first ``most`` lines of it (0: all)."""
    lines = output(line, lang).split("\n")
    if most and len(lines) > most:
        lines = [*lines[:most], "…"]
    return "\n".join(["```console", f"$ {line}", *lines, "```"])


def commands() -> str:
    """The help of every command, in Chinese and in English."""
    parts = []
    for name in COMMANDS:
        helps = [f"```text\n{output(f'zhili {name} --help', lang)}\n```" for lang in ("zh", "en")]
        parts.append("\n\n".join([f"## zhili {name}", *helps]))
    return "\n\n".join(parts)


def decisions() -> str:
    """A list of the pages in ``docs/decisions/`` by their titles."""
    pages = [page for page in sorted(Path(__file__).parent.glob("decisions/*.md")) if page.name != "README.md"]
    titles = [page.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ") for page in pages]
    return "\n".join(f"- [{title}]({page.name})" for title, page in zip(titles, pages, strict=True))
