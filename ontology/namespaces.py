"""The names of ``ontology.terms`` as rdflib namespaces; a name that does not exist fails where it is used."""

from __future__ import annotations

from rdflib import Graph, Namespace
from rdflib.namespace import DefinedNamespace

from ontology import terms


class ZL(DefinedNamespace):
    """The classes and properties of zhili.

    >>> ZL.Township
    rdflib.term.URIRef('https://w3id.org/zhili/ns#Township')
    """

    _fail = True
    _NS = Namespace(terms.ZL)
    _extras = sorted(terms.NAMES)


ACTIVITY = Namespace(terms.PREFIXES["act"])
ACTOR = Namespace(terms.PREFIXES["actor"])
INDICATOR = Namespace(terms.PREFIXES["ind"])
OCCASION = Namespace(terms.PREFIXES["occ"])
STATUS = Namespace(terms.PREFIXES["status"])
QUALIFIER = Namespace(terms.PREFIXES["qualifier"])
UNIT = Namespace(terms.PREFIXES["unit"])
WORD = Namespace(terms.PREFIXES["word"])


def bind(graph: Graph) -> Graph:
    """Give the graph zhili's prefixes, and return it.

    >>> str(dict(bind(Graph()).namespaces())["act"])
    'https://w3id.org/zhili/activity/'
    """
    for prefix, namespace in terms.PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)
    return graph
