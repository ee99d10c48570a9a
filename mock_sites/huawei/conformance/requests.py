"""The calls of a run, signed as documented or with a flaw: what is sent and what was signed."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from mock_sites.huawei.conformance.model import ConformanceCase, Flaw, SignedCall
from mock_sites.huawei.protocol import addresses, moments, names, operations, signing, signing_v1
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.world.transport import Call

MASK: Final = "***"
"""Replaces a secret wherever it would be shown."""

OVERSIZED_BODY: Final = 1_200_000
"""The length of a field that makes a body far too large, in characters."""
OVERSIZED_QUERY: Final = 20_000
"""The length of a parameter that makes an address far too long, in characters."""

_SHIFTS: Final = {
    Flaw.OLD: timedelta(minutes=-10),
    Flaw.AHEAD: timedelta(minutes=10),
    Flaw.YOUNG: timedelta(seconds=-30),
}

_UNITS: Final = {Flaw.SECONDS: 1, Flaw.MINUTES: 60}
"""The unit of a timestamp that is not in milliseconds, in seconds."""
_DIGITS: Final = {Flaw.SECONDS: 14, Flaw.MINUTES: 12}
"""How many digits such a timestamp has in V1.0."""
_MORE_DIGITS: Final = {Flaw.LONG_EXPIRY: 3, Flaw.TOO_LONG_EXPIRY: 6}
"""How many digits are added to an expireTime in seconds."""

SignParameters = Callable[[str, Mapping[str, str]], str]
SignBody = Callable[[str, str, str, bytes], str]


@dataclass(frozen=True)
class SellerConnection:
    """The seller's address, and how calls to it are signed."""

    address: str
    key: str
    protocol: str
    live: bool
    kit_key: str = ""
    """The key of the joint-operation kit. Empty if it is the same."""
    former_keys: Mapping[Interface, str] = field(default_factory=dict[Interface, str])
    """The key of each class before the last change, as far as it is known."""
    other_keys: tuple[str, ...] = ()
    """Further keys that the seller has, which it may take for the right one."""

    def key_of(self, interface: Interface) -> str:
        """The key that signs the calls of an interface."""
        return self.kit_key if self.kit_key and interface is Interface.KIT else self.key

    def call(
        self,
        case: ConformanceCase,
        fields: Mapping[str, Any],
        now: datetime,
        *,
        flaw: Flaw | None = None,
        sign: Callable[..., str] | None = None,
        key: str = "",
    ) -> SignedCall:
        """The call of ``case`` at the time ``now``. ``flaw``, ``sign`` and ``key`` replace the usual ones."""
        draft = _Draft(self, case, dict(fields), now, flaw or case.flaw, key or self.key_of(case.interface))
        if draft.flaw in _MORE_DIGITS:
            draft.fields[names.EXPIRE_TIME] += "0" * _MORE_DIGITS[draft.flaw]
        if case.interface is Interface.KIT:
            return _kit_v1(draft, sign) if self.protocol == "v1" else _kit_v2(draft, sign)
        return _v1(draft, sign) if self.protocol == "v1" else _v2(draft, sign)


@dataclass
class _Draft:
    line: SellerConnection
    case: ConformanceCase
    fields: dict[str, Any]
    now: datetime
    flaw: Flaw
    usual_key: str

    @property
    def key(self) -> str:
        """The key that signs the call."""
        return f"not-{self.usual_key}" if self.flaw is Flaw.OTHER_KEY else self.usual_key

    @property
    def headers(self) -> dict[str, str]:
        """The headers of a call with a body."""
        return dict(signing.JSON) | ({"Content-Type": "application/json"} if self.flaw is Flaw.PLAIN_TYPE else {})

    @property
    def moment(self) -> datetime:
        """The time that the call carries."""
        return self.now + _SHIFTS.get(self.flaw, timedelta())

    @property
    def debug(self) -> dict[str, str]:
        """The mark of a debug call. Real calls have 0 where it is mandatory, and else none (spec huawei 2.6a)."""
        if not self.line.live:
            return {names.TEST_FLAG: "1"}
        known = operations.find(self.line.protocol, self.case.operation)
        parameters = known.parameters if known else ()
        return {one.name: "0" for one in parameters if one.name == names.TEST_FLAG and one.mandatory}

    @property
    def milliseconds(self) -> str:
        """``moment`` in the format of V2."""
        if self.flaw in _UNITS:
            return str(int(self.moment.timestamp()) // _UNITS[self.flaw])
        return moments.since_1970(self.moment)

    @property
    def digits(self) -> str:
        """``moment`` in the format of V1."""
        if self.flaw in _UNITS:
            return moments.to_the_second(self.moment)[: _DIGITS[self.flaw]]
        return moments.to_the_millisecond(self.moment)

    @property
    def address_in_kit(self) -> str:
        """The address of a call of the kit."""
        return addresses.of_kit(self.line.address, self.line.protocol, self.case.operation)

    def tampered(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``body`` with the last field of the case changed, if that is the flaw."""
        if self.flaw is not Flaw.TAMPERED:
            return dict(body)
        last = list(self.fields)[-1]
        return {**body, last: f"{body[last]}x"}


def _v1(draft: _Draft, sign: SignParameters | None) -> SignedCall:
    fields = {name: str(value) for name, value in draft.fields.items()}
    if draft.flaw is Flaw.OVERSIZED:
        fields[names.CUSTOMER_NAME] = "x" * OVERSIZED_QUERY
    unsigned = {names.ACTIVITY: draft.case.operation, **fields, **draft.debug}
    parameters, token = _timed(draft, unsigned, sign or signing_v1.sign_call)
    sent = draft.tampered(parameters)
    if draft.flaw is Flaw.NO_TIME:
        del sent[signing_v1.TIMESTAMP]
    query = urlencode(sorted(sent.items())) if draft.flaw is Flaw.UNSIGNED else signing_v1.query_of_call(sent, token)
    broken = f"&{names.CUSTOMER_NAME}=%FF%GG" if draft.flaw is Flaw.BROKEN else ""
    method = "POST" if draft.flaw is Flaw.OTHER_METHOD else "GET"
    outgoing = Call(method, f"{draft.line.address}?{query}{broken}")
    timestamp = parameters[signing_v1.TIMESTAMP]
    return SignedCall(outgoing, _with_key_rule(signing_v1.string_to_sign(parameters), timestamp), timestamp)


def _timed(draft: _Draft, unsigned: Mapping[str, str], sign: SignParameters) -> tuple[dict[str, str], str]:
    """The parameters with their ``timeStamp`` and token. A right one has + or / only in the case that tests it."""
    step = timedelta(seconds=_UNITS[draft.flaw]) if draft.flaw in _UNITS else moments.MILLISECOND
    while True:
        parameters = {**unsigned, signing_v1.TIMESTAMP: draft.digits}
        right, token = signing_v1.sign_call(draft.key, parameters), sign(draft.key, parameters)
        if "+" in right if draft.flaw is Flaw.PLUS else signing_v1.SPECIAL.isdisjoint(right) and "+" not in token:
            return parameters, token
        draft.now -= step


def _with_key_rule(text: str, timestamp: str) -> str:
    return f"{text}\nsigned with the key {MASK}{timestamp} (the key, then timeStamp)"


def _v2(draft: _Draft, sign: SignBody | None) -> SignedCall:
    nonce, timestamp = secrets.token_hex(16), draft.milliseconds
    body = {names.ACTIVITY: draft.case.operation, **draft.fields, **draft.debug}
    if draft.flaw is Flaw.OVERSIZED:
        body[names.MEMO] = "x" * OVERSIZED_BODY
    content, sent = _signed_and_sent(draft, body)
    signature = (sign or signing.sign_call)(draft.key, nonce, timestamp, content)
    written = signature.upper() if draft.flaw is Flaw.CAPITALS else signature
    query = signing.query_of_call(written, nonce, timestamp)
    query.pop({Flaw.UNSIGNED: signing.SIGNATURE, Flaw.NO_TIME: signing.TIMESTAMP}.get(draft.flaw, ""), None)
    url = f"{draft.line.address}?{urlencode(query)}"
    body_hash = signing.body_hash(draft.key, content)
    signed_text = f"{MASK}{nonce}{timestamp}{body_hash}\nwhere bodyHash is of {_shown(content)}"
    if draft.flaw is Flaw.OTHER_METHOD:
        return SignedCall(Call("GET", url), signed_text, timestamp)
    return SignedCall(Call("POST", url, draft.headers, sent), signed_text, timestamp)


def _signed_and_sent(draft: _Draft, body: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """The string to sign, and the body to send."""
    signed = signing.payload(body)
    match draft.flaw:
        case Flaw.BROKEN:
            return signed[:-10], signed[:-10]
        case Flaw.LIST:
            return b"[]", b"[]"
        case Flaw.UNSORTED:
            backwards = {name: body[name] for name in sorted(body, reverse=True)}
            return signed, json.dumps(backwards, ensure_ascii=False, indent=1).encode()
        case _:
            return signed, signing.payload(draft.tampered(body))


def _shown(content: bytes) -> str:
    text = content.decode(errors="replace")
    return text if len(text) <= 4000 else f"{text[:4000]}... ({len(text)} characters)"


def _kit_body(draft: _Draft) -> dict[str, Any]:
    in_utc = draft.flaw is Flaw.BODY_IN_UTC
    return {
        **draft.fields,
        names.TEST_FLAG: 0 if draft.line.live else 1,
        signing_v1.TIMESTAMP: (moments.to_the_millisecond if in_utc else moments.in_the_kit)(draft.moment),
    }


def _kit_v2(draft: _Draft, sign: SignBody | None) -> SignedCall:
    nonce, timestamp = secrets.token_hex(16), draft.milliseconds
    content, sent = _signed_and_sent(draft, _kit_body(draft))
    signature = (sign or signing.sign_sync)(draft.key, nonce, timestamp, content)
    written = signature.upper() if draft.flaw is Flaw.CAPITALS else signature
    headers, url = signing.headers_of_sync(written, nonce, timestamp) | draft.headers, draft.address_in_kit
    if draft.flaw is Flaw.UNSIGNED:
        del headers[signing.KIT_SIGNATURE]
    if draft.flaw is Flaw.IN_QUERY:
        url, headers = f"{url}?{urlencode(signing.query_of_call(signature, nonce, timestamp))}", draft.headers
    return SignedCall(Call("POST", url, headers, sent), f"{MASK}{nonce}{timestamp}{_shown(content)}", timestamp)


def _kit_v1(draft: _Draft, sign: SignParameters | None) -> SignedCall:
    """V1.0 sends lists as JSON texts, so that each field can be signed as a text.

    A token whose first + became a blank, as a mistake that is tried, is sent without it: a header has no blanks at its
    ends (RFC 9110, 5.5).
    """
    body = {
        name: signing_v1.as_text(value) if isinstance(value, list) else value
        for name, value in _kit_body(draft).items()
    }
    parameters = {name: str(value) for name, value in body.items()}
    headers = draft.headers
    if draft.flaw is not Flaw.UNSIGNED:
        headers[signing_v1.TOKEN] = (sign or signing_v1.sign_sync)(draft.key, parameters).strip()
    _signed, sent = _signed_and_sent(draft, body)
    url = draft.address_in_kit
    signed_text = signing_v1.string_to_sign(signing_v1.signed_fields(body))
    timestamp = parameters[signing_v1.TIMESTAMP]
    return SignedCall(Call("POST", url, headers, sent), _with_key_rule(signed_text, timestamp), timestamp)
