"""The state of a page at the end of a step: its accessibility tree, the places of elements, and a picture."""

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

import yaml
from playwright.sync_api import Locator, Page

_BOX: Final = re.compile(r" \[box=(-?[\d.]+),(-?[\d.]+),(-?[\d.]+),(-?[\d.]+)\]")
_NAMED: Final = re.compile(r'^\s*- \'?(?P<role>[a-z]+) "(?P<name>(?:[^"\\]|\\.)*)"')
_WRITTEN: Final = re.compile(r"^\s*- (?P<role>[a-z]+)(?: \[[^\]]*\])*: (?P<text>.+)$")

_FIELDS: Final = "fields => fields.map(field => [field.type || '', field.name || '', field.value || ''])"

_WRITTEN_ON: Final = "body => [body.innerText, document.title, document.documentElement.lang]"

_AREAS: Final = """elements => elements.map(element => {
    while (getComputedStyle(element).display.startsWith("inline") && element.parentElement)
        element = element.parentElement
    const {x, y, width, height} = element.getBoundingClientRect()
    return [x, y, width, height]
})"""


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


def written_on(page: Page) -> tuple[str, str, str]:
    """The text of a page, its title, and its language as far as it says."""
    shown, title, language = page.locator("body").evaluate(_WRITTEN_ON)
    return shown, title, language


def picture(page: Page, shown: str, secrets: Collection[str]) -> tuple[bytes, bool]:
    """A picture of the visible page, and whether fields or texts with secrets are masked in it.

    ``shown`` is the text of the page.
    """
    masks = _masks(page, shown, secrets)
    return page.screenshot(animations="disabled", mask=masks, mask_color="#666"), bool(masks)


def areas(page: Page, shown: str, texts: Collection[str]) -> list[list[float]]:
    """The blocks in which any of ``texts`` is written: left, top, width and height in pixels.

    A longer text moves everything in its block.
    """
    found: list[list[float]] = []
    for text in texts:
        if text in shown:
            found += page.get_by_text(re.compile(rf"\b{re.escape(text)}\b")).evaluate_all(_AREAS)
    return found


def _masks(page: Page, shown: str, secrets: Collection[str]) -> list[Locator]:
    boxes = page.get_by_role("textbox")
    masks = [
        boxes.nth(place)
        for place, (kind, name, value) in enumerate(boxes.evaluate_all(_FIELDS))
        if kind == "password" or name == "code" or any(secret in value for secret in secrets)
    ]
    # One by one, not as a pattern: the trace records what was searched for, and redaction must recognize the secret.
    return masks + [page.get_by_text(secret) for secret in sorted(secrets) if secret in shown]
