"""A seller that conforms except for one mistake, which tests choose by the name of its diagnosis.

With ``processing`` it makes no mistake, but takes its time in the way V2.0 allows. With ``not-notified`` it does not
know orderNotify, as it has not asked for it, and with ``notified-in-vain`` it fails then. With those
of ``LACKING`` it does not have an operation that not every seller has.

``verifies-purchases-only`` accepts wrong signatures of all calls except newInstance and tenantSync. ``refuses-period``
refuses one order, ``refuses-kit`` all calls of the kit, as if it did not see their signatures.
"""

import base64
import json
from datetime import UTC
from email.utils import format_datetime
from typing import Any, Final, cast

from werkzeug.wrappers import Request, Response

from mock_sites.huawei.protocol.codes import EXPLANATIONS, NOT_AUTHENTICATED
from mock_sites.tests.support.wrong_checking import Checking, Fields, Refused, digest
from mock_sites.world import sensitive_fields

PRODUCTION_V1: Final = [
    "body-sign-header-name",
    "body-sign-hex",
    "body-sign-key-with-timestamp",
    "body-sign-lost",
    "body-sign-missing",
    "body-sign-newline",
    "body-sign-quotes",
    "body-sign-reserialised",
    "credentials-not-encrypted",
    "fails-good-call",
    "forgets-instance",
    "no-instance-id",
    "plus-became-blank",
    "second-instance",
    # In checking calls.
    "expiry-in-milliseconds",
    "key-after-timestamp",
    "key-empty",
    "key-with-blank",
    "key-without-timestamp",
    "key-wrong",
    "local-time",
    "not-sorted",
    "not-utf8",
    "plain-sha256",
    "plus-not-decoded",
    "signature-in-hex",
    "signature-url-safe",
    "signature-without-padding",
    "sorted-z-to-a",
    "timestamp-in-seconds",
    "values-decoded-twice",
    "values-encoded-twice",
    "values-not-decoded",
]
PRODUCTION_V2: Final = [
    "accepts-malformed",
    "accepts-stale",
    "accepts-unknown-activity",
    "accepts-unknown-instance",
    "accepts-unsigned",
    "body-sign-newline",
    "code-is-number",
    "content-type",
    "crash",
    "fails-good-call",
    "forgets-instance",
    "instance-id-too-long",
    "no-code",
    "no-front-end",
    "no-info",
    "no-instance-id",
    "no-json",
    "one-instance-a-query",
    "other-code",
    "redirect",
    "refuses-capitals",
    "refuses-young",
    "second-instance",
    "shared-instance",
    "slow",
    "too-large",
    "unknown-code",
    # In checking calls.
    "body-with-blanks",
    "capitals-in-hash",
    "capitals-only",
    "charset-refused",
    "clock-off",
    "expiry-in-milliseconds",
    "key-empty",
    "key-with-blank",
    "key-wrong",
    "local-time",
    "no-body-hash",
    "no-key-in-front",
    "nonce-after-timestamp",
    "not-sorted",
    "only-top-level-sorted",
    "plain-sha256",
    "signature-in-base64",
    "sorted-z-to-a",
    "timestamp-in-seconds",
]
KIT: Final = {
    "v1": [
        "blank-values-signed",
        "empty-values-not-signed",
        "no-kit",
        "refuses-credential-call",
        "refuses-repeated",
        "utc-in-kit",
    ],
    "v2": [
        "body-escaped",
        "body-hash",
        "empty-values-not-signed",
        "charset-refused",
        "headers-lost",
        "kit-like-production",
        "no-kit",
        "only-top-level-sorted",
        "refuses-credential-call",
        "refuses-repeated",
        "utc-in-kit",
    ],
}
"""The mistakes that the wrong seller can make, by the names of their diagnoses."""


LACKING: Final = {
    "not-upgraded": ("upgrade", "upgradeInstance"),
    "not-queried": ("queryInstance",),
    "no-status": ("instanceStatus",),
}
"""The operations that a seller does not have, by the name of the mistake."""


class WrongSeller:
    """A WSGI app with one mistake, or none. A slow one advances ``clock``.

    ``look`` is the form in which it refuses a signature: an HTTP status, another result code, a page, or a login.
    """

    def __init__(self, key: str, mistake: str = "", *, kit_key: str = "", look: str = "") -> None:
        """Use ``key`` and make ``mistake``."""
        self.checking, self.mistake, self.look = Checking(key, mistake, kit_key), mistake, look
        self.orders: dict[str, str] = {}
        self.instances: set[str] = set()
        self.synced: set[str] = set()
        self.nonces: set[str] = set()
        self.clock = 0.0
        self.asked = self.queried = 0

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Answer a call."""
        return self.answer(Request(environ))(environ, start_response)

    def wrong(self, *mistakes: str) -> bool:
        """Whether the mistake is one of these."""
        return self.mistake in mistakes

    def answer(self, request: Request) -> Response:
        """The signed answer, or a wrong one."""
        if self.wrong("slow"):
            self.clock += 6
        if self.wrong("redirect"):
            return Response(status=302, headers={"Location": "https://elsewhere.example/"})
        if self.wrong("no-kit") and "/produceAPI/" in request.path:
            return Response(status=404)
        if self.wrong("crash") and request.method == "POST" and not request.get_data().endswith(b"}"):
            return Response(status=500)
        content: Fields = {"resultCode": "000000", "resultMsg": "成功"}
        try:
            content |= self.handle(request)
        except Refused as refused:
            if refused.args[0] in {"415", "500"}:
                return Response(status=int(refused.args[0]))
            is_other = self.look != "" and refused.args[0] == NOT_AUTHENTICATED
            if is_other and self.look not in EXPLANATIONS:
                return self.refusal()
            content |= {"resultCode": self.look if is_other else str(refused), "resultMsg": refused.message}
        self.signing_key = self.checking.kit_key if "/produceAPI/" in request.path else self.checking.key
        return self.written(content, request.args.get("timeStamp", ""))

    def refusal(self) -> Response:
        """A refused signature in another form than its code."""
        status = {"page": 200, "login": 302}.get(self.look) or int(self.look)
        headers = {"Location": "https://login.example/", **self.date()}
        return Response("<h1>Sign in</h1>", status, headers, content_type="text/html")

    def written(self, content: Fields, timestamp: str) -> Response:
        """The body of the answer, in bytes."""
        refused = content["resultCode"] != "000000"
        if self.wrong("code-is-number"):
            content["resultCode"] = int(content["resultCode"])
        if self.wrong("no-code"):
            del content["resultCode"]
        if self.wrong("no-message"):
            del content["resultMsg"]
        if self.wrong("unknown-code") and refused:
            content["resultCode"] = "999999"
        body = json.dumps(content, ensure_ascii=False).encode()
        if self.wrong("no-json"):
            body = b"<h1>It works!</h1>"
        if self.wrong("too-large"):
            body = json.dumps(content | {"more": "x" * 1_100_000}).encode()
        signed, sent, key = body, body, self.signing_key
        if self.wrong("body-sign-newline"):
            sent = body + b"\n"
        if self.wrong("body-sign-reserialised"):
            signed = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
        if self.wrong("body-sign-key-with-timestamp"):
            key += timestamp
        headers = self.headers(digest(key, signed))
        status = 400 if refused and self.wrong("status") else 200
        return Response(
            sent, status, headers, content_type="text/html" if self.wrong("content-type") else "application/json"
        )

    def headers(self, signed: bytes) -> dict[str, str]:
        """The headers of the answer."""
        if self.wrong("body-sign-lost"):
            return {"Via": "1.1 proxy"}
        headers = {} if self.wrong("body-sign-missing") else self.body_sign(signed)
        return headers | self.date()

    def date(self) -> dict[str, str]:
        """The time by the seller's clock, as servers add it."""
        return {"Date": format_datetime(self.checking.now().astimezone(UTC), usegmt=True)}

    def body_sign(self, digest: bytes) -> dict[str, str]:
        """The header that signs the answer."""
        signature = digest.hex() if self.wrong("body-sign-hex") else base64.b64encode(digest).decode()
        value = f'sign_type="HMAC-SHA256", signature="{signature}"'
        name = "Body-sign" if self.wrong("body-sign-header-name") else "Body-Sign"
        return {name: value.replace('"', "") if self.wrong("body-sign-quotes") else value}

    def handle(self, request: Request) -> Fields:
        """Verify the call and do what it asks."""
        interface = request.path.rpartition("/")[2] if "/produceAPI/" in request.path else ""
        if request.method == "GET":
            fields = self.checking.query(request)
            token = fields.pop("authToken", "")
            if self.verifies(fields.get("activity", "")):
                self.checking.verify_v1(fields, token, kit=False)
            return self.operate(fields)
        try:
            fields = json.loads(request.get_data()[:1_000_000])
            fields = cast("Fields", dict(fields))
        except (ValueError, TypeError) as error:
            raise Refused("000000" if self.wrong("accepts-malformed") else "000002") from error
        if not self.verifies(interface or fields.get("activity", "")):
            return self.sync(interface, fields) if interface else self.operate(fields)
        if interface and "/v2/" not in request.path:
            self.checking.verify_v1(fields, request.headers.get("authToken", ""), kit=True)
        else:
            self.checking.verify_v2(fields, request, kit=bool(interface))
            self.seen_once(request.headers.get("x-nonce") or request.args.get("nonce", ""))
        return self.sync(interface, fields) if interface else self.operate(fields)

    def seen_once(self, nonce: str) -> None:
        """Refuse a call that was made before."""
        if nonce in self.nonces:
            raise Refused("000001")
        self.nonces.add(nonce)

    def verifies(self, operation: str) -> bool:
        """Whether it checks the signature."""
        return not self.wrong("verifies-purchases-only") or operation in {"newInstance", "tenantSync"}

    def need(self, fields: Fields, *names: str) -> None:
        """Refuse a call with a missing parameter."""
        if not all(fields.get(name) for name in names) and not self.wrong("accepts-missing-parameter"):
            raise Refused("000002")

    def need_expiry(self, fields: Fields) -> None:
        """Refuse an expireTime of another length than the one that is read."""
        if self.wrong("expiry-in-milliseconds") and len(fields.get("expireTime", "x" * 17)) != 17:
            raise Refused("000002", "expireTime is not yyyyMMddHHmmssSSS")

    def know_activity(self, activity: str) -> None:
        """Refuse an operation that not every seller has."""
        if any(self.wrong(mistake) and activity in lacks for mistake, lacks in LACKING.items()):
            raise Refused("000002", "unknown")

    def operate(self, fields: Fields) -> Fields:
        """The production interface."""
        activity = fields.get("activity", "")
        if activity == "danceInstance":
            raise Refused("000000" if self.wrong("accepts-unknown-activity") else "000002")
        if activity == "orderNotify":
            self.need(fields, "orderId", "orderLineId", "testFlag")
            if self.wrong("not-notified", "notified-in-vain"):
                raise Refused("500" if self.wrong("notified-in-vain") else "000002")
            return {}
        if activity in {"newInstance", "getLicense"}:
            return self.create(fields) | ({"license": "text"} if activity == "getLicense" else {})
        self.need(fields, "instanceId")
        found = fields.get("instanceId", "").split(",")
        self.need_expiry(fields)
        self.know_activity(activity)
        if self.wrong("forgets-instance") or (self.wrong("one-instance-a-query") and len(found) > 1):
            raise Refused("000003")
        if not set(found) <= self.instances and not self.wrong("accepts-unknown-instance", "accepts-missing-parameter"):
            raise Refused("000003")
        if self.wrong("fails-good-call") and activity == "refreshInstance":
            raise Refused("000005")
        self.queried += 1
        if self.wrong("never-done") or (self.wrong("processing") and self.queried < 3):
            raise Refused("000004")
        info = [{"instanceId": instance, "appInfo": self.application(fields)} for instance in found]
        return {} if self.wrong("no-info") else {"info": info}

    def application(self, fields: Fields) -> Fields:
        """The access information: encrypted in V1.0, plain in V2.0."""
        user, address = "admin", "javascript:alert()" if self.wrong("no-front-end") else "https://app.example/"
        if "timeStamp" in fields and not self.wrong("credentials-not-encrypted"):
            user = sensitive_fields.encrypt(self.checking.key, user, "abcdefghijklmnop")
        return {"frontEndUrl": address, "userName": user}

    def create(self, fields: Fields) -> Fields:
        """The instance of an order line."""
        self.need(fields, "orderId", "businessId")
        self.need_expiry(fields)
        if self.wrong("refuses-period") and "YEAR" in fields["orderId"]:
            raise Refused("000100")
        self.asked += 1
        order = f"{fields.get('orderId')} {fields.get('orderLineId')}"
        instance = self.orders.setdefault(order, fields.get("businessId", f"made-{self.asked}"))
        if self.wrong("second-instance"):
            instance = f"instance-{self.asked}"
        if self.wrong("shared-instance"):
            instance = "the-one"
        if self.wrong("instance-id-too-long"):
            instance = f"{instance}{'x' * 64}"
        self.instances.add(instance)
        later = {"resultCode": "000004"} if self.wrong("processing", "never-done") else {}
        if self.wrong("misprinted-code"):
            later = {"resultCode": "0000004"}
        return {} if self.wrong("no-instance-id") else {"instanceId": instance, **later}

    def sync(self, interface: str, fields: Fields) -> Fields:
        """The joint-operation kit."""
        self.need(fields, "tenantId")
        if self.wrong("refuses-credential-call") and not fields.get("instanceId"):
            raise Refused("000002")
        row = f"{interface} {fields.get('instanceId')} {fields.get('tenantId')}"
        if fields.get("flag") == 1 and self.wrong("refuses-repeated") and row in self.synced:
            raise Refused("000005")
        self.synced.add(row)
        return {}


class Unfinished(WrongSeller):
    """Checks calls, and knows no operation yet."""

    def operate(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Refuse everything."""
        self.need_expiry(fields)
        raise Refused("000002", f"unknown {fields.get('activity')}")

    def sync(self, interface: str, fields: dict[str, Any]) -> dict[str, Any]:
        """Refuse everything."""
        raise Refused("000002", f"unknown {interface} {fields.get('flag')}")
