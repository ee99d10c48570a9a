"""The chapters about signatures and answers of ``docs/seller_protocol.md``, with worked examples."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from mock_sites.huawei.protocol import names, orders, signing, signing_v1, sources
from mock_sites.huawei.protocol.activities import Activity
from mock_sites.huawei.protocol.codes import SUCCESS
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.world import sensitive_fields

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
    yield "V1.0 has one key. In V2.0 each class of interfaces has one: the production interfaces, with which usage"
    yield "pushes are signed too, and the joint-operation kit. The Seller Center makes new ones under Key Management."
    yield "A seller that uses one key for both classes leaves that of the kit empty. It is set beside that of the"
    yield "production interfaces: in the settings of a product, with `serve --seller-kit-key` and `conform --kit-key`."
    yield ""
    yield f"Every call of the kit has `{signing_v1.TIMESTAMP}` in its body, in both versions: Beijing time as"
    yield f"`yyyyMMddHHmmssSSS`. In V2.0 the time that is signed and checked is `{signing.KIT_TIMESTAMP}`."
    yield from _v1()
    yield from _v2()
    yield from _encrypted()


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


def _encrypted() -> Iterator[str]:
    phone, iv = "13800000000", "abcdefghijklmnop"
    yield ""
    yield "### Encrypted fields"
    yield ""
    yield f"In V1.0 `{names.MOBILE_PHONE}` and `{names.EMAIL}` of calls are encrypted, and `{names.USER_NAME}` and"
    yield f"`{names.PASSWORD}` of answers, by AES in CBC mode with PKCS #5 padding"
    yield f"([source]({sources.V1_NEW_INSTANCE})). The value is the iv, 16 letters"
    yield f"and digits, followed by the ciphertext in Base64. `{names.ENCRYPT_TYPE}` is 1 for a key of 256 bits and 2"
    yield "for one of 128: the key that Java's `KeyGenerator` makes with a `SecureRandom` `SHA1PRNG` whose seed is the"
    yield "agreed key. Its first 16 octets are those of SHA-1(SHA-1(agreed key)). Example:"
    yield ""
    yield "```text"
    yield f"key of 256 bits    = {sensitive_fields.derive_key(_KEY, 256).hex()}"
    yield f"key of 128 bits    = {sensitive_fields.derive_key(_KEY, 128).hex()}"
    for encrypt_type in ("1", "2"):
        value = sensitive_fields.encrypt(_KEY, phone, iv, encrypt_type)
        yield f"{phone}, type {encrypt_type} = {value}"
    yield "```"
    yield ""
    yield f"In both versions `{names.CLIENT_SECRET}` of the kit is encrypted by OAEP with the RSA public key, of 3,072"
    yield f"bits or more, in the settings of the product ([source]({sources.CREDENTIALS})),"
    yield "and written in Base64. The documents do not name the digests: choose both in the settings. Unless you do,"
    yield f"they are {sellers.DEFAULTS['oaep_digest']} and, for MGF1, {sellers.DEFAULTS['mgf_hash']}, in `conform` too."
    yield "Java's `OAEPWithSHA-256AndMGF1Padding` takes SHA-1 for MGF1, unless an `OAEPParameterSpec` says otherwise."


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
