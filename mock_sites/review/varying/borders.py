"""Requests at the border of two steps without an input: a script that mostly reads, or nothing, is between them."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import urldefrag

from mock_sites.review.recording import RecordedStep, Request
from mock_sites.review.varying.places import Places


def settle_borders(
    before: Sequence[RecordedStep], after: Sequence[RecordedStep], places: Sequence[Places]
) -> list[RecordedStep]:
    """The steps of ``after`` with each request for a page in the step that has it before, if it came at a border."""
    settled = [*after]
    for (i, j), following in pairwise(sorted(places)):
        neighbours = following == (i + 1, j + 1)
        if neighbours and _is_open(*before[i : i + 2]) and _is_open(*settled[j : j + 2]):
            settled[j : j + 2] = _settled(before[i : i + 2], settled[j : j + 2])
    return settled


def _is_open(first: RecordedStep, second: RecordedStep) -> bool:
    """Whether no input is between what happened in two steps: only the first one may begin with one."""
    return first.tab == second.tab and not any(first.inputs) and not second.inputs


def _settled(before: Sequence[RecordedStep], after: Sequence[RecordedStep]) -> list[RecordedStep]:
    page = urldefrag(before[1].url).url
    old, new = ([[*step.requests] for step in steps] for steps in (before, after))
    for here, there in ((0, 1), (1, 0)):
        moved = _more(new[here], old[here]) & _more(old[there], new[there])
        for request in moved.elements():
            if (request.method, request.url) == ("GET", page):
                new[here].remove(request)
                new[there].insert(old[there].index(request), request)
    return [step.model_copy(update={"requests": tuple(asked)}) for step, asked in zip(after, new, strict=True)]


def _more(requests: Sequence[Request], others: Sequence[Request]) -> Counter[Request]:
    return Counter(requests) - Counter(others)
