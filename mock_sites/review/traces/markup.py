"""Makes accessibility trees from the elements of a page and of the frames in it.

Elements come without style sheets, so the tree also has those that they hide. That is the same in both traces.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from mock_sites.review.traces.elements import Content, Element
from mock_sites.review.traces.roles import HIDDEN, LABELLED, NAMED_BY_CONTENT, role_of, states_of
from mock_sites.review.traces.trees import Written, key_of

LONGEST_NAME: Final = 200
"""The most characters of a name that is made of an element's content."""

Read = tuple[list[Written], str]
"""An element's part of the tree, and its text."""


def read_elements(content: Content, frames: Mapping[Element, Content], known: dict[Element, Read]) -> list[Written]:
    """The tree of a page.

    Args:
        content: its elements.
        frames: the contents of frames.
        known: what plain elements read as, which is added to.
    """
    reader = _Reader(frames, known)
    held, _text = reader.read(content)
    if reader.named_later:
        held, _text = _Reader(frames, known, reader.texts, reader.labels).read(content)
    return held


def read_head(content: Content) -> tuple[str, str]:
    """The title and the language of a page."""
    if isinstance(content, str):
        return "", ""
    titles = [title for head in _inside(content, "HEAD") for title in _inside(head, "TITLE")]
    texts = (child for title in titles[:1] for child in title.children if isinstance(child, str))
    return " ".join(" ".join(texts).split()), content.attributes.get("lang", "")


def _inside(element: Element, tag: str) -> Iterator[Element]:
    return (child for child in element.children if isinstance(child, Element) and child.tag == tag)


@dataclass
class _Reader:
    """Reads one document.

    Attributes:
        frames: the contents of the frames in it.
        known: what plain elements read as.
        texts: what is written on the elements with an id.
        labels: what is written on the labels of elements, by their ids.
        label: what is written on the label around what is read.
        named_later: whether the name of an element may stand after it.
    """

    frames: Mapping[Element, Content]
    known: dict[Element, Read]
    texts: dict[str, str] = field(default_factory=dict[str, str])
    labels: dict[str, str] = field(default_factory=dict[str, str])
    label: str = ""
    named_later: bool = False

    def read(self, content: Content) -> Read:
        """An element's part of the tree, and its text."""
        if isinstance(content, str):
            text = " ".join(content.split())
            return ([{"text": text}] if text else []), text
        if not content.plain:
            return self._read(content)
        if content not in self.known:
            self.known[content] = self._read(content)
        return self.known[content]

    def _read(self, element: Element) -> Read:
        tag, attributes = element.tag, element.attributes
        if _is_hidden(tag, attributes):
            return [], ""
        held, written = self._children(element)
        if named := attributes.get("id"):
            self.texts.setdefault(named, written)
        if tag == "LABEL" and (target := attributes.get("for")):
            self.labels[target] = written
        role = role_of(tag, attributes)
        if role is None:
            return _joined(held), written
        name = self._name(tag, role, attributes, written)
        key = key_of(role, name, states_of(tag, role, attributes))
        value = _value(tag, attributes)
        if value:
            return [{key: value}], ""
        if address := attributes.get("href") if role == "link" else None:
            held = [{"/url": address}, *(held if written != name else [])]
        elif written == name or role == "textbox":
            held = [part for part in held if not _is_text(part)] if role != "textbox" else []
        held = _joined(held)
        if len(held) == 1 and _is_text(held[0]):
            return [{key: cast("dict[str, Any]", held[0])["text"]}], written
        return [{key: held} if held else key], written

    def _children(self, element: Element) -> Read:
        """The content of an element. An element in a label has the label's text as its name."""
        if element in self.frames:
            return read_elements(self.frames[element], self.frames, self.known), ""
        around = self.label
        if element.tag == "LABEL":
            self.label = " ".join(filter(None, (self.read(child)[1] for child in element.children)))
        held: list[Written] = []
        texts: list[str] = []
        for child in element.children:
            inside, text = self.read(child)
            held += inside
            texts += [text] if text else []
        self.label = around
        return held, " ".join(texts)

    def _name(self, tag: str, role: str, attributes: Mapping[str, str], written: str) -> str:
        named_by = attributes.get("aria-labelledby", "").split()
        self.named_later |= not self.texts.keys() >= set(named_by) or (
            tag in LABELLED and attributes.get("id", "") not in self.labels
        )
        labelled = " ".join(self.texts.get(name, "") for name in named_by)
        if label := labelled.strip() or attributes.get("aria-label"):
            return label
        if tag == "IMG":
            return attributes.get("alt", "")
        if tag == "INPUT" and role == "button":
            return attributes.get("value", "")
        if role in NAMED_BY_CONTENT and written:
            return written[:LONGEST_NAME]
        label = self.labels.get(attributes.get("id", "")) or (self.label if tag in LABELLED else "")
        return label or attributes.get("title") or attributes.get("placeholder") or ""


def _is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    if tag == "TEMPLATE":
        return "__playwright_shadow_root_" not in attributes
    if tag == "DIALOG":
        return not {"open", "__playwright_dialog_open_"} & attributes.keys()
    return (
        tag in HIDDEN
        or "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or (tag == "INPUT" and attributes.get("type") == "hidden")
        or "display:none" in attributes.get("style", "").replace(" ", "")
    )


def _value(tag: str, attributes: Mapping[str, str]) -> str:
    """The value of a field, but not of a password."""
    if tag not in {"INPUT", "TEXTAREA"} or attributes.get("type") in {"checkbox", "radio", "button", "submit"}:
        return ""
    value = attributes.get("__playwright_value_", attributes.get("value", ""))
    return "•" * len(value) if attributes.get("type") == "password" else value


def _joined(held: Sequence[Written]) -> list[Written]:
    """Adjacent texts, joined to one."""
    joined: list[Written] = []
    for part in held:
        last = joined[-1] if joined else None
        if isinstance(last, dict) and _is_text(last) and isinstance(part, dict) and _is_text(part):
            joined[-1] = {"text": f"{last['text']} {part['text']}"}
        else:
            joined.append(part)
    return joined


def _is_text(part: Written) -> bool:
    return isinstance(part, dict) and part.keys() == {"text"}
