"""Patterns across townships: one module for each question, all read from a build's store.

Every function takes a ``Ground`` (or a table or graph made from one) and gives a ``Result``: rows of a NamedTuple, how
many reports they rest on, and nothing at all where these are too few.

    with open_build("exports") as build:
        ground = ground_of(build)
        print(outliers(ground).frame())
"""

from graph.analysis.ground import Ground, ground_of
from graph.analysis.result import Result

__all__ = ["Ground", "Result", "ground_of"]
