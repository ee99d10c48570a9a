"""Reads Playwright's accessibility trees (``aria_snapshot``) into nodes."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, cast

import yaml

from mock_sites.review.errors import ReviewError

KEY: Final = re.compile(r'(?P<role>[\w-]+)(?: "(?P<name>(?:[^"\\]|\\.)*)")?(?P<states>(?: \[[^\]]*\])*)')
"""``button "Subscribe Now" [disabled]``."""
STATE: Final = re.compile(r"\[([^\]=]+)=?([^\]]*)\]")


@dataclass(frozen=True)
class Node:
    """An element, or a text between elements.

    Attributes:
        text: what it holds if it has no children.
        states: ``{"level": "1"}`` for a heading, ``{"disabled": ""}`` for a button.
        properties: invisible values, such as ``{"url": "/start"}`` for a link.
    """

    role: str
    name: str = ""
    text: str = ""
    states: Mapping[str, str] = field(default_factory=dict[str, str])
    properties: Mapping[str, str] = field(default_factory=dict[str, str])
    children: tuple["Node", ...] = ()

    @cached_property
    def signature(self) -> str:
        """A key: the same for the same node with the same children."""
        return "\n".join(
            [repr((self.role, self.name, self.text, sorted(self.states.items()), sorted(self.properties.items())))]
            + [" " + line for child in self.children for line in child.signature.splitlines()]
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of it and its children."""
        own = {word for word in (self.name, self.text) if word}
        return frozenset(own.union(*(child.words for child in self.children)))


def read_tree(text: str) -> tuple[Node, ...]:
    """The nodes of a tree.

    Raises:
        ReviewError: it is no tree.
    """
    try:
        if "*" in text and any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.CBaseLoader)):
            raise ReviewError("an accessibility tree has aliases, which Playwright does not write")
        content: object = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506, it makes texts only
    except (yaml.YAMLError, RecursionError) as error:
        raise ReviewError("an accessibility tree is truncated, or no YAML") from error
    return tuple(_node(key, held) for key, held in _items(content))


def write_tree(nodes: Sequence[Node]) -> str:
    """A tree as YAML, in nearly the form of Playwright."""
    return yaml.dump(
        [_listed(node) for node in nodes], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000
    )


class _Dumper(yaml.CSafeDumper):
    """Writes no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _listed(node: Node) -> Any:
    """A node in YAML: a key alone, or a key with its content."""
    name = f" {json.dumps(node.name, ensure_ascii=False)}" if node.name else ""
    states = "".join(f" [{state}={value}]" if value else f" [{state}]" for state, value in node.states.items())
    held = [{f"/{name}": value} for name, value in node.properties.items()] + [
        _listed(child) for child in node.children
    ]
    if held and node.text:
        held = [{"text": node.text}, *held]
    key = f"{node.role}{name}{states}"
    return {key: held or node.text} if held or node.text else key


def _node(key: str, content: object) -> Node:
    """A node from its key and its content: a text, or properties and children."""
    found = KEY.fullmatch(key)
    if not found:
        raise ReviewError(f"an accessibility tree has a node that is none: {key[:40]!r}")
    held = [] if isinstance(content, str) else _items(content)
    return Node(
        role=found["role"],
        name=re.sub(r"\\(.)", r"\1", found["name"] or ""),
        text=content if isinstance(content, str) else "",
        states=dict(STATE.findall(found["states"])),
        properties={name[1:]: str(value) for name, value in held if name.startswith("/")},
        children=tuple(_node(name, value) for name, value in held if not name.startswith("/")),
    )


def _items(content: object) -> list[tuple[str, object]]:
    """The nodes of a list: keys alone, or keys with their content."""
    found: list[tuple[str, object]] = []
    for item in cast("list[str | dict[str, object]]", content or []):
        found += [(item, "")] if isinstance(item, str) else list(item.items())
    return found
