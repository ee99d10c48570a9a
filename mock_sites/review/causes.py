"""Which changes of a step have the same cause."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz.distance import LCSseq, Postfix, Prefix

from mock_sites.review.changes import Change, Kind, Topic, Value

WORD: Final = re.compile(r"\w[\w.]*")
"""A word, or a number with its decimals."""
SPECIFIC: Final = re.compile(r"[^\W\d]|\d\D*\d\D*\d")
"""What is found in words that hardly occur twice by chance: a letter, or three digits."""


def group_by_cause(changes: Sequence[Change]) -> list[list[Change]]:
    """The changes of a step in groups of one cause, the most telling change of each first.

    A change joins the group that has its topic. It never makes one group of two.
    """
    groups: list[list[Change]] = []
    owners: dict[Topic, list[Change]] = {}
    for change in sorted(changes, key=telling):
        topics = list(topics_of(change))
        known = next((owners[topic] for topic in topics if topic in owners), None)
        if known is None:
            known = [change]
            groups.append(known)
        else:
            known.append(change)
        for topic in topics:
            owners.setdefault(topic, known)
    return groups


def telling(change: Change) -> tuple[bool, int, bool, bool]:
    """A key to sort changes by: differences before advice, the most telling kinds first, then what was there before.

    A text that is new or gone tells less than the element that it belongs to.
    """
    is_label = change.kind is Kind.TEXT and bool(change.more)
    weight = Kind.STRUCTURE.weight if is_label else change.kind.weight
    return change.advice, weight, is_label, change.more > 0


def topics_of(change: Change) -> Iterator[Topic]:
    """All that a change is about, the most telling first."""
    yield change.topic
    yield from (("element", *spot) for spot in (*change.before, *change.after))
    if change.value:
        yield "value", *change.value
        yield from _specific(differing(change.value))
        yield from (topic for part in _differing_parts(change.value) for topic in _specific(part))
    yield from (topic for topic in _gained(change) if SPECIFIC.search(topic[1]))
    yield from change.topics
    yield from change.causes


def causes_of(change: Change) -> Iterator[Topic]:
    """By what the cause of a change is known in other steps and journeys."""
    yield change.topic
    if change.value:
        yield from _specific(differing(change.value))
    yield from change.causes


def _gained(change: Change) -> Iterator[Topic]:
    """The words that are only new, or only gone: those of an element, or those that a text has more, or less."""
    if change.value:
        before, after = differing(change.value)
        if not before or not after:
            yield ("new words", after) if after else ("gone words", before)
    elif change.more:
        yield from (("new words", spot.name) for spot in change.after if not change.before)
        yield from (("gone words", spot.name) for spot in change.before if not change.after)


def _specific(words: Value) -> Iterator[Topic]:
    """Words that differ, unless they may have changed elsewhere by chance: ``3`` instead of ``2``."""
    before, after = words
    if SPECIFIC.search(before) and SPECIFIC.search(after):
        yield "words", before, after


def differing(value: Value) -> Value:
    """The words that differ, without those around them that do not. Empty where words are only new, or only gone."""
    before, after = WORD.findall(value.before), WORD.findall(value.after)
    start = Prefix.similarity(before, after)
    end = Postfix.similarity(before[start:], after[start:])
    return Value(*(" ".join(words[start : len(words) - end]) for words in (before, after)))


def _differing_parts(value: Value) -> Iterator[Value]:
    """The words that differ at each place of a text, such as the text of a message and its id."""
    before, after = WORD.findall(value.before), WORD.findall(value.after)
    i = j = 0
    for block in LCSseq.opcodes(before, after).as_matching_blocks():
        yield Value(" ".join(before[i : block.a]), " ".join(after[j : block.b]))
        i, j = block.a + block.size, block.b + block.size
