"""Every page can be read, fits with any text, and keeps distances. On narrow ones rows of tables are cards."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from markupsafe import Markup
from playwright.sync_api import Browser
from werkzeug.wrappers import Response

from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.conforming import report, run
from mock_sites.tests.support.crawling import Crawl, CrawledPage
from mock_sites.tests.support.drawing import HEIGHT, NARROW, WIDE, browser_page
from mock_sites.tests.support.longest import lengthen
from mock_sites.tests.support.users import populate
from mock_sites.tests.support.visitors import methods, rules
from mock_sites.web.tables import labelled
from mock_sites.web.texts import breakable

SMALLEST_TEXT: Final = 11
THINNEST_COLUMN: Final = 3
MIDDLE: Final = 768
"""Pixels."""
COMMON_LENGTH: Final = 30
"""Letters that a narrow page has room for in a line."""

_OVERFLOWING: Final = """() => {
  const seen = [...document.body.querySelectorAll("*:not(input, select, textarea, svg, svg *, thead *, .arrow)")]
    .filter(one => one.checkVisibility() && one.clientWidth > 1)
  const scrolls = one => one && (scrolls(one.parentElement) ||
    (getComputedStyle(one).overflowX === "auto" && !one.matches(".table-wrap")))
  const wide = seen.filter(one => one.scrollWidth > one.clientWidth + 1 && !scrolls(one))
  const found = wide.filter(one => !wide.some(other => other !== one && one.contains(other)))
    .map(one => `<${one.localName} class="${one.className}"> ${one.textContent.trim().slice(0, 40)}`)
  return document.documentElement.scrollWidth > innerWidth ? [...found, "the page"] : found
}"""
"""What is wider inside than it is. Menus scroll, and a header of a narrow table and an arrow's point take no room."""

_NO_CARDS: Final = """() => [...document.querySelectorAll("table")].flatMap(table => {
  const labels = [...table.querySelectorAll("thead th")].map(header => header.textContent.trim().replace(/\\s+/g, " "))
  const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" }
  const role = one => roles[one.tagName] ?? (one.scope === "col" ? "columnheader" : "rowheader")
  const found = [table, ...table.querySelectorAll("thead, tbody, tfoot, tr, th, td")]
    .filter(one => one.role !== role(one)).map(one => `<${one.localName}> has no role`)
  if (table.tHead && getComputedStyle(table.tHead).display === "none") found.push("the header is not read out")
  for (const row of table.querySelectorAll("tbody tr, tfoot tr")) {
    let column = 0
    if (getComputedStyle(row).display !== "block") found.push("a row is no card")
    for (const cell of row.cells) {
      column += cell.colSpan
      const before = getComputedStyle(cell, "::before")
      const label = before.content.split(' / ""')[0].replaceAll('"', "").trim()
      const needed = cell.scope === "row" || cell.colSpan > 1 ? label : labels[column - 1]
      if (label !== needed) found.push(`a cell is not labelled ${needed}`)
      const place = parseFloat(getComputedStyle(cell).paddingInlineStart)
      if (before.float !== "none" && place < parseFloat(before.width)) found.push(`the label ${label} has no place`)
    }
  }
  return [...new Set(found)]
})"""
"""What tables lack of being cards that are read out as tables. A row's header may be its title, without a label."""

_WRAPPED: Final = """() => {
  const lines = ones => new Set(ones.map(one => Math.round(one.getBoundingClientRect().top))).size
  const rows = [...document.querySelectorAll(".legend tbody tr")]
    .filter(row => lines([...row.querySelectorAll("td")]) > 1)
  const cells = [...document.querySelectorAll(".key > span, .legend tbody td, .charts .legend tbody th")]
  const texts = cells.filter(one => {
    const range = document.createRange()
    range.selectNodeContents(one)
    return new Set([...range.getClientRects()].map(rect => Math.round(rect.top))).size > 1
  })
  return [...rows, ...texts].map(one => `a legend has ${one.textContent.trim()} on two lines`)
}"""
"""What the legends of charts have on more than one line: the values of a row, or one of them."""

_TOO_SMALL: Final = f"""() => {{
  const texts = [...document.querySelectorAll("body *:not(script, style, noscript, option, title)")].filter(one =>
    [...one.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.data.trim()))
  const size = one => {{
    const {{ a, b, c, d }} = one.ownerSVGElement ? one.getScreenCTM() : new DOMMatrix()
    return parseFloat(getComputedStyle(one).fontSize) * Math.min(Math.hypot(a, b), Math.hypot(c, d))
  }}
  const small = texts.filter(one => one.checkVisibility() && size(one) < {SMALLEST_TEXT})
    .map(one => `${{one.textContent.trim().slice(0, 40)}} is ${{size(one).toFixed(1)}} pixels high`)
  const hidden = [...document.querySelectorAll("svg text, .plot span")].filter(one => !one.checkVisibility())
    .map(one => `the label ${{one.textContent}} of a chart is hidden`)
  const thin = [...document.querySelectorAll(".chart rect")].map(one => one.getBoundingClientRect().width)
    .filter(width => width && width < {THINNEST_COLUMN}).map(width => `a column is ${{width.toFixed(1)}} pixels wide`)
  return [...new Set([...small, ...hidden, ...thin])]
}}"""
"""Texts that are too small to read, labels of charts that are hidden, and columns that are too thin to be seen."""

_TOUCHING: Final = """() =>
  [...document.querySelectorAll(".facts, .table-wrap, .plot, .legend, .note, .alert, .opinions")].flatMap(one => {
    const after = one.nextElementSibling, end = one.getBoundingClientRect().bottom
    const below = after?.checkVisibility() && getComputedStyle(after).position === "static"
    const touches = below && end && after.getBoundingClientRect().top < end + 3
    return touches ? `${one.className} touches ${after.localName}` : []
  })"""
"""What has no margin to what follows it."""

_RAGGED: Final = """() => {
  const sides = ["Top", "Right", "Bottom", "Left"]
  const isTile = one => sides.every(side => parseFloat(getComputedStyle(one)[`border${side}Width`]) > 0)
  const tile = one => isTile(one) ? one : one.children.length === 1 ? tile(one.firstElementChild) : null
  const grids = [...document.querySelectorAll("body *")].filter(one => getComputedStyle(one).display === "grid")
  return grids.flatMap(grid => {
    const rows = Map.groupBy([...grid.children].filter(one => one.checkVisibility() && tile(one)),
      one => Math.round(one.getBoundingClientRect().top))
    return [...rows.values()].map(row => row.map(one => Math.round(tile(one).getBoundingClientRect().height)))
      .filter(heights => Math.max(...heights) - Math.min(...heights) > 1)
      .map(heights => `tiles of "${grid.className}" side by side are ${heights} pixels high`)
  })
}"""
"""Rows of tiles that are not all of the same height."""

_CUT_OFF: Final = """() => {
  const isCut = (one, more, clip, [from, to, length, inset]) => {
    const ring = one.getBoundingClientRect(), area = clip.getBoundingClientRect()
    const start = area[from] + clip[inset], end = start + clip[length]
    return ring[to] - ring[from] <= clip[length] && (ring[from] - more < start - .5 || ring[to] + more > end + .5)
  }
  const axes = [["left", "right", "clientWidth", "clientLeft"], ["top", "bottom", "clientHeight", "clientTop"]]
  const clips = [...document.querySelectorAll("body *")].filter(one => getComputedStyle(one).overflow !== "visible")
  return clips.flatMap(clip => {
    const inside = [...clip.querySelectorAll("a[href], button, input, select, textarea, summary")]
    return inside.filter(one => one.checkVisibility({ visibilityProperty: true })).flatMap(one => {
      one.focus()
      if (document.activeElement !== one) return [] // it is behind a dialog
      const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(one)
      const more = outlineStyle === "none" ? 0 : parseFloat(outlineWidth) + parseFloat(outlineOffset)
      const found = axes.some(axis => isCut(one, more, clip, axis))
      return found ? `"${clip.className}" cuts off the ring around ${one.textContent.trim().slice(0, 40)}` : []
    })
  })
}"""
"""What has a ring while it has the focus, of which one can see only a part."""

_UNSEEN: Final = """() => [...document.querySelectorAll("dialog[open]")].flatMap(dialog => {
  const buttons = [...dialog.querySelectorAll(".actions :is(a, button)")]
  const unseen = buttons.filter(one => {
    const { top, bottom } = one.getBoundingClientRect()
    return top < 0 || bottom > innerHeight
  })
  const found = unseen.map(one => `the button ${one.textContent.trim()} of the dialog is outside of the window`)
  return buttons.length ? found : "a dialog has no buttons"
})"""
"""Buttons of dialogs that are seen only after the dialog is scrolled."""

_DANGEROUS: Final = """() => [...document.querySelectorAll("dialog[open]:has(.btn-danger)")]
  .filter(dialog => !dialog.querySelector("[autofocus]:not(.btn-danger)"))
  .map(() => "the Enter key removes something as soon as a dialog opens")"""
"""Questions whose dangerous answer has the focus."""

_OF_THE_BROWSER: Final = """() => [...document.querySelectorAll("input[type=file]")]
  .filter(one => !one.matches(".file-field > :required"))
  .map(one => `${one.id} has a button in the language of the browser`)"""
"""Fields for files without a button of ours. Whether a file was chosen shows in CSS only where one is required."""

_BUTTON_ALONE: Final = """() =>
  [...document.querySelectorAll(":is(.filters, .inline-form) > .field + .btn")]
    .filter(one => one.previousElementSibling.getBoundingClientRect().bottom <= one.getBoundingClientRect().top)
    .map(button => `${button.textContent.trim()} stands alone below its fields`)"""
"""Buttons that a row of fields has no place for."""

_ALONE: Final = """() => {
  const rows = box => [...Map.groupBy([...box.children].filter(one => one.getBoundingClientRect().height > 1),
    one => Math.round(one.getBoundingClientRect().bottom / 16)).values()]
  const lists = ".steps, .choices, .charts, .methods ul, .tabs.even, .tiles:has(.tile), .filter"
  return [...document.querySelectorAll(lists)]
    .filter(list => list.lastElementChild.getBoundingClientRect().width < list.clientWidth - 2)
    .map(list => rows(list).map(row => row.length))
    .filter(lengths => lengths.at(-1) === 1 && lengths.at(-2) > 1)
    .map(lengths => `rows are ${lengths} long`)
}"""
"""A last step, tile or state alone in its row."""

_OUT_OF_LINE: Final = """() => [...document.querySelectorAll(
  ":is(.filters, .inline-form, .pair, .with-button):has(> .field)"
)].flatMap(row => {
  const fields = [...row.querySelectorAll(":scope > .field")]
  fields.at(-1)?.querySelector(".form-label").append(" of several words".repeat(5))
  fields[0]?.insertAdjacentHTML("beforeend", "<p class='field-error'>It is refused.</p>")
  const controls = [...row.querySelectorAll(":scope > .field > :is(.form-control, .form-select), :scope > .btn")]
    .filter(one => one.checkVisibility()).map(one => [one, one.getBoundingClientRect()])
  return controls.slice(1).filter(([, box], index) => {
    const before = controls[index][1]
    const isBeside = box.left >= before.right && box.top < before.bottom && before.top < box.bottom
    return isBeside && Math.abs(box.top - before.top) > 3
  }).map(([one]) => `${one.name || one.textContent.trim()} is not in line with what is beside it`)
})"""
"""Fields and buttons that stand higher or lower than those beside them where a label is long and a text is refused."""

_CUT_TEXT: Final = """longest => {
  const draws = document.createElement("canvas").getContext("2d"), range = new Range()
  const cut = [...document.querySelectorAll("select")].filter(one => {
    const { font, paddingLeft, paddingRight } = getComputedStyle(one), { width } = one.getBoundingClientRect()
    draws.font = font
    const space = one.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)
    const chosen = one.selectedOptions[0]?.text ?? ""
    return width && chosen.length <= longest && draws.measureText(chosen).width > space + 1
  }).map(one => `${one.selectedOptions[0].text} is cut off in its field`)
  const broken = [...document.querySelectorAll(".address")].filter(cell => {
    range.selectNodeContents(cell)
    const lines = range.getBoundingClientRect().height / parseFloat(getComputedStyle(cell).lineHeight)
    return cell.textContent.trim().length <= longest && lines > 1.5
  }).map(cell => `${cell.textContent.trim()} is broken`)
  return [...cut, ...broken]
}"""
"""What is chosen in a field, and mail addresses in tables, that do not fit into a line though they are not long."""

_BROKEN: Final = """() => {
  const found = [], range = new Range()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode
    if (parentElement.closest("pre, textarea, option, script, .mail-text, .mono")) continue
    for (const { 0: text, index } of data.matchAll(/\\b\\d{4}-\\d\\d(-\\d\\d)?\\b|\\b\\d{3}-\\d{3}-\\d{4}\\b/g)) {
      range.setStart(walker.currentNode, index)
      range.setEnd(walker.currentNode, index + text.length)
      const lines = new Set([...range.getClientRects()].map(rect => Math.round(rect.top)))
      if (lines.size > 1) found.push(`a line breaks in ${text}`)
    }
  }
  return found
}"""
"""Days, months and phone numbers that begin in one line and end in the next."""

_SCATTERED: Final = """() => [...document.querySelectorAll(".text-nowrap")]
  .map(part => part.parentElement)
  .filter(whole => /grid|flex/.test(getComputedStyle(whole).display)
    && [...whole.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()))
  .map(whole => `${whole.textContent.trim()} is laid out in parts`)"""
"""Sentences whose texts and days are items of a grid or of a flexible box of their own."""

_ROWS: Final = (
    ".filters, .inline-form, .pair, .with-button, .steps, .choices, .charts, .methods, .tabs.even, .tiles, .filter"
)

_AT_BOTH: Final = (
    *(_BROKEN, _SCATTERED, _OVERFLOWING, _WRAPPED, _TOO_SMALL, _RAGGED, _CUT_OFF, _OF_THE_BROWSER),
    *(_UNSEEN, _DANGEROUS),
)


@pytest.fixture(params=["en", "zh"])
def pages(dispatcher: Dispatcher, request: pytest.FixtureRequest) -> Iterator[list[CrawledPage]]:
    """The owner's pages: in English with long texts, in Chinese as people have left them."""
    language: str = request.param
    users = populate(dispatcher)
    if language == "en":
        lengthen(users)
    found = Crawl(dispatcher, users.world, users.traveller("owner", language))
    found.walk(
        *(users.visitor(app).base + users.path(rule) for app, rule in rules(dispatcher) if "GET" in methods(rule))
    )
    yield found.different()
    dispatcher.worlds.drop(users.world.name)


def test_every_page_fits_and_keeps_distances_and_rows_of_narrow_tables_are_cards(
    browser: Browser, dispatcher: Dispatcher, pages: list[CrawledPage]
) -> None:
    wrong, tables = list[str](), 0
    with browser_page(browser, dispatcher, pages) as page:
        for one in pages:
            page.set_viewport_size({"width": WIDE, "height": HEIGHT})
            page.goto(one.url)
            faults = [fault for script in (*_AT_BOTH, _TOUCHING) for fault in page.evaluate(script)]
            wrong += [f"{one.url} at {WIDE}: {fault}" for fault in faults]
            page.set_viewport_size({"width": NARROW, "height": HEIGHT})
            faults = [fault for script in (*_AT_BOTH, _NO_CARDS) for fault in page.evaluate(script)]
            faults += page.evaluate(_CUT_TEXT, COMMON_LENGTH) + page.evaluate(_ALONE)
            wrong += [f"{one.url} at {NARROW}: {fault}" for fault in faults]
            if page.locator(_ROWS).count():
                page.set_viewport_size({"width": MIDDLE, "height": HEIGHT})
                faults = page.evaluate(_ALONE) + page.evaluate(_BUTTON_ALONE)
                wrong += [f"{one.url} at {MIDDLE}: {fault}" for fault in faults]
                page.set_viewport_size({"width": WIDE, "height": HEIGHT})
                wrong += [f"{one.url} at {WIDE}: {fault}" for fault in page.evaluate(_OUT_OF_LINE)]
            tables += page.locator("table").count()
    assert not wrong, "\n".join(wrong)
    assert tables > 30


def test_the_report_of_a_conformance_run_fits_and_its_rows_are_cards_too(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(report(run(Response(status=404), "v2")).page(), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert page.evaluate(_OVERFLOWING) == []
        assert page.locator(".scroll").evaluate("box => box.scrollWidth <= box.clientWidth")
    assert page.evaluate(_NO_CARDS) == []
    page.close()


def test_cells_have_roles_and_the_labels_of_their_columns() -> None:
    table = Markup(
        '<thead><tr><th scope="col">A &amp; <b>"B"</b></th><th scope="col" class="number">C</th></tr></thead>'
        '<tbody><tr><th scope="row" title="a > b">1</th>\n<td class="x">2</td></tr>'
        '<tr><td colspan="2">none</td></tr></tbody><tfoot><tr><td colspan="1">3</td><td>4</td></tr></tfoot>'
    )
    assert labelled(table) == (
        '<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">A &amp; <b>"B"</b></th>'
        '<th role="columnheader" scope="col" class="number">C</th></tr></thead>'
        '<tbody role="rowgroup"><tr role="row"><th role="rowheader" data-label="A &amp; &#34;B&#34;" scope="row"'
        ' title="a > b">1</th>\n<td role="cell" data-label="C" class="x">2</td></tr>'
        '<tr role="row"><td role="cell" colspan="2">none</td></tr></tbody>'
        '<tfoot role="rowgroup"><tr role="row"><td role="cell" colspan="1">3</td><td role="cell" data-label="C">4</td>'
        "</tr></tfoot>"
    )


def test_the_attributes_of_a_header_are_in_any_order() -> None:
    table = Markup('<tr><th class="amount" scope="col">Cost</th></tr><tr><td>1</td></tr>')

    assert '<td role="cell" data-label="Cost">' in labelled(table)


def test_a_line_breaks_after_the_at_of_a_mail_address_and_before_the_delimiters_of_others() -> None:
    assert breakable("a.b@c.example.com") == "a.b@<wbr>c.example.com"
    assert breakable("https://a.com:80/b?c=d@e") == ("https://a<wbr>.com<wbr>:80<wbr>/b<wbr>?c<wbr>=d<wbr>@e")
