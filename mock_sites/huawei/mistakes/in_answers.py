"""Mistakes in answering, other than the signature of the answer. They are seen in the answer."""

from collections.abc import Mapping
from typing import Final

from mock_sites.world.errors import N_

CURES: Final[Mapping[str, str]] = {
    # There is no readable answer.
    "unreachable": N_("No connection ({detail}). See whether the service is still running."),
    "no-answer": N_(
        "Start the service, see that it answers in time, or correct its production address (--seller of mock-sites "
        "serve, or the product's settings in the Seller Center)."
    ),
    "slow": N_("The answer took longer than {limit} s. Answer at once and work later; V2.0 has {processing} for that."),
    "broken-off": N_("The connection broke off before the answer was complete ({detail}). See the log of the service."),
    "too-large": N_("The answer is larger than 1 MiB. Answer with what is documented."),
    "redirect": N_(
        "{address} answers with a redirect (HTTP {status}); the marketplace does not follow it. Answer at this address."
    ),
    "crash": N_("Answers with HTTP {status}: the program failed. Catch what it raises and answer with a result code."),
    "no-address": N_("Nothing answers at {address} (HTTP {status}). Give the whole production address."),
    "no-kit": N_(
        "Nothing answers at {address} (HTTP {status}). Calls of the kit go there, below the production address. Serve "
        "it, or leave the kit out with --no-kit."
    ),
    "other-method": N_("{address} answers with HTTP {status}: V1.0 calls by GET, V2.0 and the kit by POST."),
    "status": N_("{address} answers with HTTP {status}; say it with a result code and HTTP 200."),
    "from-proxy": N_("HTTP {status} may be the answer of the proxy {proxy}, not of the seller. Look into the proxy."),
    # Its form.
    "no-json": N_("Answer at {address} with a JSON object, not with: {body}"),
    "content-type": N_("The answer's Content-Type is {content_type}. Set it to application/json."),
    "no-code": N_("The answer has no resultCode. Put one into it."),
    "misprinted-code": N_("resultCode is {misprint}, a misprint of the documents; write {processing}."),
    "no-message": N_("The answer has no resultMsg."),
    "code-is-number": N_("resultCode is a number, not text: leading zeros get lost. Write it in quotes."),
    "unknown-code": N_("resultCode {code} is not documented. Answer with one of the documented codes."),
    "other-code": N_("Refuses, but with {code}; documented for this is {expected}."),
    "message-too-long": N_("resultMsg is longer than {longest_message} characters. Shorten it."),
    # A right call is refused.
    "refuses-good-parameters": N_(
        "{address} answers {code} to a call that is complete: {message}. Is {operation} there at all?"
    ),
    "forgets-instance": N_(
        "Does not know the instance that it made before ({code}: {message}). Store it before you answer. If it was "
        "released in an earlier run, run without --seed: the ids are new then. In V2.0, orderId and orderLineId "
        "together name what was bought."
    ),
    "instance-lost": N_(
        "Your service does not know instance {instance} any more, which it returned for order {order}. Either it did "
        "not store it, or it released it in an earlier world: worlds with the same seed have the same order ids. Make "
        "worlds with another seed (--seed), or clear the orders in your service."
    ),
    "still-processing": N_("Is still processing ({processing}); only newInstance of V2.0 may be."),
    "never-done": N_("After {processing}, queryInstance did not bring success within {tries} tries."),
    "fails-good-call": N_("Answers {code} to a call that is right ({message}). See the log of the service."),
    "chinese-text": N_("Refuses calls with Chinese text: sign it as UTF-8, without \\u escapes."),
    "special-signs": N_(
        "Refuses values with Chinese, blanks or signs such as + & = %: make the token over the URL-decoded values, in "
        "UTF-8."
    ),
    "refuses-young": N_(
        "Refuses a call that is 30 seconds old. Calls are good for {skew} seconds, which are {skew}000 milliseconds."
    ),
    "refuses-capitals": N_("Refuses a signature in capital hex digits; compare without regard to case."),
    "signs-body-as-it-came": N_(
        "Signs the body as it came; parse it, and sign it anew with sorted names as compact JSON."
    ),
    "one-instance-a-query": N_("Fails when queryInstance names several instances, separated by commas."),
    "refuses-repeated": N_("Refuses what was done already or is not there ({code}); repetitions must succeed."),
    "refuses-credential-call": N_(
        "Refuses empty instanceId and orderId ({code}); they are empty when the seller applies for a credential."
    ),
    "cannot-decrypt-secret": N_(
        "Does not accept the client secret ({code}: {message}); check the private key and the digests of OAEP."
    ),
    # A wrong call is accepted.
    "accepts-wrong-signature": N_("Answers {code} to a wrong signature; verify it before anything else."),
    "accepts-unsigned": N_("Answers {code} to a call without a signature. Refuse it."),
    "accepts-stale": N_("Accepts a timestamp 10 minutes old; calls are good for {skew} seconds, in milliseconds."),
    "accepts-old": N_("Accepts a timestamp 10 minutes old; the documents of V1.0 set no limit."),
    "accepts-future": N_("Accepts a timestamp 10 minutes ahead; the documents leave it open."),
    "accepts-no-time": N_("Accepts a call without a timestamp. Refuse it."),
    "accepts-replay": N_("Accepts the very same call twice; the documents do not forbid it, the nonce would tell."),
    "accepts-missing-parameter": N_(
        "Answers {code} although a mandatory parameter is missing; most sellers answer {invalid_parameter}, but the "
        "documents do not say so."
    ),
    "accepts-unknown-instance": N_("Answers {code} for an instance that nobody knows; answer {unknown_instance}."),
    "accepts-unknown-activity": N_("Answers {code} to an activity that does not exist; answer {invalid_parameter}."),
    "accepts-malformed": N_("Answers {code} to a malformed call; answer {invalid_parameter}."),
    "accepts-oversized": N_("Takes a call far larger than any real one; limit what you read."),
    "accepts-other-method": N_("Takes the call by another HTTP method than the documented one."),
    "debugging-refuses": N_(
        "The marketplace's debugging page refuses this answer, although no other document forbids it. Mend it before "
        "you debug there."
    ),
    "no-instance": N_(
        "No instance was made before, so the call names one that nobody knows. Only its signature and the form of the "
        "answer were looked at."
    ),
    # Usage that the seller pushes.
    "no-usage-push": N_(
        "No usage push arrived within {seconds} s. Push to {address} what an on-demand instance has used, at the "
        "latest when it is released."
    ),
    "usage-push-refused": N_("The marketplace refuses the usage push with {code}. {reason}"),
    "usage-record-refused": N_("The marketplace's job refuses a usage record with code {code}. {reason}"),
    # The answer lacks something, or has a wrong value.
    "no-instance-id": N_("The answer has no instanceId. Name the instance in it."),
    "instance-id-is-no-text": N_("instanceId is no text. Write it in quotes."),
    "instance-id-too-long": N_("instanceId is longer than {longest_id} characters. Make a shorter one."),
    "second-instance": N_(
        "A repeated newInstance brought another instanceId ({instance}, first it was {first}); find the order before "
        "you make one."
    ),
    "shared-instance": N_("Two orders share the instanceId {instance}. Give each order its own."),
    "no-license": N_("The answer has no license. Put the license's text into it."),
    "usage-incomplete": N_("An entry of usageInfo has no {field}. Add it, or leave the entry out."),
    "no-info": N_("The answer has no info[] that tells about {instance}. Add one."),
    "no-front-end": N_("appInfo.frontEndUrl is no http(s) address of at most {longest_address} characters."),
    "credentials-not-encrypted": N_(
        "appInfo.{field} cannot be decrypted; encrypt it by AES, encryptType 1 or 2, with the key that Java's SHA1PRNG "
        "makes from the agreed one, behind a 16-character iv."
    ),
    "credentials-too-long": N_(
        "appInfo.{field} is longer than {longest_secret} characters, encrypted; buyers would not see it."
    ),
    "credentials-encrypted": N_("appInfo.{field} is encrypted; current V2.0 pages show it plain. Send it plain."),
}
"""What to fix, by the name of the mistake: English sentences that pages translate. ``{names}`` are filled in."""
