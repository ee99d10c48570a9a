"""The elements in the snapshots of a trace, without references: what was seen twice is the same object.

A snapshot of a frame is a text, ``[name, attributes, *children]``, or ``[[how many snapshots ago, which element]]``.
Elements and texts are counted in the order in which they end.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeGuard, cast

from mock_sites.review.errors import ReviewError
from mock_sites.review.traces.events import DomSnapshot
from mock_sites.review.traces.roles import LABELLED

DEEPEST: Final = 256
MOST_ELEMENTS: Final = 100_000
MOST_LOST: Final = 9
"""So many snapshots in a row may be lost in a trace."""

_WITHOUT_CONTENT: Final = {"NOSCRIPT", "SCRIPT"}

_NOT_READ: Final = {"__playwright_scroll_left_", "__playwright_scroll_top_", "__playwright_target__"}
"""Attributes that vary and that no reader looks at."""


@dataclass(frozen=True, eq=False, slots=True)
class Element:
    """An element of a page.

    Attributes:
        tag: its name in capital letters.
        attributes: by their names in small letters.
        size: how many elements and texts it holds, and itself.
        depth: how many elements are within each other.
        frames: the sources of the frames in it, in order.
        plain: whether it reads the same on any page: nothing in it has a label, is one, or can be referred to.
        whole: whether the trace has everything in it.
    """

    tag: str
    attributes: Mapping[str, str]
    children: tuple["Element | str", ...]
    size: int
    depth: int
    frames: tuple[str, ...]
    plain: bool
    whole: bool = True


Content = Element | str

MISSING: Final = Element("", {}, (), size=1, depth=1, frames=(), plain=True, whole=False)
"""What stands for an element that a snapshot refers to and no earlier one holds: nothing, as in Playwright's viewer."""


@dataclass
class ElementReader:
    """Reads the snapshots of a browser."""

    _known: dict[object, Element] = field(default_factory=dict[object, Element])
    _ended: dict[str, list[list[Content]]] = field(default_factory=dict[str, list[list[Content]]])

    def read(self, shots: Iterable[DomSnapshot]) -> dict[int, Content]:
        """The content of each snapshot, by its identity.

        Raises:
            ReviewError: one is too large, or holds what is no element.
        """
        return {id(shot): self._read(shot) for shot in shots}

    def _read(self, shot: DomSnapshot) -> Content:
        earlier = self._ended.setdefault(shot.frame_id, [])
        ended: list[Content] = []
        html = shot.html
        earlier += [[] for _lost in range(_count_lost(html, earlier))]
        earlier.append(ended)
        return self._content(html, earlier, ended, 0)

    def _content(self, node: Any, earlier: Sequence[Sequence[Content]], ended: list[Content], depth: int) -> Content:
        if isinstance(node, str):
            ended.append(node)
            return node
        if _is_reference(node):
            back, place = node[0]
            return earlier[-1 - back][place] if _is_there(earlier[:-1], back, place) else MISSING
        if not _is_element(node):
            raise ReviewError("a page holds what is no element")
        if depth > DEEPEST:
            raise _too_large()
        children = [self._content(child, earlier, ended, depth + 1) for child in node[2:]]
        element = self.element(node[0].upper(), _attributes(node), children)
        ended.append(element)
        return element

    def element(self, tag: str, attributes: dict[str, str], children: Sequence[Content]) -> Element:
        """The element with this content; the same object for the same content."""
        held = () if tag in _WITHOUT_CONTENT else tuple(children)
        key = tag, tuple(attributes.items()), tuple(child if isinstance(child, str) else id(child) for child in held)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _made(tag, attributes, held)
        return known


def _is_there(earlier: Sequence[Sequence[Content]], back: int, place: int) -> bool:
    return 0 < back <= len(earlier) and 0 <= place < len(earlier[-back])


def _count_lost(html: Any, earlier: Sequence[Sequence[Content]]) -> int:
    """How many snapshots before this one are not in the trace, so that its references count too many.

    Playwright can lose some, such as that of a page whose scripts wait for a dialog. As few as it takes for all
    references to elements before the lost ones to exist; 0 if that takes too many.
    """
    references = set(_references(html))
    furthest = max((back for back, _place in references), default=0)
    return next(
        (
            lost
            for lost in range(min(furthest, MOST_LOST + 1))
            if all(_is_there(earlier, back - lost, place) for back, place in references if back > lost)
        ),
        0,
    )


def _references(node: Any) -> Iterator[tuple[int, int]]:
    if _is_reference(node):
        back, place = node[0]
        yield back, place
    elif isinstance(node, list):
        for child in cast("list[Any]", node)[2:]:
            yield from _references(child)


def _made(tag: str, attributes: dict[str, str], children: tuple[Content, ...]) -> Element:
    elements = [child for child in children if isinstance(child, Element)]
    size = 1 + len(children) + sum(child.size - 1 for child in elements)
    depth = 1 + max((child.depth for child in elements), default=0)
    if size > MOST_ELEMENTS or depth > DEEPEST:
        raise _too_large()
    is_frame = tag in {"FRAME", "IFRAME"}
    frames = tuple(source for child in elements for source in child.frames)
    return Element(
        tag=tag,
        attributes=attributes,
        children=children,
        size=size,
        depth=depth,
        frames=(attributes.get("src", ""), *frames) if is_frame else frames,
        plain=not is_frame
        and tag not in LABELLED | {"LABEL"}
        and not {"id", "aria-labelledby"} & attributes.keys()
        and all(child.plain for child in elements),
        whole=all(child.whole for child in elements),
    )


def _too_large() -> ReviewError:
    return ReviewError(f"a page has more than {MOST_ELEMENTS} elements, or {DEEPEST} within each other")


def _is_reference(node: Any) -> TypeGuard[list[list[int]]]:
    return (
        isinstance(node, list)
        and len(cast("list[Any]", node)) == 1
        and isinstance(node[0], list)
        and len(cast("list[Any]", node[0])) == 2
        and all(isinstance(number, int) for number in cast("list[Any]", node[0]))
    )


def _is_element(node: Any) -> TypeGuard[list[Any]]:
    return isinstance(node, list) and bool(cast("list[Any]", node)) and isinstance(node[0], str)


def _attributes(node: Sequence[Any]) -> dict[str, str]:
    given: Any = node[1] if len(node) > 1 else {}
    if not isinstance(given, dict):
        raise ReviewError("a page holds an element without attributes")
    named = ((str(name).lower(), str(value)) for name, value in cast("dict[Any, Any]", given).items())
    return {name: value for name, value in named if name not in _NOT_READ}
