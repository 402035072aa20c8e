"""What ``zhili discover`` found, as Turtle that loads as it stands and waits to be completed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from extractors.discover import Find, Findings
from ontology import terms

#: Where a find of each kind goes: scheme, how its notation begins, what triggers it ("" leaves that to be completed).
KINDS = {
    "figures": ("indicator", "todo-figure", "zl:pattern"),
    "words": ("activity", "todo-word", ""),
    "bodies": ("actor", "todo-body", "skos:altLabel"),
}
PREFIXES = ("zl", "skos")
SPACES = {"act": "activity", "ind": "indicator", "actor": "actor"}
HEAD = """# 以下条目由 zhili discover 写出：改好名称、上位概念和触发词，删去不要的，然后
#   zhili build 报告文件夹 --vocabulary 本文件
# Written by zhili discover: mend names, broader concepts and trigger words, delete what is not wanted, then
#   zhili build REPORTS --vocabulary THIS-FILE
"""


def skeleton(findings: Findings, *, most: int = 50) -> str:
    """Write the weightiest finds of each kind as concepts: figures and bodies with a trigger, words without one."""
    triples = [t for kind, finds in findings._asdict().items() for t in _concepts(kind, finds[:most])]
    prefixes = {name: terms.PREFIXES[name] for name in PREFIXES}
    prefixes |= {short: f"{terms.scheme(scheme)}/" for short, scheme in SPACES.items()}
    written = serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b""
    return HEAD + re.sub(r"(?m)^(?=\w+:todo-)", "\n", written.decode("utf-8"))


def _concepts(kind: str, finds: Sequence[Find]) -> Iterator[Triple]:
    scheme, begin, trigger = KINDS[kind]
    for number, find in enumerate(finds, 1):
        notation = f"{begin}-{number:02}"
        subject = NamedNode(terms.concept(scheme, notation))
        yield Triple(subject, _name("rdf:type"), _name("skos:Concept"))
        yield Triple(subject, _name("skos:inScheme"), NamedNode(terms.scheme(scheme)))
        yield Triple(subject, _name("skos:notation"), Literal(notation))
        yield Triple(subject, _name("skos:prefLabel"), Literal(find.words, language="zh"))
        yield Triple(subject, _name("skos:prefLabel"), Literal(f"TODO {find.words}", language="en"))
        if trigger:
            written = Literal(find.pattern) if find.pattern else Literal(find.words, language="zh")
            yield Triple(subject, _name(trigger), written)
        for example in find.examples:
            yield Triple(subject, _name("skos:example"), Literal(example, language="zh"))


def _name(curie: str) -> NamedNode:
    return NamedNode(terms.expand(curie))
