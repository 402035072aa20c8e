"""Take the README's pictures: a build's pages as a browser shows them.

    python -m benchmarks.picture [--out DIR] [--township NAME]

Writes ``exports/overview.png`` and ``docs/township.png`` from the build in DIR (default exports/), each under 200 KB.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from benchmarks.views import browser
from graph import views
from graph.reading import Reading, read
from graph.store import open_build
from graph.views import View
from graph.views.style import LINES, MARKS

PICTURES = {"overview": Path("exports/overview.png"), "township": Path("docs/township.png")}
SIZE = {"width": 1280, "height": 800}
LARGEST = 200_000
INK, MARKED = "#1d2733", "#ffe9a8"
#: In the overview, the activity type that most townships and actors meet at is chosen.
BUSIEST = """() => {
  const types = [...window.zhili.nodes.values()].filter((node) => node.group === 'activity');
  window.zhili.choose(types.sort((a, b) => b.edges.length - a.edges.length)[0]);
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, default=Path("exports"))
    parser.add_argument("--township", default="")
    parser.add_argument("--lang", default="zh", choices=["zh", "en"])
    arguments = parser.parse_args()
    with open_build(arguments.out) as build:
        reading = read(build)
        for name, view, script in chosen(reading, arguments.township):
            path = PICTURES[name]
            texts = views.texts_of(build, reading)
            path.write_bytes(screenshot(views.html(view, reading, arguments.lang, texts=texts), script))
            print(f"{path}: {path.stat().st_size // 1000} KB")


def chosen(reading: Reading, township: str) -> Iterator[tuple[str, View, str]]:
    """The pictures: their names, what they show, and what is chosen in them."""
    iri = (reading.named(township) or list(reading.townships))[0]
    yield "overview", views.overview(reading), BUSIEST
    yield "township", views.township(reading, iri), ""


def screenshot(html: str, script: str) -> bytes:
    """A page as a PNG of few colours; ValueError where it is too large to go into a repository."""
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        path = Path(folder) / "page.html"
        path.write_text(html, encoding="utf-8")
        page = chromium.new_page(viewport=SIZE)
        page.goto(path.as_uri())
        if script:
            page.evaluate(script)
        page.wait_for_timeout(300)
        shot = page.screenshot()
    small = io.BytesIO()
    few = Image.open(io.BytesIO(shot)).convert("RGB").quantize(palette=palette(), dither=Image.Dither.NONE)
    few.save(small, "PNG", optimize=True)
    if small.tell() > LARGEST:
        raise ValueError(f"{small.tell()} bytes are more than {LARGEST}")
    return small.getvalue()


def palette() -> Image.Image:
    """The colours of the pages, each from full to nearly white, and greys."""
    colors = {mark.color for mark in MARKS.values()} | {line.color for line in LINES.values()} | {INK, MARKED}
    pure = [tuple(int(color[at : at + 2], 16) for at in (1, 3, 5)) for color in sorted(colors)]
    steps = [at / 8 for at in range(1, 9)]
    mixed = [round(255 - (255 - part) * step) for step in steps for color in pure for part in color]
    image = Image.new("P", (1, 1))
    image.putpalette([*mixed, 255, 255, 255, 245, 247, 249])
    return image


if __name__ == "__main__":
    main()
