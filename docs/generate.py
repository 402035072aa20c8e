"""Write the generated documents anew (``make docs``)."""

from __future__ import annotations

from pathlib import Path

from ontology import reference

BUILD = Path(__file__).parent / "build"

if __name__ == "__main__":
    for path in reference.write(BUILD):
        print(path)
