"""What the audit finds: a passage, the kind of slip, and why, in words that a clerk understands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.messages import say
from graph.rdf import digest

Span = tuple[int, int]

#: The kinds of the contract, in the order in which they are listed to the reader.
KINDS = (
    "rate-mismatch",
    "sum-mismatch",
    "figure-conflict",
    "year-mismatch",
    "foreign-place",
    "repeated-text",
    "typo",
    "numbering",
    "residue",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A slip: ``span`` is where it stands, ``beside`` the other passages that make it one.

    ``rule`` names the messages (``audit.<rule>.why`` and ``.do``) and ``fields`` fills them. ``id`` stays the same for
    as long as the file's name and the words of the passage do.
    """

    kind: str
    rule: str
    span: Span
    fields: tuple[tuple[str, str], ...] = ()
    beside: tuple[Span, ...] = ()
    id: str = ""

    @property
    def start(self) -> int:
        return self.span[0]

    @property
    def end(self) -> int:
        return self.span[1]

    @property
    def spans(self) -> tuple[Span, ...]:
        """All its passages, the one at fault first."""
        return (self.span, *self.beside)

    def why(self, lang: str | None = None) -> str:
        """Say what is wrong, with the sum worked out where there is one."""
        return say(f"audit.{self.rule}.why", lang, **dict(self.fields))

    def suggestion(self, lang: str | None = None) -> str:
        """Say what to do about it."""
        return say(f"audit.{self.rule}.do", lang, **dict(self.fields))


def finding(kind: str, rule: str, span: Span, *beside: Span, **fields: object) -> Finding:
    """Make a finding; its id is given later, when the others of its report are known.

    >>> finding("typo", "typo", (3, 6), wrong="个存", right="个村").suggestion("en")
    'Check the words; perhaps “个村” is meant.'
    """
    return Finding(kind, rule, span, tuple((name, str(value)) for name, value in fields.items()), beside)


def identified(findings: Iterable[Finding], name: str, text: str) -> list[Finding]:
    """Give every finding its id: a hash of kind, file name, words, and of its turn where the same words come again."""
    turns: dict[tuple[str, str], int] = {}
    done = []
    for found in sorted(findings, key=lambda f: (f.span, KINDS.index(f.kind), f.rule)):
        words = "".join(text[found.start : found.end].split())
        turn = turns[found.kind, words] = turns.get((found.kind, words), 0) + 1
        parts = (found.kind, name, words) if turn == 1 else (found.kind, name, words, str(turn))
        done.append(Finding(found.kind, found.rule, found.span, found.fields, found.beside, digest(*parts)))
    return done
