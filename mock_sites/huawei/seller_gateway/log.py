"""The log of all calls to sellers, and how it is shown without secrets."""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from mock_sites.huawei.domain.jobs import SellerRequest
from mock_sites.huawei.domain.tables import SellerCall
from mock_sites.huawei.mistakes.catalogue import cure
from mock_sites.huawei.seller_gateway import lost_instances
from mock_sites.huawei.seller_gateway.envelope import Signed
from mock_sites.huawei.seller_gateway.verdict import AnswerVerdict
from mock_sites.world.foreign_text import filled, read_json
from mock_sites.world.job import as_json
from mock_sites.world.transport import CallResult
from mock_sites.world.unit_of_work import UnitOfWork

MASK: Final = "***"
MEASURED: Final = "server-timing"
"""The header of an answer that is not stored: it has the duration, which is different each time."""

_SECRETS: Final = "clientSecret|client_secret|password|mobilePhone|mobile|email|access_token|refresh_token"
_IN_JSON: Final = re.compile(rf'(\\?"(?:{_SECRETS})\\?"\s*:\s*\\?")(?:[^"\\]|\\[^"])+')
_ENCRYPTED: Final = re.compile(r'("userName"\s*:\s*")[0-9A-Za-z]{16}[0-9A-Za-z+/]{22,}={0,2}(?=")')
"""User names are no secrets, but V1 encrypts them, so they are shown like other encrypted values."""
_IN_QUERY: Final = re.compile(rf"(\b(?:{_SECRETS})=)[^&\s]+")


def write(
    uow: UnitOfWork, signed: Signed, result: CallResult, verdict: AnswerVerdict, asked: SellerRequest
) -> SellerCall:
    """Store a call and its outcome. Call it in the transaction that stores the changes of the outcome."""
    verdict = lost_instances.diagnosed(uow, signed, verdict, asked)
    row = SellerCall(
        number=uow.number("seller-call"),
        at=uow.now,
        content_id=signed.agreed.content_id,
        interface=signed.interface,
        protocol=signed.agreed.protocol,
        activity=signed.activity,
        origin=asked.origin,
        asked=as_json(asked),
        method=signed.method,
        url=signed.url,
        headers=dict(signed.headers),
        body=signed.body,
        string_to_sign=signed.string_to_sign,
        signature=signed.signature,
        status=result.status,
        answer_headers={name: value for name, value in result.headers.items() if name.lower() != MEASURED},
        answer_body=result.body,
        fault=result.fault,
        verdict=verdict.outcome,
        code=verdict.code,
        explanation=verdict.explanation,
        details=verdict.details,
        hint=verdict.hint,
        repeats=asked.repeats,
    )
    uow.session.add(row)
    uow.record(
        "seller.answered",
        call=row.number,
        activity=row.activity,
        protocol=row.protocol,
        origin=row.origin,
        verdict=row.verdict,
        code=row.code,
        explanation=explained(row),
    )
    return row


def masked(text: str) -> str:
    """The text without secrets: passwords, client secrets, and the encrypted contact data of V1."""
    for pattern in (_IN_JSON, _ENCRYPTED, _IN_QUERY):
        text = pattern.sub(rf"\1{MASK}", text)
    return text


def explained(call: SellerCall, translate: Callable[[str], str] = str, mask: Callable[[str], str] = masked) -> str:
    """The marketplace's verdict on the answer, with no secrets in its details. Huawei's own messages are not
    translated.
    """
    details = {name: mask(value) if isinstance(value, str) else value for name, value in call.details.items()}
    return filled(translate(call.explanation), details)


def advice(call: SellerCall, translate: Callable[[str], str] = str) -> list[str]:
    """What to fix: a sentence for each usual mistake that was found."""
    return [cure(name, translate, **call.details) for name in call.hint.split()]


def shown(body: bytes) -> str:
    """Bytes as readable text without secrets. Compact JSON, which is what the marketplace sends and signs, is shown as
    it is. Other JSON is indented, so that secrets are found in it however it is written.
    """
    text = body.decode(errors="replace")
    with suppress(ValueError):
        content = read_json(text)
        if text != json.dumps(content, ensure_ascii=False, separators=(",", ":")):
            text = json.dumps(content, ensure_ascii=False, indent=2)
    return masked(text)
