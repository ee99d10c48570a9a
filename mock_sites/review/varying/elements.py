"""Applies rules about elements to an accessibility tree."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from mock_sites.review.tree import Node
from mock_sites.review.varying.expressions import Expression
from mock_sites.review.varying.rules import Ignore, TextRule

SAME: Final = "…"
"""What stands for a value that does not count."""

Counted = Callable[[TextRule, int], None]
"""Notes how often a rule applied."""

Written = tuple[str, str]
"""What was written on an element, and what stands for it now."""


def clean_nodes(nodes: Sequence[Node], rules: Sequence[TextRule], counted: Counted) -> tuple[list[Node], list[Written]]:
    """The nodes without what does not count, and what was written on that.

    An element that is named after its content has that in its name as well.
    """
    cleaned: list[Node] = []
    written: list[Written] = []
    for node in nodes:
        rule = next((rule for rule in rules if isinstance(rule, Ignore) and _is_left_out(node, rule)), None)
        if rule:
            counted(rule, 1)
            written += [(word, "") for word in node.words]
            continue
        children, inside = clean_nodes(node.children, rules, counted)
        name, text = node.name, node.text
        for normal in rules:
            if not isinstance(normal, Ignore) and normal.is_of(node.role, node.name or node.text):
                name, text = (_normal(normal, word, counted) for word in (name, text))
        written += inside + [(old, new) for old, new in ((node.name, name), (node.text, text)) if old != new]
        for old, new in inside:
            name = " ".join(name.replace(old, new).split())
        cleaned.append(replace(node, name=name, text=text, children=tuple(children)))
    return cleaned, written


def same_value(expression: Expression, text: str) -> tuple[str, int]:
    """A text with the same value for the groups of what is found in it, or for all of it; how often it was found."""
    found = expression.spans(text)
    pieces: list[str] = []
    place = 0
    for start, end in sorted(span for spans in found for span in spans):
        if start >= place:
            pieces += [text[place:start], SAME]
            place = end
    return "".join([*pieces, text[place:]]), len(found)


def _normal(rule: TextRule, text: str, counted: Counted) -> str:
    new, count = same_value(rule.expression, text)
    counted(rule, count)
    return new


def _is_left_out(node: Node, rule: Ignore) -> bool:
    """Whether a rule names an element, or finds its expression in the text of one that holds no other."""
    own = node.name or node.text
    if rule.names_elements:
        return rule.is_of(node.role, own)
    return not node.children and bool(own and rule.expression.is_in(own))
