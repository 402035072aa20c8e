"""One HTML file out of a pyvis network: whole, offline, with the reports' words as text.

pyvis holds the network; its own page is not used, because it asks a CDN for parts of itself and lets text run as
markup. This page carries vis-network as pyvis ships it, the data as JSON in which no ``<`` stands, and a policy that
forbids every script but its own and every request.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from pyvis.network import Network

from graph.messages import LANGUAGES, texts
from graph.views.style import LINES

VIS = "templates/lib/vis-9.1.2/vis-network.min.js"
SCRIPTS = ("model.js", "lines.js", "canvas.js", "panel.js", "main.js")
JSON = {"ensure_ascii": False, "separators": (",", ":")}


def page(
    network: Network, data: Mapping[str, Any], *, title: Mapping[str, str], about: Mapping[str, str], lang: str
) -> str:
    """The page of a network, opening in ``lang``; ``title`` and ``about`` come in zh and en."""
    nodes, edges, *_ = network.get_network_data()
    words = {one: {name: text[one] for name, text in _words().items()} for one in LANGUAGES}
    whole = {"nodes": nodes, "edges": edges, "options": network.options, "title": title, "about": about}
    lines = {status: line._asdict() for status, line in LINES.items()}
    whole |= {"lang": lang, "words": words, "lines": lines, **data}
    scripts, style = [_vis(), _own_script()], _asset("page.css")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    environment.policies["json.dumps_kwargs"] = JSON
    template = environment.from_string(_asset("page.html"))
    policy = _policy(scripts, style)
    return template.render(data=whole, scripts=scripts, style=style, policy=policy, title=title[lang], lang=lang)


def save(path: Path, html: str) -> Path:
    """Write a page as UTF-8 with the same bytes on every system, whole or not at all; missing folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".part")
    unfinished.write_bytes(html.encode("utf-8"))
    unfinished.replace(path)
    return path


def _asset(name: str) -> str:
    return (files("graph.views") / "assets" / name).read_text(encoding="utf-8")


def _words() -> dict[str, Mapping[str, str]]:
    prefix = "page."
    return {name.removeprefix(prefix): text for name, text in texts("views").items() if name.startswith(prefix)}


def _vis() -> str:
    """vis-network as pyvis ships it, without the line that names a file for debuggers."""
    script = files("pyvis").joinpath(VIS).read_text(encoding="utf-8")
    return "\n".join(line for line in script.split("\n") if not line.startswith("//# sourceMappingURL"))


def _own_script() -> str:
    return "(function () {\n'use strict';\n" + "\n".join(map(_asset, SCRIPTS)) + "\n})();"


def _policy(scripts: list[str], style: str) -> str:
    """Only these scripts and this style, images only from the page itself, no request to anywhere."""
    allowed = " ".join(_hash(script) for script in scripts)
    return f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data:"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
