"""``zhili evaluate``: hold what is read out of reports against gold facts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph.cli import DONE, SKIPPED
from graph.cli.console import note, table
from graph.messages import ToldError, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractors.evaluation import Miss, Score
    from extractors.shapes import Facts

COLUMNS = ("kind", "gold", "said", "precision", "recall", "f1")
LONGEST_QUOTE = 60


def evaluate(
    reports: Annotated[Path, typer.Argument(metavar="REPORTS")],
    gold: Annotated[Path, typer.Argument(metavar="GOLD")],
    errors: Annotated[list[str] | None, typer.Option("--errors", metavar="KIND|all")] = None,
    by_rule: Annotated[bool, typer.Option("--by-rule")] = False,
    floor: Annotated[list[str] | None, typer.Option("--floor", metavar="KIND=F1")] = None,
    vocabulary: Annotated[Path | None, typer.Option("--vocabulary", metavar="FILE")] = None,
) -> int:
    from extractors.evaluation import KINDS
    from extractors.evaluation import evaluate as score

    floors = [_floor(one, KINDS) for one in floor or []]
    wanted = [_known(one, (*KINDS, "all")) for one in errors or []]
    scores = score(_pairs(reports, gold, vocabulary))
    print(table([say(f"evaluate.{c}") for c in COLUMNS], [_row(kind, s) for kind, s in scores.items()]))
    for kind, s in scores.items():
        if "all" in wanted or kind in wanted:
            _list(s.misses, by_rule)
    low = [(kind, least) for kind, least in floors if scores[kind].f1 < least]
    for kind, least in low:
        note(say("evaluate.below", kind=kind, f1=f"{scores[kind].f1:.3f}", floor=least))
    return SKIPPED if low else DONE


def _pairs(reports: Path, gold: Path, vocabulary: Path | None) -> Iterable[tuple[Facts, dict[str, Any]]]:
    """Each report that has gold (a JSON file of its name), read, with that gold."""
    from extractors.evaluation import expected, load_gold
    from extractors.loading import Refusal, documents
    from graph.vocabulary import reader_or_told

    _, reader = reader_or_told(vocabulary)
    found = {p.stem: p for p in sorted(gold.rglob("*.json"))} if gold.is_dir() else {gold.stem: gold}
    held = 0
    for document in documents([reports]):
        path = None if isinstance(document, Refusal) else found.get(Path(document.name).stem)
        if path is None or isinstance(document, Refusal):
            note(say("evaluate.no-gold", name=document.name))
            continue
        held += 1
        try:
            facts = load_gold(path)
            list(expected(facts, document.text))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ToldError("evaluate.bad-gold", path=path, reason=error) from error
        yield reader.read(document), facts
    if not held:
        raise ToldError("evaluate.nothing", reports=reports, gold=gold)


def _row(kind: str, s: Score) -> tuple[object, ...]:
    return say(f"evaluate.kind-{kind}"), s.gold, s.said, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}"


def _list(misses: list[Miss], by_rule: bool) -> None:
    """The errors one by one, or counted by the rule that made them."""
    print()
    if not by_rule:
        for m in misses:
            said = " ".join(map(str, m.claim.key))
            print(
                say(
                    f"evaluate.{m.fault}",
                    kind=m.kind,
                    report=m.report,
                    said=said,
                    quote=_short(m.quote),
                    rule=m.claim.rule,
                )
            )
        return
    counts: dict[tuple[str, str], int] = {}
    for m in misses:
        if m.fault == "wrong":
            key = (str(m.claim.key[0]), m.claim.rule)
            counts[key] = counts.get(key, 0) + 1
    for (concept, rule), number in sorted(counts.items(), key=lambda c: (-c[1], c[0])):
        print(f"{number:5}  {concept}  {rule}")


def _short(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= LONGEST_QUOTE else flat[: LONGEST_QUOTE - 1] + "…"


def _known(kind: str, kinds: tuple[str, ...]) -> str:
    if kind not in kinds:
        raise ToldError("evaluate.unknown-kind", kind=kind, kinds=" ".join(kinds))
    return kind


def _floor(written: str, kinds: tuple[str, ...]) -> tuple[str, float]:
    kind, _, value = written.partition("=")
    try:
        return _known(kind, kinds), float(value)
    except ValueError as error:
        raise ToldError("evaluate.bad-floor", floor=written) from error
