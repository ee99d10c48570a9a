"""Style sheets as rules: what each selector declares."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import tinycss2
import tinycss2.color4

Rules = Mapping[str, Mapping[str, str]]
"""The declarations of each selector. A selector in a block, such as ``@media``, has the block's name before it."""

LONGEST: Final = 60
"""The most characters of a value that are told."""

_OF_PLACE: Final = re.compile(
    r"(?:inset|margin|top|right|bottom|left|width|height|(?:min|max)-(?:width|height)|transform.*|translate|scale|rotate|"
    r"opacity|transition.*|animation.*|z-index|will-change|--.*)(?:-.*)?"
)
"""Properties that scripts set to move and to size elements, often by the time. The places of elements tell it."""

_LENGTHS: Final = {"ch", "cm", "em", "ex", "in", "mm", "pc", "pt", "px", "q", "rem", "vh", "vmax", "vmin", "vw"}
_DURATION: Final = re.compile(r"-?[0-9.e-]+m?s")

_CLASS: Final = re.compile(r"\.((?:[\w-]|\\.)+)")
_ESCAPE: Final = re.compile(r"\\(.)")


@lru_cache(64)
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


@lru_cache(10_000)
def same_value(value: str) -> str:
    """A value in one form: a browser writes colours, zeros, strings and shorthands in another one than a source."""
    parts: list[list[str]] = [[]]
    tokens: list[Any] = tinycss2.parse_component_value_list(value, skip_comments=True)
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        elif token.type != "whitespace":
            parts[-1].append(_same_token(token))
    return ",".join(" ".join(sorted(part, key=lambda text: bool(_DURATION.fullmatch(text)))) for part in parts)


def _same_token(token: Any) -> str:
    colour: Any = tinycss2.color4.parse_color(token)
    if colour not in (None, "currentcolor") and colour.space == "srgb":
        return f"rgb({', '.join(f'{part:.3f}' for part in colour)})"
    if token.type in {"number", "dimension"}:
        unit = "" if token.type == "number" else token.lower_unit
        return f"{token.value:g}{'' if not token.value and unit in _LENGTHS else unit}"
    if token.type == "function" and token.lower_name == "url" and token.arguments:
        return f"url {token.arguments[0].value}"
    if token.type == "function":
        return f"{token.lower_name}({same_value(tinycss2.serialize(token.arguments))})"
    if token.type in {"string", "url"}:
        return f"{token.type} {token.value}"
    return str(tinycss2.serialize([token]))


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
