"""Hold a build, or the vocabulary, against its SHACL shapes and against the texts that it quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pyshacl import validate as shacl
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node

from ontology import sources
from ontology.namespaces import ZL
from ontology.reading import copied, read

#: What one language says where SHACL gives no message of ours.
_UNSAID = {"zh": "不符合规则 {rule}。", "en": "It breaks the rule {rule}."}
_MISQUOTED = {
    "zh": "报告 {file} 第 {start} 至 {end} 字并非所引原文，而是“{found}”。",
    "en": "Characters {start} to {end} of {file} are not the quote but {found!r}.",
}
_UNBACKED = {
    "zh": "主体与活动之间写有 {role}，却没有说明它的参与关系（zl:Participation）。",
    "en": "Actor and activity are joined by {role}, but no zl:Participation stands behind it.",
}
_UNSTATED = {
    "zh": "参与关系（zl:Participation）说的 {role}，主体与活动之间却没有写明。",
    "en": "A zl:Participation says {role}, but actor and activity are not joined by it.",
}
_PLAIN = {"participates": ZL.participatesIn, "targets": ZL.targets}
_SHOWN = 40


class Result(NamedTuple):
    """One thing that is not as it must be: where (``focus``, ``path``, ``value``) and what (``message``)."""

    focus: str
    path: str
    value: str
    message: str


def validate(source: Path | Graph, lang: str = "zh", *, vocabulary: Graph | None = None) -> list[Result]:
    """Hold a build, or additions to the vocabulary, against the shapes; give what is wrong, sorted, [] if nothing is.

    ``source`` is a file of any usual RDF format, or a graph. ``vocabulary`` holds the concepts that the
    build may use besides its own (the built-in ones unless given). Raises ``ValueError`` where the file is no RDF.

    >>> from rdflib import Graph
    >>> graph = Graph().parse(data="@prefix zl: <https://w3id.org/zhili/ns#> . <x:r> a zl:Passage ; zl:start 2 ; "
    ...     "zl:end 1 ; zl:quote '调解' .", format="turtle")
    >>> [result.message for result in validate(graph, "en")]
    ['A passage starts (zl:start) before it ends (zl:end).']
    """
    data = read(source) if isinstance(source, Path) else copied(source)
    described = _vocabulary_of(data, lang)
    known = _built_in() if vocabulary is None else vocabulary.subject_objects(SKOS.inScheme)
    for concept, scheme in known:  # all that the shapes of a build ask of the vocabulary
        data.add((concept, RDF.type, SKOS.Concept))
        data.add((concept, SKOS.inScheme, scheme))
    return sorted({*_held(data, sources.SHAPES, lang), *_unbacked(data, lang), *described})


def validate_vocabulary(graph: Graph | None = None, lang: str = "zh") -> list[Result]:
    """Hold a vocabulary (the built-in one where none is given) against the shapes of vocabularies.

    >>> validate_vocabulary()
    []
    """
    data = sources.vocabulary() if graph is None else graph
    return _held(data, sources.VOCABULARY_SHAPES, lang)


def misquoted(graph: Graph, texts: Mapping[str, str], lang: str = "zh") -> list[Result]:
    """Give every passage whose quote is not what stands between its offsets.

    ``texts`` holds the texts as loaded, by the reports' ``zl:sourceFile``; reports without a text are passed over.
    """
    return sorted({result for found in _quoted(graph, texts) for result in _compared(*found, lang)})


@cache
def _shapes(path: Path) -> Graph:
    """Load shapes, each property's rule aimed at what its node's shape is aimed at.

    That asks for the same, and pySHACL then goes through all things at once, not through all rules for each thing.
    """
    graph = sources.load([path])
    for shape, rule in list(graph.subject_objects(SH.property)):
        graph.remove((shape, SH.property, rule))
        for target in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf):
            for aim in graph.objects(shape, target):
                graph.add((rule, target, aim))
    return graph


@cache
def _built_in() -> tuple[tuple[Node, Node], ...]:
    return tuple(sources.load(sources.vocabulary_files()).subject_objects(SKOS.inScheme))


def _vocabulary_of(data: Graph, lang: str) -> list[Result]:
    """Hold the concepts of a graph that is no build to the shapes of vocabularies, merged with the built-in one."""
    if (None, RDF.type, ZL.Report) in data or (None, SKOS.inScheme, None) not in data:
        return []
    own = {str(subject) for subject in data.subjects()}
    merged = sources.complete(sources.load(sources.vocabulary_files()) + data)
    return [result for result in validate_vocabulary(merged, lang) if result.focus in own]


def _unbacked(data: Graph, lang: str) -> Iterator[Result]:
    """Where the plain triples between actors and activities, and the participations, do not say the same."""
    stated = {(actor, "participates", activity) for actor, activity in data.subject_objects(ZL.participatesIn)}
    stated |= {(actor, "targets", activity) for activity, actor in data.subject_objects(ZL.targets)}
    backed = {
        (data.value(one, ZL.actor), str(data.value(one, ZL.role)), data.value(one, ZL.activity))
        for one in data.subjects(RDF.type, ZL.Participation)
    }
    for joined, message in ((stated - backed, _UNBACKED), (backed - stated, _UNSTATED)):
        for actor, role, activity in joined:
            if role in _PLAIN and actor is not None and activity is not None:  # else the shapes report it
                said = message[lang].format(role=f"zl:{_PLAIN[role].removeprefix(str(ZL))}")
                yield Result(str(actor), str(_PLAIN[role]), str(activity), said)


def _held(data: Graph, shapes: Path, lang: str) -> list[Result]:
    _, report, _ = shacl(data, shacl_graph=_shapes(shapes), inplace=True)
    if not isinstance(report, Graph):
        raise ValueError(str(report))
    return sorted({_result(report, one, lang) for one in report.subjects(RDF.type, SH.ValidationResult)})


def _result(report: Graph, one: Node, lang: str) -> Result:
    path, value = report.value(one, SH.resultPath), report.value(one, SH.value)
    return Result(
        focus=str(report.value(one, SH.focusNode)),
        path=str(path) if isinstance(path, URIRef) else "",
        value="" if value is None else str(value),
        message=_message(report, one, lang),
    )


def _message(report: Graph, one: Node, lang: str) -> str:
    said = {m.language: str(m) for m in report.objects(one, SH.resultMessage) if isinstance(m, Literal)}
    rule = str(report.value(one, SH.sourceConstraintComponent)).rpartition("#")[2]
    return said.get(lang) or _UNSAID[lang].format(rule=rule)


def _quoted(graph: Graph, texts: Mapping[str, str]) -> Iterator[tuple[Graph, Node, str, str]]:
    """Every passage with the name and the text of each report that a fact resting on it stands in."""
    for fact, passage in graph.subject_objects(ZL.evidence):
        for report in set(graph.objects(passage, ZL.inReport)) or _reports(graph, fact):
            name = str(graph.value(report, ZL.sourceFile))
            if name in texts:
                yield graph, passage, name, texts[name]


def _reports(graph: Graph, fact: Node) -> Iterable[Node]:
    """The reports that a fact stands in: its own, or for a participation those of its activity."""
    paths = (ZL.inReport, ZL.activity / ZL.inReport, ZL.issuedIn, ZL.citedIn)
    return {report for path in paths for report in graph.objects(fact, path)}


def _compared(graph: Graph, passage: Node, file: str, text: str, lang: str) -> Iterator[Result]:
    quote, start, end = (graph.value(passage, term) for term in (ZL.quote, ZL.start, ZL.end))
    if not all(isinstance(term, Literal) for term in (quote, start, end)):
        return  # the shapes report it
    found = text[int(str(start)) : int(str(end))]
    if found != str(quote):
        message = _MISQUOTED[lang].format(file=file, start=start, end=end, found=found[:_SHOWN])
        yield Result(str(passage), str(ZL.quote), str(quote), message)
