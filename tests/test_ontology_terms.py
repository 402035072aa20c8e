from __future__ import annotations

import subprocess
import sys

import pytest
from rdflib import Graph, URIRef

from ontology import terms
from ontology.namespaces import ZL, bind


@pytest.mark.parametrize("name", sorted(terms.NAMES))
def test_plain_and_rdflib_names_are_the_same(name: str) -> None:
    assert ZL[name] == URIRef(terms.zl(name))


def test_unknown_names_fail() -> None:
    with pytest.raises(KeyError):
        terms.zl("towhship")
    with pytest.raises(KeyError):
        terms.expand("zl:towhship")
    with pytest.raises(KeyError):
        terms.concept("activty", "mediation")
    with pytest.raises(AttributeError):
        ZL.towhship  # noqa: B018


def test_bound_prefixes_replace_those_of_rdflib() -> None:
    assert {p: str(n) for p, n in bind(Graph()).namespaces()}.items() >= dict(terms.PREFIXES).items()


def test_terms_import_nothing_heavy() -> None:
    code = "import sys, ontology.terms; print('rdflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
