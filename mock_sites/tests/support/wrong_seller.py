"""A seller that conforms except for one mistake, which tests choose by the name of its diagnosis.

With ``processing`` it makes no mistake, but takes its time in the way V2.0 allows. With ``verifies-purchases-only`` it
accepts wrong signatures of all calls except newInstance and tenantSync.
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import unquote_plus

from werkzeug.wrappers import Request, Response

from mock_sites.world import sensitive_fields

Fields = dict[str, Any]


class Refused(Exception):  # noqa: N818 - an answer
    """A result code other than success."""


class WrongSeller:
    """A WSGI app with one mistake, or none. A slow one advances ``clock``."""

    def __init__(self, key: str, mistake: str = "", *, now: Callable[[], float] = time.time) -> None:
        """Use ``key`` and make ``mistake``."""
        self.key, self.mistake, self.now = key, mistake, now
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
            content |= {"resultCode": str(refused), "resultMsg": "refused"}
        return self.written(content, request.args.get("timeStamp", ""))

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
        signed, sent, key = body, body, self.key
        if self.wrong("body-sign-newline"):
            sent = body + b"\n"
        if self.wrong("body-sign-reserialised"):
            signed = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
        if self.wrong("body-sign-key-with-timestamp"):
            key += timestamp
        headers = {} if self.wrong("body-sign-missing") else self.body_sign(self.digest(key, signed))
        status = 400 if refused and self.wrong("status") else 200
        return Response(
            sent, status, headers, content_type="text/html" if self.wrong("content-type") else "application/json"
        )

    def body_sign(self, digest: bytes) -> dict[str, str]:
        """The header that signs the answer."""
        signature = digest.hex() if self.wrong("body-sign-hex") else base64.b64encode(digest).decode()
        value = f'sign_type="HMAC-SHA256", signature="{signature}"'
        name = "Body-sign" if self.wrong("body-sign-header-name") else "Body-Sign"
        return {name: value.replace('"', "") if self.wrong("body-sign-quotes") else value}

    @staticmethod
    def digest(key: str, text: bytes) -> bytes:
        """HMAC-SHA256."""
        return hmac.digest(key.encode(), text, hashlib.sha256)

    def handle(self, request: Request) -> Fields:
        """Verify the call and do what it asks."""
        interface = request.path.rpartition("/")[2] if "/produceAPI/" in request.path else ""
        if request.method == "GET":
            fields = self.query(request)
            token = fields.pop("authToken", "")
            if self.verifies(fields.get("activity", "")):
                self.verify_v1(fields, token)
            return self.operate(fields)
        try:
            fields = json.loads(request.get_data()[:1_000_000])
            fields = cast("Fields", dict(fields))
        except (ValueError, TypeError) as error:
            raise Refused("000000" if self.wrong("accepts-malformed") else "000002") from error
        if not self.verifies(interface or fields.get("activity", "")):
            return self.sync(interface, fields) if interface else self.operate(fields)
        if interface and "/v2/" not in request.path:
            self.verify_v1(
                {name: value for name, value in fields.items() if value != "" or self.wrong("signs-blank-values")},
                request.headers.get("authToken", ""),
            )
        else:
            names = ("x-sign", "x-timestamp", "x-nonce") if interface else ("signature", "timestamp", "nonce")
            parts = request.headers if interface else request.args
            self.verify_v2(fields, request.get_data(), [parts.get(name, "") for name in names], kit=bool(interface))
        return self.sync(interface, fields) if interface else self.operate(fields)

    def verifies(self, operation: str) -> bool:
        """Whether it checks the signature."""
        return not self.wrong("verifies-purchases-only") or operation in {"newInstance", "tenantSync"}

    def query(self, request: Request) -> Fields:
        """The parameters, decoded."""
        pairs = (pair.partition("=") for pair in request.query_string.decode().split("&"))
        fields = {
            name: value if self.wrong("signs-encoded-values") else unquote_plus(value) for name, _, value in pairs
        }
        if "authToken" in fields and self.wrong("plus-became-blank", "signs-encoded-values"):
            fields["authToken"] = unquote_plus(fields["authToken"])
        return fields

    def verify_v1(self, fields: Fields, token: str) -> None:
        """The token of a call, V1.0."""
        text = "&".join(f"{name}={fields[name]}" for name in sorted(fields))
        key = self.key if self.wrong("signs-with-key-alone") else f"{self.key}{fields.get('timeStamp', '')}"
        digest = self.digest(key, text.encode())
        self.compare(digest.hex() if self.wrong("signs-hex") else base64.b64encode(digest).decode(), token)

    def verify_v2(self, fields: Fields, raw: bytes, parts: list[str], *, kit: bool) -> None:
        """The signature of a call, V2.0."""
        given, timestamp, nonce = parts
        if not (timestamp.isdecimal() and nonce):
            raise Refused("000002")
        ascii_only = self.wrong("chinese-text")
        body = json.dumps(fields, sort_keys=True, ensure_ascii=ascii_only, separators=(",", ":")).encode()
        if self.wrong("signs-body-as-it-came") and not kit:
            body = raw
        hashed = self.wrong("signs-body-hash") if kit else not self.wrong("signs-raw-body")
        if self.wrong("signs-plain-hash") and not kit:
            text = hashlib.sha256(body).hexdigest().encode()
        else:
            text = self.digest(self.key, body).hex().encode() if hashed else body
        begin = "" if self.wrong("signs-without-key") else self.key
        signature = self.digest(self.key, f"{begin}{nonce}{timestamp}".encode() + text).hex()
        self.compare(signature, given if self.wrong("refuses-capitals") else given.lower())
        unit = 1 if self.wrong("reads-seconds") else 1000
        late = abs(self.now() - int(timestamp) / unit) > (20 if self.wrong("refuses-young") else 60)
        if nonce in self.nonces or (late and not self.wrong("accepts-stale")):
            raise Refused("000001")
        self.nonces.add(nonce)

    def compare(self, expected: str, given: str) -> None:
        """Refuse a wrong signature."""
        if self.wrong("accepts-unsigned") and not given:
            return
        if expected != given and not self.wrong("accepts-wrong-signature"):
            raise Refused("000005" if self.wrong("other-code") else "000001")

    def need(self, fields: Fields, *names: str) -> None:
        """Refuse a call with a missing parameter."""
        if not all(fields.get(name) for name in names) and not self.wrong("accepts-missing-parameter"):
            raise Refused("000002")

    def operate(self, fields: Fields) -> Fields:
        """The production interface."""
        activity = fields.get("activity", "")
        if activity == "danceInstance":
            raise Refused("000000" if self.wrong("accepts-unknown-activity") else "000002")
        if activity == "newInstance":
            return self.create(fields)
        self.need(fields, "instanceId")
        found = fields.get("instanceId", "").split(",")
        if self.wrong("forgets-instance") or (self.wrong("one-instance-a-query") and len(found) > 1):
            raise Refused("000003")
        if not set(found) <= self.instances and not self.wrong("accepts-unknown-instance", "accepts-missing-parameter"):
            raise Refused("000003")
        if self.wrong("fails-good-call") and activity in {"upgrade", "upgradeInstance"}:
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
            user = sensitive_fields.encrypt(self.key, user, "abcdefghijklmnop")
        return {"frontEndUrl": address, "userName": user}

    def create(self, fields: Fields) -> Fields:
        """The instance of an order line."""
        self.need(fields, "orderId", "businessId")
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
