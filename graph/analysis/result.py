"""What an analysis gives: rows, how many reports they rest on, and silence where these are too few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

Row = TypeVar("Row", bound=tuple[Any, ...])


@dataclass(frozen=True, slots=True)
class Result(Generic[Row]):
    """The answer to one question.

    ``kind`` is the NamedTuple of the rows; ``reports`` how many reports the answer rests on and ``least`` how many it
    needs; ``notes`` hold what the method used (seeds, thresholds, counts). A row's field ``sure``, where it has one,
    tells what stands out beyond chance from what only comes near it.
    """

    name: str
    kind: type[Row]
    rows: tuple[Row, ...]
    reports: int
    least: int = 1
    notes: Mapping[str, object] = field(default_factory=dict)

    @property
    def silent(self) -> bool:
        """Whether there were too few reports to say anything."""
        return self.reports < self.least

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the rows' fields."""
        return tuple(getattr(self.kind, "_fields", ()))

    @property
    def sure(self) -> tuple[Row, ...]:
        """The rows that stand out beyond chance; all of them where the question is not one of chance."""
        return tuple(row for row in self.rows if getattr(row, "sure", True))

    def frame(self) -> Any:
        """Give the rows as a data frame of pandas."""
        import pandas

        return pandas.DataFrame([list(row) for row in self.rows], columns=list(self.columns))


def result(
    name: str, kind: type[Row], rows: Sequence[Row], reports: int, *, least: int = 1, **notes: object
) -> Result[Row]:
    """Make a result that says nothing where it rests on fewer reports than it needs."""
    return Result(name, kind, tuple(rows) if reports >= least else (), reports, least, notes)
