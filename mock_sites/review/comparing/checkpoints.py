"""The moments at which two steps are compared: each input that both have, and the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urldefrag

from mock_sites.review.comparing.actions import align_actions
from mock_sites.review.comparing.selectors import in_words
from mock_sites.review.recording import RecordedState, RecordedStep

States = Sequence[RecordedState]


class Visit(NamedTuple):
    """A step, and the one before it in the same tab; None if there is none."""

    step: RecordedStep
    left: RecordedStep | None

    def still_shows_left(self, other: "Visit") -> bool:
        """Whether its page is that of the step before, although its address is new, and the other one has changed."""
        if not self.left or not other.left or not self.step.tree or not other.step.tree:
            return False
        is_new = urldefrag(self.step.url).url != urldefrag(self.left.url).url
        return is_new and self.step.tree == self.left.tree == other.left.tree != other.step.tree


@dataclass(frozen=True)
class Meeting:
    """A moment of two steps.

    Attributes:
        text: what the moment is; empty for the end.
        old: the places of the states of the earlier step that lead to the moment, the last of which is its state then:
            those since the moment before at which another state began.
        new: likewise of the later step.
    """

    text: str
    old: range
    new: range


def meetings(before: RecordedStep, after: RecordedStep) -> Iterator[Meeting]:
    """The moments of two steps in order, as far as both pages were seen until then."""
    old = new = range(0)
    for i, j, text in _same_inputs(before, after):
        last_old, last_new = _seen_until(states_of(before), i), _seen_until(states_of(after), j)
        if last_old and last_new:
            old = range(old.stop, last_old) if last_old > old.stop else old
            new = range(new.stop, last_new) if last_new > new.stop else new
            yield Meeting(text, old, new)


def states_of(step: RecordedStep) -> States:
    """The states of a step or, if it has none, its end."""
    end = RecordedState(inputs=0, tab=step.tab, url=step.url, tree=step.tree, boxes=step.boxes, whole=step.whole)
    return step.states or (end,)


def returning(steps: Sequence[RecordedStep]) -> dict[int, States]:
    """The states of the page of each step when it is turned to again, until an input is made; by the step's number."""
    found: dict[int, States] = {}
    last: dict[int, RecordedStep] = {}
    for step in reversed(steps):
        following = last.get(step.tab)
        if following and following.url == step.url:
            found[step.number] = [state for state in following.states if not state.inputs]
        last[step.tab] = step
    return found


def pages_left(steps: Sequence[RecordedStep]) -> dict[int, RecordedStep]:
    """The step before each one in the same tab, by the number of the latter."""
    found: dict[int, RecordedStep] = {}
    last: dict[int, RecordedStep] = {}
    for step in steps:
        if step.tab in last:
            found[step.number] = last[step.tab]
        last[step.tab] = step
    return found


def _same_inputs(before: RecordedStep, after: RecordedStep) -> Iterator[tuple[int, int, str]]:
    """The places of the same inputs among all of each step, and when they are made; at last those of the end."""
    old, new = ([step.actions[place] for place in step.inputs] for step in (before, after))
    for i, j in align_actions(old, new):
        yield i, j, f"before “{in_words(new[j])}”"
    yield len(old), len(new), ""


def _seen_until(states: States, inputs: int) -> int:
    """How many states were seen until so many inputs had been made."""
    return next((place for place, state in enumerate(states) if state.inputs > inputs), len(states))
