"""Makes accessibility trees from the snapshots of elements in a trace.

A snapshot has no style sheets, so the tree also has elements that they hide. That is the same in both traces.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, cast

from e2e.review.errors import ReviewError
from e2e.review.traces.events import DomSnapshot
from e2e.review.traces.roles import HIDDEN, LABELLED, NAMED_BY_CONTENT, role_of, states_of
from e2e.review.traces.trees import Written, key_of

DEEPEST: Final = 256
MOST_NODES: Final = 100_000
LONGEST_NAME: Final = 200
"""The most characters of a name that is made of an element's content."""


@dataclass(frozen=True)
class Markup:
    """The snapshots of one frame in order. A reference counts back from its own snapshot."""

    snapshots: Sequence[DomSnapshot]

    def tree(self, number: int) -> list[Written]:
        """The tree of the snapshot with this number.

        Raises:
            ReviewError: it is too large, or refers to something that does not exist.
        """
        reader = _Reader(self)
        held, _text = reader.read(self.snapshots[number].html, number, 0)
        if reader.named_later:
            held, _text = _Reader(self, reader.texts, reader.labels).read(self.snapshots[number].html, number, 0)
        return held

    def head(self, number: int) -> tuple[str, str]:
        """The title and the language of the page in the snapshot with this number.

        Raises:
            ReviewError: it refers to something that does not exist.
        """
        root, number = self.referred(self.snapshots[number].html, number)
        if not _is_element(root):
            return "", ""
        title = ""
        for head, in_head in self._inside(root, number, "HEAD"):
            for node, in_title in list(self._inside(head, in_head, "TITLE"))[:1]:
                texts = (self.referred(child, in_title)[0] for child in node[2:])
                title = " ".join(" ".join(text for text in texts if isinstance(text, str)).split())
        return title, _attributes(root).get("lang", "")

    def _inside(self, node: Sequence[Any], number: int, tag: str) -> Iterator[tuple[Sequence[Any], int]]:
        for child in node[2:]:
            found, place = self.referred(child, number)
            if _is_element(found) and str(found[0]).upper() == tag:
                yield found, place

    def referred(self, node: Any, number: int) -> tuple[Any, int]:
        """A node of a snapshot or, if it is a reference, the one that it points to, and the number of its snapshot.

        Raises:
            ReviewError: it refers to something that does not exist.
        """
        if not _is_reference(node):
            return node, number
        back, place = node[0]
        earlier = self.elements(number - back) if 0 < back <= number else ()
        if not 0 <= place < len(earlier):
            raise ReviewError("a page refers to an element that is not there")
        return earlier[place], number - back

    def elements(self, number: int) -> Sequence[Any]:
        """The elements and texts that references point to: each after those within it."""
        known = self._elements
        if number not in known:
            known[number] = []
            _collect(self.snapshots[number].html, known[number], 0)
        return known[number]

    @cached_property
    def _elements(self) -> dict[int, list[Any]]:
        return {}


@dataclass
class _Reader:
    """Reads one snapshot, and counts its nodes: a few references can expand to very many.

    Attributes:
        texts: what is written on the elements with an id.
        labels: what is written on the labels of elements, by their ids.
        label: what is written on the label around what is read.
        named_later: whether the name of an element may stand after it.
    """

    markup: Markup
    texts: dict[str, str] = field(default_factory=dict[str, str])
    labels: dict[str, str] = field(default_factory=dict[str, str])
    label: str = ""
    nodes: int = 0
    named_later: bool = False

    def read(self, node: Any, number: int, depth: int) -> tuple[list[Written], str]:
        """A node's part of the tree, and its text."""
        self.nodes += 1
        if self.nodes > MOST_NODES or depth > DEEPEST:
            raise ReviewError(f"a page has more than {MOST_NODES} elements, or {DEEPEST} within each other")
        if isinstance(node, str):
            text = " ".join(node.split())
            return ([{"text": text}] if text else []), text
        if _is_reference(node):
            return self.read(*self.markup.referred(node, number), depth + 1)
        if not _is_element(node):
            raise ReviewError("a page holds what is no element")
        return self._element(str(node[0]).upper(), node, number, depth)

    def _element(self, tag: str, node: Sequence[Any], number: int, depth: int) -> tuple[list[Written], str]:
        attributes = _attributes(node)
        if _is_hidden(tag, attributes):
            return [], ""
        held, written = self._children(tag, node[2:], number, depth)
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

    def _children(self, tag: str, children: Sequence[Any], number: int, depth: int) -> tuple[list[Written], str]:
        """The content of an element. An element in a label has the label's text as its name."""
        around = self.label
        if tag == "LABEL":
            self.label = " ".join(filter(None, (self.read(child, number, depth + 1)[1] for child in children)))
        held: list[Written] = []
        texts: list[str] = []
        for child in children:
            inside, text = self.read(child, number, depth + 1)
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


def _collect(node: Any, found: list[Any], depth: int) -> None:
    if depth > DEEPEST:
        raise ReviewError(f"a page has more than {DEEPEST} elements within each other")
    if isinstance(node, str):
        found.append(node)
    elif _is_element(node):
        for child in node[2:]:
            _collect(child, found, depth + 1)
        found.append(node)


def _is_reference(node: Any) -> bool:
    """Whether a node is ``[[how many snapshots ago, which element]]``."""
    return (
        isinstance(node, list)
        and len(cast("list[Any]", node)) == 1
        and isinstance(node[0], list)
        and len(cast("list[Any]", node[0])) == 2
        and all(isinstance(number, int) for number in cast("list[Any]", node[0]))
    )


def _is_element(node: Any) -> bool:
    """Whether a node is ``[name, attributes, *children]``."""
    return isinstance(node, list) and bool(cast("list[Any]", node)) and isinstance(node[0], str)


def _attributes(node: Sequence[Any]) -> dict[str, str]:
    given: Any = node[1] if len(node) > 1 else {}
    if not isinstance(given, dict):
        raise ReviewError("a page holds an element without attributes")
    return {str(name).lower(): str(value) for name, value in cast("dict[Any, Any]", given).items()}


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
