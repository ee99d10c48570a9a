"""What changed on a page, by its accessibility tree."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from typing import Final

from rapidfuzz.distance import Indel

from mock_sites.review.changes import Change, Kind, Spot, Topic, Value
from mock_sites.review.comparing.parts import SequenceDiff
from mock_sites.review.comparing.sequences import Pair
from mock_sites.review.tree import Node, read_tree

Edit = Callable[[Node], Node]
"""Makes a change in a node as it was."""

ROLES: Final = {"listitem": "list item", "rowgroup": "row group", "columnheader": "column header", "textbox": "field"}
"""Plain names for roles whose own name is not plain."""
OTHER_PAGE: Final[Topic] = ("other page",)
"""The topic of all that a page shows where it is another page: empty, that of the step before, or a part of a step."""
UNSEEN: Final = {"url"}
"""Properties of elements that no picture shows."""
CLOSE: Final = 0.3
"""The least similarity of their words at which two unnamed parts of a page count as one that changed."""


def compare_pages(before: str, after: str) -> Iterator[Change]:
    """What changed from one tree to the other."""
    if before != after:
        # The same text twice is one change of several elements.
        found: dict[Change, Change] = {}
        for change in NODES.compare(_nodes_of(before), _nodes_of(after)):
            same = found.get(change, replace(change, before=(), after=(), more=0))
            found[change] = replace(
                same,
                before=same.before + change.before,
                after=same.after + change.after,
                more=same.more + change.more,
            )
        if before and after:
            yield from found.values()
        else:
            yield Change(Kind.STRUCTURE, "the page was empty" if after else "the page is empty", topics=(OTHER_PAGE,))
            yield from (change.with_topics(OTHER_PAGE) for change in found.values())


@lru_cache(maxsize=16)
def _nodes_of(tree: str) -> tuple[Node, ...]:
    return read_tree(tree)


def edits(before: Node, after: Node) -> Iterator[tuple[Change, Edit]]:
    """The changes of a node itself, each with an edit that makes it. A name that is made of the content is left out."""
    changed = partial(Change, before=spots(before), after=spots(after))
    if before.role != after.role:
        text = f"{describe(before)} is now a {_role(after)}"
        yield changed(Kind.STRUCTURE, text), lambda node: replace(node, role=after.role)
    is_renamed = before.name != after.name and not names_itself_after(before, after)
    says_the_same = _written(before) == _written(after)
    if is_renamed:
        text = f"{describe(before)} is now {_quoted(after.name)}" if after.name else f"{describe(before)} lost its name"
        named = {"name": after.name, "text": after.text} if says_the_same else {"name": after.name}
        yield changed(Kind.TEXT, text, value=Value(before.name, after.name)), lambda node: replace(node, **named)
    if before.text != after.text and not (is_renamed and says_the_same):
        text = _compare_texts(before, after)
        yield (
            changed(Kind.TEXT, text, value=Value(before.text, after.text)),
            lambda node: replace(node, text=after.text),
        )
    for state in sorted(before.states.keys() | after.states.keys()):
        if text := _compare_states(before, after, state):
            yield (
                changed(Kind.STRUCTURE, text, topics=_same_state(before, after, state)),
                partial(_set_state, state=state, value=after.states.get(state)),
            )
    for name in sorted(before.properties.keys() | after.properties.keys()):
        old, new = before.properties.get(name), after.properties.get(name)
        if old != new:
            text = f"{describe(before)} has the {name} {new or 'none'} instead of {old or 'none'}"
            value = Value(old, new) if old and new else None
            change = changed(Kind.STRUCTURE, text, value=value, visible=name not in UNSEEN)
            yield change, partial(_set_property, name=name, value=new)


def _same_state(before: Node, after: Node, state: str) -> tuple[Topic, ...]:
    """What all elements have in common that changed alike, such as headings of which each has another level."""
    old, new = before.states.get(state), after.states.get(state)
    return (("state", before.role, state, old, new),) if old and new else ()


def _written(node: Node) -> str:
    """What is written on a node. Without a name of its own, an element is named by that."""
    return node.text or ("" if node.children else node.name)


def _set_state(node: Node, *, state: str, value: str | None) -> Node:
    return replace(node, states=_with(node.states, state, value))


def _set_property(node: Node, *, name: str, value: str | None) -> Node:
    return replace(node, properties=_with(node.properties, name, value))


def _with(values: Mapping[str, str], name: str, value: str | None) -> dict[str, str]:
    rest = {known: held for known, held in values.items() if known != name}
    return rest if value is None else {**rest, name: value}


def _differences(pair: Pair[Node]) -> Iterator[Change]:
    if pair.before is None:
        assert pair.after
        text = f"{describe(pair.after)} is new"
        yield Change(_kind(pair.after), text, after=spots(pair.after), topics=_contents(pair.after))
    elif pair.after is None:
        text = f"{describe(pair.before)} is gone"
        yield Change(_kind(pair.before), text, before=spots(pair.before), topics=_contents(pair.before))
    elif pair.moved:
        text = f"{describe(pair.before)} stands elsewhere"
        yield Change(Kind.STRUCTURE, text, before=spots(pair.before), after=spots(pair.after), topics=(("order",),))
    elif pair.before.signature != pair.after.signature:
        yield from (change for change, _edit in edits(pair.before, pair.after))
        yield from NODES.compare(pair.before.children, pair.after.children)


def spots(node: Node) -> tuple[Spot, ...]:
    """Where a node is visible: itself or, if it has neither name nor text, its content."""
    if node.name or node.text:
        return (Spot(node.role, node.name or node.text),)
    return tuple(spot for child in node.children for spot in spots(child))


def _contents(node: Node) -> tuple[Topic, ...]:
    """What a new or a lost node is about: its name, as a label has that of its field, and what is in it."""
    named = [("name", node.name or node.text)] if node.name or node.text else []
    return *named, *(("element", *spot) for child in node.children for spot in spots(child))


def names_itself_after(before: Node, after: Node) -> bool:
    """Whether a name changed because the content that it is made of did."""
    gone = _written_inside(before) - _written_inside(after)
    return any(word in before.name for word in gone)


def _written_inside(node: Node) -> frozenset[str]:
    return frozenset[str]().union(*(child.words for child in node.children))


def _compare_texts(before: Node, after: Node) -> str:
    if not before.name:
        return f"{_role(before)} {_quoted(before.text)} is now {_quoted(after.text)}"
    held = f"instead of {_quoted(before.text)}" if before.text else "and was empty"
    return f"{describe(before)} " + (f"holds {_quoted(after.text)} {held}" if after.text else "is empty now")


def _compare_states(before: Node, after: Node, state: str) -> str:
    old, new = before.states.get(state), after.states.get(state)
    if old == new:
        return ""
    if old is None:
        text = f"is now {state} {new}".rstrip()
    elif new is None:
        text = f"is no longer {state} {old}".rstrip()
    else:
        text = f"has {state} {new} instead of {old}"
    return f"{describe(before)} {text}"


def describe(node: Node) -> str:
    """A node as text: its role, and its name or else its text."""
    if node.name or node.text:
        return f"{_role(node)} {_quoted(node.name or node.text)}"
    inside = next((describe(child) for child in node.children if child.words), None)
    return f"{_role(node)} with {inside}" if inside else _role(node)


def _kind(node: Node) -> Kind:
    return Kind.TEXT if node.role == "text" else Kind.STRUCTURE


def _alike(before: Node, after: Node) -> float:
    """The similarity of two nodes."""
    if before.role == after.role and before.name and before.name == after.name:
        return 3
    shared = len(before.words & after.words) / max(len(before.words | after.words), 1)
    if before.role != after.role:
        return 1.5 if before.words and before.words == after.words else 0
    own = (before.name or before.text), (after.name or after.text)
    similarity = max(shared, Indel.normalized_similarity(*own) if all(own) else 0)
    if before.children and after.children and not any(own):
        return 1 + similarity if similarity >= CLOSE else 0.5
    return 1 + similarity


def _role(node: Node) -> str:
    return ROLES.get(node.role, node.role)


def _quoted(text: str) -> str:
    return f"“{text}”"


def _marks(node: Node) -> Iterator[str]:
    """What is written on a node, and where its links lead."""
    yield from node.words
    yield from node.properties.values()
    for child in node.children:
        yield from _marks(child)


NODES: Final = SequenceDiff[Node](key=lambda node: node.signature, alike=_alike, differences=_differences, marks=_marks)
