"""A trace that ends before the page is seen to which its last input led. The requests tell that it led there."""

from collections import Counter
from collections.abc import Iterator, Sequence

from mock_sites.review.changes import Change, Kind
from mock_sites.review.comparing.actions import without_repeated_reads
from mock_sites.review.comparing.step_parts import STEP_PARTS
from mock_sites.review.recording import RecordedStep, Request

Steps = Sequence[RecordedStep]


def is_cut_off(steps: Steps, cut: RecordedStep) -> bool:
    """Whether a step did and asked for what two steps did, but ended before the page of the second one was seen.

    If the recording ended in the middle of the last action, the page may not even have been asked for.
    """
    first, last = steps
    is_asked = bool(last.requests) and not _not_asked(steps, cut)
    return (
        first.tab == last.tab == cut.tab
        and (is_asked or cut.unseen)
        and [*without_repeated_reads(first.actions + last.actions)] == [*without_repeated_reads(cut.actions)]
    )


def tell_cut_off(steps: Steps) -> Iterator[Change]:
    """That the last step was seen in one run only."""
    what = f"step “{steps[-1].title.en}” is seen in one run only; the other run ends before"
    yield Change(Kind.FLOW, what, advice=True)


def as_cut_off(steps: Steps, cut: RecordedStep) -> tuple[RecordedStep, RecordedStep]:
    """Two steps as one that ends like the first one, and the step that was cut off. Their ends are not compared."""
    first, last = steps
    parts = {name: (*getattr(first, name), *getattr(last, name)) for name in ("actions", *STEP_PARTS)}
    inputs = (*first.inputs, *(len(first.actions) + place for place in last.inputs))
    joined = first.model_copy(update={**parts, "inputs": inputs, "seconds": None, "whole": False})
    states = first.states[-1:] and (*first.states[:-1], first.states[-1].model_copy(update={"whole": False}))
    asked = tuple((Counter(joined.requests) - _not_asked(steps, cut)).elements())
    joined = joined.model_copy(update={"states": states, "requests": asked})
    requests = _in_order_of(asked, cut.requests)
    return joined, cut.model_copy(update={"requests": requests, "seconds": None})


def _not_asked(steps: Steps, cut: RecordedStep) -> Counter[Request]:
    """What the last step asked for, and the one that was cut off did not."""
    first, last = steps
    return Counter(last.requests) - (Counter(cut.requests) - Counter(first.requests))


def _in_order_of(order: Sequence[Request], requests: Sequence[Request]) -> tuple[Request, ...]:
    """Requests in the order of others, which each step has for itself; those that are not among them come last."""
    left = Counter(requests)
    known: list[Request] = []
    for request in order:
        if left[request]:
            left[request] -= 1
            known.append(request)
    return (*known, *left.elements())
