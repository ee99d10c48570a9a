"""A page's elements, as what reads pages needs them: recordings, and tests that look at every page."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

_EMPTY: Final = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
"""Elements that have no end tag."""

HIDING_CLASSES: Final = frozenset({"visually-hidden", "sent-by-enter"})
"""Classes by which the style sheets hide an element."""


@dataclass(eq=False)
class Element:
    """An element with its attributes and its parent."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = field(repr=False)
    words: list[str] = field(default_factory=list)
    """The texts in it, with those of its descendants."""
    spoken: list[str] = field(default_factory=list)
    """The same without what is hidden from screen readers."""

    @property
    def text(self) -> str:
        """Its text, as XPath's ``normalize-space()`` returns it."""
        return " ".join("".join(self.words).split())

    def around(self) -> Iterator["Element"]:
        """The element and its ancestors, from the inside out."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    @property
    def hidden(self) -> bool:
        """Whether it is hidden when the page loads: by itself, or because an ancestor is closed."""
        inner: Element | None = None
        for element in self.around():
            closed = element.tag == "details" and "open" not in element.attributes
            if _hides(element) or (closed and inner is not None and inner.tag != "summary"):
                return True
            inner = element
        return False


def _hides(element: Element) -> bool:
    """Whether the element itself hides its content."""
    has = element.attributes
    return (
        "hidden" in has
        or "popover" in has
        or has.get("aria-hidden") == "true"
        or has.get("type") == "hidden"
        or (element.tag == "dialog" and "open" not in has)
        or bool(HIDING_CLASSES & set(has.get("class", "").split()))
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Element] = []
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self._open[-1] if self._open else None)
        self.found.append(element)
        if tag not in _EMPTY:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY:
            return
        if not self._open or self._open[-1].tag != tag:
            raise ValueError(f"</{tag}> ends nothing in line {self.getpos()[0]}")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        spoken = True
        for element in reversed(self._open):
            element.words.append(data)
            if spoken:
                element.spoken.append(data)
            spoken = spoken and element.attributes.get("aria-hidden") != "true"


def elements(page: str) -> list[Element]:
    """All elements of a page, in the order in which they begin.

    Raises:
        ValueError: an element ends that has not begun.
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.found
