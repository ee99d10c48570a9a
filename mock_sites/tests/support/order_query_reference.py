"""The chapter about the order query of ``docs/seller_protocol.md``, with a worked example."""

import json
from collections.abc import Iterator
from typing import Final

from mock_sites.huawei.protocol import codes, moments, names, orders, signing, sources
from mock_sites.huawei.protocol.addresses import ORDER_QUERY_PATH
from mock_sites.huawei.seller_gateway import order_info
from mock_sites.world import agreement

_AK: Final = "MOCK-ACCESS-KEY-ID"
_SK: Final = "mock-secret-access-key"
_DATE: Final = "20231114T221320Z"
_QUERY: Final = {
    names.ORDER_ID: orders.MOCK_YEAR,
    names.ORDER_LINE_ID: orders.line_of(orders.MOCK_YEAR),
}


def chapter() -> Iterator[str]:
    """Path, query, signature and answers."""
    yield ""
    yield "## Order query"
    yield ""
    yield "A call of V2.0 says only which order it is about. Its seller asks for the rest, by a GET without a body of"
    yield f"`{agreement.ORDER_QUERY}`"
    yield f"with `{names.ORDER_ID}` and, if it is about one line, `{names.ORDER_LINE_ID}` in the query."
    yield f"V1.0 has the same request and answer. [source]({sources.ORDER_QUERY})"
    yield ""
    yield "The Seller Center shows under Key Management the access key ID (AK), the secret access key (SK) and the"
    yield "address in your world. `GET /api/access-key` of its API returns them, and `seller_center.access_key()` of"
    yield "the client. They are the same for all products."
    yield from _signature()
    yield from _answers()


def _signature() -> Iterator[str]:
    canonical = signing.canonical_query("GET", ORDER_QUERY_PATH, _QUERY, {signing.DATE_NAME: _DATE})
    signature = signing.sign_query(_SK, method="GET", path=ORDER_QUERY_PATH, query=_QUERY, date=_DATE)
    yield ""
    yield "```text"
    yield "canonical = these lines, joined by line breaks: method; path with a / at its end; name=value of the query,"
    yield "            URL-encoded, sorted, joined by &; name:value of each signed header, sorted, each with a"
    yield "            line break; the names of these headers in small letters, joined by ;; hex(SHA-256(body))"
    yield f"text      = {signing.QUERY_SCHEME}, {signing.QUERY_DATE} and hex(SHA-256(canonical)), joined by line breaks"
    yield "signature = hex(HMAC-SHA256(SK, text)), in small digits"
    yield "```"
    yield ""
    yield f"`{signing.QUERY_DATE}` is the time in UTC as `yyyyMMdd'T'HHmmss'Z'`, the world's or the real one, at most"
    yield f"{moments.QUERY_SKEW.seconds // 60} minutes off. It is always signed. Huawei's SDKs sign `host` and others"
    yield f"too ([source]({sources.AK_SK_SIGNATURE})). Example, with the AK `{_AK}` and the SK `{_SK}`:"
    yield ""
    yield "```text"
    yield "canonical ="
    yield canonical
    yield ""
    yield "text ="
    yield signing.query_to_sign(_DATE, canonical)
    yield ""
    yield f"{signing.QUERY_DATE}: {_DATE}"
    yield f"Authorization: {signing.authorization(_AK, signature)}"
    yield "```"


def _answers() -> Iterator[str]:
    info = order_info.of_mock_order(orders.MOCK_YEAR, "")
    found = {names.RESULT_CODE: codes.QUERY_SUCCESS, names.RESULT_MSG: "success", names.ORDER_INFO: info}
    yield ""
    yield f"The answer. Older pages have `{codes.QUERY_SUCCESS_OLDER}` for `{codes.QUERY_SUCCESS}`, so accept both:"
    yield ""
    yield "```json"
    yield json.dumps(found, indent=2)
    yield "```"
    yield ""
    yield f"`{codes.QUERY_REFUSED}`: there is no such order or line, or a prepaid card is not paid yet."
    yield f"`{codes.QUERY_TOO_OFTEN}`, with HTTP status 406: the settings of the product limit the queries of a minute."
    yield f"Both have `{names.EXTRA_INFO}`. A wrong signature gets HTTP status 401 and"
    yield f"`{codes.QUERY_NOT_AUTHENTICATED}` in `error_code`. `diagnosis` says why; the real one does not."
    yield ""
    yield "For tests there are always these orders: " + ", ".join(f"`{one}`" for one in order_info.MOCK_ORDERS) + "."
    yield f"Each has the line `{orders.line_of('ORDER')}`. `mock-sites conform` has another number of six digits"
    yield "there in each run, so that a service which stores its orders can be tried again. The order query accepts it."
