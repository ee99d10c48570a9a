"""A seller's service on the marketplace: it opens a subscription for each purchase, by version 2 of the protocol."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

from flask import Flask, Response, render_template_string, request

PRODUCT = "5d0c8f3e-2b6a-4c19-9e47-70a1c6d2b8f4"
"""The content id of the product it delivers."""

PAGE = """<!doctype html>
<html lang="en">
<title>Subscriptions</title>
<h1>Subscriptions</h1>
<ul>{% for instance, status in subscriptions.items() %}<li>{{ instance }}: {{ status }}</li>{% endfor %}</ul>
</html>"""

SUCCESS, NOT_AUTHENTIC, INVALID, UNKNOWN = "000000", "000001", "000002", "000003"


def create_app(key: str) -> Flask:
    """The service of a seller whose access key is ``key``; the marketplace calls it at ``/marketplace``."""
    app = Flask(__name__)
    subscriptions: dict[str, str] = {}

    @app.get("/")
    def list_subscriptions() -> str:
        return render_template_string(PAGE, subscriptions=subscriptions)

    @app.post("/marketplace")
    def answer_the_marketplace() -> Response:
        code, more = operate(subscriptions, request.get_json()) if is_signed(key) else (NOT_AUTHENTIC, {})
        body = json.dumps({"resultCode": code, "resultMsg": "success" if code == SUCCESS else "refused", **more})
        signature = base64.b64encode(hmac.digest(key.encode(), body.encode(), hashlib.sha256)).decode()
        signed = {"Body-Sign": f'sign_type="HMAC-SHA256", signature="{signature}"'}
        return Response(body, headers=signed, content_type="application/json")

    return app


def operate(subscriptions: dict[str, str], fields: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Do what the marketplace asks for; the result code, and what else stands in the answer."""
    activity = fields.get("activity")
    if activity == "newInstance":
        instance = str(fields["businessId"])  # a repeated call names the same one
        subscriptions.setdefault(instance, "open")
        return SUCCESS, {"instanceId": instance}
    instance = str(fields.get("instanceId", ""))
    if instance not in subscriptions:
        return UNKNOWN, {}
    if activity == "queryInstance":
        found = {"instanceId": instance, "appInfo": {"frontEndUrl": "https://seller.example.com/"}}
        return SUCCESS, {"info": [found]}
    if activity == "releaseInstance":
        del subscriptions[instance]
    elif activity == "updateInstanceStatus":
        subscriptions[instance] = str(fields["status"])
    elif activity not in {"refreshInstance", "changeInstanceCheck", "upgradeInstance"}:
        return INVALID, {}
    return SUCCESS, {}


def is_signed(key: str) -> bool:
    """Whether the call is signed with the key, within the last minute. The body may be signed in three forms."""
    sent = {name: request.args.get(name, "") for name in ("signature", "timestamp", "nonce")}
    signed = (key + sent["nonce"] + sent["timestamp"] + _digest(key, text) for text in _payloads())
    fresh = sent["timestamp"].isdecimal() and abs(time.time() - int(sent["timestamp"]) / 1000) <= 60
    return fresh and any(hmac.compare_digest(_digest(key, text), sent["signature"].lower()) for text in signed)


def _payloads() -> list[str]:
    """The body as it came, and as compact JSON with names sorted at the top and at every depth."""
    fields = request.get_json()
    top = {name: fields[name] for name in sorted(fields)}
    compact = [json.dumps(top, ensure_ascii=False, sort_keys=deep, separators=(",", ":")) for deep in (False, True)]
    return [request.get_data(as_text=True), *compact]


def _digest(key: str, text: str) -> str:
    return hmac.digest(key.encode(), text.encode(), hashlib.sha256).hex()
