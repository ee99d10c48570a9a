"""How a seller checks the signatures of calls, with the mistake that a test chooses by the name of its diagnosis.

It is written apart from the catalogue of mistakes, so that the two test each other.
"""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote_plus, unquote, unquote_plus

from werkzeug.wrappers import Request

Fields = dict[str, Any]

DOCUMENTED = """
    activity scene customerId customerName userId userName mobilePhone email businessId orderId orderLineId
    instanceId tenantId tenantCode name domainName appId userList skuCode productId productInfo trialFlag status
    instanceStatus expireTime flag testFlag timeStamp
"""
WITHIN = """
    productId skuCode linearValue productName userName name orgCode orgName parentCode role enable position
    employeeCode mobile email
"""
"""The members of calls as the documents list them: what a class of the seller's declares, and a library writes."""


class Refused(Exception):  # noqa: N818 - an answer
    """A result code other than success, and the seller's message."""

    def __init__(self, code: str, message: str = "refused") -> None:
        """Refuse with ``code``."""
        super().__init__(code)
        self.message = message


def digest(key: str, text: bytes) -> bytes:
    """HMAC-SHA256."""
    return hmac.digest(key.encode(), text, hashlib.sha256)


class Checking:
    """Checks calls with one mistake, or none."""

    def __init__(self, key: str, mistake: str, kit_key: str) -> None:
        """Use ``key`` and make ``mistake``."""
        endings = {"key-with-blank": f"{key}\n", "key-empty": "", "key-wrong": "another key"}
        self.mistake = mistake
        self.key = endings.get(mistake, key)
        self.kit_key = self.key if self.wrong("key-of-other-class") else endings.get(mistake, kit_key or key)

    def wrong(self, *mistakes: str) -> bool:
        """Whether the mistake is one of these."""
        return self.mistake in mistakes

    # ------------------------------------------------------------------ V1.0

    def query(self, request: Request) -> Fields:
        """The parameters, decoded."""
        pairs = (pair.partition("=") for pair in request.query_string.decode().split("&"))
        return {name: self.decoded(name, value) for name, _, value in pairs}

    def decoded(self, name: str, value: str) -> str:
        """A value of the query."""
        if name == "authToken":
            twice = self.wrong("plus-became-blank", "values-decoded-twice")
            return unquote_plus(unquote_plus(value)) if twice else unquote_plus(value)
        if self.wrong("values-not-decoded"):
            return value
        if self.wrong("not-utf8"):
            return unquote_plus(value, encoding="latin-1")
        text = unquote(value) if self.wrong("plus-not-decoded") else unquote_plus(value)
        if self.wrong("values-decoded-twice"):
            return unquote_plus(text)
        return quote_plus(quote_plus(text)) if self.wrong("values-encoded-twice") else text

    def verify_v1(self, fields: Fields, token: str, *, kit: bool) -> None:
        """The token of a call, V1.0."""
        if kit and self.wrong("refuses-kit"):
            raise Refused("000001")
        order = {name: number for number, name in enumerate(DOCUMENTED.split())}
        names = sorted(fields, reverse=self.wrong("sorted-z-to-a"))
        if self.wrong("not-sorted"):
            names = sorted(fields, key=lambda name: order.get(name, len(order)))
        filled = [name for name in names if fields[name] != "" or not kit or self.wrong("blank-values-signed")]
        if self.wrong("empty-values-not-signed"):
            filled = [name for name in names if fields[name]]
        text = "&".join(f"{name}={fields[name]}" for name in filled).encode()
        key, stamp = self.kit_key if kit else self.key, str(fields.get("timeStamp", ""))
        used = f"{stamp}{key}" if self.wrong("key-after-timestamp") else f"{key}{stamp}"
        made = digest(key if self.wrong("key-without-timestamp") else used, text)
        if self.wrong("plain-sha256"):
            made = hashlib.sha256(text + used.encode()).digest()
        self.compare(self.written_v1(made), token)
        self.check_time_v1(stamp, kit=kit)

    def written_v1(self, made: bytes) -> str:
        """A digest as V1.0 writes it."""
        if self.wrong("signature-in-hex"):
            return made.hex()
        if self.wrong("signature-url-safe"):
            return base64.urlsafe_b64encode(made).decode()
        text = base64.b64encode(made).decode()
        return text.rstrip("=") if self.wrong("signature-without-padding") else text

    def check_time_v1(self, stamp: str, *, kit: bool) -> None:
        """The documents of V1.0 name no limit, but sellers have one."""
        if not kit and self.wrong("timestamp-in-seconds") and len(stamp) != 14:
            raise Refused("000002", "timeStamp is not yyyyMMddHHmmss")
        if kit:
            self.check_time_in_kit(stamp)
        elif self.wrong("local-time"):
            self.compare_time(stamp, datetime.now(UTC) + timedelta(hours=8))

    def check_time_in_kit(self, stamp: str) -> None:
        """``timeStamp`` of a call of the kit."""
        if self.wrong("utc-in-kit"):
            self.compare_time(stamp, datetime.now(UTC))

    def compare_time(self, stamp: str, now: datetime) -> None:
        """Refuse a time that is far from ``now``."""
        if abs(now - datetime.strptime(stamp[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)) > timedelta(minutes=5):
            raise Refused("000001")

    # ------------------------------------------------------------------ V2.0

    def verify_v2(self, fields: Fields, request: Request, *, kit: bool) -> None:
        """The signature of a call, V2.0."""
        if self.wrong("charset-refused") and "utf8" in request.headers["Content-Type"]:
            raise Refused("415")
        in_headers = kit and not self.wrong("kit-like-production")
        names = ("x-sign", "x-timestamp", "x-nonce") if in_headers else ("signature", "timestamp", "nonce")
        parts = request.headers if in_headers else request.args
        given, timestamp, nonce = (parts.get(name, "") for name in names)
        if kit and self.wrong("refuses-kit"):
            raise Refused("000001")
        if kit and self.wrong("headers-lost"):
            timestamp = ""
        if not (timestamp.isdecimal() and nonce):
            raise Refused("000002", "signature or timestamp is missing")
        key = self.kit_key if kit else self.key
        body = self.text(fields, request.get_data())
        hashed = body if kit and not self.wrong("body-hash") else self.hashed(key, body)
        front = "" if self.wrong("no-key-in-front") else key
        stamp = (timestamp, nonce) if self.wrong("nonce-after-timestamp") else (nonce, timestamp)
        text = "".join((front, *stamp)).encode() + hashed
        made = hashlib.sha256(text).digest() if self.wrong("plain-sha256") else digest(key, text)
        written = base64.b64encode(made).decode() if self.wrong("signature-in-base64") else made.hex()
        if self.wrong("capitals-only"):
            written = written.upper()
        exact = self.wrong("refuses-capitals", "capitals-only", "signature-in-base64")
        self.compare(written, given if exact else given.lower())
        self.check_time_v2(int(timestamp))
        if kit:
            self.check_time_in_kit(fields["timeStamp"])

    def text(self, fields: Fields, raw: bytes) -> bytes:
        """The body, written to be signed."""
        if self.wrong("signs-body-as-it-came"):
            return raw
        order = {name: number for number, name in enumerate(DOCUMENTED.split())}
        names = sorted(fields)
        if self.wrong("not-sorted"):
            names = sorted(fields, key=lambda name: order.get(name, len(order)))
        if self.wrong("empty-values-not-signed"):
            names = [name for name in names if fields[name]]
        content: Any = {name: fields[name] for name in names}
        if self.wrong("only-top-level-sorted"):
            content = {name: self.declared(value) for name, value in content.items()}
        if self.wrong("sorted-z-to-a"):
            content = {name: fields[name] for name in reversed(names)}
        separators = (", ", ": ") if self.wrong("body-with-blanks") else (",", ":")
        text = json.dumps(content, ensure_ascii=self.wrong("body-escaped"), separators=separators)
        return (text.replace("/", "\\/") if self.wrong("escapes-slashes") else text).encode()

    def declared(self, value: Any) -> Any:
        """A member in the order in which a class declares it."""
        if isinstance(value, dict):
            return {name: value[name] for name in (*WITHIN.split(), *value) if name in value}
        return [self.declared(one) for one in value] if isinstance(value, list) else value

    def hashed(self, key: str, body: bytes) -> bytes:
        """The body hash."""
        if self.wrong("no-body-hash"):
            return body
        if self.wrong("plain-sha256"):
            return hashlib.sha256(body).hexdigest().encode()
        text = digest(key, body).hex()
        return (text.upper() if self.wrong("capitals-in-hash") else text).encode()

    def now(self) -> datetime:
        """The time by the seller's clock."""
        return datetime.now(UTC) + timedelta(
            hours=8 if self.wrong("local-time") else -1 if self.wrong("clock-off") else 0
        )

    def check_time_v2(self, timestamp: int) -> None:
        """Calls are good for a minute."""
        unit = 1 if self.wrong("timestamp-in-seconds") else 1000
        late = abs(self.now().timestamp() - timestamp / unit) > (20 if self.wrong("refuses-young") else 60)
        if late and not self.wrong("accepts-stale"):
            raise Refused("000001")

    def compare(self, expected: str, given: str) -> None:
        """Refuse a wrong signature."""
        if self.wrong("accepts-unsigned") and not given:
            return
        if expected != given and not self.wrong("accepts-wrong-signature"):
            raise Refused("000005" if self.wrong("other-code") else "000001")
