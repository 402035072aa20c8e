"""Write the generated documents anew (``make docs``), or see whether they are as they would be written (``--check``)."""

from __future__ import annotations

import sys
from pathlib import Path

from cogapp import Cog

from docs import notebook
from ontology import reference

HERE = Path(__file__).parent
BUILD = HERE / "build"
#: Pages that hold what commands print.
SHOWING = ("README.md", "README.zh.md", "docs/cli.md", "docs/queries.md", "docs/decisions/README.md")


def shown(*, check: bool = False) -> int:
    """Run the commands that the pages show and write, or check, what they print; 0 where all is well."""
    options = ["-n", "utf-8", *(["--check", "--diff"] if check else ["-r"])]
    code: int = Cog().main(["cog", *options, *(str(HERE.parent / page) for page in SHOWING)])
    return code


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(shown(check=True))
    for path in reference.write(BUILD):
        print(path)
    sys.exit(shown() or notebook.main())
