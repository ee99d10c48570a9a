"""At all sites and in both themes, the borders of fields and the ring of what has the focus are seen.

WCAG 2.2, 1.4.11 and 2.4.13.
"""

import re
from typing import Any, Final, Literal

import pytest
from playwright.sync_api import expect

from e2e.inspection import HEIGHT, NARROW, WIDE
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
  <select class="form-select is-invalid"><option>One</option></select> </p>
  <div class="form-control file-field"><input type="file" required> Choose file</div>
  <p><input class="form-check-input" type="checkbox"> <input class="form-check-input" type="radio">
  <span class="form-switch"><input class="form-check-input" type="checkbox" role="switch" checked></span></p>
  <details><summary>Summary</summary>Text</details> <nav class="tabs"><a href="#x" aria-current="page">Tab</a></nav>
  <nav class="nav"><a class="nav-link" href="#x">Tab</a></nav> <ul class="pagination">
  <li><a class="page-link" href="#x">1</a></li></ul>
  <nav class="pages"><a href="#x" aria-current="page">1</a><a href="#x">2</a></nav>
  <a class="dropdown-item" href="#x">Item</a>
  <div class="choice"><input type="radio" name="choice"><h2>Tile</h2></div>
  <div tabindex="0">A part that scrolls</div></div>"""
FIELDS: Final = """<div id="all"><input class="form-control"> <input class="form-control" aria-invalid="true">
  <input class="form-control" readonly>
  <div class="form-control file-field"><input type="file" required> Choose file</div>
  <div class="form-control file-field"><input type="file" required aria-invalid="true"> Choose file</div>
  <textarea class="form-control"></textarea> <textarea class="form-control" aria-invalid="true"></textarea>
  <select class="form-select"><option>One</option></select>
  <select class="form-select" aria-invalid="true"><option>One</option></select>
  <input class="form-check-input" type="checkbox"> <input class="form-check-input" type="checkbox" checked>
  <input class="form-check-input" type="checkbox" aria-invalid="true">
  <input class="form-check-input" type="radio"> <input class="form-check-input" type="radio" checked>
  <span class="form-switch"><input class="form-check-input" type="checkbox" role="switch"></span></div>"""
TALL: Final = """<dialog id="tall"><h2>Settlement</h2><form>
  <p>Facts</p><input class="form-control" aria-label="Account"><p>Notes</p>
  <div class="actions"><button class="btn btn-primary">Confirm</button></div></form></dialog>"""
BORDERS: Final = """all => [...all.querySelectorAll('input, textarea, select')].map(one => {
  const bordered = one.closest('.file-field') ?? one, border = getComputedStyle(bordered).borderBottomColor
  one.focus()
  const { borderBottomColor } = getComputedStyle(bordered)
  one.blur()
  let behind = all.parentElement
  while (/, 0\\)$/.test(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement
  return { name: one.outerHTML, colours: [border, borderBottomColor], behind: getComputedStyle(behind).backgroundColor }
})"""
LOOK: Final = """() => {
  const one = document.activeElement, ringed = one.closest('.choice, .file-field') ?? one;
  const style = getComputedStyle(ringed);
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
    _open(visitor, site)
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


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("site", [*SITES, "a neutral site"])
@pytest.mark.parametrize("place", ["main", ".panel", "dialog"])
def test_the_borders_of_all_fields_are_seen(
    visitor: Actor, site: str, place: str, theme: Literal["light", "dark"]
) -> None:
    page = visitor.page
    page.emulate_media(color_scheme=theme)
    _open(visitor, site)
    around = {"main": "{}", ".panel": '<div class="panel">{}</div>', "dialog": "<dialog open>{}</dialog>"}[place]
    within = around.format(FIELDS)
    page.locator("main").evaluate("(main, within) => main.insertAdjacentHTML('afterbegin', within)", within)
    found: list[dict[str, Any]] = page.locator("#all").evaluate(BORDERS)
    assert len(found) == FIELDS.count("<input") + FIELDS.count("<textarea") + FIELDS.count("<select")
    for one in found:
        for colour in one["colours"]:
            assert _contrast(_luminance(colour), _luminance(one["behind"])) >= 3, one


@pytest.mark.parametrize("site", [*SITES, "a neutral site"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_buttons_of_a_dialog_taller_than_the_window_are_seen_and_hide_no_field(
    visitor: Actor, site: str, width: int
) -> None:
    page = visitor.page
    page.set_viewport_size({"width": width, "height": HEIGHT})
    _open(visitor, site)
    page.locator("main").evaluate("(main, tall) => main.insertAdjacentHTML('afterbegin', tall)", TALL)
    page.locator("#tall").evaluate("""dialog => {
      dialog.showModal()
      for (const text of dialog.querySelectorAll("p")) text.style.height = "60rem"
    }""")
    tall, button, field = page.locator("#tall"), page.locator("#tall button"), page.locator("#tall input")

    for scrolled in (0, 99999):
        tall.evaluate("(dialog, top) => dialog.scrollTop = top", scrolled)
        shown = button.bounding_box()
        assert shown
        assert 0 < shown["y"] < HEIGHT - shown["height"]
    for scrolled in (0, 99999):
        tall.evaluate("(dialog, top) => dialog.scrollTop = top", scrolled)
        button.focus()
        field.focus()
        typed_into = field.bounding_box()
        assert typed_into
        assert 0 < typed_into["y"] < shown["y"] - typed_into["height"]


@pytest.mark.parametrize("language", ["zh"])
def test_a_file_is_chosen_by_a_button_in_the_language_of_the_page_and_its_name_is_shown(visitor: Actor) -> None:
    page = visitor.page
    page.goto(f"{visitor.world.url.partition('?')[0]}import")
    field = page.get_by_label("环境文件", exact=True)
    expect(page.get_by_text("未选择文件")).to_be_visible()
    expect(field).to_have_css("opacity", "0")

    for element in (page.get_by_text("选择文件", exact=True), page.locator(".file-field")):
        with page.expect_file_chooser() as chooser:
            element.click()
    field.press("Space")
    chooser.value.set_files({"name": "world.zip", "mimeType": "application/zip", "buffer": b"PK"})

    expect(page.get_by_text("未选择文件")).to_be_hidden()
    expect(field).to_have_css("opacity", "1")
    assert field.evaluate("field => getComputedStyle(field, '::file-selector-button').display") == "none"


def _open(visitor: Actor, site: str) -> None:
    if site in SITES:
        visitor.opens(SITES[site])
    else:
        MailboxPage(visitor).open()


def _contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _luminance(colour: str) -> float:
    """The relative luminance of the first colour in a CSS value (WCAG 2.2)."""
    numbers = re.findall(r"[\d.]+", colour.partition("rgb")[2])[:3]
    linear = [(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4) for c in (float(n) / 255 for n in numbers)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
