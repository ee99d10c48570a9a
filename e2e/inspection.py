"""What is wrong with a page as a browser shows it: for axe, by its width, and by its language."""

import json
from functools import partial
from typing import Any, Final, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE: Final = Axe().axe_script
RULES: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    # None of these rules reads style sheets: to parse them takes longer than to run the other rules.
    "preload": {"assets": ["media"]},
}
OF_COLOURS: Final = ("color-contrast", "link-in-text-block")
"""The rules of axe whose results depend on the theme. They take as long as all others together."""
# To transfer all of axe's results takes longer than to compute them.
_RUN: Final = """rules => {
  // An open menu covers what is behind it, which is no target then.
  const sizes = { enabled: !document.querySelector(":popover-open") }
  return "axe" in window
    ? axe.run({ ...rules, rules: { ...rules.rules, "target-size": sizes } }).then(found => found.violations)
    : null
}"""
_LOOK: Final = """width => new Promise((answer, fail) => {
  const began = performance.now()
  const broken = () => {
    const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = new Range()
    for (let text; text = texts.nextNode();) {
      if (text.parentElement.closest("pre, textarea, script")) continue
      for (const word of text.data.matchAll(/[^\\s,;()]+@[^\\s,;()]+|[a-z]*_?[0-9a-f]{12,}/g)) {
        range.setStart(text, word.index)
        range.setEnd(text, word.index + word[0].length)
        if (new Set([...range.getClientRects()].map(line => Math.round(line.top))).size > 1) found.push(word[0])
      }
    }
    return found
  }
  const cut = () => [...document.querySelectorAll("table")]
    .filter(table => table.parentElement.scrollWidth > table.parentElement.clientWidth && table.checkVisibility())
    .map(table => [...table.querySelectorAll("thead th")].map(cell => cell.innerText).join(" | "))
  const look = () => {
    if (innerWidth === width) answer([document.documentElement.scrollWidth <= width, broken(), cut()])
    else if (performance.now() - began > 5000) fail(Error(`the window is ${innerWidth} pixels wide, not ${width}`))
    else requestAnimationFrame(look)
  }
  look()
})"""
_FOREIGN: Final = """() => {
  const foreign = {
    "en": /[\\u4e00-\\u9fff]/,
    "zh-CN": /(?:\\b[A-Za-z]{2,}\\b\\s+){2,}\\b[A-Za-z]{2,}\\b/,
  }[document.documentElement.lang]
  const read = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) read.push([texts.currentNode.parentElement, texts.currentNode.data])
  for (const name of ["alt", "aria-label", "placeholder", "title"])
    for (const one of document.querySelectorAll(`[${name}]`)) read.push([one, one.getAttribute(name)])
  const ours = one => one.closest("[lang]") === document.documentElement && one.checkVisibility() &&
    !one.closest("code, pre, kbd, samp, script, style, textarea, [translate=no]")
  return [...new Set(read.filter(([one, text]) => foreign?.test(text) && ours(one)).map(([, text]) => text.trim()))]
}"""
"""Texts that have Chinese on a page in English, or three English words in a row on one in Chinese."""
_MISPLACED: Final = """() => [...document.querySelectorAll(".form-summary")].flatMap(summary => {
  const links = [...summary.querySelectorAll("a")], fields = links.map(link => document.querySelector(link.hash))
  const precedes = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING
  return links.filter((_, place) => place && precedes(fields[place - 1], fields[place])).map(link => link.textContent)
})"""
"""The links in summaries of errors whose field is before that of the link before."""
NARROW, WIDE, HEIGHT = 360, 1280, 720
"""Pixels."""


def misfits(page: Page, width: int) -> list[str]:
    """What does not fit into a window of this width: the page, or if it is wide, an id, an address or a table."""
    fits, broken, cut = page.evaluate(_LOOK, width)
    return [
        *([] if fits else [f"scrolls sideways at {width} pixels"]),
        *(f"{word} is broken at {width} pixels" for word in broken if width >= WIDE),
        *(f"the table of {columns} scrolls sideways at {width} pixels" for columns in cut if width >= WIDE),
    ]


def violations(page: Page, rules: Literal["all", "of colours", "others"] = "all") -> list[str]:
    """What axe finds on a page by these rules."""
    chosen: dict[str, Any] = {
        "all": {},
        "of colours": {"runOnly": {"type": "rule", "values": OF_COLOURS}},
        "others": {"rules": {rule: {"enabled": False} for rule in OF_COLOURS}},
    }[rules]
    run = partial(page.evaluate, _RUN, RULES | chosen)
    found: list[dict[str, Any]] | None = run()
    if found is None:
        page.evaluate(AXE)
        found = run()
    assert found is not None, "axe did not load"
    return [
        f"{violation['id']}: {violation['help']} {json.dumps([node['html'] for node in violation['nodes']])}"
        for violation in found
    ]


def misplaced_errors(page: Page) -> list[str]:
    """The links in a summary of errors whose fields are in another order on the page."""
    links: list[str] = page.evaluate(_MISPLACED)
    return [f"listed in another order than on the page: {link}" for link in links]


def foreign_texts(page: Page) -> list[str]:
    """The texts on a page that are not in its language, though nothing marks them as being in another (WCAG 3.1.2)."""
    texts: list[str] = page.evaluate(_FOREIGN)
    return [f"not translated: {text}" for text in texts]
