"""Markdown: the words without the marks; lists keep their numbers, tables their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from extractors.formats import Loaded
from extractors.formats.plain import decode


def read(data: bytes, name: str) -> Loaded:
    """The text, a line for each paragraph, heading, list item and row."""
    del name
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("table").disable(["code", "lheading"])
    return Loaded("\n".join(_lines(parser.parse(_body(decode(data))))))


def _body(text: str) -> str:
    """The text without the block of settings that some editors put in front."""
    parts = text.split("\n---\n", 1)
    return parts[1] if text.startswith("---\n") and len(parts) == 2 else text


def _lines(tokens: Sequence[Token]) -> Iterator[str]:
    label = ""
    cells: list[str] = []
    in_row = False
    for token in tokens:
        if token.type == "list_item_open":
            label = token.info + token.markup if token.info else ""
        elif token.type == "tr_open":
            in_row, cells = True, []
        elif token.type == "tr_close":
            in_row = False
            yield "\t".join(cells)
        elif token.type in ("fence", "code_block", "html_block"):
            yield token.content.rstrip("\n")
        elif token.type == "inline":
            text = _words(token.children or ())
            if in_row:
                cells.append(text)
            else:
                yield label + (" " if label else "") + text
                label = ""


def _words(tokens: Sequence[Token]) -> str:
    return "".join(
        "\n" if token.type in ("softbreak", "hardbreak") else token.content for token in tokens if _shown(token)
    )


def _shown(token: Token) -> bool:
    return token.type in ("text", "code_inline", "softbreak", "hardbreak", "html_inline", "text_special")
