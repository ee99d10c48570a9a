"""The usage push: a seller reports what buyers of its on-demand products have used (spec huawei 2.6b).

Only the form of a push is checked here. Its records are validated later, by a job.
"""

import hmac
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from flask import Blueprint, Response, jsonify, request
from werkzeug.datastructures import Headers

from mock_sites.huawei.domain import catalogue, usage_records
from mock_sites.huawei.domain.tables import UsageRecord
from mock_sites.huawei.mistakes import usage_push as mistakes
from mock_sites.huawei.mistakes.catalogue import cure
from mock_sites.huawei.mistakes.scheme import UNLIKE
from mock_sites.huawei.protocol import signing, usage_push
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_gateway import access_keys, sellers
from mock_sites.web.context import uow
from mock_sites.web.machines import refuse_pages_elsewhere
from mock_sites.web.site import csrf
from mock_sites.world.foreign_text import HalfCharacterError, read_whole_json
from mock_sites.world.unit_of_work import UnitOfWork

blueprint = Blueprint("usage_push", __name__)
csrf.exempt(blueprint)
blueprint.before_request(refuse_pages_elsewhere)

EXPLANATIONS: Final[Mapping[str, str]] = {
    usage_push.MISSING: "{name} is missing.",
    usage_push.WRONG_VALUE: "{name} is too long, or not a text.",
    usage_push.NO_RECORDS: "{name} is empty.",
    usage_push.NO_OBJECTS: "{name} is not a list of objects.",
    usage_push.TOO_MANY: "{name} has more than 1,000 records. Send them in several pushes.",
}


_LONGEST_TEXT: Final = max(usage_push.LONGEST.values())
"""A longer member is refused here. Times and values that are too long for themselves are left to the job."""


class PushError(Exception):
    """A push is refused with ``code``. ``diagnosis`` says what is wrong; the real interface does not."""

    def __init__(self, code: str, diagnosis: str) -> None:
        """Refuse for ``diagnosis``."""
        super().__init__(diagnosis)
        self.code, self.diagnosis = code, diagnosis


@blueprint.post(usage_push.PATH)
def push() -> tuple[Response, int]:
    """Store the records of a push that has the right form."""
    return _answer(older=False)


@blueprint.post(usage_push.OLDER_PATH)
def push_older() -> tuple[Response, int]:
    """The older address. Its records have a ``product_id`` and no ``metering_sn``."""
    return _answer(older=True)


def _answer(*, older: bool) -> tuple[Response, int]:
    try:
        sold = _authenticate(uow())
        given = read_records(request.get_data(), older=older)
        records = usage_records.read(uow(), given, sold, older=older)
        _check(uow(), records, sold)
    except PushError as error:
        status, message = usage_push.ANSWERS[error.code]
        return jsonify(error_code=error.code, error_msg=message, diagnosis=error.diagnosis), status
    usage_records.receive(uow(), records)
    status, message = usage_push.ANSWERS[usage_push.ACCEPTED]
    return jsonify(error_code=usage_push.ACCEPTED, error_msg=message), status


def _authenticate(uow: UnitOfWork) -> set[str]:
    """The products of the seller who signed this push, by its key or (Authorization) by AK and SK."""
    products = {product.content_id for product in catalogue.all_products(uow)}
    if "Authorization" in request.headers and usage_push.SIGNATURE not in request.headers:
        if complaint := access_keys.complaint():
            raise PushError(usage_push.NOT_AUTHENTICATED, complaint)
        return products
    given = read_headers(request.headers)
    agreed = [sellers.agreed(uow, content_id) for content_id in products]
    keys = {one.content_id: one.keys[Interface.PRODUCTION] for one in agreed}
    signed_with = {key for key in set(keys.values()) if is_signed(key, given, request.get_data())}
    if not signed_with:
        former = {one.former_keys[Interface.PRODUCTION] for one in agreed}
        if any(key and is_signed(key, given, request.get_data()) for key in former):
            raise PushError(usage_push.WRONG_SIGNATURE, f"{_WRONG} {cure('key-former')}")
        others = {sellers.access_key(uow.world).secret_access_key, *(one.keys[Interface.KIT] for one in agreed)}
        raise PushError(
            usage_push.WRONG_SIGNATURE, _explained(given, request.get_data(), set(keys.values()), sorted(others))
        )
    return {content_id for content_id, key in keys.items() if key in signed_with}


def _check(uow: UnitOfWork, records: list[UsageRecord], sold: set[str]) -> None:
    wrong = usage_records.lacking_package(uow, records) or usage_records.refused_at_once(uow, records, sold)
    if wrong:
        raise PushError(wrong.code, f"{_place(wrong.position)}: {wrong.reason}")


def _explained(given: Mapping[str, str], body: bytes, keys: set[str], others: Iterable[str]) -> str:
    """The usual mistakes with which one of ``keys`` made the signature, in sentences."""
    found = [mistakes.explain(given, body, key=key, other_keys=others) for key in sorted(keys)]
    named = min(found, key=lambda names: (names == (UNLIKE,), len(names)))
    return " ".join((_WRONG, *map(cure, named)))


_WRONG: Final = (
    "The signature does not match. It is Base64 of HMAC-SHA256 with the key of the seller, over"
    " ts={ts}&nonce={nonce}&body={body}, where body is the body as it was sent, or with its names sorted."
)


def read_headers(headers: Headers) -> dict[str, str]:
    """The headers of a push: signature, time and nonce.

    Raises:
        PushError: one is missing or too long.
    """
    given = {name: headers.get(name, "") for name in usage_push.LONGEST_HEADER}
    for name, longest in usage_push.LONGEST_HEADER.items():
        if not given[name]:
            raise _error(usage_push.MISSING, name)
        if len(given[name]) > longest:
            raise _error(usage_push.WRONG_VALUE, name)
    return given


def is_signed(key: str, given: Mapping[str, str], body: bytes) -> bool:
    """Whether the headers ``given`` of a push with ``body`` are signed with ``key``."""
    ts, nonce, signature = (given[name] for name in (usage_push.TIMESTAMP, usage_push.NONCE, usage_push.SIGNATURE))
    right = [usage_push.sign(key, ts, nonce, text) for text in signing.payloads(body)]
    return any(hmac.compare_digest(one.encode(), signature.encode()) for one in right)


def read_records(body: bytes, *, older: bool) -> list[dict[str, str]]:
    """The records of a push as texts. A member that a record does not have is empty.

    Raises:
        PushError: the body is not JSON with a list of records, or a record lacks a mandatory member, or has one that is
            too long or not a text or number.
    """
    try:
        content = read_whole_json(body)
    except HalfCharacterError as error:
        raise _error(usage_push.WRONG_VALUE, error.details["place"]) from None
    except ValueError:
        raise _error(usage_push.WRONG_VALUE, "body") from None
    records = content.get(usage_push.RECORDS) if isinstance(content, dict) else None
    if records is None:
        raise _error(usage_push.MISSING, usage_push.RECORDS)
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in cast("list[object]", records)):
        raise _error(usage_push.NO_OBJECTS, usage_push.RECORDS)
    found = cast("list[dict[str, Any]]", records)
    if not found:
        raise _error(usage_push.NO_RECORDS, usage_push.RECORDS)
    if len(found) > usage_push.MOST_RECORDS:
        raise _error(usage_push.TOO_MANY, usage_push.RECORDS)
    return [_read_record(record, _place(position), older=older) for position, record in enumerate(found)]


def _place(position: int) -> str:
    """A record as a diagnosis names it. The first one has the position 0."""
    return f"{usage_push.RECORDS}[{position}]"


def _read_record(record: Mapping[str, Any], place: str, *, older: bool) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name in usage_push.LONGEST:
        value = record.get(name)
        text = "" if value is None else str(value)
        if len(text) > _LONGEST_TEXT or isinstance(value, (bool, list, dict)):
            raise _error(usage_push.WRONG_VALUE, f"{place}.{name}")
        texts[name] = text
    for name in usage_push.MANDATORY_OLDER if older else usage_push.MANDATORY:
        if not texts[name]:
            raise _error(usage_push.MISSING, f"{place}.{name}")
    return texts


def _error(code: str, name: str) -> PushError:
    return PushError(code, EXPLANATIONS[code].format(name=name))
