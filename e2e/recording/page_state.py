"""The state of a page at the end of a step: its accessibility tree, the places of elements, and a picture."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, TypedDict

import yaml
from playwright.sync_api import Locator, Page

_BOX: Final = re.compile(r" \[box=(-?[\d.]+),(-?[\d.]+),(-?[\d.]+),(-?[\d.]+)\]")
_NAMED: Final = re.compile(r'^\s*- \'?(?P<role>[a-z]+) "(?P<name>(?:[^"\\]|\\.)*)"')
_WRITTEN: Final = re.compile(r"^\s*- (?P<role>[a-z]+)(?: \[[^\]]*\])*: (?P<text>.+)$")

_FIELDS: Final = "input:not([type=hidden]), textarea"

_LOOK: Final = """([fields, texts]) => {
    const wanted = new RegExp(`(?<!\\w)(?:${texts.map(text => RegExp.escape(text)).join("|")})(?!\\w)`)
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const blocks = new Set()
    while (nodes.nextNode()) {
        if (!wanted.test(nodes.currentNode.data)) continue
        let block = nodes.currentNode.parentElement
        while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement
        blocks.add(block)
    }
    return {
        loaded: document.readyState === "complete",
        text: document.body.innerText,
        title: document.title,
        language: document.documentElement.lang,
        fields: [...document.querySelectorAll(fields)].map(field => [field.type, field.name, field.value]),
        areas: [...blocks].map(block => block.getBoundingClientRect())
            .filter(box => box.width && box.height).map(box => [box.x, box.y, box.width, box.height]),
    }
}"""


class PageLook(TypedDict):
    """What one look at a page tells besides its tree.

    Attributes:
        loaded: whether its style sheets and pictures have come. Without them it is laid out in another way.
        text: all that is written on it.
        title: its title.
        language: its ``lang``, or nothing.
        fields: the type, name and value of each field that can be seen.
        areas: the blocks in which texts that vary are written: left, top, width and height in pixels. A longer text
            moves everything in its block.
    """

    loaded: bool
    text: str
    title: str
    language: str
    fields: list[tuple[str, str, str]]
    areas: list[list[float]]


def tree_and_boxes(page: Page) -> tuple[str, list[Mapping[str, Any]]]:
    """The accessibility tree of a page as YAML, and the boxes of its elements that have a name or a text."""
    tree = page.aria_snapshot(boxes=True)
    boxes: list[Mapping[str, Any]] = []
    for line in tree.splitlines():
        box = _BOX.search(line)
        if box and (match := _NAMED.match(line) or _WRITTEN.match(line)):
            x, y, width, height = map(float, box.groups())
            boxes.append({**_fields_of(match), "x": x, "y": y, "width": width, "height": height})
    return _BOX.sub("", tree) + "\n", boxes


def _fields_of(line: re.Match[str]) -> dict[str, str]:
    fields = line.groupdict()
    return fields | ({"text": str(yaml.load(fields["text"], Loader=yaml.CBaseLoader))} if "text" in fields else {})  # noqa: S506, it makes texts only


def look_at(page: Page, varying: Sequence[str]) -> PageLook:
    """Look at a page that is loaded, once, as each call costs snapshots in a trace. ``varying``: texts of this run."""
    wanted = [_FIELDS, list(varying)]
    look: PageLook = page.evaluate(_LOOK, wanted)
    if not look["loaded"]:
        page.wait_for_load_state()
        look = page.evaluate(_LOOK, wanted)
    return look


def picture(page: Page, look: PageLook, secrets: Collection[str]) -> tuple[bytes, bool]:
    """A picture of the visible page, and whether fields or texts with secrets are masked in it."""
    masks = _masks(page, look, secrets)
    return page.screenshot(animations="disabled", mask=masks, mask_color="#666"), bool(masks)


def _masks(page: Page, look: PageLook, secrets: Collection[str]) -> list[Locator]:
    masks = [
        page.locator(_FIELDS).nth(place)
        for place, (kind, name, value) in enumerate(look["fields"])
        if kind == "password" or name == "code" or any(secret in value for secret in secrets)
    ]
    # One by one, not as a pattern: the trace records what was searched for, and redaction must recognize the secret.
    return masks + [page.get_by_text(secret) for secret in sorted(secrets) if secret in look["text"]]
