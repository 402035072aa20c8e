"""The reports that come with the package, about invented townships."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def sample_paths() -> list[Path]:
    """Give the files of the bundled sample; [] where it was left out."""
    folder = Path(str(files("extractors").joinpath("sample")))
    return sorted(folder.glob("*.txt"))
