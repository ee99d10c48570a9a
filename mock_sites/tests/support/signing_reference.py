"""The chapters about signatures and answers of ``docs/seller_protocol.md``, with worked examples."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from mock_sites.huawei.protocol import names, orders, signing, signing_v1
from mock_sites.huawei.protocol.activities import Activity
from mock_sites.huawei.protocol.codes import SUCCESS

_KEY: Final = "mock-access-key"
_NONCE: Final = "0123456789abcdef0123456789abcdef"
_MILLISECONDS: Final = "1700000000000"
_V1_TIME: Final = "20231114221320000"
_INSTANCE: Final = "03pf80c2bae96vc49b80b917bea776d7"

_DONE: Final = {names.RESULT_CODE: SUCCESS, names.RESULT_MSG: "success"}
_CREATED: Final = {**_DONE, names.INSTANCE_ID: _INSTANCE}
_APP_INFO: Final = {
    names.FRONT_END_URL: "https://app.example.com/",
    names.ADMIN_URL: "https://app.example.com/admin",
    names.USER_NAME: "admin",
    names.PASSWORD: "initial-password",
    names.MEMO: "Change the password at the first login.",
}
_USAGE: Final = {names.USAGE_VALUE: 12.5, names.STATISTICAL_TIME: _V1_TIME}


def signatures() -> Iterator[str]:
    """How calls and answers are signed, with examples that were computed."""
    yield ""
    yield "## Signatures"
    yield ""
    yield f"The examples have the key `{_KEY}`. Every call of the production interface has the parameter"
    yield f"`{names.ACTIVITY}`, the name of the operation, which is signed like all others."
    yield ""
    yield "V1.0 has one key. In V2.0 each class of interfaces has one: the base interfaces, with which usage pushes are"
    yield "signed too, and the joint-operation kit. The Seller Center makes new ones under Key Management. A seller"
    yield "that uses one key for both classes leaves that of the kit empty. It is set beside that of the"
    yield "base interfaces: in the product's settings, with `serve --seller-kit-key` and with `conform --kit-key`."
    yield ""
    yield f"Every call of the kit has `{signing_v1.TIMESTAMP}` in its body, in both versions: Beijing time as"
    yield f"`yyyyMMddHHmmssSSS`. In V2.0 the time that is signed and checked is `{signing.KIT_TIMESTAMP}`."
    yield from _v1()
    yield from _v2()


def _v1() -> Iterator[str]:
    call = {
        names.ACTIVITY: str(Activity.QUERY_INSTANCE),
        names.INSTANCE_ID: _INSTANCE,
        names.TEST_FLAG: "1",
        signing_v1.TIMESTAMP: _V1_TIME,
    }
    body = json.dumps(_CREATED, separators=(",", ":"))
    yield ""
    yield "### V1.0"
    yield ""
    yield "```text"
    yield f"text      = name=value of all URL-decoded parameters but {signing_v1.TOKEN}, sorted by name, joined by &"
    yield f"{signing_v1.TOKEN} = Base64(HMAC-SHA256(key + {signing_v1.TIMESTAMP}, text))"
    yield f'{signing_v1.BODY_SIGN} = sign_type="HMAC-SHA256", signature="Base64(HMAC-SHA256(key, body of the answer))"'
    yield "```"
    yield ""
    yield "In the kit the parameters are the fields of the body that are not blank. Example:"
    yield ""
    yield "```text"
    yield f"text      = {signing_v1.string_to_sign(call)}"
    yield f"{signing_v1.TOKEN} = {signing_v1.sign_call(_KEY, call)}"
    yield f"query     = {signing_v1.query_of_call(call, signing_v1.sign_call(_KEY, call))}"
    yield f"answer    = {body}"
    yield f"{signing_v1.BODY_SIGN} = {signing_v1.sign_answer(_KEY, body.encode())}"
    yield "```"


def _v2() -> Iterator[str]:
    body = signing.payload(
        {
            names.ACTIVITY: str(Activity.NEW_INSTANCE),
            names.BUSINESS_ID: _INSTANCE,
            names.ORDER_ID: orders.MOCK_YEAR,
            names.ORDER_LINE_ID: orders.line_of(orders.MOCK_YEAR),
            names.TEST_FLAG: "1",
        }
    )
    yield ""
    yield "### V2.0"
    yield ""
    yield "```text"
    yield "body      = compact JSON, its names sorted from A to Z"
    yield "bodyHash  = hex(HMAC-SHA256(key, body))"
    yield f"{signing.SIGNATURE} = hex(HMAC-SHA256(key, key + {signing.NONCE} + {signing.TIMESTAMP} + bodyHash))"
    in_kit = f"key + {signing.KIT_NONCE} + {signing.KIT_TIMESTAMP} + body"
    yield f"{signing.KIT_SIGNATURE}    = hex(HMAC-SHA256(key, {in_kit}))   in the kit"
    yield "```"
    yield ""
    yield f"`{signing.TIMESTAMP}` is in milliseconds. Capital and small hex digits are equal. Example:"
    yield ""
    yield "```text"
    yield f"{signing.NONCE}     = {_NONCE}"
    yield f"{signing.TIMESTAMP} = {_MILLISECONDS}"
    yield f"body      = {body.decode()}"
    yield f"bodyHash  = {signing.body_hash(_KEY, body)}"
    yield f"{signing.SIGNATURE} = {signing.sign_call(_KEY, _NONCE, _MILLISECONDS, body)}"
    in_kit = signing.sign_sync(_KEY, _NONCE, _MILLISECONDS, body)
    yield f"{signing.KIT_SIGNATURE}    = {in_kit}   if it were a call of the kit"
    yield "```"


def answers() -> Iterator[str]:
    """Answers to newInstance and queryInstance."""
    yield ""
    yield f"The answer to `{Activity.NEW_INSTANCE}` in V2.0. In V1.0 it has `{names.APP_INFO}` too:"
    yield from _json(_CREATED)
    yield f"The answer to `{Activity.QUERY_INSTANCE}`. `{names.USAGE_INFO}` is for on-demand products and packages:"
    yield from _json(
        {
            **_DONE,
            names.INFO: [{names.INSTANCE_ID: _INSTANCE, names.APP_INFO: _APP_INFO, names.USAGE_INFO: [_USAGE]}],
        }
    )
    yield f"In V1.0 `{names.USER_NAME}` and `{names.PASSWORD}` are encrypted. The limits:"
    yield ""


def _json(content: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield "```json"
    yield json.dumps(content, indent=2)
    yield "```"
    yield ""
