"""A page as a browser shows it: what is wrong for axe, by width, language and errors, and what makes its look."""

import json
import re
from collections.abc import Collection
from functools import partial
from hashlib import sha256
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE: Final = Axe().axe_script
RULES: Final = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
    # None of these rules reads style sheets: to parse them takes longer than to run the other rules.
    "preload": {"assets": ["media"]},
}
Kind = Literal["of colours", "of sizes", "others"]
KINDS: Final[tuple[Kind, ...]] = ("of colours", "of sizes", "others")
"""The kinds of axe's rules. The results of the others depend on what is visible only."""
_RULES_BY_KIND: Final[dict[Kind, tuple[str, ...]]] = {
    # Depend on the theme. They take as long as all others together.
    "of colours": ("color-contrast", "link-in-text-block"),
    # Depend on how large what is visible is, and on what lies above it.
    "of sizes": ("target-size", "scrollable-region-focusable"),
}
# To transfer all of axe's results takes longer than to compute them.
_RUN: Final = """rules => {
  if (!("axe" in window)) return null
  // An open menu covers what is behind it, which is no target then.
  const { runOnly, ...others } = rules, menu = document.querySelector(":popover-open")
  const chosen = menu ? { ...others, rules: { ...others.rules, "target-size": { enabled: false } } } : others
  const values = runOnly.values.filter(value => !menu || value !== "target-size")
  return axe.run({ ...chosen, runOnly: { ...runOnly, values } }).then(found => found.violations)
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
  const aside = () => [...document.querySelectorAll("dialog:modal:not(.drawer)")]
    .map(dialog => dialog.getBoundingClientRect())
    .filter(({ top, bottom }) => Math.abs(top + bottom - innerHeight) > 2)
    .map(({ top, bottom }) => `${Math.round(top)} to ${Math.round(bottom)} of ${innerHeight}`)
  const look = () => {
    if (innerWidth === width) answer([document.documentElement.scrollWidth <= width, broken(), cut(), aside()])
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
  const misplaced = (_, place) => fields[place] && fields[place - 1] && precedes(fields[place - 1], fields[place])
  return links.filter(misplaced).map(link => link.textContent)
})"""
"""The links in summaries of errors whose field is before that of the link before."""
_STATE: Final = """() => {
  const within = root => [...root.querySelectorAll("*")]
    .flatMap(one => one.shadowRoot ? [one, ...within(one.shadowRoot)] : one)
  const all = within(document), roots = [document, ...all.map(one => one.shadowRoot).filter(Boolean)]
  const where = css => roots.map(root => all.indexOf([...root.querySelectorAll(css)].at(-1)))
  const placed = facts => all.map((one, place) => [place, ...facts(one)]).filter(([, ...known]) => known.some(Boolean))
  const written = sheet => sheet.href ? [] : [...sheet.cssRules].map(rule => rule.cssText)
  return JSON.stringify([
    roots.map(root => root.documentElement?.outerHTML ?? root.innerHTML),
    roots.flatMap(root => [...root.styleSheets, ...root.adoptedStyleSheets])
      .map(sheet => [sheet.disabled, sheet.cssRules.length, ...written(sheet)]),
    placed(one => [one.value, one.checked, one.selectedIndex, one.indeterminate]),
    placed(one => [one.scrollTop, one.scrollLeft]),
    [":hover", ":active", ":focus", ":focus-visible", ":target", ":modal", ":popover-open"].map(where),
    ["prefers-color-scheme: dark", "prefers-contrast: more", "forced-colors: active", "prefers-reduced-motion: reduce"]
      .map(query => matchMedia(`(${query})`).matches),
    matchMedia("print").matches,
    navigator.language,
  ])
}"""
"""Everything in a page that affects its look: its elements, the rules that scripts have made, what is typed and picked,
scroll positions, pointer and focus, what the visitor prefers, and the language of the browser's own controls. The
addresses of style sheets and scripts tell their content.
"""
_SEEN: Final = """() => {
  const seen = one => Number(one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  return document.documentElement.outerHTML + [...document.querySelectorAll("*")].map(seen).join("")
}"""
"""The elements of a page, and which of them can be seen."""
_TOKEN: Final = re.compile(r"[\w-]+\.[\w-]{6}\.[\w-]{27}")
"""A signed CSRF token, which is not visible."""
NARROW, WIDE, HEIGHT = 360, 1280, 720
"""Pixels."""


def misfits(page: Page, width: int) -> list[str]:
    """What does not fit into a window of this width: the page, or if it is wide, an id, an address or a table. A dialog
    fits in the middle of the window.
    """
    fits, broken, cut, aside = page.evaluate(_LOOK, width)
    return [
        *([] if fits else [f"scrolls sideways at {width} pixels"]),
        *(f"{word} is broken at {width} pixels" for word in broken if width >= WIDE),
        *(f"the table of {columns} scrolls sideways at {width} pixels" for columns in cut if width >= WIDE),
        *(f"a dialog is not in the middle: {place} pixels" for place in aside),
    ]


def violations(page: Page, kinds: Collection[Kind] = KINDS) -> list[str]:
    """What axe finds on a page by the rules of these kinds."""
    named = {rule: kind in kinds for kind, rules in _RULES_BY_KIND.items() for rule in rules}
    chosen: dict[str, Any] = (
        {"rules": {rule: {"enabled": is_chosen} for rule, is_chosen in named.items()}}
        if "others" in kinds
        else {"runOnly": {"type": "rule", "values": [rule for rule, is_chosen in named.items() if is_chosen]}}
    )
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


def state_of(page: Page, world: str) -> str:
    """The same for each page that looks like this one, in all processes and worlds, of which this is the name."""
    here = f":{urlsplit(page.url).port}"
    state: str = page.evaluate(_STATE)
    return sha256(_TOKEN.sub("", state).replace(world, "").replace(here, "").encode()).hexdigest()


def seen_on(page: Page) -> str:
    """The same for each page with the same elements of which the same can be seen, whatever their sizes and colours."""
    seen: str = page.evaluate(_SEEN)
    return sha256(seen.encode()).hexdigest()
