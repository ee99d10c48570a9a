"""A seller on Huawei Cloud's marketplace in one file: both versions of the seller protocol, and the kit.

    python docs/example_seller.py --key KEY --port 9000
    mock-sites conform http://localhost:9000 --key KEY --protocol v2

Begin with ``operate``: what happens when your product is bought, renewed, frozen and released. The signatures below it
you can keep. ``testFlag`` 1 marks debug calls: keep them away from real customers.
"""  # noqa: INP001 - a file to copy, no package

import argparse
import base64
import hashlib
import hmac
import json
import time
import urllib.request
import uuid
from typing import Any

from flask import Flask, Response, current_app, request

Fields = dict[str, Any]
ORDERS: dict[tuple[str, str], str] = {}  # use your database instead of these
INSTANCES: dict[str, str] = {}
SYNCED: dict[tuple[str, ...], Fields] = {}
NONCES: dict[str, float] = {}
BEGAN: dict[str, str] = {}
BUYERS: dict[str, str] = {}  # by instance
PACKAGES: dict[str, str] = {}  # likewise, of packages of usage
USED: dict[str, list[Fields]] = {}
APP_INFO = {"frontEndUrl": "https://app.example.com/"}  # V1 wants userName and password encrypted by AES
USAGE_PATH = "/api/mkp-openapi-public/global/v1/isv/usage-data"

V1 = ("queryInstance", "releaseInstance", "refreshInstance", "expireInstance", "instanceStatus", "upgrade")
LATER = (*V1, "upgradeInstance", "updateInstanceStatus", "changeInstanceCheck")  # of V1, and of V2


class Refused(Exception):  # noqa: N818
    """An answer other than success: 000001 not authentic, 000002 invalid parameter, 000003 no such instance."""


def need(fields: Fields, *names: str) -> None:
    """Mandatory fields are texts of 1 to 255 characters."""
    for name in names:
        if not (isinstance(fields.get(name), str) and 0 < len(fields[name]) <= 255):
            raise Refused("000002", f"{name} is missing or too long")


def operate(fields: Fields) -> Fields:
    """The production interface. What is returned goes into the answer."""
    activity = str(fields.get("activity"))
    if activity == "newInstance":
        need(fields, "orderId", "businessId")
        order = (fields["orderId"], str(fields.get("orderLineId")))
        # A repeated call brings the same instance. In V2, ask the order query who bought it (ON_DEMAND_PKG: a package).
        instance = ORDERS.setdefault(order, fields["businessId"][:64])
        INSTANCES.setdefault(instance, "NORMAL")
        BEGAN.setdefault(instance, utc())
        buyers = PACKAGES if fields.get("chargingMode") == "5" else BUYERS
        buyers[instance] = str(fields.get("customerId"))
        return {"instanceId": instance, "appInfo": APP_INFO}  # V1 asks for it here, V2 in queryInstance
    if activity == "orderNotify":  # V2, if you have asked for it: ask the order query about the order
        need(fields, "orderId", "orderLineId", "testFlag")
        return {}
    if activity not in LATER:
        raise Refused("000002", "no such activity")
    need(fields, "instanceId")
    found = fields["instanceId"].split(",")
    if not all(instance in INSTANCES for instance in found):
        raise Refused("000003", "no such instance")
    if activity == "queryInstance":
        return {"info": [{"instanceId": one, "appInfo": APP_INFO, "usageInfo": USED.get(one, [])} for one in found]}
    for instance in found:
        INSTANCES[instance] = str(fields.get("status") or fields.get("instanceStatus") or activity)
        if activity == "releaseInstance":
            del INSTANCES[instance]
    return {}


def sync(interface: str, fields: Fields) -> Fields:
    """The kit: flag 1 adds, 2 changes, 0 deletes, 3 cancels. Repetitions succeed and add nothing."""
    need(fields, "tenantId")
    row = (interface, *(str(fields.get(name, "")) for name in ("instanceId", "tenantId", "appId", "orgCode")))
    SYNCED[row] = fields
    if str(fields.get("flag")) in {"0", "3"}:
        del SYNCED[row]
    return {}


def digest(key: str, text: str) -> bytes:
    """Both versions sign by HMAC-SHA256."""
    return hmac.digest(key.encode(), text.encode(), hashlib.sha256)


def utc(written: str = "%Y%m%dT%H%M%SZ") -> str:
    """The present time, as a usage push writes it."""
    return time.strftime(written, time.gmtime())


def push_usage(key: str, marketplace: str, instance: str, value: str) -> None:
    """Report what an on-demand instance has used, every hour; here, when it is released. Name the buyer's package."""
    package = next((one for one, buyer in PACKAGES.items() if buyer == BUYERS[instance] and one in INSTANCES), None)
    times = {"begin_time": BEGAN.get(instance, utc()), "end_time": utc(), "record_time": utc()}
    record = {"instance_id": instance, **times, "usage_value": value, "metering_sn": uuid.uuid4().hex}
    record |= {"relate_pkg_instance": package} if package else {}  # mandatory if it stops when it is used up
    body, ts, nonce = json.dumps({"usage_records": [record]}), str(int(time.time() * 1000)), uuid.uuid4().hex
    signature = base64.b64encode(digest(key, f"ts={ts}&nonce={nonce}&body={body}")).decode()
    headers = {"Content-Type": "application/json", "ts": ts, "nonce": nonce, "signature": signature}
    sent = urllib.request.Request(f"{marketplace}{USAGE_PATH}", body.encode(), headers)  # noqa: S310 - your address
    try:
        urllib.request.urlopen(sent, timeout=4).close()  # noqa: S310, TID251 - likewise; this file is to be copied
    except OSError as error:  # what was not taken is pushed again: the next window begins where this one did
        current_app.logger.warning("The usage of %s was not taken: %s", instance, error)
    else:
        BEGAN[instance] = times["end_time"]
        for one in filter(None, (instance, package)):
            used = sum(entry["usageValue"] for entry in USED.get(one, [])) + float(value)
            USED[one] = [{"relatedInstanceId": instance, "usageValue": used, "statisticalTime": utc("%Y%m%d%H%M%S000")}]


def check_v1(key: str, fields: Fields, token: str) -> None:
    """V1: Base64; the HMAC's key is the key followed by timeStamp. Flask has URL-decoded the values already."""
    text = "&".join(f"{name}={fields[name]}" for name in sorted(fields) if name != "authToken")
    right = base64.b64encode(digest(f"{key}{fields.get('timeStamp')}", text))
    if not hmac.compare_digest(right, token.encode()):
        raise Refused("000001", "the signature is wrong")


def payloads(fields: Fields) -> list[str]:
    """V2: what may be signed: the body as it came, and compact, sorted at the top or at every depth."""
    top = {name: fields[name] for name in sorted(fields)}
    compact = (json.dumps(top, ensure_ascii=False, sort_keys=deep, separators=(",", ":")) for deep in (False, True))
    return [request.get_data(as_text=True), *compact]


def check_v2(key: str, texts: list[str], signature: str, timestamp: str, nonce: str) -> None:
    """V2: hex digits in either case. A call is good for 60 seconds (timestamps are in milliseconds), and only once."""
    if not (timestamp.isdecimal() and len(timestamp) <= 16 and nonce):
        raise Refused("000002", "timestamp or nonce is missing")
    right = [digest(key, key + nonce + timestamp + text).hex().encode() for text in texts]
    if not any(hmac.compare_digest(one, signature.lower().encode()) for one in right):
        raise Refused("000001", "the signature is wrong")
    if abs(time.time() - int(timestamp) / 1000) > 60 or nonce in NONCES:
        raise Refused("000001", "the call is more than 60 seconds off, or was made before")
    NONCES[nonce] = time.time()


def handle(key: str, interface: str) -> Fields:
    """Check the signature, then do what was asked for. GET is V1, POST is V2; the kit has a POST for each."""
    if request.method == "GET":
        check_v1(key, request.args, request.args.get("authToken", ""))
        return operate(request.args)
    fields: Fields | None = request.get_json(force=True, silent=True)
    if not isinstance(fields, dict):
        raise Refused("000002", "the body is no JSON object")
    texts = payloads(fields)
    if not interface:
        parts = (request.args.get(name, "") for name in ("signature", "timestamp", "nonce"))
        check_v2(key, [digest(key, text).hex() for text in texts], *parts)
        return operate(fields)
    sent = request.headers
    if "/v2/" in request.path:
        check_v2(key, texts, *(sent.get(name, "") for name in ("x-sign", "x-timestamp", "x-nonce")))
    else:
        check_v1(key, {name: fields[name] for name in fields if fields[name] != ""}, sent.get("authToken", ""))
    return sync(interface, fields)


def create_app(key: str, marketplace: str = "") -> Flask:
    """The seller whose agreed key is ``key``. Its production address is the root. ``marketplace`` gets the usage."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024

    @app.route("/", methods=["GET", "POST"])
    @app.post("/produceAPI/<interface>")
    @app.post("/produceAPI/v2/<interface>")
    def answer(interface: str = "") -> Response:
        try:
            more, code, message = handle(key, interface), "000000", "success"
            called = request.get_json(force=True, silent=True) or request.args
            if marketplace and called.get("activity") == "releaseInstance" and called["instanceId"] in BUYERS:
                push_usage(key, marketplace, called["instanceId"], "1.5")
        except Refused as refused:
            more, (code, message) = {}, refused.args
        body = json.dumps({"resultCode": code, "resultMsg": message, **more})
        signature = base64.b64encode(digest(key, body)).decode()  # V1: the key alone signs the body as it is sent
        headers = {"Body-Sign": f'sign_type="HMAC-SHA256", signature="{signature}"'}
        return Response(body, headers=headers, content_type="application/json")

    return app


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="An example seller on Huawei Cloud's marketplace.")
    parser.add_argument("--key", required=True)
    parser.add_argument("--port", type=int, default=9000)
    parser.add_argument("--marketplace", default="", help="where usage is pushed to, such as http://127.0.0.1:9100")
    chosen = parser.parse_args()
    create_app(chosen.key, chosen.marketplace.rstrip("/")).run(port=chosen.port)
