"""What a person meets on the pages, in a Chromium that is cut off from every network."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Watched, playwright
from tests.views_small import HOSTILE

pytestmark = pytest.mark.browser
VIEWS = ["overview", "divisions", "township", "actors", "compare", "year", "network"]
Pages = Callable[[str], Path]
expect = playwright.expect

INK = """() => {
  const canvas = document.querySelector('#picture canvas');
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  const colours = {};
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at + 3] < 250) continue;
    const parts = [pixels[at], pixels[at + 1], pixels[at + 2]].map((one) => one.toString(16).padStart(2, '0'));
    const colour = '#' + parts.join('');
    colours[colour] = (colours[colour] || 0) + 1;
  }
  return colours;
}"""
PLACE = """([from, to]) => {
  const { network, nodes, edges } = window.zhili;
  const id = (name) => [...nodes.values()].find((node) => node.label === name).id;
  if (!to) return network.canvasToDOM(network.getPositions([id(from)])[id(from)]);
  const ends = network.getPositions([id(from), id(to)]), a = ends[id(from)], b = ends[id(to)];
  return network.canvasToDOM({ x: a.x + 0.6 * (b.x - a.x), y: a.y + 0.6 * (b.y - a.y) });
}"""


def click(page: playwright.Page, name: str, other: str = "") -> None:
    """Click on a node, or on the line between two, where the picture has drawn it."""
    spot = page.evaluate(PLACE, [name, other])
    box = page.locator("#picture").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])


def search(page: playwright.Page, text: str) -> None:
    page.locator("#search").fill(text)


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_is_drawn(name: str, watched: Watched, pages: Pages) -> None:
    page = watched.open(pages(name))
    colours = page.evaluate(INK)
    kinds = set(page.evaluate("[...window.zhili.nodes.values()].map((node) => node.group)"))
    from graph.views.style import MARKS

    assert {kind for kind in kinds if colours.get(MARKS[kind].color, 0) > 10} == kinds
    assert sum(colours.values()) > 0.002 * 390 * 400


@pytest.mark.parametrize("name", ["overview", "township", "actors"])
def test_every_name_is_written_where_there_is_room(name: str, watched: Watched, pages: Pages) -> None:
    page = watched.open(pages(name))
    assert sorted(page.evaluate("window.zhili.named()")) == sorted(page.evaluate("[...window.zhili.nodes.keys()]"))


def test_the_page_fits_its_window(watched: Watched, pages: Pages) -> None:
    page = watched.open(pages("overview"))
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_click_on_a_line_shows_its_sentences(watched: Watched, pages: Pages) -> None:
    page = watched.open(pages("overview"))
    click(page, "白沙乡", "普法活动")
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_contain_text("白沙乡")
    expect(panel.locator("h2")).to_contain_text("普法活动")
    expect(panel.locator("blockquote")).to_have_text("面向群众开展普法宣传十二场次。")
    expect(panel.locator("mark")).to_have_text("面向群众开展普法宣传十二场次")
    expect(panel.locator(".source")).to_contain_text("白沙乡 · 2023 · 主要工作")
    expect(panel.locator(".file")).to_have_text("白沙乡.txt")


def test_a_click_on_a_node_lists_its_lines_and_facts(watched: Watched, pages: Pages) -> None:
    page = watched.open(pages("overview"))
    click(page, "青石镇")
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("青石镇")
    expect(panel.locator(".badges")).to_have_text("已开展 4计划 1不足 1")
    expect(panel.locator(".fact")).to_have_count(6)
    panel.get_by_role("button", name="普法活动 2").click()
    expect(panel.locator(".fact")).to_have_count(2)
    panel.get_by_role("button", name="返回").click()
    expect(panel.locator("h2")).to_have_text("青石镇")


@pytest.mark.parametrize(
    ("typed", "found"), [("青石", "青石镇"), ("白", "白沙乡"), ("调解", "调解"), ("LEGAL PUB", "普法活动")]
)
def test_search_finds_by_name_in_either_language(typed: str, found: str, watched: Watched, pages: Pages) -> None:
    page = watched.open(pages("overview"))
    search(page, typed)
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(found)


def test_search_says_when_nothing_is_found(watched: Watched, pages: Pages) -> None:
    page = watched.open(pages("overview"))
    search(page, "不存在的镇")
    expect(page.locator("#found")).to_have_text("没有名称含“不存在的镇”的节点")


def test_search_looks_through_the_sentences(watched: Watched, pages: Pages) -> None:
    page = watched.open(pages("overview"))
    search(page, "41件")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("含“41件”的原句")
    expect(page.locator("#panel blockquote")).to_have_text("镇司法所调解纠纷41件。")
    expect(page.locator("#panel mark")).to_have_text("41件")
    unfold(page)
    page.locator("#by-year").select_option("2022")
    expect(page.locator("#panel blockquote")).to_have_count(0)


def test_a_half_typed_word_is_left_to_the_input_method(watched: Watched, pages: Pages) -> None:
    page = watched.open(pages("overview"))
    search(page, "青石")
    page.evaluate(
        "document.getElementById('search').dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    )
    expect(page.locator("#panel h2")).to_have_count(0)


def test_everything_opens_from_the_keyboard(watched: Watched, pages: Pages) -> None:
    page = watched.open(pages("overview"))
    page.keyboard.press("/")
    page.keyboard.type("青石")
    page.keyboard.press("Enter")
    page.locator("#panel").get_by_role("button", name="调解 2").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel .fact")).to_have_count(2)
    page.locator("#search").blur()
    page.keyboard.press("Escape")
    expect(page.locator("#panel .hint")).to_be_visible()


def shown(page: playwright.Page) -> set[str]:
    return set(
        page.evaluate(
            "[...window.zhili.nodes.values()].map((node) => node.label).filter((label, at) =>"
            " !window.zhili.network.body.nodes['n' + at].options.hidden)"
        )
    )


def unfold(page: playwright.Page) -> None:
    page.evaluate("document.getElementById('filters').open = true")


def test_filters_leave_what_passes(watched: Watched, pages: Pages) -> None:
    page = watched.open(pages("overview"))
    unfold(page)
    page.locator("#by-township").select_option(label="白沙乡")
    assert shown(page) == {"白沙乡", "普法活动", "群众"}
    page.locator("#clear").click()
    page.locator("#by-year").select_option("2022")
    assert "白沙乡" not in shown(page) and "青石镇" in shown(page)
    page.locator("#clear").click()
    page.locator("#by-status").get_by_label("不足").check()
    assert shown(page) == {"青石镇", "普法活动"}
    click(page, "青石镇", "普法活动")
    expect(page.locator("#panel mark")).to_have_text("普法宣传形式单一")
    page.locator("#clear").click()
    page.locator("#by-type").select_option(label="矛盾纠纷")
    assert "普法活动" not in shown(page) and "矛盾纠纷排查" in shown(page)


def test_filters_that_leave_nothing_say_so(watched: Watched, pages: Pages) -> None:
    page = watched.open(pages("overview"))
    unfold(page)
    page.locator("#by-township").select_option(label="白沙乡")
    page.locator("#by-year").select_option("2022")
    expect(page.locator("#nothing")).to_be_visible()


def test_a_search_goes_past_the_filters(watched: Watched, pages: Pages) -> None:
    page = watched.open(pages("overview"))
    unfold(page)
    page.locator("#by-township").select_option(label="白沙乡")
    search(page, "青石镇")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("青石镇")
    assert "青石镇" in shown(page)


@pytest.mark.parametrize("name", ["overview", "divisions", "actors", "year", "network"])
def test_hostile_words_stay_words(name: str, watched: Watched, pages: Pages) -> None:
    page = watched.open(pages(name))
    unfold(page)
    for label in (HOSTILE[:20], "调解"):
        search(page, label)
        page.wait_for_timeout(30)
        page.keyboard.press("Enter")
        page.evaluate("document.querySelectorAll('#panel details').forEach((one) => { one.open = true; })")
    page.wait_for_timeout(100)
    assert "owned" not in page.title()
    assert page.locator("#panel img, #found img, #filters img, #panel script").count() == 0


def test_hostile_words_are_shown_as_they_are_written(watched: Watched, pages: Pages) -> None:
    page = watched.open(pages("overview"))
    click(page, HOSTILE + "镇", "调解")
    panel = page.locator("#panel")
    assert panel.locator("blockquote").text_content() == f"调解{HOSTILE}纠纷𠮷祥3件，办结。"
    assert panel.locator("mark").text_content() == f"调解{HOSTILE}纠纷𠮷祥3件"  # offsets count code points
    assert panel.locator(".file").text_content() == HOSTILE + ".txt"
    assert HOSTILE + "镇" in (panel.locator("h2").text_content() or "")


def test_the_language_changes_in_place(watched: Watched, pages: Pages) -> None:
    page = watched.open(pages("township"))
    page.locator("#language").click()
    expect(page.locator("h1")).to_have_text("Governance activities of 青石镇")
    assert page.evaluate("document.documentElement.lang") == "en"
    search(page, "mediation")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("mediation")
    assert not re.search("[一-鿿]", page.locator("#filters").inner_text())


def test_a_figure_is_told_with_its_bound(watched: Watched, pages: Pages) -> None:
    page = watched.open(pages("township"))
    search(page, "排查纠纷件数")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .fact .note")).to_have_text("30件以上")


def test_a_comparison_shows_what_is_not_reported(watched: Watched, pages: Pages) -> None:
    page = watched.open(pages("compare"))
    page.evaluate("document.querySelectorAll('#panel details').forEach((one) => { one.open = true; })")
    row = page.locator("#panel tr", has_text="普法活动场次")
    expect(row.locator("td")).to_have_text(["—", "12场次"])


def test_a_township_among_thousands_gets_its_lines_when_chosen(watched: Watched, pages: Pages) -> None:
    page = watched.open(pages("divisions"))
    search(page, "青石镇")
    page.keyboard.press("Enter")
    page.locator("#panel").get_by_role("button", name=re.compile("^矛盾纠纷")).click()
    expect(page.locator("#panel .fact")).to_have_count(3)
    expect(page.locator("#panel h2")).to_contain_text("矛盾纠纷")


def test_physics_waits_for_its_switch(watched: Watched, pages: Pages) -> None:
    page = watched.open(pages("network"))
    where = "JSON.stringify(window.zhili.network.getPositions())"
    before = page.evaluate(where)
    page.wait_for_timeout(200)
    assert page.evaluate(where) == before
    page.locator("#physics").check()
    page.wait_for_function(f"() => {where} !== {before!r}")
    page.locator("#reset").click()
    assert page.evaluate(where) == before


def test_an_address_leads_to_a_node(watched: Watched, pages: Pages) -> None:
    watched.page.goto(pages("overview").as_uri() + "#白沙乡")
    expect(watched.page.locator("#panel h2")).to_have_text("白沙乡")


def test_a_print_holds_the_picture_and_the_sentences(watched: Watched, pages: Pages) -> None:
    page = watched.open(pages("overview"))
    search(page, "白沙乡")
    page.keyboard.press("Enter")
    page.emulate_media(media="print")
    expect(page.locator("#panel blockquote")).to_be_visible()
    expect(page.locator("#picture canvas")).to_be_visible()
    expect(page.locator("#tools")).to_be_hidden()
    expect(page.locator("#filters")).to_be_hidden()
