"""What the seller has to fix, in plain words, by the name of each mistake."""

from collections.abc import Mapping
from typing import Any, Final

from mock_sites.huawei.conformance.model import SellerFinding
from mock_sites.huawei.protocol import names
from mock_sites.huawei.protocol.answers import LONGEST, LONGEST_ID, LONGEST_MESSAGE
from mock_sites.huawei.protocol.codes import (
    INVALID_PARAMETER,
    MISPRINT,
    NOT_AUTHENTICATED,
    PROCESSING,
    UNKNOWN_INSTANCE,
)
from mock_sites.huawei.protocol.moments import SKEW
from mock_sites.huawei.seller_gateway.body_sign import ADVICE

SIGNATURE_MISTAKES: Final = frozenset(
    {"signs-encoded-values", "plus-became-blank", "refuses-young", "refuses-capitals", "signs-body-as-it-came"}
)
"""Mistakes of a case that explain its answer only if the answer refuses the signature."""

DIAGNOSES: Final[Mapping[str, str]] = {
    **ADVICE,
    # There is no readable answer.
    "unreachable": "No connection ({detail}). The seller's server went away during the run.",
    "slow": f"The answer took longer than {{limit:g}} s. Answer at once and work later; V2 has {PROCESSING} for that.",
    "broken-off": "The connection broke off before the answer was complete ({detail}).",
    "too-large": "The answer is larger than 1 MiB.",
    "redirect": "Answers with a redirect (HTTP {status}); the marketplace does not follow it. Answer at this address.",
    "crash": "Answers with HTTP {status}: the program failed. Catch what it raises and answer with a result code.",
    "no-address": "Nothing answers at this address (HTTP {status}).",
    "no-kit": "Nothing answers at {path} (HTTP {status}). Serve it, or leave it out with --no-kit.",
    "other-method": "Answers with HTTP 405: V1.0 calls by GET, V2.0 and the kit by POST.",
    "status": "Answers with HTTP {status}; say it with a result code and HTTP 200.",
    "no-json": "The answer is no JSON object: {body}",
    "content-type": "The answer's Content-Type is {content_type}, not application/json.",
    "no-code": "The answer has no resultCode.",
    "misprinted-code": f"resultCode is {MISPRINT}, a misprint of the documents; write {PROCESSING}.",
    "no-message": "The answer has no resultMsg.",
    "code-is-number": "resultCode is a number, not text: leading zeros get lost. Write it in quotes.",
    "unknown-code": "resultCode {code} is not one of the documented codes.",
    "other-code": "Refuses, but with {code}; documented for this is {expected}.",
    "message-too-long": f"resultMsg is longer than {LONGEST_MESSAGE} characters.",
    # A right call is refused.
    "refuses-good-signature": f"Refuses a correctly signed call ({NOT_AUTHENTICATED}: {{message}}). Compare the string "
    "to sign with yours, and the key.",
    "refuses-good-parameters": f"Answers {INVALID_PARAMETER} to a call that is complete: {{message}}. Is {{operation}} "
    "there at all?",
    "forgets-instance": f"Does not know the instance that it made before ({UNKNOWN_INSTANCE}: {{message}}).",
    "still-processing": f"Is still processing ({PROCESSING}); only newInstance of V2 may be.",
    "never-done": f"After {PROCESSING}, queryInstance did not bring success within {{tries}} tries.",
    "fails-good-call": "Answers {code} to a call that is right: {message}",
    "signs-encoded-values": "Refuses values with Chinese, blanks or signs such as + & = %: make the token over the "
    "URL-decoded values, in UTF-8.",
    "plus-became-blank": "Refuses a token that has a +: URL-decode the query once, not twice, or + becomes a blank.",
    "chinese-text": "Refuses calls with Chinese text: sign it as UTF-8, without \\u escapes.",
    "refuses-young": f"Refuses a call that is 30 seconds old; calls are good for {SKEW.seconds} seconds.",
    "refuses-capitals": "Refuses a signature in capital hex digits; compare without regard to case.",
    "signs-body-as-it-came": "Signs the body as it came; parse it, and sign it anew with sorted names as compact JSON.",
    "one-instance-a-query": "Fails when queryInstance names several instances, separated by commas.",
    "refuses-repeated": "Refuses what was done already or is not there ({code}); repetitions must succeed.",
    "refuses-credential-call": "Refuses empty instanceId and orderId ({code}); they are empty when the seller applies "
    "for a credential.",
    "cannot-decrypt-secret": "Does not accept the client secret ({code}: {message}); check the private key and the "
    "digests of OAEP.",
    # A wrong signature that the seller accepts.
    "signs-with-key-alone": "Takes only tokens made with the key alone; append the value of timeStamp to the key.",
    "signs-hex": "Takes only tokens in hex digits; authToken is Base64 of the digest's octets.",
    "signs-raw-body": "Takes only signatures over the body itself; in the production interface sign its hex "
    "HMAC-SHA256 (bodyHash).",
    "signs-body-hash": "Takes only signatures over the body's hash; in the kit sign the body itself.",
    "signs-plain-hash": "Takes only a bodyHash that is a plain SHA-256; it is an HMAC-SHA256 with the key.",
    "signs-without-key": "Takes only signatures of a text that does not begin with the key; it begins with accessKey.",
    "reads-seconds": "Takes only timestamps in seconds; they are in milliseconds.",
    "signs-blank-values": "Takes only tokens over all fields; in the kit leave blank ones out.",
    # A wrong call is accepted.
    "accepts-wrong-signature": "Answers {code} to a wrong signature; verify it before anything else.",
    "accepts-unsigned": "Answers {code} to a call without a signature.",
    "accepts-stale": f"Accepts a timestamp 10 minutes old; calls are good for {SKEW.seconds} seconds, in milliseconds.",
    "accepts-old": "Accepts a timestamp 10 minutes old; the documents of V1.0 set no limit.",
    "accepts-future": "Accepts a timestamp 10 minutes ahead; the documents leave it open.",
    "accepts-no-time": "Accepts a call without a timestamp.",
    "accepts-replay": "Accepts the very same call twice; the documents do not forbid it, the nonce would tell.",
    "accepts-missing-parameter": "Answers {code} although a mandatory parameter is missing; most sellers answer "
    f"{INVALID_PARAMETER}, but the documents do not say so.",
    "accepts-unknown-instance": f"Answers {{code}} for an instance that nobody knows; answer {UNKNOWN_INSTANCE}.",
    "accepts-unknown-activity": f"Answers {{code}} to an activity that does not exist; answer {INVALID_PARAMETER}.",
    "accepts-malformed": f"Answers {{code}} to a malformed call; answer {INVALID_PARAMETER}.",
    "accepts-oversized": "Takes a call far larger than any real one; limit what you read.",
    "accepts-other-method": "Takes the call by another HTTP method than the documented one.",
    # The answer lacks something, or has a wrong value.
    "no-instance-id": "The answer has no instanceId.",
    "instance-id-is-no-text": "instanceId is no text.",
    "instance-id-too-long": f"instanceId is longer than {LONGEST_ID} characters.",
    "second-instance": "A repeated newInstance brought another instanceId ({instance}, first it was {first}); find the "
    "order before you make one.",
    "shared-instance": "Two orders share the instanceId {instance}.",
    "no-info": "The answer has no info[] that tells about {instance}.",
    "no-front-end": f"appInfo.frontEndUrl is no http(s) address of at most {LONGEST[names.FRONT_END_URL]} characters.",
    "credentials-not-encrypted": "appInfo.{field} cannot be decrypted; encrypt it by AES, encryptType 1 or 2, with the "
    "key that Java's SHA1PRNG makes from the agreed one, behind a 16-character iv.",
    "credentials-too-long": f"appInfo.{{field}} is longer than {LONGEST[names.PASSWORD]} characters, encrypted; "
    "buyers would not see it.",
    "credentials-encrypted": "appInfo.{field} is encrypted; current V2 pages show it plain.",
}


def finding(diagnosis: str, *, fails: bool = True, **details: Any) -> SellerFinding:
    """The finding with this diagnosis. ``details`` fill the names in its text."""
    return SellerFinding(diagnosis, DIAGNOSES[diagnosis].format(**details), fails)
