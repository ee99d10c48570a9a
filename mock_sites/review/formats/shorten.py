"""Shortens long texts that changed, so that the part that differs is seen."""

from typing import Final

from rapidfuzz.distance import Postfix, Prefix

from mock_sites.review.changes import Change, Value

AROUND: Final = 16
"""Characters that are kept before and after the part that differs."""


def shorten(change: Change, length: int) -> str:
    """A change in words. If it is longer than that, what its texts have in common is left out: ``…`` stands for it."""
    value = change.value
    if not value or len(change.what) <= length or not all(value):
        return change.what
    short = shorten_value(value)
    texts = sorted(zip(value, short, strict=True), key=lambda pair: -len(pair[0]))
    places = [f"\0{number}" for number in range(len(texts))]
    what = change.what
    for place, (whole, _short) in zip(places, texts, strict=True):
        what = what.replace(whole, place)
    for place, (_whole, shortened) in zip(places, texts, strict=True):
        what = what.replace(place, shortened)
    return what


def shorten_value(value: Value) -> Value:
    """Both texts with the part that differs and what is next to it."""
    before, after = value
    start = Prefix.similarity(before, after)
    end = Postfix.similarity(before[start:], after[start:])
    return Value(*(_around(text, start, len(text) - end) for text in value))


def _around(text: str, start: int, end: int) -> str:
    """The part of a text from ``start`` to ``end``, with a little around it."""
    first, last = max(start - AROUND, 0), end + AROUND
    return ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")
