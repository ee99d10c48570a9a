"""What changed on a page, told from its accessibility tree."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from e2e.review.changes import Change, Kind
from e2e.review.sequences import lay_side_by_side
from e2e.review.tree import Node, read_tree

ROLES: Final = {"listitem": "list item", "rowgroup": "row group", "columnheader": "column header", "textbox": "field"}
"""Roles in plain words, where theirs are not."""
CLOSE: Final = 0.3
"""From which likeness of their words on two unnamed parts of a page are one that changed."""


def compare_pages(before: str, after: str) -> Iterator[Change]:
    """What changed from one tree to the other."""
    if before != after:
        yield from dict.fromkeys(_compare_children(read_tree(before), read_tree(after)))


def _compare_children(before: Sequence[Node], after: Sequence[Node]) -> Iterator[Change]:
    pairs = lay_side_by_side(before, after, key=lambda node: node.signature, alike=_alike)
    for pair in pairs:
        if pair.before is None:
            assert pair.after
            yield Change(_kind(pair.after), f"{describe(pair.after)} is new")
        elif pair.after is None:
            yield Change(_kind(pair.before), f"{describe(pair.before)} is gone")
        elif pair.moved:
            yield Change(Kind.STRUCTURE, f"{describe(pair.before)} stands elsewhere")
        else:
            yield from _compare_nodes(pair.before, pair.after)


def _compare_nodes(before: Node, after: Node) -> Iterator[Change]:
    """What changed between two nodes; a name that is made of what stands inside changes with it, and is not told."""
    inside = list(_compare_children(before.children, after.children))
    if before.role != after.role:
        yield Change(Kind.STRUCTURE, f"{describe(before)} is now a {_role(after)}")
    if before.name != after.name and not _names_itself_after(before, after):
        yield Change(Kind.TEXT, f"{describe(before)} is now {_quoted(after.name)}")
    if before.text != after.text:
        yield Change(Kind.TEXT, _compare_texts(before, after))
    for state in sorted(before.states.keys() | after.states.keys()):
        yield from _compare_states(before, after, state)
    for name in sorted(before.properties.keys() | after.properties.keys()):
        old, new = before.properties.get(name), after.properties.get(name)
        if old != new:
            yield Change(
                Kind.STRUCTURE, f"{describe(before)} has the {name} {new or 'none'} instead of {old or 'none'}"
            )
    yield from inside


def _names_itself_after(before: Node, after: Node) -> bool:
    """Whether a name changed because what it is made of did."""
    gone = _written_inside(before) - _written_inside(after)
    return any(word in before.name for word in gone)


def _written_inside(node: Node) -> frozenset[str]:
    return frozenset[str]().union(*(child.words for child in node.children))


def _compare_texts(before: Node, after: Node) -> str:
    if not before.name:
        return f"{_role(before)} {_quoted(before.text)} is now {_quoted(after.text)}"
    held = f"instead of {_quoted(before.text)}" if before.text else "and was empty"
    return f"{describe(before)} " + (f"holds {_quoted(after.text)} {held}" if after.text else "is empty now")


def _compare_states(before: Node, after: Node, state: str) -> Iterator[Change]:
    old, new = before.states.get(state), after.states.get(state)
    if old == new:
        return
    if old is None:
        told = f"is now {state} {new}".rstrip()
    elif new is None:
        told = f"is no longer {state} {old}".rstrip()
    else:
        told = f"has {state} {new} instead of {old}"
    yield Change(Kind.STRUCTURE, f"{describe(before)} {told}")


def describe(node: Node) -> str:
    """A node in words: its role, and its name or else what is written on it."""
    if node.name or node.text:
        return f"{_role(node)} {_quoted(node.name or node.text)}"
    inside = next((describe(child) for child in node.children if child.words), None)
    return f"{_role(node)} with {inside}" if inside else _role(node)


def _kind(node: Node) -> Kind:
    return Kind.TEXT if node.role == "text" else Kind.STRUCTURE


def _alike(before: Node, after: Node) -> float:
    """How much two nodes look like one that changed."""
    if before.role == after.role and before.name and before.name == after.name:
        return 3
    shared = len(before.words & after.words) / max(len(before.words | after.words), 1)
    if before.role != after.role:
        return 1.5 if before.words and before.words == after.words else 0
    own = (before.name or before.text), (after.name or after.text)
    likeness = max(shared, SequenceMatcher(None, *own).ratio() if all(own) else 0)
    if before.children and after.children and not any(own):
        return 1 + likeness if likeness >= CLOSE else 0.5
    return 1 + likeness


def _role(node: Node) -> str:
    return ROLES.get(node.role, node.role)


def _quoted(text: str) -> str:
    return f"“{text}”"
