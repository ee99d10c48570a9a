"""What helps to understand a refusal: the seller's own words, what its code or status means, and missing parameters."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, cast
from urllib.parse import parse_qsl, urlsplit

from mock_sites.huawei.domain.jobs import Origin
from mock_sites.huawei.domain.states import CallVerdict
from mock_sites.huawei.domain.tables import SellerCall
from mock_sites.huawei.mistakes.catalogue import MISTAKES, cure
from mock_sites.huawei.protocol import names, operations
from mock_sites.huawei.protocol.activities import KitInterface
from mock_sites.huawei.protocol.codes import (
    EXPLANATIONS,
    INVALID_PARAMETER,
    MOBILE_NUMBER,
    OTHER_ERROR,
    PROCESSING,
    SERVICE_ERROR,
)
from mock_sites.huawei.seller_gateway import log, sellers
from mock_sites.world.errors import N_
from mock_sites.world.foreign_text import filled, on_one_line, read_json
from mock_sites.world.unit_of_work import UnitOfWork

LONGEST: Final = 120
"""How many characters of the seller's words are shown. Our choice."""

_MESSAGE: Final = "{message}"
SAYS: Final = N_("The service says: {message}")
MISSING: Final = N_(
    "The service names {parameter}, which this call did not have. It is optional. mock-sites conform sends it with "
    "--with {parameter}."
)
MISSING_TEST_FLAG: Final = N_(
    "The service names testFlag, which this call did not have. It is optional in real calls: to send it, choose Send "
    "testFlag 0 in real calls in the product's settings in the Seller Center."
)

NO_PUBLIC_KEY: Final = N_(
    "No public key of your service is set, so the client secret is encrypted with that of Guance. Set "
    "it in the product's settings in the Seller Center, or by mock-sites serve --seller-public-key."
)

_SAY_NOTHING: Final[Mapping[str, str]] = {
    INVALID_PARAMETER: "refuses-good-parameters",
    OTHER_ERROR: "fails-good-call",
    SERVICE_ERROR: "fails-good-call",
    PROCESSING: "still-processing",
}
"""The mistake behind a result code that does not say what is wrong, by the code."""


_SECRET: Final = "cannot-decrypt-secret"
_SECRET_CODES: Final = (INVALID_PARAMETER, MOBILE_NUMBER)
"""How sellers refuse a client secret that they cannot decrypt; Huawei's demo answers 000101. No page names a code."""


def remarks(uow: UnitOfWork, call: SellerCall, translate: Callable[[str], str] = str) -> list[str]:
    """Sentences about a refused call, without secrets. A call that the marketplace made is right."""
    if call.verdict in {CallVerdict.ACCEPTED, CallVerdict.PROCESSING} or not call.status:
        return []
    said, keys = _said(call.answer_body), sellers.agreed(uow, call.content_id).keys.values()
    for key in keys:
        said = said.replace(key, log.MASK)
    message = _short(log.masked(said))
    facts = {
        "address": call.url.partition("?")[0],
        "status": call.status,
        "code": call.code,
        "message": message or "-",
        "operation": call.activity,
    }
    mistake = "" if call.hint or call.origin == Origin.HAND else _mistake(call)
    cured = cure(mistake, translate, **facts) if mistake else ""
    found = [cured] if cured else []
    if message and (not mistake or _MESSAGE not in MISTAKES[mistake].cure):
        found.append(filled(translate(SAYS), {"message": message}))
    if mistake == _SECRET and not sellers.has_public_key(uow, call.content_id):
        found.append(translate(NO_PUBLIC_KEY))
    return [*found, *(_missing(name, translate) for name in _named(call))]


def _mistake(call: SellerCall) -> str:
    """The name of the mistake that the status or the code shows. Empty if these say nothing, or say it all."""
    if call.status >= 500:
        return "crash"
    if call.status >= 400:
        return "status"
    if call.activity == KitInterface.APPLICATION and call.code in _SECRET_CODES:
        return _SECRET
    if call.code and call.code not in EXPLANATIONS:
        return "unknown-code"
    return _SAY_NOTHING.get(call.code, "")


def _said(body: bytes) -> str:
    """The seller's message, or its whole answer if it has none."""
    try:
        content = read_json(body)
    except ValueError:
        content = None
    fields = cast("dict[str, Any]", content) if isinstance(content, dict) else {}
    if names.RESULT_CODE in fields or names.RESULT_MSG in fields:
        return str(fields.get(names.RESULT_MSG, ""))
    return body.decode(errors="replace")


def _short(text: str) -> str:
    """A foreign text on one line, shortened."""
    line = on_one_line(" ".join(text.split()))
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}..."


def _named(call: SellerCall) -> Iterator[str]:
    """The documented parameters that the answer names and the call did not have."""
    operation, text = operations.find(call.protocol, call.activity), call.answer_body.decode(errors="replace")
    for parameter in operation.parameters if operation else ():
        if parameter.name not in _sent(call) and re.search(rf"(?i)(?<!\w){parameter.name}(?!\w)", text):
            yield parameter.name


def _sent(call: SellerCall) -> set[str]:
    """The names of the parameters of a call."""
    if call.method == "GET":
        return {name for name, _ in parse_qsl(urlsplit(call.url).query, keep_blank_values=True)}
    try:
        content = read_json(call.body)
    except ValueError:
        return set()
    return {*cast("dict[str, Any]", content)} if isinstance(content, dict) else set()


def _missing(name: str, translate: Callable[[str], str]) -> str:
    return filled(translate(MISSING_TEST_FLAG if name == names.TEST_FLAG else MISSING), {"parameter": name})
