"""How a call is shown, on pages and by the API: without keys, passwords and encrypted contact data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mock_sites.huawei.domain.tables import SellerCall
from mock_sites.huawei.seller_center import debugging
from mock_sites.huawei.seller_gateway import log, sellers
from mock_sites.huawei.seller_gateway.log import MASK
from mock_sites.huawei.seller_gateway.remarks import remarks
from mock_sites.world.unit_of_work import UnitOfWork

Translate = Callable[[str], str]

_PRIVATE = ("set-cookie", "cookie", "authorization")


@dataclass(frozen=True, kw_only=True)
class ShownCall:
    """A call and its answer, without secrets."""

    url: str
    headers: Mapping[str, str]
    body: str
    string_to_sign: str
    signature: str
    answer_headers: Mapping[str, str]
    answer_body: str
    fault: str
    explanation: str
    debugged: str
    """What the debugging page says to the answer of a debug call; empty for other calls."""
    advice: list[str]
    """What to fix, and what the seller says to a call that it refused."""


def show(uow: UnitOfWork, call: SellerCall, translate: Translate) -> ShownCall:
    """The call with every secret masked. Its sentences are as ``translate`` returns them: for a page, markup."""
    agreed = sellers.agreed(uow, call.content_id)
    own = sellers.access_key(uow.world).secret_access_key
    secrets = [*agreed.keys.values(), *filter(None, agreed.former_keys.values()), agreed.client.client_secret, own]

    def masked(text: str) -> str:
        for secret in secrets:
            text = text.replace(secret, MASK)
        return log.masked(text)

    return ShownCall(
        url=masked(call.url),
        headers=_headers(call.headers, masked),
        body=masked(log.shown(call.body)),
        string_to_sign=masked(call.string_to_sign),
        signature=call.signature,
        answer_headers=_headers(call.answer_headers, masked),
        answer_body=masked(log.shown(call.answer_body)),
        fault=masked(call.fault),
        explanation=log.explained(call, translate, masked),
        debugged=masked(debugging.message(call)),
        advice=[*log.advice(call, translate), *remarks(uow, call, translate)],
    )


def _headers(headers: Mapping[str, str], masked: Translate) -> dict[str, str]:
    return {name: MASK if name.lower() in _PRIVATE else masked(value) for name, value in headers.items()}
