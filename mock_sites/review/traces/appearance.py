"""What gives the elements of a page their look: the styles on the page, classes, own styles, pictures in addresses."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, Final

from mock_sites.review.comparing.style_rules import own_style, styled_classes
from mock_sites.review.page_content import Look, Passing, Picture, StyleSheet
from mock_sites.review.traces.archive import Archive
from mock_sites.review.traces.bodies import DIGITS, digest
from mock_sites.review.traces.elements import Content, Element
from mock_sites.review.traces.har import TraceExchange
from mock_sites.review.traces.markup import read_head
from mock_sites.review.traces.requests import ERROR
from mock_sites.review.traces.roles import role_of
from mock_sites.review.traces.visits import Place

PICTURES: Final = {"image", "font", "media"}
"""Kinds of what pages load whose content gives them their look."""
ADOPTED: Final = "__playwright_style_sheet_"
"""The attribute with a style sheet that a script made."""
NAMED_BY: Final = ("aria-label", "alt", "placeholder", "title", "id")
LONGEST_NAME: Final = 80


@dataclass
class Loaded:
    """What the page of each tab has loaded. A page that is turned to again has still what it loaded before."""

    _held: dict[str, tuple[str, Sequence[TraceExchange]]] = field(
        default_factory=dict[str, tuple[str, Sequence[TraceExchange]]]
    )

    def of(self, place: Place, asked: Sequence[TraceExchange]) -> Sequence[TraceExchange]:
        """What the page of a step has loaded, of which it asked for ``asked`` in the step."""
        address, earlier = self._held.get(place.page, ("", ()))
        again = any(each.kind == "document" and each.request.url == place.address for each in asked)
        loaded = asked if again or address != place.address else [*earlier, *asked]
        self._held[place.page] = place.address, loaded
        return loaded


@dataclass
class AppearanceReader:
    """Reads what decides the look of the pages of a browser. What was read once is known."""

    archive: Archive
    exchanges: Sequence[TraceExchange]
    same_ports: Callable[[str], str]
    _read: dict[str, bytes] = field(default_factory=dict[str, bytes])

    def read(self, asked: Sequence[TraceExchange], shown: Sequence[Content]) -> Mapping[str, Any]:
        """The attributes of a recorded step that hold it.

        Args:
            asked: what its pages asked for, now or before.
            shown: the contents of its page at its end, and of the frames in it.
        """
        answered = (each for each in asked if each.response.content.name in self._held and each.status < ERROR)
        loaded = {self.same_ports(each.request.url): each for each in answered}
        sheets = [
            StyleSheet(url, self._sheet(each.response.content.name))
            for url, each in loaded.items()
            if each.kind == "stylesheet"
        ]
        pictures = [
            Picture(each.kind, url, PurePosixPath(each.response.content.name).stem[:DIGITS])
            for url, each in loaded.items()
            if each.kind in PICTURES
        ]
        styles, looks = self._seen(shown)
        return {"sheets": tuple(sorted([*sheets, *styles])), "pictures": tuple(sorted(pictures)), "looks": tuple(looks)}

    def read_passing(self, earlier: Sequence[Sequence[Content]]) -> Passing:
        """What decided the look of a page before its end."""
        seen = [self._seen(shown) for shown in earlier]
        return Passing(
            titles=frozenset(self.same_ports(read_head(shown[0])[0]) for shown in earlier),
            looks=frozenset(look for _styles, looks in seen for look in looks),
            styles=frozenset(style for styles, _looks in seen for style in styles),
        )

    def _seen(self, shown: Sequence[Content]) -> tuple[Sequence[StyleSheet], Sequence[Look]]:
        """The styles on a page itself, and the looks of its elements."""
        styles = list(dict.fromkeys(style for content in shown for style in read_styles(content)))
        looks = [look for content in shown for look in read_looks(content, [*self._sheets, *styles])]
        return [StyleSheet("", self.same_ports("\n".join(styles)).encode())] if styles else [], looks

    def _sheet(self, name: str) -> bytes:
        if name not in self._read:
            self._read[name] = self.same_ports(self.archive.read(name).decode(errors="replace")).encode()
        return self._read[name]

    @cached_property
    def _held(self) -> frozenset[str]:
        return frozenset(self.archive.names)

    @cached_property
    def _sheets(self) -> list[str]:
        """All style sheets that the browser has loaded."""
        names = {each.response.content.name for each in self.exchanges if each.kind == "stylesheet"} & self._held
        return [self._sheet(name).decode() for name in sorted(names)]


def read_styles(page: Content) -> list[str]:
    """The style sheets that stand on a page itself."""
    found = [
        element.attributes.get(ADOPTED) or "".join(child for child in element.children if isinstance(child, str))
        for element in _elements(page)
        if element.tag == "STYLE" or ADOPTED in element.attributes
    ]
    return list(dict.fromkeys(found))


def read_looks(page: Content, sheets: Sequence[str]) -> Iterator[Look]:
    """The elements of a page whose look is decided by classes, an own style, or a picture in an address.

    Args:
        page: its elements.
        sheets: all style sheets. A class that none of them names gives no look.
    """
    styled = frozenset[str]().union(*map(styled_classes, sheets))
    for element in _elements(page):
        attributes = element.attributes
        classes = {word for word in attributes.get("class", "").split() if word in styled}
        style = own_style(attributes.get("style", ""))
        if attributes.get("src", "").startswith("data:"):
            style += f" picture {digest(attributes['src'].encode())}"
        if classes or style:
            role = role_of(element.tag, attributes) or element.tag.lower()
            yield Look(role, _name(element), " ".join(sorted(classes)), style.strip())


def _name(element: Element) -> str:
    """What is written on an element itself, or else what labels it."""
    written = " ".join(" ".join(child for child in element.children if isinstance(child, str)).split())
    labels = (element.attributes.get(label, "") for label in NAMED_BY)
    return (written or next(filter(None, labels), ""))[:LONGEST_NAME]


def _elements(content: Content) -> Iterator[Element]:
    """All elements of a page in order."""
    waiting = [content]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Element):
            yield node
            waiting += reversed(node.children)
