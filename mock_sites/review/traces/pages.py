"""What the pages that were seen hold. What was seen often is read once."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from mock_sites.review.errors import ReviewError
from mock_sites.review.recording import Box
from mock_sites.review.traces.archive import Archive
from mock_sites.review.traces.browser import Browser, Look
from mock_sites.review.traces.elements import Content, Element, ElementReader
from mock_sites.review.traces.events import DomSnapshot
from mock_sites.review.traces.markup import Read, read_elements, read_head
from mock_sites.review.traces.selected import ElementRule, change_elements
from mock_sites.review.traces.trees import FrameContent, Written, as_yaml, read_json_tree

PageTree = tuple[str, tuple[Box, ...] | None]
"""The accessibility tree of a page, and the boxes of its named elements; None if they are not known."""


_BODIES: Final = {"BODY", "FRAMESET"}


@dataclass
class Pages:
    """The pages that a browser showed.

    Attributes:
        rules: what happens to elements of them.
        names: those of the step whose pages are read.
    """

    archive: Archive
    browser: Browser
    rules: Sequence[ElementRule] = ()
    names: Sequence[str] = ()
    _reader: ElementReader = field(default_factory=ElementReader)
    _changed: dict[tuple[Content, Sequence[ElementRule]], Content] = field(
        default_factory=dict[tuple[Content, Sequence[ElementRule]], Content]
    )
    _trees: dict[object, PageTree] = field(default_factory=dict[object, PageTree])
    _read: dict[Element, Read] = field(default_factory=dict[Element, Read])

    def tree(self, look: Look) -> PageTree:
        """The tree of a page with the content of its frames: from the trace, or else made from its elements.

        It is always made from these if there are rules for them.

        Raises:
            ReviewError: it is damaged, or too large.
        """
        content, frames = self._contents_of(look)
        written = self.archive.text(look.tree.file) if look.tree and not (self.rules and look.elements) else None
        key = (written, content, *frames.values())
        if key not in self._trees:
            found = match_frames(content, frames)
            if look.tree and written is not None:
                shown = [_shown(element, read_elements(held, found, self._read)) for element, held in found.items()]
                self._trees[key] = read_json_tree(written, f"{self.archive.file}: {look.tree.file}", shown)
            else:
                self._trees[key] = as_yaml(read_elements(content, found, self._read)), None
        return self._trees[key]

    def contents(self, look: Look) -> Sequence[Content]:
        """The content of a page, and of the frames in it."""
        content, frames = self._contents_of(look)
        return [content, *frames.values()]

    def is_whole(self, look: Look) -> bool:
        """Whether the trace has all elements of a page and of the frames in it, and the page was loaded."""
        page, *_frames = contents = self.contents(look)
        is_all_there = all(isinstance(content, str) or content.whole for content in contents)
        return is_all_there and (isinstance(page, str) or is_loaded(page))

    def head(self, look: Look) -> tuple[str | None, str | None]:
        """The title and the language of a page; None if its elements are not known."""
        return read_head(self._content(look.elements)) if look.elements else (None, None)

    def _contents_of(self, look: Look) -> tuple[Content, dict[str, Content]]:
        """The content of a page, and of the frames in it by their ids."""
        if look.elements is None:
            return "", {}
        frames = self.browser.frames(look.elements)
        return self._content(look.elements), {shot.frame_id: self._content(shot) for shot in frames}

    def _content(self, shot: DomSnapshot) -> Content:
        """What a snapshot holds, as rules about the step leave it."""
        content = self._contents[id(shot)]
        rules = tuple(rule for rule in self.rules if rule.is_about(self.names))
        if not rules:
            return content
        if (content, rules) not in self._changed:
            self._changed[content, rules] = change_elements(content, rules, self._reader)
        return self._changed[content, rules]

    @cached_property
    def _contents(self) -> dict[int, Content]:
        try:
            return self._reader.read(self.browser.snapshots)
        except ReviewError as error:
            raise ReviewError(f"{self.archive.file}: {error}") from error


def is_loaded(page: Element) -> bool:
    """Whether a page got so far that it has a body: a parser of HTML makes one for each page (HTML, 13.2.6)."""
    return page.tag != "HTML" or any(isinstance(part, Element) and part.tag in _BODIES for part in page.children)


def match_frames(page: Content, frames: Mapping[str, Content]) -> dict[Element, Content]:
    """The elements of frames in a page and in its frames, each with its content.

    An element names its frame, unless it was seen too early. If as many frames are named nowhere, they are its content.
    """
    elements = [element for content in (page, *frames.values()) for element in _frame_elements(content)]
    named = {element: _frame_named_by(element) for element in elements}
    found = {element: frames[name] for element, name in named.items() if name in frames}
    unnamed = [element for element in named if element not in found]
    left = [content for name, content in frames.items() if name not in named.values()]
    return found | dict(zip(unnamed, left, strict=True)) if len(unnamed) == len(left) else found


def _frame_named_by(element: Element) -> str:
    return element.attributes.get("src", "").rpartition("/snapshot/")[2]


def _frame_elements(content: Content) -> Iterator[Element]:
    if isinstance(content, Element) and content.frames:
        if content.tag in {"FRAME", "IFRAME"}:
            yield content
        for child in content.children:
            yield from _frame_elements(child)


def _shown(element: Element, held: list[Written]) -> FrameContent:
    """The content of a frame, and where it is."""
    sides = json.loads(element.attributes.get("__playwright_bounding_rect__", "{}"))
    left, top, right, bottom = (sides.get(side, 0) for side in ("left", "top", "right", "bottom"))
    return FrameContent(left, top, right - left, bottom - top, held)
