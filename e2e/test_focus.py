"""What has the focus has the same ring at all sites, in both themes (WCAG 2.2, 1.4.11 and 2.4.13)."""

import re
from typing import Any, Final, Literal

import pytest

from e2e.pages.mailbox import MailboxPage
from e2e.scenario.actor import Actor

SITES: Final = {"Huawei Cloud": "https://marketplace.huaweicloud.com/", "Guance": "https://boss.guance.com/signin"}
CONTROLS: Final = """<div id="all">
  <a href="#x">Link</a> <p><a class="btn btn-primary" href="#x">Link</a> <button class="btn btn-primary">Button</button>
  <button class="btn btn-outline-primary">Button</button> <button class="btn btn-danger">Button</button>
  <button class="btn btn-sm btn-outline-secondary">Button</button> <button>Button</button>
  <button class="btn-close" aria-label="Close"></button> <button class="switch" aria-pressed="true">Switch</button></p>
  <p><input class="form-control"> <input class="form-control is-invalid"> <input class="form-control" type="search">
  <textarea class="form-control"></textarea> <select class="form-select"><option>One</option></select>
  <select class="form-select is-invalid"><option>One</option></select> <input class="form-control" type="file"></p>
  <p><input class="form-check-input" type="checkbox"> <input class="form-check-input" type="radio">
  <span class="form-switch"><input class="form-check-input" type="checkbox" role="switch" checked></span></p>
  <details><summary>Summary</summary>Text</details> <nav class="tabs"><a href="#x" aria-current="page">Tab</a></nav>
  <nav class="nav"><a class="nav-link" href="#x">Tab</a></nav> <ul class="pagination">
  <li><a class="page-link" href="#x">1</a></li></ul>
  <nav class="pages"><a href="#x" aria-current="page">1</a><a href="#x">2</a></nav>
  <a class="dropdown-item" href="#x">Item</a>
  <div class="choice"><input type="radio" name="choice"><h2>Tile</h2></div>
  <div tabindex="0">A part that scrolls</div></div>"""
LOOK: Final = """() => {
  const one = document.activeElement, ringed = one.closest('.choice') ?? one, style = getComputedStyle(ringed);
  const behind = [];
  for (let each = ringed.parentElement; each && !behind.length; each = each.parentElement) {
    const { backgroundColor, backgroundImage } = getComputedStyle(each);
    behind.push(...(backgroundImage.match(/rgba?\\([^)]*\\)/g) ?? []));
    if (!behind.length && !/, 0\\)$/.test(backgroundColor)) behind.push(backgroundColor);
  }
  return { name: one.outerHTML.slice(0, 70), inside: Boolean(one.closest('#all')), behind, style: style.outlineStyle,
           width: style.outlineWidth, ring: style.outlineColor, shadow: style.boxShadow };
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("site", [*SITES, "a neutral site"])
@pytest.mark.parametrize("place", ["main", ".top-bar"])
def test_all_controls_have_the_same_ring_that_is_seen(
    visitor: Actor, site: str, place: str, theme: Literal["light", "dark"]
) -> None:
    page = visitor.page
    page.emulate_media(color_scheme=theme)
    if site in SITES:
        visitor.opens(SITES[site])
    else:
        MailboxPage(visitor).open()
    page.locator(place).first.evaluate("(place, all) => place.insertAdjacentHTML('afterbegin', all)", CONTROLS)
    number = page.locator("#all").locator("a, button, input, textarea, select, summary, [tabindex]").count()
    page.locator("#all").evaluate("all => { all.tabIndex = -1; all.focus(); }")
    found = list[dict[str, Any]]()
    for _ in range(number):
        page.keyboard.press("Tab")
        found.append(page.evaluate(LOOK))
    assert all(one["inside"] for one in found), [one["name"] for one in found if not one["inside"]]
    assert {(one["style"], one["width"], one["ring"], one["shadow"]) for one in found} == {
        ("solid", "3px", found[0]["ring"], found[0]["shadow"])
    }
    for one in found:
        ring, gap = _luminance(one["ring"]), _luminance(one["shadow"])
        assert _contrast(ring, gap) >= 3, one
        assert one["behind"], one
        for background in map(_luminance, one["behind"]):
            assert max(_contrast(ring, background), _contrast(gap, background)) >= 3, one


def _contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _luminance(colour: str) -> float:
    """The relative luminance of the first colour in a CSS value (WCAG 2.2)."""
    numbers = re.findall(r"[\d.]+", colour.partition("rgb")[2])[:3]
    linear = [(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4) for c in (float(n) / 255 for n in numbers)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
