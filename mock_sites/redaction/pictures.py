"""The pictures in a trace that show a secret: where on them it is, and the same pictures without."""

import io
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, cast

from PIL import Image, ImageDraw

from mock_sites.redaction.fields import VALUE, takes_secret

COLOUR: Final = "#666666"
"""Of masks, and of pictures of which nothing is left."""

MARGIN: Final = 4
"""Pixels of a page around the box of an element that are masked as well."""

MOST_PIXELS: Final = 40_000_000
"""A picture that is larger is replaced by one of a single pixel."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels of a page."""

Masks = Mapping[str, tuple[list[Box], float] | None]
"""By the names of pictures: the boxes to be masked and the width of the page; none for a picture that becomes plain."""

HasSecret = Callable[[str], bool]
"""Whether there is a secret in a text."""
FindIn = Callable[[Any], HasSecret]
"""For a JSON value: whether there is a secret in one of its strings."""

_NOT_DRAWN: Final = {"HEAD", "SCRIPT", "STYLE", "NOSCRIPT", "TITLE"}
_WITHOUT_TEXT: Final = {"hidden", "password"}


@dataclass
class _Look:
    """What was seen of a page at an action and phase.

    Attributes:
        times: when its elements and its tree were taken.
        shown: how many texts with a secret are among its elements.
        boxes: where the tree has texts with a secret; none of them if there is no tree.
        placed: whether each of them has a place.
        width: of the page, in its own pixels; 0 if it is not known.
    """

    times: list[float] = field(default_factory=list[float])
    shown: int = 0
    boxes: list[Box] = field(default_factory=list[Box])
    placed: bool = True
    width: float = 0

    @property
    def reveals(self) -> bool:
        """Whether there was a secret on the page."""
        return bool(self.shown or self.boxes) or not self.placed

    @property
    def can_be_masked(self) -> bool:
        """Whether the places of all secrets are known."""
        return self.placed and bool(self.width) and len(self.boxes) >= self.shown


@dataclass(frozen=True)
class _Page:
    """The looks at a page, in the order of time."""

    looks: Sequence[_Look]

    @cached_property
    def _ends(self) -> list[float]:
        return [max(look.times) for look in self.looks]

    @cached_property
    def _begins(self) -> list[float]:
        return sorted(min(look.times) for look in self.looks)

    def near(self, time: float) -> Sequence[_Look]:
        """The look before and the look after a moment, and those in between whose parts it lies."""
        return self.looks[max(bisect_left(self._ends, time) - 1, 0) : bisect_right(self._begins, time) + 1]


def revealing(events: Sequence[Mapping[str, Any]], trees: Mapping[str, Any], find_in: FindIn) -> Masks:
    """The pictures that may show a secret. Those of which the places are not all known become plain.

    A page changes between two looks at it, at most once: so what is seen before and after a picture was taken counts.
    """
    looks = _looks(events, trees, find_in)
    any_secret = any(look.reveals for page in looks.values() for look in page.looks)
    found: dict[str, tuple[list[Box], float] | None] = {}
    for name, page, time in _pictures(events):
        seen = looks.get(page)
        near = [look for look in seen.near(time) if look.reveals] if seen else []
        if seen is None and any_secret:
            found[name] = None
        elif near and all(look.can_be_masked for look in near):
            found[name] = [box for look in near for box in look.boxes], near[0].width
        elif near:
            found[name] = None
    return found


def without_secrets(content: bytes, masks: tuple[list[Box], float] | None) -> bytes:
    """A picture with the boxes masked, or a plain one of the same size and format."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            small = picture.width * picture.height <= MOST_PIXELS
            kind, size = picture.format or "PNG", picture.size if small else (1, 1)
            changed = picture.convert("RGB") if masks and small else Image.new("RGB", size, COLOUR)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        kind, masks, changed = "PNG", None, Image.new("RGB", (1, 1), COLOUR)
    if masks:
        boxes, width = masks
        scale = changed.width / width
        draw = ImageDraw.Draw(changed)
        for left, top, right, bottom in boxes:
            corners = (left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN)
            draw.rectangle([corner * scale for corner in corners], fill=COLOUR)
    written = io.BytesIO()
    changed.save(written, kind)
    return written.getvalue()


def _pictures(events: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, float]]:
    """The file, the page and the time of each picture. One that is attached to a test has no page."""
    for event in events:
        if event["type"] in {"screencast-frame", "screenshot"}:
            name = event.get("file") or f"resources/{event.get('sha1')}"
            yield name, event.get("pageId", ""), event.get("timestamp", 0)
        for attached in event.get("attachments") or ():
            if attached.get("contentType", "").startswith("image/") and (digest := attached.get("sha1")):
                yield attached.get("file") or f"resources/{digest}", "", 0


def _looks(events: Iterable[Mapping[str, Any]], trees: Mapping[str, Any], find_in: FindIn) -> dict[str, "_Page"]:
    """The looks at each page."""
    width: float = 0
    seen: dict[tuple[str, str, str], _Look] = defaultdict(_Look)
    frames: dict[str, _Frame] = defaultdict(_Frame)
    for event in events:
        if event["type"] == "context-options":
            width = ((event.get("options") or {}).get("viewport") or {}).get("width", 0)
        elif event["type"] == "frame-snapshot":
            shot = event["snapshot"]
            look = seen[_key(shot)]
            look.times.append(shot.get("timestamp", 0))
            look.shown += frames[shot.get("frameId", "")].add(shot["html"], find_in(shot["html"]))
            if shot.get("isMainFrame", True):
                look.width = (shot.get("viewport") or {}).get("width", width)
        elif event["type"] == "aria-snapshot" and (tree := trees.get(event["file"])) is not None:
            look = seen[_key(event)]
            look.times.append(event.get("timestamp", 0))
            look.width = look.width or width
            for box in _boxes(tree, None, find_in(tree)):
                if box is None:
                    look.placed = False
                else:
                    look.boxes.append(box)
    pages: dict[str, list[_Look]] = defaultdict(list)
    for (page, _call, _phase), look in sorted(seen.items(), key=lambda entry: max(entry[1].times)):
        pages[page].append(look)
    return {page: _Page(seen) for page, seen in pages.items()}


def _key(shot: Mapping[str, Any]) -> tuple[str, str, str]:
    return shot.get("pageId", ""), shot.get("callId", ""), shot.get("phase") or shot.get("snapshotName", "")


def _boxes(node: Any, around: Box | None, has_secret: HasSecret) -> Iterator[Box | None]:
    """Where a tree has texts with a secret: the box of the element, or of the one around it; none if there is none."""
    if isinstance(node, str):
        if has_secret(node):
            yield around
    elif isinstance(node, list):
        for part in cast("list[Any]", node):
            yield from _boxes(part, around, has_secret)
    elif isinstance(node, dict):
        members = cast("dict[str, Any]", node)
        if box := members.get("box"):
            left, top = float(box["x"]), float(box["y"])
            around = left, top, left + float(box["width"]), top + float(box["height"])
        for part in members.values():
            yield from _boxes(part, around, has_secret)


@dataclass
class _Frame:
    """The snapshots of a frame: for each, how many texts with a secret each of its elements and texts holds."""

    snapshots: list[list[int]] = field(default_factory=list[list[int]])

    def add(self, html: Any, has_secret: HasSecret) -> int:
        """How many texts with a secret the next snapshot shows."""
        self.snapshots.append([])
        return self._count(html, has_secret)

    def _count(self, node: Any, has_secret: HasSecret) -> int:
        counts = self.snapshots[-1]
        if isinstance(node, str):
            counts.append(int(has_secret(node)))
            return counts[-1]
        parts = cast("list[Any]", node) if isinstance(node, list) else []
        if len(parts) == 1 and isinstance(parts[0], list):
            return self._referred(*cast("list[int]", parts[0]))
        if not parts or not isinstance(parts[0], str):
            return 0
        inside = sum(self._count(child, has_secret) for child in parts[2:])
        attributes: dict[str, str] = parts[1] if len(parts) > 1 and isinstance(parts[1], dict) else {}
        shown = 0 if parts[0].upper() in _NOT_DRAWN else inside + _in_attributes(attributes, has_secret)
        counts.append(shown)
        return shown

    def _referred(self, back: int, place: int) -> int:
        """What an element of an earlier snapshot held."""
        earlier = len(self.snapshots) - 1 - back
        held = self.snapshots[earlier] if earlier >= 0 else []
        return held[place] if 0 <= place < len(held) else 0


def _in_attributes(attributes: Mapping[str, str], has_secret: HasSecret) -> int:
    if attributes.get("type", "").lower() in _WITHOUT_TEXT:
        return 0
    value = attributes.get(VALUE, attributes.get("value", ""))
    shown = (value, attributes.get("placeholder", ""), attributes.get("alt", ""))
    typed = attributes.get(VALUE) and takes_secret(attributes)
    return 1 if typed else sum(1 for text in shown if text and has_secret(text))
