"""The names that zhili's Turtle uses, as plain strings: importing this module costs nothing.

``ontology/zhili.ttl`` describes each name; a test holds the two together. Whoever works with rdflib takes the same
names from ``ontology.namespaces``.
"""

from __future__ import annotations

from types import MappingProxyType

BASE = "https://w3id.org/zhili/"
ZL = BASE + "ns#"
DATA = BASE + "id/"

#: The concept schemes: the name of the scheme → the prefix under which Turtle writes its concepts.
SCHEMES = MappingProxyType(
    {
        "activity": "act",
        "actor": "actor",
        "indicator": "ind",
        "occasion": "occ",
        "status": "status",
        "qualifier": "qualifier",
        "unit": "unit",
        "word": "word",
        "cue": "cue",
        "law": "law",
    }
)

#: Prefix → namespace, in the order in which Turtle lists them.
PREFIXES = MappingProxyType(
    {
        "zl": ZL,
        **{prefix: f"{BASE}{scheme}/" for scheme, prefix in SCHEMES.items()},
        "dcterms": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "qb": "http://purl.org/linked-data/cube#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)

CLASSES = (
    "Activity",
    "Actor",
    "Build",
    "DeficientActivity",
    "Division",
    "DoneActivity",
    "Finding",
    "Instrument",
    "Measure",
    "Participation",
    "Passage",
    "Person",
    "PlannedActivity",
    "Report",
    "Township",
)

#: Property → its inverse, for those that lead from one thing of a build to another.
INVERSES = MappingProxyType(
    {
        "activity": "hasParticipation",
        "actor": "actsIn",
        "citedIn": "cites",
        "evidence": "evidenceFor",
        "hasMeasure": "measureOf",
        "held": "heldBy",
        "inReport": "reports",
        "indicatorOf": "hasIndicator",
        "issuedIn": "issues",
        "ofTownship": "hasActor",
        "partOf": "hasPart",
        "participatesIn": "hasParticipant",
        "targets": "targetedBy",
        "township": "hasReport",
        "within": "encloses",
    }
)

#: Properties that lead to a concept of the vocabulary.
CONCEPT_PROPERTIES = (
    "activityType",
    "actorType",
    "goesOnIn",
    "indicator",
    "mainActivity",
    "occasion",
    "participantIn",
    "qualifier",
    "status",
    "targetIn",
    "usualUnit",
)

#: Properties that lead to a literal.
VALUES = (
    "divisionCode",
    "divisionType",
    "end",
    "findingKind",
    "office",
    "quote",
    "role",
    "rule",
    "section",
    "sourceFile",
    "start",
    "unit",
    "value",
    "year",
    "yearNumber",
)

#: Annotations of the vocabulary, which the extractors read.
ANNOTATIONS = (
    "counterExample",
    "figureKind",
    "fixedRole",
    "goesOnFrom",
    "pattern",
    "roleKind",
    "usualClassifier",
    "usualRole",
)

PROPERTIES = tuple(sorted({*INVERSES, *INVERSES.values(), *CONCEPT_PROPERTIES, *VALUES, *ANNOTATIONS}))
NAMES = frozenset({*CLASSES, *PROPERTIES})

FINDING_KINDS = (
    "rate-mismatch",
    "sum-mismatch",
    "foreign-place",
    "repeated-text",
    "year-mismatch",
    "typo",
    "numbering",
    "residue",
    "figure-conflict",
)
ROLES = ("participates", "targets")
FIGURE_KINDS = ("event", "stock", "rate", "reach")


def zl(name: str) -> str:
    """Give the IRI of a class or property of ours; an unknown name is a KeyError.

    >>> zl("township")
    'https://w3id.org/zhili/ns#township'
    """
    if name not in NAMES:
        raise KeyError(f"zhili.ttl knows no {name!r}")
    return ZL + name


def scheme(name: str) -> str:
    """Give the IRI of a concept scheme; an unknown name is a KeyError.

    >>> scheme("activity")
    'https://w3id.org/zhili/activity'
    """
    if name not in SCHEMES:
        raise KeyError(f"there is no scheme {name!r}")
    return BASE + name


def concept(scheme_name: str, notation: str) -> str:
    """Give the IRI of a concept from its scheme and its notation.

    >>> concept("status", "done")
    'https://w3id.org/zhili/status/done'
    """
    return f"{scheme(scheme_name)}/{notation}"


def expand(name: str) -> str:
    """Give the IRI of a prefixed name; an unknown prefix, or an unknown name of ours, is a KeyError.

    >>> expand("skos:Concept")
    'http://www.w3.org/2004/02/skos/core#Concept'
    """
    prefix, _, local = name.partition(":")
    return zl(local) if prefix == "zl" else PREFIXES[prefix] + local
