"""What follows from values in requests and messages: their order and their size; and polls, whose number varies."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from mock_sites.review.comparing.traffic import CUT_OFF
from mock_sites.review.page_content import SocketMessage
from mock_sites.review.recording import RecordedStep, Request
from mock_sites.review.varying.kinds import Kind, read_line, replace_parts
from mock_sites.review.varying.places import Places

Asked = Sequence[Request]

POLLED: Final = 2
"""The fewest equal requests of a step, in both recordings, that are a poll. One that comes twice is a change."""


def settle_requests(before: Sequence[Request], after: Sequence[Request], order: Sequence[Request]) -> list[Request]:
    """The requests of a step with as many polls and ends of redirects as before, and accidental order as before.

    Args:
        before: the requests of the earlier recording.
        after: those of the later one, with the values of the earlier one.
        order: the same with their own values. What pages ask for beside documents and forms is sorted by these.
    """
    loose = len(order)
    while loose and order[loose - 1].method == "GET" and list(order[loose - 1 :]) == sorted(order[loose - 1 :]):
        loose -= 1
    return _as_cut_off(before, _as_many(before, [*after[:loose], *_in_order(before, after[loose:])]))


def settle_speculative(
    before: RecordedStep, requests: Sequence[Request], speculative: Iterable[Request]
) -> list[Request]:
    """The requests of the later step with those accidental ones that the earlier one made.

    Args:
        before: the earlier step.
        requests: those of the later step, with the values of the earlier one.
        speculative: those among them that were made ahead of need, or of the browser's memory.
    """
    settled = [*requests]
    for request in speculative:
        if request in settled and _surplus(request, settled, before.requests):
            settled.remove(request)
    for place in before.speculative:
        request = before.requests[place]
        if _surplus(request, before.requests, settled):
            settled.insert(place, request)
    return settled


def _surplus(request: Request, requests: Iterable[Request], others: Iterable[Request]) -> bool:
    """Whether the same is asked for more often than among others, whatever the answer."""
    more, fewer = (sum(each[:2] == request[:2] for each in asked) for asked in (requests, others))
    return more > fewer


def settle_answered_ahead(
    before: Sequence[RecordedStep], after: Sequence[RecordedStep], places: Sequence[Places], ahead: Mapping[int, Asked]
) -> list[RecordedStep]:
    """The later steps, each with what was asked for before: nothing is asked for again that was asked for ahead.

    Args:
        before: the earlier steps.
        after: the later ones.
        places: those of steps that belong together.
        ahead: what the later steps asked for ahead, by their places.
    """
    settled = [*after]
    for (i, j), (next_i, next_j) in pairwise(sorted(places)):
        earlier = {before[i].requests[place][:2] for place in before[i].speculative}
        later = {request[:2] for request in ahead.get(j, ())}
        asked = _as_visited(before[next_i].requests, settled[next_j].requests, later - earlier, earlier - later)
        settled[next_j] = settled[next_j].model_copy(update={"requests": tuple(asked)})
    return settled


def _as_visited(
    before: Asked, after: Asked, answered: Collection[tuple[str, str]], asked: Collection[tuple[str, str]]
) -> list[Request]:
    """The later requests with those that were ``answered`` ahead, and without those that the earlier run had so."""
    settled = [*after]
    for known in sorted(answered):
        place = next((place for place, request in enumerate(before) if request[:2] == known), None)
        if place is not None and _surplus(before[place], before, after):
            settled.insert(place, before[place])
    for known in sorted(asked):
        again = next((request for request in after if request[:2] == known), None)
        if again and _surplus(again, after, before):
            settled.remove(again)
    return settled


def settle_sockets(after: Sequence[SocketMessage], own: Sequence[SocketMessage]) -> tuple[SocketMessage, ...]:
    """Messages of WebSockets with the size of their text. ``own``: the same with their own values."""
    return tuple(
        message._replace(size=message.size + len(message.text.encode()) - len(was.text.encode()))
        for message, was in zip(after, own, strict=True)
    )


def _as_cut_off(before: Asked, after: Sequence[Request]) -> list[Request]:
    """With what redirects led to as before, if it was cut off: in one run the redirect itself may have been."""
    settled = [*after]
    for request in after if _is_redirected_in(after, before) else ():
        if request.status == CUT_OFF and _surplus(request, settled, before):
            settled.remove(request)
    for place, request in enumerate(before if _is_redirected_in(before, after) else ()):
        if request.status == CUT_OFF and _surplus(request, before, settled):
            settled.insert(place, request)
    return settled


def _is_redirected_in(one: Iterable[Request], other: Iterable[Request]) -> bool:
    """Whether a request was answered with a redirect in one run, and cut off in the other."""
    cut_off = {request[:2] for request in other if request.status == CUT_OFF}
    return any(300 <= request.status < 400 and request[:2] in cut_off for request in one)


def _in_order(before: Sequence[Request], after: Sequence[Request]) -> list[Request]:
    """The requests that ``before`` has too come in its order, at the places that they have together."""
    places: dict[Request, list[int]] = defaultdict(list)
    for place, request in enumerate(before):
        places[request].append(place)
    ranks = [places[request].pop() if places[request] else None for request in after]
    known = iter(sorted(rank for rank in ranks if rank is not None))
    return [request if rank is None else before[next(known)] for request, rank in zip(after, ranks, strict=True)]


def _as_many(before: Sequence[Request], after: Sequence[Request]) -> list[Request]:
    """With as many requests of each poll as before."""
    old, new = _polls(before), _polls(after)
    polled = {
        key
        for key in old.keys() & new.keys()
        if min(len(old[key]), len(new[key])) >= POLLED and {r.status for r in old[key]} == {r.status for r in new[key]}
    }
    kept: list[Request] = []
    done: Counter[tuple[str, str]] = Counter()
    for request in after:
        key = _key(request)
        if key not in polled:
            kept.append(request)
            continue
        done[key] += 1
        last = done[key] == len(new[key])
        kept += old[key][done[key] - 1 : None if last else done[key]]
    return kept


def _polls(requests: Iterable[Request]) -> dict[tuple[str, str], list[Request]]:
    found: dict[tuple[str, str], list[Request]] = defaultdict(list)
    for request in requests:
        if request.method == "GET":
            found[_key(request)].append(request)
    return found


def _key(request: Request) -> tuple[str, str]:
    """A request without the times in its address, which keep a cache from answering."""
    parts = [(part, "") for part in read_line(request.url).parts if part.kind is Kind.TIME]
    return request.method, replace_parts(request.url, parts)
