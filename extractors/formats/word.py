"""Word's old .doc (and WPS's .wps, .rtf, .odt) by a converter on this machine: antiword, else LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from extractors.formats import Loaded, Refused, openxml
from extractors.formats.kinds import OLE

PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
MEMORY = 8 << 30  # bytes of address space for LibreOffice, which maps far more than it uses


def read(data: bytes, name: str) -> Loaded:
    """The document's text; raises ``Refused`` with ``"converter"`` where no program is there to convert it."""
    office, antiword = soffice(), shutil.which("antiword")
    if antiword and data.startswith(OLE) and (text := _antiword(antiword, data)):
        return Loaded(text)
    if office:
        return openxml.read(_converted(office, data), name)
    raise Refused("broken" if antiword and data.startswith(OLE) else "converter")


def soffice() -> str | None:
    """Where LibreOffice is, if it is."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in PLACES if Path(place).is_file()), None)


def _antiword(program: str, data: bytes) -> str:
    """antiword's text of the document, "" where it cannot read it (as it says of most that are not Word 6 to 2003)."""
    done = subprocess.run([program, "-w", "0", "-m", "UTF-8.txt", "-"], input=data, capture_output=True, check=False)
    return "" if done.returncode else "\n".join(_lines(done.stdout.decode("utf-8", "replace")))


def _lines(text: str) -> Iterator[str]:
    """Lines without antiword's drawings: a table's row "|甲 |乙 |" becomes its cells with tabs between."""
    for line in text.strip("\n").splitlines():
        if line.startswith("|") and line.rstrip().endswith("|"):
            yield "\t".join(cell.strip() for cell in line.strip().strip("|").split("|"))
        elif line.strip() != "[pic]":
            yield line.rstrip()


def _converted(office: str, data: bytes) -> bytes:
    """The document as .docx by LibreOffice, under a profile of its own so that one at work is not disturbed."""
    with tempfile.TemporaryDirectory(prefix="office-") as folder:
        source = Path(folder, "report.doc" if data.startswith(OLE) else "report")
        source.write_bytes(data)
        profile = Path(tempfile.gettempdir(), f"profile-{os.getpid()}").as_uri()
        command = [office, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck"]
        command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source)]
        subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, preexec_fn=_more_memory())
        result = Path(folder, "report.docx")
        if not result.is_file():
            raise Refused("broken", "LibreOffice")
        return result.read_bytes()


def _more_memory() -> Callable[[], None] | None:
    """What gives LibreOffice the room that a parser here is not given."""
    if sys.platform == "win32":
        return None
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (hard if hard >= 0 else MEMORY, hard))
