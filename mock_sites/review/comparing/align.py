"""Aligns the steps of two recordings, so that an added or removed step does not affect the comparison of the others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rapidfuzz.distance import Indel

from mock_sites.review.comparing.cut_off import is_cut_off
from mock_sites.review.comparing.sequences import align_sequences
from mock_sites.review.comparing.step_parts import STEP_PARTS
from mock_sites.review.recording import RecordedState, RecordedStep

SAME_PAGE: Final = 0.6
"""The least similarity of two steps of different names that count as one renamed step."""
NEARLY_EQUAL: Final = 0.9
"""The least similarity of their pages at which they do so whatever their addresses and requests are."""


class How(StrEnum):
    """What happened to a step."""

    KEPT = "kept"
    MOVED = "moved"
    RENAMED = "renamed"
    ADDED = "added"
    REMOVED = "removed"
    SPLIT = "split"
    JOINED = "joined"
    CUT_OFF = "cut off"


@dataclass(frozen=True)
class Aligned:
    """Steps that belong together: several after if a step was split, several before if steps were joined.

    If one run was cut off, the other one has a step more.
    """

    how: How
    before: tuple[RecordedStep, ...]
    after: tuple[RecordedStep, ...]


def align(before: Sequence[RecordedStep], after: Sequence[RecordedStep]) -> list[Aligned]:
    """Align steps by their names, then by their pages."""
    found: list[Aligned] = []
    for pair in align_sequences(before, after, key=lambda step: step.name, alike=_alike, marks=_marks):
        old, new = pair.before, pair.after
        if old is None:
            assert new
            found.append(Aligned(How.ADDED, (), (new,)))
        elif new is None:
            found.append(Aligned(How.REMOVED, (old,), ()))
        else:
            how = How.MOVED if pair.moved else How.KEPT if old.name == new.name else How.RENAMED
            found.append(Aligned(how, (old,), (new,)))
    return _join_parts(_with_cut_off(found))


def as_one(steps: Sequence[RecordedStep]) -> RecordedStep:
    """Several steps as one, with the end of the last one."""
    timed = [step.seconds for step in steps if step.seconds is not None]
    return steps[-1].model_copy(
        update={
            **{
                name: tuple(part for step in steps for part in getattr(step, name)) for name in ("actions", *STEP_PARTS)
            },
            "inputs": tuple(_shifted_inputs(steps)),
            "states": tuple(_shifted_states(steps)),
            "seconds": sum(timed) if len(timed) == len(steps) else None,
        }
    )


def _shifted_inputs(steps: Sequence[RecordedStep]) -> Iterator[int]:
    """The places of the inputs among the actions of all steps."""
    actions = 0
    for step in steps:
        yield from (actions + place for place in step.inputs)
        actions += len(step.actions)


def _shifted_states(steps: Sequence[RecordedStep]) -> Iterator[RecordedState]:
    """The states of all steps, each with the number of inputs before it."""
    inputs = 0
    for step in steps:
        yield from (state.model_copy(update={"inputs": inputs + state.inputs}) for state in step.states)
        inputs += len(step.inputs)


def _with_cut_off(found: Sequence[Aligned]) -> list[Aligned]:
    """The last two as one, if one of the recordings was cut off before its last step."""
    if {item.how for item in found[-2:]} in ({How.KEPT, How.ADDED}, {How.KEPT, How.REMOVED}):
        before, after = found[-2].before + found[-1].before, found[-2].after + found[-1].after
        steps, cut = (before, after) if len(before) > len(after) else (after, before)
        if found[-2].how is How.KEPT and is_cut_off(steps, cut[0]):
            return [*found[:-2], Aligned(How.CUT_OFF, before, after)]
    return [*found]


def _join_parts(found: Sequence[Aligned]) -> list[Aligned]:
    """Find added steps that were split off their neighbour, and removed steps that were joined with theirs."""
    joined: list[Aligned] = []
    for item in found:
        whole = _one(joined[-1], item) if joined else None
        if whole:
            joined[-1] = whole
        else:
            joined.append(item)
    return joined


def _one(first: Aligned, second: Aligned) -> Aligned | None:
    """Two neighbours as one, if together they do exactly what the other side does in one step."""
    kinds = {first.how, second.how}
    if not kinds & {How.KEPT, How.RENAMED} or not kinds & {How.ADDED, How.REMOVED}:
        return None
    before, after = first.before + second.before, first.after + second.after
    several = before if How.REMOVED in kinds else after
    if len({step.actor for step in several}) > 1 or not all(map(_deeds, several)):
        return None
    if _deeds(as_one(before)) != _deeds(as_one(after)):
        return None
    return Aligned(How.JOINED if How.REMOVED in kinds else How.SPLIT, before, after)


def _deeds(step: RecordedStep) -> tuple[object, ...]:
    """What a step does, without the look of its page. Empty if it sends no request."""
    return (step.actor, step.requests, [event.model_dump() for event in step.events]) if step.requests else ()


def _marks(step: RecordedStep) -> tuple[str, ...]:
    return step.url, step.title.en


def _alike(old: RecordedStep, new: RecordedStep) -> float:
    """The similarity of two steps of different names."""
    if old.actor != new.actor:
        return 0
    pages = Indel.normalized_similarity(old.tree.splitlines(), new.tree.splitlines())
    similarity = (2 * pages + (old.url == new.url) + (old.requests == new.requests)) / 4
    is_elsewhere = bool(old.tree) and pages >= NEARLY_EQUAL
    return similarity if similarity >= SAME_PAGE or is_elsewhere else 0
