"""``zhili explain``: the facts found in a sentence, the words, the concept and the rule that made each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.cli import DONE
from graph.cli.console import table
from graph.messages import ToldError, language, say

if TYPE_CHECKING:
    from extractors.shapes import Facts
    from ontology.vocabulary import Vocabulary

COLUMNS = ("kind", "fact", "words", "rule")
LONGEST_RULE = 48


def explain(
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE")],
    heading: Annotated[str, typer.Option("--heading", metavar="HEADING")] = "",
    vocabulary: Annotated[Path | None, typer.Option("--vocabulary", metavar="FILE")] = None,
) -> int:
    from extractors.shapes import Document
    from graph.vocabulary import reader_or_told

    if not sentence.strip():
        raise ToldError("explain.empty")
    words, reader = reader_or_told(vocabulary)
    facts = reader.read(Document("", f"{heading}\n{sentence}" if heading else sentence))
    rows = explained(facts, words)
    print(table([say(f"explain.{c}") for c in COLUMNS], rows) if rows else say("explain.nothing"))
    return DONE


def explained(facts: Facts, words: Vocabulary, lang: str | None = None) -> list[tuple[str, str, str, str]]:
    """The facts as rows: kind, what is said, the exact words, the rule; in the order of the text."""
    lang = lang or language()

    def label(scheme: str, notation: str) -> str:
        concept = words.scheme(scheme).get(notation)
        return f"{concept.labels.get(lang, notation)} ({notation})" if concept else notation

    found: list[tuple[int, str, str, int, int, str]] = []
    for a in facts.activities:
        said = f"{label('activity', a.type)} · {label('status', a.status)}"
        said += "".join(f" · {label('occasion', o)}" for o in a.occasions)
        found.append((0, "activity", said, a.start, a.end, a.rule))
    for m in facts.measures:
        q = m.quantity
        said = f"{label('indicator', m.indicator)} = {q.value:,.10g} {q.unit} · {label('qualifier', q.qualifier)}"
        found.append((1, "measure", said, m.start, m.end, m.rule or say("explain.no-rule", lang)))
    for p in facts.participations:
        said = f"{p.label}: {label('actor', p.actor)} → {label('activity', facts.activities[p.activity].type)}"
        found.append((2, p.role, said, p.start, p.end, p.rule))
    for person in facts.people:
        found.append((3, "person", f"{person.name} · {person.office}", person.start, person.end, ""))
    for i in facts.instruments:
        found.append((4, i.relation, i.title, i.start, i.end, ""))
    found.sort(key=lambda f: (f[3], f[0]))
    return [
        (say(f"explain.is-{kind}", lang), said, facts.quote(s, e), _short(rule)) for _, kind, said, s, e, rule in found
    ]


def _short(rule: str) -> str:
    return rule if len(rule) <= LONGEST_RULE else rule[: LONGEST_RULE - 1] + "…"
