"""What the marketplace's debugging page says to an answer, in its own words."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from mock_sites.huawei.conformance.model import ConformanceCase, Flaw, SellerAnswer
from mock_sites.huawei.conformance.reading import code_of, content_of, short
from mock_sites.huawei.protocol import answers, debugging, names
from mock_sites.huawei.protocol.activities import Activity
from mock_sites.huawei.protocol.parameters import Interface


def message(case: ConformanceCase, answer: SellerAnswer, *, protocol: str, limit: float) -> str:
    """The page's message. Empty if it accepts the answer, or would not make the call: it makes right ones only.

    ``limit`` is the time limit of the run, in seconds. A slow answer may be in time for the page, which waits longer.
    """
    if case.flaw is not Flaw.NONE or not case.succeeds or case.interface is not Interface.PRODUCTION:
        return ""
    if answer.fault == "slow" and limit < debugging.LIMIT:
        return ""
    return next(_complaints(case, answer, protocol), "")


def _complaints(case: ConformanceCase, answer: SellerAnswer, protocol: str) -> Iterator[str]:
    if answer.fault:
        yield debugging.TIMEOUT if answer.fault == "slow" else debugging.UNREACHABLE
    elif answer.status != 200:
        yield debugging.HTTP_CODE.format(httpCode=answer.status)
    elif (content := content_of(answer.body)) is None:
        yield debugging.NO_JSON
    else:
        kind = answers.content_type(answer.headers)
        if not answers.is_json(kind):
            yield debugging.CONTENT_TYPE.format(contentType=short(kind))
        if code_of(content) not in case.codes:
            yield debugging.RESULT_CODE
        yield from (debugging.MISSING.format(field=name) for name in _missing(case.operation, content, protocol))


def _missing(operation: str, content: Mapping[str, Any], protocol: str) -> Iterator[str]:
    """The members that the page misses in a successful answer."""
    if operation == Activity.NEW_INSTANCE:
        if not content.get(names.INSTANCE_ID):
            yield names.INSTANCE_ID
        # In V2.0 it is in the answer of queryInstance (spec huawei 2.6).
        if protocol == "v1" and not _object(content.get(names.APP_INFO)).get(names.FRONT_END_URL):
            yield names.FRONT_END_URL
    if operation == Activity.QUERY_INSTANCE:
        for row in map(_object, _list(content.get(names.INFO)) or [{}]):
            if not row.get(names.INSTANCE_ID):
                yield names.INSTANCE_ID
            for entry in map(_object, _list(row.get(names.USAGE_INFO))):
                yield from (name for name in answers.USAGE if entry.get(name) in {None, ""})


def _object(value: object) -> Mapping[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []
