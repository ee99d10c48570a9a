"""Makes the reference of the seller protocol, ``docs/seller_protocol.md``, from ``huawei/protocol``.

Usage: python -m mock_sites.tests.protocol_reference
"""

from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import Final

from mock_sites.huawei.mistakes.catalogue import MISTAKES, FoundBy
from mock_sites.huawei.protocol import (
    addresses,
    answers,
    codes,
    debugging,
    moments,
    names,
    retries,
    signing,
    signing_v1,
    sources,
    usage_push,
)
from mock_sites.huawei.protocol.activities import KitInterface
from mock_sites.huawei.protocol.operations import OPERATIONS
from mock_sites.huawei.protocol.parameters import Interface, NestedField, Operation, Parameter
from mock_sites.tests.support import login_reference, order_query_reference, signing_reference
from mock_sites.tests.support.markdown import table
from mock_sites.world import agreement

_EXAMPLE: Final = "https://seller.example.com/isv/produce"

FILE: Final = Path(__file__).parents[2] / "docs" / "seller_protocol.md"


def reference() -> str:
    """The whole document, in Markdown."""
    own = (
        _head,
        _practice,
        signing_reference.signatures,
        _operations,
        _codes,
        _answers,
        _retries,
        order_query_reference.chapter,
        _usage_push,
        _debugging,
        _mistakes,
    )
    return "\n".join(line for part in (*own, login_reference.chapter) for line in part()) + "\n"


def _head() -> Iterator[str]:
    yield "# The seller protocol"
    yield ""
    yield "What the marketplace sends to a seller and what it accepts as an answer. This page is made from"
    yield "`mock_sites/huawei/protocol`, which the seller gateway, the Seller Center and the conformance run read."
    yield "[`example_seller.py`](example_seller.py) is a whole seller in one file, in both versions."
    yield "Characters are counted as they are typed in the Seller Center, before anything is encrypted."
    yield "Renew this page with `python -m mock_sites.tests.protocol_reference`."
    yield ""
    yield "| | V1.0 | V2.0 |"
    yield "|---|---|---|"
    yield "| Call | GET, parameters in the query | POST, parameters in a JSON body |"
    yield (
        f"| Signature of a call | `{signing_v1.TOKEN}` in the query, with `{signing_v1.TIMESTAMP}`"
        f" | `{signing.SIGNATURE}`, `{signing.TIMESTAMP}`, `{signing.NONCE}` in the query |"
    )
    yield (
        f"| Signature of a call of the kit | header `{signing_v1.TOKEN}`"
        f" | headers `{signing.KIT_SIGNATURE}`, `{signing.KIT_TIMESTAMP}`, `{signing.KIT_NONCE}` |"
    )
    in_v1, in_v2 = (addresses.of_kit("…", version, "{interface}") for version in ("v1", "v2"))
    yield f"| Address of a call of the kit, after the production address | `{in_v1}` | `{in_v2}` |"
    yield f"| Signature of an answer | header `{signing_v1.BODY_SIGN}` | none needed; checked where there is one |"
    yield f"| How old a call may be | not documented | {moments.SKEW.seconds} seconds |"
    yield f"| Source | {_link(sources.V1_SIGNATURE)} | {_link(sources.V2_SIGNATURE)} |"
    yield ""
    yield "A call of the production interface goes to the production address itself, and one of the kit to an address"
    yield f"below it. With the production address `{_EXAMPLE}` in V2.0 your service answers"
    yield f"`{_EXAMPLE}` and, for the enterprise,"
    yield f"`{addresses.of_kit(_EXAMPLE, 'v2', KitInterface.TENANT)}`."


_PRACTICE: Final = (
    (
        "**Answers.** Every answer is a JSON object with `resultCode` and `resultMsg`. Only the answers that are "
        "described below have more."
    ),
    (
        "**Order.** When an enterprise uses a service, `tenantSync` is sent with flag 1, then `applicationSync`, "
        "`allOrgSync`, and `authSync` for the members that are authorized. What the buyer changes later is sent at "
        "once, so it can arrive first if an earlier call was refused: accept it, and keep it by its ids. A refused "
        "call is sent again when the buyer asks for it (Retry); what follows a refused `tenantSync` waits for "
        "that."
    ),
    (
        "**Changes.** A department that was renamed, moved or deleted comes with flag 2 or 0 (`singleOrgSync`), and "
        "so does an authorized member (`authSync`). A cancelled authorization has flag 3, in V1.0 flag 0. So have "
        "all authorizations of an application that the buyer stops: no call says that it was stopped. Until it is "
        "started only deletions are sent, and then all authorized members, with flag 1."
    ),
    (
        "**The end.** Closing a service sends `releaseInstance` only. Flags 0 and 2 of `tenantSync` and "
        "`applicationSync` are sent by the Seller Center and by `mock-sites conform` only."
    ),
    (
        "**Ids.** `appId` and `clientId` belong to the login address, not to an enterprise: all enterprises, and "
        "all products with the same login address, have the same ones. Keep an application by `tenantId` and "
        "`appId`, and with flag 0 remove only that of the `tenantId`. Another login address is another "
        "application: enterprises that were set up before have the earlier one until `applicationSync` is sent "
        "again (Seller Center, Application access debugging)."
    ),
    (
        "**Unknown or repeated.** `releaseInstance` of an unknown instance is answered with `000003` or `000000`, "
        "all other operations of an unknown instance with `000003`. In the kit, flag 0 of what is not there, and "
        "flag 1 of what is there already, succeed (`000000`)."
    ),
    (
        "**Debug calls.** `testFlag` is `1` in debug calls. Real calls of the production interface leave it out "
        "unless the product's settings say otherwise. A debug call creates nothing that is billed; keep its "
        "instance apart, as further debug calls name it."
    ),
    (
        "**Keys.** In the Seller Center each product has a key for each class of interfaces. Calls of the kit do "
        "not name the product, so give products that share a production address the same keys; `serve --seller` "
        "does."
    ),
    (
        "**Lengths.** Characters are those of the plain value. An encrypted one is longer: a `clientSecret` has "
        "512 characters for a key of 3,072 bits."
    ),
    (
        "**Settings.** `serve --seller-login` is the address where members log in: without it they come to the "
        "mock's own Guance. `serve --seller-public-key` is the key with which client secrets are encrypted: "
        "without it that of the mock is used, and your service cannot decrypt them. Both are in the product's "
        "settings in the Seller Center too."
    ),
)
"""What the tables do not say. Each is what the marketplace of this project does (docs/decisions)."""


def _practice() -> Iterator[str]:
    yield ""
    yield "## When a service is called, and what it keeps"
    yield ""
    for text in _PRACTICE:
        yield from wrap(f"- {text}", 118, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def _operations() -> Iterator[str]:
    for version, every in OPERATIONS.items():
        yield ""
        yield f"## Operations of {version.upper()}.0"
        for one in every:
            yield from _operation(version, one)


def _operation(version: str, operation: Operation) -> Iterator[str]:
    since = f" Since {operation.since:%d %B %Y}." if operation.since else ""
    yield ""
    yield f"### `{operation.name}` ({operation.interface})"
    yield ""
    yield f"{operation.title}.{since} {_link(operation.source)}"
    if operation.interface is Interface.KIT:
        yield f"It is a POST to `{addresses.of_kit('…', version, operation.name)}`, after the production address."
    yield ""
    head = ("Parameter", "Mandatory", "Type", "Characters", "About")
    yield from table(head, (*_everywhere(version, operation), *map(_parameter, operation.parameters)))
    for parameter in operation.parameters:
        if parameter.nested:
            yield ""
            text = ", which is sent as a text that contains JSON," if version == "v1" else ""
            yield f"Each object in the list `{parameter.name}`{text} has:"
            yield ""
            yield from table(head, map(_nested, parameter.nested))


def _everywhere(version: str, operation: Operation) -> Iterator[tuple[str, ...]]:
    """What every call of the interface has."""
    if operation.interface is Interface.KIT:
        yield f"`{signing_v1.TIMESTAMP}`", "yes", "text", "20", "Beijing time, as `yyyyMMddHHmmssSSS`."
        return
    yield f"`{names.ACTIVITY}`", "yes", "text", "20", f"`{operation.name}`"
    if version == "v1":
        yield f"`{signing_v1.TIMESTAMP}`", "yes", "text", "20", "UTC, as `yyyyMMddHHmmssSSS`."
        yield f"`{signing_v1.TOKEN}`", "yes", "text", "50", "The signature."


def _nested(one: NestedField) -> tuple[str, ...]:
    name = f"`{one.name}` in `{one.within}`" if one.within else f"`{one.name}`"
    return name, "yes" if one.mandatory else "", one.kind, str(one.longest or ""), one.about


def _parameter(one: Parameter) -> tuple[str, ...]:
    until = f"Not sent to products listed since {one.until:%d %B %Y}." if one.until else ""
    about = one.about or until
    return f"`{one.name}`", "yes" if one.mandatory else "", one.kind, str(one.longest), about


def _codes() -> Iterator[str]:
    yield ""
    yield "## Result codes"
    yield ""
    yield _link(sources.RESULT_CODES)
    yield ""
    yield from table(("Code", "Meaning"), ((f"`{code}`", text) for code, text in codes.EXPLANATIONS.items()))


def _answers() -> Iterator[str]:
    yield ""
    yield "## Answers"
    yield from signing_reference.answers()
    limits = {"instanceId": answers.LONGEST_ID, "resultMsg": answers.LONGEST_MESSAGE, **answers.LONGEST}
    yield from table(("Member", "Characters"), ((f"`{name}`", str(longest)) for name, longest in limits.items()))


def _retries() -> Iterator[str]:
    yield ""
    yield "## Retries of a call that fails"
    yield ""
    rows = [(f"`{name}`", policy) for name, policy in retries.POLICIES.items()]
    rows.append(("an instance that is being made", retries.POLLING))
    lines = ((name, str(one.tries), str(one.pause), _link(one.source) if one.source else "") for name, one in rows)
    yield from table(("Operation", "Tries", "Seconds between two", "Source"), lines)
    yield ""
    yield "Everything else is tried once. A product with more than"
    yield f"{retries.TOLERATED_FAILURES} failed orders in a month is delisted ({_link(sources.FAILURES)})."


def _usage_push() -> Iterator[str]:
    yield ""
    yield "## Usage push"
    yield ""
    yield "A seller of an on-demand product reports what its buyers used, by a POST with a JSON body to"
    yield f"`{agreement.USAGE_PUSH}` (older: `{usage_push.OLDER_PATH}`)."
    yield f"Sources: {_link(sources.USAGE_PUSH)}, {_link(sources.USAGE_PUSH_OLDER)}, {_link(sources.USAGE_PUSH_CODES)}"
    yield ""
    headers = ", ".join(f"`{name}` (up to {longest})" for name, longest in usage_push.LONGEST_HEADER.items())
    text = usage_push.string_to_sign("{ts}", "{nonce}", b"{body}").decode()
    yield f"- Headers: {headers}. `{usage_push.TIMESTAMP}` is in milliseconds."
    yield f"- `{usage_push.SIGNATURE}` is Base64 of HMAC-SHA256 with the seller's key over `{text}`."
    yield "  The body is signed as it is sent, or as compact JSON with its names sorted, at the top or at every depth."
    yield "  `Authorization` with an AK/SK signature, as in the [order query](#order-query), is accepted in its place."
    yield "  It is made in the same way, with the method POST, an empty query and the hash of the body."
    yield f"- The body has `{usage_push.RECORDS}`: 1 to {usage_push.MOST_RECORDS:,} records. Times are the world's"
    yield "  or real ones, in UTC, as `yyyyMMdd'T'HHmmss'Z'`. A usage value is above 0 and has at most"
    yield f"  {usage_push.MOST_DECIMALS} decimals."
    yield ""
    yield from table(
        ("Member", "Mandatory", "Mandatory (older)", "Characters"),
        (
            (
                f"`{name}`",
                "yes" if name in {*usage_push.MANDATORY, usage_push.METERING_SN} else "",
                "yes" if name in usage_push.MANDATORY_OLDER else "",
                str(longest),
            )
            for name, longest in usage_push.LONGEST.items()
        ),
    )
    yield ""
    yield f"A package's quota is used before anything is charged ({_link(sources.PACKAGES)})."
    yield f"`{usage_push.INSTANCE_ID}` is always the on-demand instance; `{usage_push.PACKAGE}` names the package"
    yield "to deduct from. It is mandatory for a buyer with a package that stops when it is used up"
    yield f"({_link(sources.STOPPING_PACKAGES)}): without it the answer is `{usage_push.MISSING}`."
    yield "Offer packages in the Seller Center: Production Address Management, the product, Packages."
    yield ""
    yield "The answer only says whether the push has the right form:"
    yield ""
    answered = ((f"`{code}`", str(status), text) for code, (status, text) in usage_push.ANSWERS.items())
    yield from table((f"`{usage_push.ERROR_CODE}`", "HTTP status", f"`{usage_push.ERROR_MSG}`"), answered)
    yield ""
    unexplained = " and ".join(f"`{code}`" for code in usage_push.WITHOUT_MEANING)
    yield f"The documents also list {unexplained}, without saying when they are given. This mock never gives them."
    yield ""
    yield "A job validates the records a minute later. Refused ones are in the Seller Center, with these codes:"
    yield ""
    yield from table(("Code", "Meaning"), ((f"`{code}`", text) for code, text in usage_push.RECORD_CODES.items()))


def _debugging() -> Iterator[str]:
    yield ""
    yield "## Messages of the debugging page"
    yield ""
    yield f"The page waits {debugging.LIMIT:g} seconds for an answer. {_link(sources.DEBUGGING)}"
    yield ""
    messages = (value for name, value in vars(debugging).items() if name.isupper() and isinstance(value, str))
    yield from table(("Message",), ((f"`{message}`",) for message in messages))


def _mistakes() -> Iterator[str]:
    yield ""
    yield "## Usual mistakes"
    yield ""
    yield "What the conformance run and the Seller Center name, and how each is found. The sentences are in"
    yield "`mock_sites/huawei/mistakes`, in both languages."
    for found_by in FoundBy:
        yield ""
        yield f"{found_by.value.capitalize()}:"
        yield ""
        found = (one for one in MISTAKES.values() if one.found_by is found_by)
        yield from table(("Mistake", "Cure"), ((f"`{one.name}`", one.cure) for one in found))


def _link(source: str) -> str:
    return f"[source]({source})"


if __name__ == "__main__":
    FILE.write_text(reference(), "utf-8")
