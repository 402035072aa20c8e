"""A small build for the tests of the views, written by hand: three townships, four reports, one of them hostile."""

from __future__ import annotations

from typing import NamedTuple

import pyoxigraph as ox

from ontology import terms

HOSTILE = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"></script><!--"


class Told(NamedTuple):
    """A report as the tests tell it: activities as (type, status, quote), others point to these by index."""

    file: str
    township: str
    county: str
    year: str
    text: str
    activities: tuple[tuple[str, str, str], ...]
    participations: tuple[tuple[str, str, str, int, str], ...] = ()
    measures: tuple[tuple[str, str, str, str, str, int | None], ...] = ()


REPORTS = (
    Told(
        "青石镇2022.txt",
        "青石镇",
        "临川县",
        "2022",
        "一、主要工作\n镇司法所联合派出所排查纠纷30余件，化解28件。全年普法宣传6场次。\n二、存在不足\n普法宣传形式单一。",
        (
            ("dispute-screening", "done", "镇司法所联合派出所排查纠纷30余件"),
            ("mediation", "done", "化解28件"),
            ("legal-publicity", "done", "全年普法宣传6场次"),
            ("legal-publicity", "deficient", "普法宣传形式单一"),
        ),
        (
            ("justice-office", "镇司法所", "participates", 0, "镇司法所联合派出所排查纠纷30余件"),
            ("police-station", "派出所", "participates", 0, "镇司法所联合派出所排查纠纷30余件"),
        ),
        (
            ("disputes-screened", "30", "件", "over", "排查纠纷30余件", 0),
            ("disputes-resolved", "28", "件", "exact", "化解28件", None),
            ("publicity-events", "6", "场次", "exact", "全年普法宣传6场次", 2),
        ),
    ),
    Told(
        "青石镇2023.txt",
        "青石镇",
        "临川县",
        "2023",
        "镇司法所调解纠纷41件。明年计划建立法律顾问制度。",
        (("mediation", "done", "镇司法所调解纠纷41件"), ("legal-counsel", "planned", "计划建立法律顾问制度")),
        (("justice-office", "镇司法所", "participates", 0, "镇司法所调解纠纷41件"),),
        (("disputes-resolved", "41", "件", "exact", "调解纠纷41件", 0),),
    ),
    Told(
        "白沙乡.txt",
        "白沙乡",
        "临川县",
        "2023",
        "面向群众开展普法宣传十二场次。",
        (("legal-publicity", "done", "面向群众开展普法宣传十二场次"),),
        (("resident", "群众", "targets", 0, "面向群众开展普法宣传十二场次"),),
        (("publicity-events", "12", "场次", "exact", "普法宣传十二场次", 0),),
    ),
    Told(
        HOSTILE + ".txt",
        HOSTILE + "镇",
        HOSTILE + "县",
        "2023",
        f"前言。调解{HOSTILE}纠纷𠮷祥3件，办结。尾声。",
        (("mediation", "done", f"调解{HOSTILE}纠纷𠮷祥3件"),),
        (("mediator", HOSTILE, "participates", 0, "办结"),),
        (("disputes-resolved", "3", "件", "about", "3件", 0),),
    ),
)


def small_store(reports: tuple[Told, ...] = REPORTS) -> ox.Store:
    """The store of these reports, a named graph for each, with the vocabulary's concepts beside them."""
    from graph.schemes import rows

    store = ox.Store()
    store.extend(ox.Quad(*row, ox.NamedNode(terms.BASE + "graph/vocabulary")) for row in rows())
    for told in reports:
        _tell(store, told)
    return store


def small_texts(reports: tuple[Told, ...] = REPORTS) -> dict[str, str]:
    """The texts of these reports by their IRI."""
    return {_iri("report", told.file).value: told.text for told in reports}


def _iri(*parts: str) -> ox.NamedNode:
    return ox.NamedNode(terms.BASE + "id/" + "-".join("".join(f"{ord(c):x}" for c in part) for part in parts))


def _tell(store: ox.Store, told: Told) -> None:
    report, township = _iri("report", told.file), _iri("township", told.township)
    county = _iri("division", told.county)

    def say(subject: ox.NamedNode, **values: object) -> None:
        for name, value in values.items():
            literal = value if isinstance(value, ox.NamedNode | ox.Literal) else ox.Literal(value)  # type: ignore[call-overload]
            predicate = terms.expand("rdfs:label") if name == "label" else terms.zl(name)
            store.add(ox.Quad(subject, ox.NamedNode(predicate), literal, report))

    def concept(scheme: str, notation: str) -> ox.NamedNode:
        return ox.NamedNode(terms.concept(scheme, notation))

    def passage(quote: str) -> ox.NamedNode:
        start = told.text.index(quote)
        found = _iri("passage", told.file, str(start), quote)
        say(found, quote=quote, start=start, end=start + len(quote), section="主要工作")
        return found

    year = ox.Literal(told.year, datatype=ox.NamedNode(terms.expand("xsd:gYear")))
    say(report, sourceFile=told.file, township=township, year=year)
    say(township, label=ox.Literal(told.township, language="zh"), divisionType="镇", partOf=county)
    say(county, label=ox.Literal(told.county, language="zh"))
    acts = [_iri("activity", told.file, *activity) for activity in told.activities]
    for act, (type_, status, quote) in zip(acts, told.activities, strict=True):
        type_iri, status_iri = concept("activity", type_), concept("status", status)
        say(act, activityType=type_iri, status=status_iri, inReport=report, evidence=passage(quote))
    for kind, name, role, at, quote in told.participations:
        actor = _iri("actor", told.township, kind, name)
        say(actor, actorType=concept("actor", kind), label=ox.Literal(name, language="zh"))
        one = _iri("participation", told.file, kind, name, role, str(at))
        say(one, actor=actor, activity=acts[at], role=role, evidence=passage(quote))
    for indicator, value, unit, bound, quote, at in told.measures:
        measure = _iri("measure", told.file, indicator, quote)
        number = ox.Literal(value, datatype=ox.NamedNode(terms.expand("xsd:decimal")))
        done = concept("status", "done")
        say(measure, indicator=concept("indicator", indicator), value=number, unit=unit, status=done)
        say(measure, qualifier=concept("qualifier", bound), inReport=report, evidence=passage(quote))
        if at is not None:
            say(acts[at], hasMeasure=measure)
