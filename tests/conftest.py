"""Fixtures that more than one test module uses."""

from __future__ import annotations

import pytest
from rdflib import Graph

from ontology import sources


@pytest.fixture(scope="session")
def ontology_graph() -> Graph:
    """The ontology alone."""
    return sources.load([sources.ONTOLOGY])


@pytest.fixture(scope="session")
def vocabulary_graph() -> Graph:
    """The whole vocabulary, with both directions of its hierarchies."""
    return sources.vocabulary()
