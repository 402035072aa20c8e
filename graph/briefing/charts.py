"""Charts: Vega-Lite specifications, and the drawings that vl-convert makes of them without a browser or a network."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

MOST_TICKS = 4
LANES = 5
HERE = "https://zhili.invalid/"  # Vega makes every link absolute; links with this base are taken back to the page
FONTS = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, SimHei, sans-serif"
INK, SOFT, BLUE, ORANGE, LINE = "#1f2933", "#5f6b7a", "#005a9c", "#b4480a", "#d5dbe3"
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"

CONFIG = {
    "font": FONTS,
    "view": {"stroke": None},
    "background": None,
    "axis": {"labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "labelColor": SOFT,
             "titleColor": SOFT, "gridColor": "#edf0f4", "domainColor": LINE, "tickColor": LINE},
}  # fmt: skip

Row = Mapping[str, Any]


def strip(rows: Sequence[Row], *, rate: bool, axis: str) -> dict[str, Any]:
    """One indicator's figures on a line: ``value``, ``bound``, ``name``, ``label``, ``link``, ``far`` of each.

    A figure that is only a bound is a triangle that points to where the true one lies.
    """
    turned = {"exact": 0, "about": 0, "over": 90, "under": -90}
    side = sorted(rows, key=lambda row: row["value"])  # neighbours stand in different lanes and do not hide each other
    data = [{**row, "turn": turned[row["bound"]], "up": at % LANES} for at, row in enumerate(side)]
    values = [float(row["value"]) for row in rows]
    scale: dict[str, Any] = {"zero": False, "nice": True} if rate else {"type": "symlog", "domain": _domain(values)}
    ticks = {"format": ",.10~g", "grid": True, "tickCount": 4} | (
        {} if rate else {"values": ticks_of(*_domain(values))}
    )
    return {
        **_base(),
        "width": 250,
        "height": 58,
        "data": {"values": data},
        "encoding": {
            "x": {"field": "value", "type": "quantitative", "scale": scale, "axis": {"title": axis or None, **ticks}},
            "y": {"field": "up", "type": "quantitative", "axis": None, "scale": {"domain": [-1, LANES]}},
        },
        "layer": [_dots(), _labels()],
    }


def _domain(values: Sequence[float]) -> tuple[float, float]:
    """A little more than from the least to the greatest."""
    return min(values) * 0.8, max([max(values) * 1.15, 1.0])


def ticks_of(low: float, high: float) -> list[float]:
    """Give up to five round numbers between two that stand about as far from each other on a logarithmic scale.

    >>> ticks_of(3, 700), ticks_of(40, 60)
    ([10.0, 100.0], [50.0])
    """
    steps = ((1, 2, 5), (1, 3), (1,))
    tables = ([digit * 10**power for power in range(10) for digit in digits] for digits in steps)
    inside = [[float(tick) for tick in ticks if low <= tick <= high] for ticks in tables]
    found = next((ticks for ticks in inside if len(ticks) <= MOST_TICKS), inside[-1])
    return found[:: -(-len(found) // MOST_TICKS) or 1]


def _dots() -> dict[str, Any]:
    shape = {
        "condition": {"test": "datum.bound == 'over' || datum.bound == 'under'", "value": "triangle"},
        "value": "circle",
    }
    return {
        "mark": {"type": "point", "filled": True, "size": 46, "opacity": 0.85},
        "encoding": {
            "shape": shape,
            "angle": {"field": "turn", "type": "quantitative", "scale": None},
            "color": {"condition": {"test": "datum.far", "value": ORANGE}, "value": BLUE},
            "href": {"field": "link"},
            "description": {"field": "label"},
        },
    }


def _labels() -> dict[str, Any]:
    """The names of those that stand far from the others."""
    return {
        "transform": [{"filter": "datum.far"}],
        "mark": {"type": "text", "dy": -9, "fontSize": 11, "color": ORANGE, "align": "center"},
        "encoding": {"text": {"field": "name"}},
    }


def network(nodes: Sequence[Row], edges: Sequence[Row]) -> dict[str, Any]:
    """Actors as dots (``x``, ``y``, ``size``, ``name``), those that work together joined by lines (``weight``)."""
    edge = {
        "data": {"values": list(edges)},
        "mark": {"type": "rule", "color": "#8592a3", "opacity": 0.55},
        "encoding": {
            "x": _at("x"), "y": _at("y"), "x2": {"field": "x2"}, "y2": {"field": "y2"},
            "size": {"field": "weight", "type": "quantitative", "scale": {"range": [0.8, 7]}, "legend": None},
            "href": {"field": "link"}, "description": {"field": "label"},
        },
    }  # fmt: skip
    dot = {
        "data": {"values": list(nodes)},
        "mark": {"type": "point", "filled": True, "opacity": 1, "color": "#007a5a"},
        "encoding": {
            "x": _at("x"), "y": _at("y"), "description": {"field": "label"},
            "size": {"field": "size", "type": "quantitative", "scale": {"range": [40, 700]}, "legend": None},
        },
    }  # fmt: skip
    halo = {"type": "text", "dy": -17, "fontSize": 13, "stroke": "#ffffff", "strokeWidth": 3}
    name = {"type": "text", "dy": -17, "fontSize": 13, "color": INK}
    names = [
        {
            "data": {"values": list(nodes)},
            "mark": mark,
            "encoding": {"x": _at("x"), "y": _at("y"), "text": {"field": "name"}},
        }
        for mark in (halo, name)
    ]
    return {
        **_base(),
        "width": 860,
        "height": 480,
        "layer": [edge, dot, *names],
        "resolve": {"scale": {"size": "independent"}},
    }


def _at(field: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "axis": None, "scale": {"domain": [-1.12, 1.12]}}


def _base() -> dict[str, Any]:
    return {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "config": CONFIG, "padding": 4}


def svg(spec: Mapping[str, Any], name: str) -> str:
    """Draw a chart as an SVG element whose text is text, whose links stay in the page; ``name`` keeps its ids apart."""
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(dict(spec), allowed_base_urls=[])
    root = ElementTree.fromstring(drawn)
    for element in root.iter():
        _adapt(element, name)
    width, height = root.attrib.pop("width"), root.attrib.pop("height")
    root.attrib |= {"role": "img", "class": "chart"}
    root.attrib.setdefault("viewBox", f"0 0 {width} {height}")
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    return ElementTree.tostring(root, encoding="unicode")


def _adapt(element: ElementTree.Element, name: str) -> None:
    """Give a mark's description as its tooltip, take links back to the page, make ids the chart's own."""
    label = element.attrib.pop("aria-label", "")
    if label and element.get("role") == "graphics-symbol":
        title = ElementTree.Element(f"{{{SVG}}}title")
        title.text = label
        element.insert(0, title)
    for key in ("role", "aria-roledescription", "aria-hidden"):
        element.attrib.pop(key, None)
    for key, value in element.attrib.items():
        element.attrib[key] = re.sub(r"url\(#", f"url(#{name}-", value.replace(HERE, ""))
    if "id" in element.attrib:
        element.attrib["id"] = f"{name}-{element.attrib['id']}"


def png(spec: Mapping[str, Any]) -> bytes:
    """Draw a chart as a picture, two pixels for each point."""
    import vl_convert

    drawn: bytes = vl_convert.vegalite_to_png(dict(spec), scale=2, allowed_base_urls=[])
    return drawn
