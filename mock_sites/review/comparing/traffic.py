"""What changed in the requests of the browser and in the calls between the companies."""

from collections.abc import Iterator
from typing import Final

from mock_sites.review.changes import Change, Kind, Value
from mock_sites.review.comparing.parts import SequenceDiff
from mock_sites.review.comparing.sequences import Pair
from mock_sites.review.comparing.topics import addresses
from mock_sites.review.recording import RecordedCall, Request

CUT_OFF: Final = -1
"""The status of a request that was cut off before its answer came."""


def _request_differences(pair: Pair[Request]) -> Iterator[Change]:
    """Which requests are new or gone, and which lead elsewhere or are answered otherwise."""
    old, new = pair.before, pair.after
    if old and new and not pair.moved:
        if old.method != new.method:
            yield Change(Kind.REQUESTS, f"{new.method} {new.url} instead of {old.method} {old.url}")
        elif old.url != new.url:
            what = f"{new.method} goes to {new.url} instead of {old.url}"
            yield Change(Kind.REQUESTS, what, value=Value(old.url, new.url))
        if old.status != new.status and CUT_OFF not in (old.status, new.status):
            what = f"{new.method} {new.url} {_answered(old.status, new.status)}"
            yield Change(Kind.REQUESTS, what, topics=addresses(new.url))
    else:
        texts = old and f"{old.method} {old.url}", new and f"{new.method} {new.url}"
        yield _call_change(Kind.REQUESTS, *texts, next(one.url for one in (new, old) if one))


def _call_differences(pair: Pair[RecordedCall]) -> Iterator[Change]:
    """Which calls are new or gone, and which are answered otherwise."""
    old, new = pair.before, pair.after
    if old and new and not pair.moved:
        if old.status != new.status:
            what = f"{_describe(new)} is answered with {new.status} instead of {old.status}"
            yield Change(Kind.CALLS, what, topics=addresses(new.path))
    else:
        texts = old and _describe(old), new and _describe(new)
        yield _call_change(Kind.CALLS, *texts, next(one.path for one in (new, old) if one))


def _answered(old: int, new: int) -> str:
    if not new:
        return f"gets no answer instead of {old}"
    return f"is answered with {new} instead of {old}" if old else f"is answered with {new}; it got no answer before"


def _call_change(kind: Kind, old: str | None, new: str | None, url: str) -> Change:
    if old and new:
        what = f"{new} comes in another order"
    elif old:
        what = f"{old} is no longer made"
    else:
        what = f"{new} is made in addition"
    return Change(kind, what, topics=addresses(url))


def _alike_requests(old: Request, new: Request) -> float:
    """One request that changed has its method or its URL still."""
    return 2 * (old.url == new.url) + (old.method == new.method)


def _alike_calls(old: RecordedCall, new: RecordedCall) -> float:
    return float(_describe(old) == _describe(new))


def _describe(call: RecordedCall) -> str:
    return f"{call.sender} to {call.receiver}: {call.method} {call.path}"


def _describe_answered(call: RecordedCall) -> str:
    return f"{_describe(call)} {call.status}"


REQUESTS: Final = SequenceDiff[Request](
    key=lambda request: request,
    alike=_alike_requests,
    differences=_request_differences,
    follows=lambda first, _second: 300 <= first.status < 400,
)
CALLS: Final = SequenceDiff[RecordedCall](key=_describe_answered, alike=_alike_calls, differences=_call_differences)
