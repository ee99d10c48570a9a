"""Reads the accessibility trees of a trace (``aria/*.json``) into the form of Playwright's ``aria_snapshot``."""

import json
from collections.abc import Sequence
from typing import Any, Final

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from e2e.review.errors import ReviewError
from e2e.review.recording import Box

Written = str | dict[str, Any]
"""A node: a key alone, or with its text or its child nodes."""

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


def read_json_tree(text: str, where: str) -> tuple[str, tuple[Box, ...]]:
    """A tree as YAML, and the boxes of its named elements.

    Raises:
        ReviewError: it is no tree.
    """
    try:
        nodes = _TREE.validate_python(json.loads(text))
        boxes: list[Box] = []
        return as_yaml([_written(node, boxes) for node in nodes]), tuple(boxes)
    except (ValidationError, ValueError, RecursionError) as error:
        raise ReviewError(f"{where}: no accessibility tree") from error


def as_yaml(nodes: Sequence[Written]) -> str:
    """Nodes as a tree that is read again."""
    if not nodes:
        return ""
    return yaml.dump(nodes, Dumper=yaml.CSafeDumper, allow_unicode=True, width=10_000, sort_keys=False)


def key_of(role: str, name: str, states: Sequence[str]) -> str:
    """``button "Subscribe Now" [disabled]``."""
    quoted = f" {json.dumps(name, ensure_ascii=False)}" if name else ""
    return " ".join([f"{role}{quoted}", *(f"[{state}]" for state in states)])


def _written(node: AriaNode | str, boxes: list[Box]) -> Written:
    if isinstance(node, str):
        return {"text": node}
    extra = node.model_extra or {}
    states = [name if value is True else f"{name}={value}" for name in _STATES if (value := extra.get(name))]
    key = key_of(node.role, node.name, states)
    if node.name and node.box:
        boxes.append(Box(node.role, node.name, node.box.x, node.box.y, node.box.width, node.box.height))
    held: list[Written] = [{f"/{name}": value} for name in ("url", "placeholder") if (value := getattr(node, name))]
    held += [_written(child, boxes) for child in node.children]
    if not held:
        return {key: node.text} if node.text else key
    return {key: [*held, *([{"text": node.text}] if node.text else [])]}
