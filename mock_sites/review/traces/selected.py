"""Leaves out the elements of a page that a CSS selector matches, or replaces what is written on them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from xml.etree import ElementTree as ET

import cssselect2

from mock_sites.review.traces.elements import Content, Element, ElementReader

WRITTEN: Final = {"alt", "aria-label", "placeholder", "title", "value", "__playwright_value_"}
"""The attributes that people read."""


@dataclass(frozen=True, eq=False)
class ElementRule:
    """What happens to the elements of pages that a selector matches.

    Attributes:
        selector: as ``cssselect2`` compiled it.
        text: what stands for each text on them; None if they are left out.
        is_about: whether it applies to a step of any of these names.
        count: notes how many elements it matched on a page.
    """

    selector: Sequence[Any]
    text: str | None
    is_about: Callable[[Sequence[str]], bool]
    count: Callable[[int], None]


def change_elements(page: Content, rules: Sequence[ElementRule], reader: ElementReader) -> Content:
    """A page, or the content of a frame, as rules leave it. ``reader`` makes the elements that become other ones."""
    if isinstance(page, str):
        return page
    root = _as_xml(page)
    wrapper: Any = cssselect2.ElementWrapper.from_html_root(root)
    matched: dict[ET.Element, ElementRule] = {}
    for rule in rules:
        found = [element.etree_element for element in wrapper.query_all(*rule.selector)]
        rule.count(len(found))
        for element in found:
            if rule.text is None or element not in matched:
                matched[element] = rule
    return _Changes(reader, matched).of(page, root) or "" if matched else page


@dataclass(frozen=True)
class _Changes:
    """Makes a page anew. What stays as it is remains the same object."""

    reader: ElementReader
    matched: Mapping[ET.Element, ElementRule]

    def of(self, element: Element, node: ET.Element, text: str | None = None) -> Content | None:
        """An element as it becomes, or None if it is left out. ``text`` stands for each text in it, if given."""
        rule = self.matched.get(node)
        if rule and rule.text is None:
            return None
        text = rule.text if rule else text
        nodes = iter(node)
        children = [
            self._written(child, text) if isinstance(child, str) else self.of(child, next(nodes), text)
            for child in element.children
        ]
        attributes = {
            name: self._written(value, text) if name in WRITTEN else value for name, value in element.attributes.items()
        }
        if attributes == element.attributes and all(
            new is old or (isinstance(old, str) and new == old)
            for new, old in zip(children, element.children, strict=True)
        ):
            return element
        return self.reader.element(element.tag, attributes, [child for child in children if child is not None])

    def _written(self, old: str, text: str | None) -> str:
        return text if text is not None and old.strip() else old


def _as_xml(element: Element) -> ET.Element:
    """An element with those in it, without texts."""
    node = ET.Element(element.tag.lower() or "missing", dict(element.attributes))
    node.extend(_as_xml(child) for child in element.children if isinstance(child, Element))
    return node
