"""Fixtures that more than one test module uses."""

from __future__ import annotations

import pytest
from hypothesis import settings
from rdflib import Graph

from ontology import sources

# The same cases each time, however busy the machine.
settings.register_profile("zhili", deadline=None, derandomize=True)
settings.load_profile("zhili")


@pytest.fixture(scope="session")
def ontology_graph() -> Graph:
    """The ontology alone."""
    return sources.load([sources.ONTOLOGY])


@pytest.fixture(scope="session")
def vocabulary_graph() -> Graph:
    """The whole vocabulary, with both directions of its hierarchies."""
    return sources.vocabulary()
