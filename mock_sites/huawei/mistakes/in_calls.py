"""Mistakes in checking a call: its signature, its time, its form. Each is tried by making it on purpose.

A seller that makes one refuses a rightly signed call, and accepts the call with the mistake.
"""

from collections.abc import Mapping
from typing import Final

from mock_sites.world.errors import N_

CURES: Final[Mapping[str, str]] = {
    # The key.
    "key-wrong": N_(
        "Signed with another key: a rightly signed call is refused, and none of the usual mistakes explains it. "
        "Compare the two keys, letter by letter."
    ),
    "key-former": N_(
        "Signed with the former key: your service still has the key from before it was changed. Give it today's key, "
        "and start it again if it reads keys at its start."
    ),
    "key-of-other-class": N_(
        "Signed with the key of another class. The production interface, the kit and the order query have a key each; "
        "usage pushes are signed with that of the production interface."
    ),
    "key-with-blank": N_("Signed with a key that ends in a line break or a blank. Strip it where it is read."),
    "key-empty": N_("Signed with an empty key. Look where it is read."),
    "key-without-timestamp": N_("Signed with the key alone. A call is signed with the key followed by its timeStamp."),
    "key-after-timestamp": N_("Signed with timeStamp followed by the key. It is the key followed by timeStamp."),
    # The text that is signed, V1.0.
    "values-not-decoded": N_("The values were signed as they stand in the query. They are signed URL-decoded."),
    "values-encoded-twice": N_("The values were URL-encoded again before they were signed. They are signed decoded."),
    "values-decoded-twice": N_(
        "The values were URL-decoded twice. Decode a query once: most frameworks have done so already."
    ),
    "plus-not-decoded": N_(
        "A + in the query was not decoded. It stands for a blank: decode it as a form is decoded, not as a path."
    ),
    "plus-became-blank": N_(
        "A + of the signature became a blank. Decode the query once as a whole, and not the signature again."
    ),
    "not-utf8": N_("Letters other than ASCII were not read as UTF-8. Decode the query, or the body, as UTF-8."),
    "blank-values-signed": N_("Blank fields were signed. In calls of the kit they are left out."),
    # The text that is signed, V1.0 and V2.0.
    "empty-values-not-signed": N_(
        "Fields that are 0 or empty were left out of the text to sign, as many filters do. Sign 0 as any other value; "
        "empty fields are left out in the kit of V1.0 only."
    ),
    "not-sorted": N_("The names stand in the order of the documents, or of your class. Sort them from A to Z."),
    "sorted-z-to-a": N_("The names were sorted from Z to A. Sort them from A to Z."),
    "only-top-level-sorted": N_(
        "The names within objects and lists were put in another order. Leave them as they came, or sort them too."
    ),
    "body-with-blanks": N_(
        "The body was written anew with blanks or line breaks and then signed. Write it without any, or sign it as it "
        "came."
    ),
    "body-escaped": N_(
        "Letters other than ASCII, slashes, or signs such as = and & were signed escaped (\\uXXXX, \\/). Sign them as "
        "they were sent, in UTF-8."
    ),
    # The signature of V2.0.
    "no-body-hash": N_(
        "The body was signed as it is. In the production interface its HMAC-SHA256 in hex digits takes its place."
    ),
    "body-hash": N_("The HMAC-SHA256 of the body was signed. In the kit the body itself is signed."),
    "capitals-in-hash": N_("The body hash was signed in capital letters. It is written in small hex digits."),
    "no-key-in-front": N_("The text to sign does not begin with the key. It is key, nonce, timestamp and body hash."),
    "nonce-after-timestamp": N_("Nonce and timestamp were swapped. It is key, nonce, timestamp and body hash."),
    "plain-sha256": N_("A plain SHA-256 was used. Both signature and body hash are HMAC-SHA256 with the key."),
    # How the signature is written.
    "signature-in-hex": N_("The signature is in hex digits. In V1.0 it is Base64 of the digest's octets."),
    "signature-in-base64": N_("The signature is in Base64. In V2.0 it is in hex digits."),
    "signature-url-safe": N_("The Base64 is the one for URLs, with - and _. It is the standard one, with + and /."),
    "signature-without-padding": N_("The = signs at the end of the Base64 are missing. Keep them."),
    "capitals-only": N_(
        "Only a signature in capital hex digits is accepted. Compare it without regard to capital letters."
    ),
    # The time.
    "timestamp-in-seconds": N_("The call's time is read in seconds. It is in milliseconds, for V1.0 with 17 digits."),
    "expiry-in-milliseconds": N_("expireTime is read with milliseconds. It has 14 digits: yyyyMMddHHmmss, in UTC."),
    "local-time": N_("The call's time is compared with local time. It is UTC: compare it with the time in UTC."),
    "utc-in-kit": N_("timeStamp of a call of the kit is read as UTC. There it is Beijing time, UTC+8."),
    "clock-off": N_(
        "The call's time and the clock of your server are {off} apart. Set the clock by NTP: calls are good for {skew} "
        "seconds."
    ),
    # The form of the call.
    "charset-refused": N_(
        "Content-Type application/json;charset=utf8 is refused. The marketplace writes utf8 so: accept it."
    ),
    "kit-like-production": N_(
        "The signature of a call of the kit is looked for in the query. It is in the headers x-sign, x-timestamp and "
        "x-nonce, and signs the body itself."
    ),
    "headers-lost": N_(
        "The headers with the signature do not reach your service. Let the proxy or gateway in front of it pass them "
        "on: {headers}."
    ),
    "key-wrong-or-headers-lost": N_(
        "Calls of the kit are refused alike with and without a signature. They go to {address}: see that your service "
        "takes what arrives there for a call of the kit. If it does, either the key is another one: compare the two "
        "keys, letter by letter. Or the headers {headers} do not reach your service: let the proxy or gateway in front "
        "of it pass them on. Log the headers that arrive to see which it is."
    ),
    "kit-key-not-given": N_(
        "The key of the production interfaces is right, but {address} refuses calls that are signed with it. Give the "
        "key of the kit with --kit-key, if your service has another one for it. If not, log the headers that arrive: "
        "{headers} may be lost on the way."
    ),
    "signature-refused": N_(
        "A rightly signed call is refused ({code}: {message}), and none of the usual mistakes explains it. Your key is "
        "right: compare the text to sign with yours, octet by octet."
    ),
    "unlike": N_(
        "None of the usual mistakes explains it. Compare the key and the text to sign with yours, octet by octet."
    ),
    # The signature of a request by AK and SK.
    "path-without-slash": N_("The path of the canonical request must end with a slash."),
    "query-missing": N_("The query is missing in the canonical request."),
    "body-line-missing": N_(
        "The hash of the body is missing at the end of the canonical request. It is there for an empty body too."
    ),
    "body-line-of-nothing": N_("The hash of an empty body was signed. Sign the hash of the body that is sent."),
    "request-not-hashed": N_("The canonical request was signed as it is. Its SHA-256 is signed."),
}
"""What to fix, by the name of the mistake: English sentences that pages translate. ``{names}`` are filled in."""

CONSEQUENCES: Final[Mapping[str, str]] = {
    "key-wrong": "body-sign-unlike",
    "key-wrong-or-headers-lost": "body-sign-unlike",
    "key-former": "body-sign-unlike",
    "kit-key-not-given": "body-sign-unlike",
    "key-of-other-class": "body-sign-unlike",
    "key-with-blank": "body-sign-key-with-blank",
    "key-empty": "body-sign-no-key",
}
"""For each mistake about the key: that in the signature of answers, which has the same cause."""
