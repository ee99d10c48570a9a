"""The rules that may cover a difference."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from glob import escape
from typing import Final
from urllib.parse import urlsplit

from mock_sites.review.changes import Change, Kind, Value
from mock_sites.review.varying.rules import Ignore, Mask, Normalise, Rule

MARGIN: Final = 2
"""Pixels around an area that differs."""

_SHAPES: Final = (r"\d+", "[0-9a-f]+", r"\w+")
_ADDRESS: Final = re.compile(r"\b(?:https?|wss?)://[^\s”]+")
_LINK: Final = re.compile(r"(?:(?:https?|wss?):/)?/[^\s”]+")
_QUOTED: Final = re.compile("“(.*?)”", re.DOTALL)
_MARKS: Final = re.compile(r"([/?&#=;])")

Pieces = list[tuple[str, str]]
"""The parts of two texts in order, each as it was and as it is now."""


def candidates(change: Change, steps: tuple[str, ...]) -> Iterator[Rule]:
    """Rules for a change in these steps, the narrowest first: by element, by address, by field, by pattern.

    Some may not apply: a change does not tell which field of a step it is in.
    """
    if change.area:
        x, y, width, height = change.area
        area = max(x - MARGIN, 0), max(y - MARGIN, 0), width + 2 * MARGIN, height + 2 * MARGIN
        yield Mask(steps=steps, area=area)
        return
    if change.value and all(change.value):
        yield from _of_value(change, change.value, steps)
    for role, name in dict.fromkeys((*change.before, *change.after)):
        yield Ignore(steps=steps, role=role, name=escape(name))
    if not change.value:
        yield from _of_one_side(change, steps)


def _of_value(change: Change, value: Value, steps: tuple[str, ...]) -> Iterator[Rule]:
    """Rules for a text that changed."""
    if address := _address(value):
        yield Normalise(steps=steps, url=address)
        if field := re.fullmatch(r".*[?&;#]([^=]+)=\*", address):
            yield Normalise(steps=steps, field=field[1])
    pieces = _pieces(value)
    pattern = f"^{''.join(_escaped(was) if was == now else f'({_shape(was, now)})' for was, now in pieces)}$"
    elements = {*change.before, *change.after}
    if len({role for role, _name in elements}) == 1:
        [(role, name), *others] = elements
        if not others and name:
            yield Normalise(steps=steps, role=role, name=escape(name), pattern=pattern)
        yield Normalise(steps=steps, role=role, pattern=pattern)
    if not elements:
        yield Normalise(steps=steps, pattern=pattern)


def _of_one_side(change: Change, steps: tuple[str, ...]) -> Iterator[Rule]:
    """Rules for something that only one of the recordings has."""
    if change.kind in {Kind.REQUESTS, Kind.SOCKETS} and (address := _ADDRESS.search(change.what)):
        parts = urlsplit(address[0])
        yield Ignore(steps=steps, url=parts.path if len(parts.path) > 1 else f"{parts.scheme}://{parts.netloc}")
    text = _QUOTED.search(change.what)
    if not text or not text[1]:
        return
    if change.kind is Kind.STORAGE:
        yield Ignore(steps=steps, field=text[1])
    elif change.kind is not Kind.FLOW:
        yield Ignore(steps=steps, pattern=f"^{_escaped(text[1])}$")
        yield Ignore(steps=steps, pattern=_escaped(text[1]))


def _address(value: Value) -> str:
    """The common part of two addresses, with a star for each part that differs; empty if they are not so alike."""
    if not all(map(_LINK.fullmatch, value)):
        return ""
    old, new = ([*_MARKS.split(_path(text))] for text in value)
    if len(old) != len(new) or old[1::2] != new[1::2] or old == new:
        return ""
    parts = [was if was == now else "*" for was, now in zip(old, new, strict=True)]
    last = max(place for place, part in enumerate(parts) if part == "*")
    return "".join(parts[: last + 1]) if all(old[i] and new[i] for i, part in enumerate(parts) if part == "*") else ""


def _path(address: str) -> str:
    parts = urlsplit(address)
    return address.removeprefix(f"{parts.scheme}://{parts.netloc}")


def _pieces(value: Value) -> Pieces:
    old, new = (re.findall(r"\w+|\W", text) for text in value)
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [("".join(old[i:end]), "".join(new[j:stop])) for _tag, i, end, j, stop in codes]


def _shape(*texts: str) -> str:
    return next((shape for shape in _SHAPES if all(re.fullmatch(shape, text) for text in texts)), ".*")


def _escaped(text: str) -> str:
    return re.escape(text).replace(r"\ ", " ").replace(r"\-", "-")
