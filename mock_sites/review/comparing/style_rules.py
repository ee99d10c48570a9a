"""Style sheets as rules: what each selector declares."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import tinycss2

Rules = Mapping[str, Mapping[str, str]]
"""The declarations of each selector. A selector in a block, such as ``@media``, has the block's name before it."""

LONGEST: Final = 60
"""The most characters of a value that are told."""

_OF_PLACE: Final = re.compile(
    r"(?:inset|top|right|bottom|left|width|height|(?:min|max)-(?:width|height)|transform.*|translate|scale|rotate|"
    r"opacity|transition.*|animation.*|z-index|will-change|--.*)(?:-.*)?"
)
"""Properties that scripts set to move and to size elements, often by the time. The places of elements tell it."""

_CLASS: Final = re.compile(r"\.((?:[\w-]|\\.)+)")
_ESCAPE: Final = re.compile(r"\\(.)")


def read_rules(sheet: str) -> Rules:
    """The rules of a style sheet. Later declarations replace earlier ones of the same selector."""
    rules: dict[str, dict[str, str]] = {}
    for selector, name, value in _declarations(tinycss2.parse_stylesheet(sheet, skip_comments=True), ""):
        rules.setdefault(selector, {})[name] = value
    return rules


def _declarations(nodes: Sequence[Any], around: str) -> Iterator[tuple[str, str, str]]:
    """The selector, name and value of each declaration in ``nodes``, which stand in the block ``around``."""
    for node in nodes:
        if node.type == "declaration":
            value = tinycss2.serialize(node.value).strip() + " !important" * node.important
            yield around, node.name if node.name.startswith("--") else node.lower_name, value
        elif node.type in {"qualified-rule", "at-rule"}:
            prelude = " ".join(tinycss2.serialize(node.prelude).split())
            name = f"@{node.at_keyword} {prelude}".strip() if node.type == "at-rule" else prelude
            inside = f"{around} {name}".strip()
            if node.content is None:
                yield inside, "", ""
            else:
                yield from _declarations(_parts(node.content), inside)


def _parts(content: Sequence[Any]) -> Sequence[Any]:
    return tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)


@lru_cache(64)
def styled_classes(sheet: str) -> frozenset[str]:
    """The names of classes that selectors of a style sheet can mean; some may only look so."""
    return frozenset(_ESCAPE.sub(r"\1", name) for name in _CLASS.findall(sheet))


@lru_cache(10_000)
def own_style(attribute: str) -> str:
    """The declarations of a ``style`` attribute, sorted, without those that only move or size the element."""
    nodes = tinycss2.parse_blocks_contents(attribute, skip_comments=True, skip_whitespace=True)
    held = {name: value for _selector, name, value in _declarations(nodes, "")}
    return "; ".join(f"{name}: {held[name]}" for name in sorted(held) if name and not _OF_PLACE.fullmatch(name))


def shortened(value: str) -> str:
    """A value that is short enough to be told."""
    return value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
