"""A trace that ends before its last page is seen as the other one saw it. What comes afterwards is only told.

- The other trace has one page more: the last input led to it, as the requests tell, or it came while the last action
  waited.
- Or both have the page, and one ends while it is still what it was before: the page of the step before, under its new
  address, or what the other trace saw before the last change of its page.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

from mock_sites.review.changes import Change, Kind
from mock_sites.review.comparing.actions import READS, without_repeated_reads
from mock_sites.review.comparing.checkpoints import Visit
from mock_sites.review.comparing.step_parts import STEP_PARTS
from mock_sites.review.comparing.traffic import CUT_OFF
from mock_sites.review.recording import TEST_ENDS, RecordedStep, Request

Steps = Sequence[RecordedStep]

AFTERWARDS: Final = "console", "dialogs", "downloads", "forms", "requests", "sockets", "storage"
"""The attributes of a step with what a page does while it changes."""


def is_cut_off(steps: Steps, cut: RecordedStep) -> bool:
    """Whether a step did and asked for what two steps did, but ended before the page of the second one was seen.

    If the recording ended in the middle of the last action, the page may not even have been asked for, and neither if
    it came by itself.
    """
    first, last = steps
    more = _more_than(first, cut)["requests"]
    is_asked = bool(last.requests) and len(_also_in(last.requests, more)) == len(last.requests)
    came_late = last.late and cut.tree == first.tree
    return (
        first.tab == last.tab == cut.tab
        and (is_asked or cut.unseen or came_late)
        and bool(cut.actions)
        and _done_in(first, last) == _done_in(cut)
    )


def ends_before(cut: Visit, other: Visit) -> bool:
    """Whether a recording ends with a page that is not yet what it is in the other one.

    A page that is still what it was is a difference if an action of both recordings looked at it after the change.
    """
    end, changed = cut.step, other.step
    if end.tree == changed.tree or not end.actions or _done_in(end) != _done_in(changed):
        return False
    was_so = len(changed.states) > 1 and changed.states[-2].tree == end.tree
    is_left = cut.still_shows_left(other) and _only_reads(end)
    return is_left or (was_so and (changed.late or _waits(end, changed)))


def tell_cut_off(step: RecordedStep, part: str = "") -> Change:
    """That the last step, or a part of it, was seen in one run only."""
    what = f"{part}step “{step.title.en}” is seen in one run only; the other run ends before"
    return Change(Kind.FLOW, what, advice=True)


def as_cut_off(steps: Steps, cut: RecordedStep) -> tuple[RecordedStep, RecordedStep]:
    """Two steps as one that ends like the first one, and the step that was cut off. Their ends are not compared."""
    first, last = steps
    parts = {name: (*getattr(first, name), *getattr(last, name)) for name in ("actions", *STEP_PARTS)}
    for name, more in _more_than(first, cut).items():
        parts[name] = (*getattr(first, name), *_also_in(getattr(last, name), more))
    inputs = (*first.inputs, *(len(first.actions) + place for place in last.inputs))
    states = first.states[-1:] and (*first.states[:-1], first.states[-1].model_copy(update={"whole": False}))
    update = {**parts, "inputs": inputs, "states": states, "seconds": None, "whole": False}
    requests = _in_order_of(parts["requests"], cut.requests)
    return first.model_copy(update=update), cut.model_copy(update={"requests": requests, "seconds": None})


def until_end(cut: RecordedStep, other: RecordedStep) -> tuple[RecordedStep, RecordedStep]:
    """A step that ends before its page has changed, and the other one until then. Their ends are not compared."""
    unknown = [state.model_copy(update={"inputs": len(cut.inputs), "whole": False}) for state in cut.states[-1:]]
    kept = {name: _also_in(getattr(other, name), getattr(cut, name)) for name in AFTERWARDS}
    cut = cut.model_copy(update={"states": (*cut.states, *unknown), "whole": False})
    return cut, other.model_copy(update=kept)


def _done_in(*steps: RecordedStep) -> list[str]:
    """The actions of steps. Recordings of journeys tell none: they end where they should."""
    return [*without_repeated_reads([action for step in steps for action in step.actions])]


def _only_reads(step: RecordedStep) -> bool:
    """Whether nothing waited for the page after the first action, which led to it, and was seen to end."""
    after = [action for action in step.actions[1:] if action != TEST_ENDS]
    seen = after[:-1] if step.unseen else after
    return all(action.partition(" ")[0] in READS for action in seen)


def _waits(cut: RecordedStep, other: RecordedStep) -> bool:
    """Whether a request is not answered that is in the other step."""
    waiting = {request[:2] for request in cut.requests if request.status == CUT_OFF}
    return any(request[:2] in waiting for request in other.requests if request.status != CUT_OFF)


def _more_than(first: RecordedStep, cut: RecordedStep) -> dict[str, Sequence[Any]]:
    """What a page did in a step that was cut off besides what it did in the first of two steps."""
    pairs = ((name, Counter(getattr(cut, name)) - Counter(getattr(first, name))) for name in AFTERWARDS)
    return {name: [*more.elements()] for name, more in pairs}


def _also_in(parts: Iterable[Any], others: Iterable[Any]) -> tuple[Any, ...]:
    """Those that are among others too, as often as there."""
    left = Counter(map(_known_by, others))
    found: list[Any] = []
    for part in parts:
        if left[_known_by(part)]:
            left[_known_by(part)] -= 1
            found.append(part)
    return tuple(found)


def _known_by(part: Any) -> Any:
    """A request is the same whether it is answered or not."""
    return part[:2] if isinstance(part, Request) else part


def _in_order_of(order: Sequence[Request], requests: Sequence[Request]) -> tuple[Request, ...]:
    """Requests in the order of others, which each step has for itself; those that are not among them come last."""
    left = Counter(requests)
    known: list[Request] = []
    for request in order:
        if left[request]:
            left[request] -= 1
            known.append(request)
    return (*known, *left.elements())
