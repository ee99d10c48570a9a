"""Reads the accessibility trees of a trace (``aria/*.json``) into the form of Playwright's ``aria_snapshot``."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from mock_sites.review.errors import ReviewError
from mock_sites.review.recording import Box

Written = str | dict[str, Any]
"""A node: a key alone, or with its text or its child nodes."""

LONGEST_KEY: Final = 1_000
"""Characters of a key from which on YAML needs a sign before it."""
WIDEST: Final = 2**31 - 1
"""The most characters of a line that the writer of YAML knows: no text is broken."""

_PLAIN: Final = re.compile(r"""[^\s\-?:,[\]{}#&*!|>'"%@`](?:[^\s:]|:(?=\S)| (?=[^\s#]))*""")
"""Printable texts that need no quotes in YAML."""

_STATES: Final = ("checked", "disabled", "expanded", "invalid", "level", "pressed", "selected")


class NodeBox(BaseModel):
    """The place of a node, in pixels."""

    x: float
    y: float
    width: float
    height: float


class AriaNode(BaseModel):
    """A node of an accessibility tree."""

    model_config = ConfigDict(extra="allow")

    role: str
    name: str = ""
    text: str = ""
    url: str = ""
    placeholder: str = ""
    box: NodeBox | None = None
    children: "list[AriaNode | str]" = []


_TREE: Final = TypeAdapter[list[AriaNode | str]](list[AriaNode | str])


class FrameContent(NamedTuple):
    """The content of a frame, which the tree of the page lacks, and the place of the frame in pixels."""

    x: float
    y: float
    width: float
    height: float
    nodes: Sequence[Written]


def read_json_tree(text: str, where: str, frames: Sequence[FrameContent] = ()) -> tuple[str, tuple[Box, ...]]:
    """A tree as YAML with the content of frames, and the boxes of its named elements.

    Raises:
        ReviewError: it is no tree.
    """
    try:
        nodes = _TREE.validate_python(json.loads(text))
        boxes: list[Box] = []
        return as_yaml([_written(node, boxes, frames) for node in nodes]), tuple(boxes)
    except (ValidationError, ValueError, RecursionError) as error:
        raise ReviewError(f"{where}: no accessibility tree") from error


def as_yaml(nodes: Sequence[Written]) -> str:
    """Nodes as a tree that is read again."""
    return "".join(f"{line}\n" for line in _lines(nodes, ""))


def key_of(role: str, name: str, states: Sequence[str]) -> str:
    """``button "Subscribe Now" [disabled]``."""
    quoted = f" {json.dumps(name, ensure_ascii=False)}" if name else ""
    return " ".join([f"{role}{quoted}", *(f"[{state}]" for state in states)])


def _lines(nodes: Sequence[Written], indent: str) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield f"{indent}- {_scalar(node)}"
            continue
        [(key, held)] = node.items()
        text = f" {_scalar(held)}" if isinstance(held, str) else ""
        written = _scalar(key)
        if len(written) < LONGEST_KEY:
            yield f"{indent}- {written}:{text}"
        else:
            yield f"{indent}- ? {written}"
            yield f"{indent}  :{text}"
        if not text:
            yield from _lines(held, f"{indent}  ")


def _scalar(text: str) -> str:
    """A text in YAML on one line."""
    if text.isprintable():
        if _PLAIN.fullmatch(text):
            return text
        return "'" + text.replace("'", "''") + "'"
    return yaml.dump(text, Dumper=yaml.CSafeDumper, default_style='"', width=WIDEST).rstrip("\n")


def _written(node: AriaNode | str, boxes: list[Box], frames: Sequence[FrameContent]) -> Written:
    if isinstance(node, str):
        return {"text": node}
    extra = node.model_extra or {}
    states = [name if value is True else f"{name}={value}" for name in _STATES if (value := extra.get(name))]
    key = key_of(node.role, node.name, states)
    if node.name and node.box:
        boxes.append(Box(node.role, node.name, node.box.x, node.box.y, node.box.width, node.box.height))
    held: list[Written] = [{f"/{name}": value} for name in ("url", "placeholder") if (value := getattr(node, name))]
    held += [_written(child, boxes, frames) for child in node.children]
    if node.role == "iframe" and node.box:
        held += next((frame.nodes for frame in frames if _is_at(frame, node.box)), ())
    if not held:
        return {key: node.text} if node.text else key
    return {key: [*held, *([{"text": node.text}] if node.text else [])]}


def _is_at(frame: FrameContent, box: NodeBox) -> bool:
    """Whether a frame is where a box is, which is rounded."""
    return all(
        abs(place - rounded) <= 1
        for place, rounded in zip(frame[:4], (box.x, box.y, box.width, box.height), strict=True)
    )
