"""The parameters of a call by hand: how they are prefilled, checked and sent."""

import json
import re
from collections.abc import Mapping
from string import Template
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from mock_sites.huawei.domain.states import CallVerdict
from mock_sites.huawei.domain.tables import Order, Product, Resource, SellerCall
from mock_sites.huawei.protocol import moments, signing, signing_v1
from mock_sites.huawei.protocol.activities import Activity
from mock_sites.huawei.protocol.names import ACTIVITY, CLIENT_SECRET, INSTANCE_ID
from mock_sites.huawei.protocol.parameters import Operation, Parameter, ValueType
from mock_sites.huawei.seller_gateway import envelope, kit, operations, terms
from mock_sites.huawei.seller_gateway.log import MASK
from mock_sites.huawei.seller_gateway.sellers import Agreed
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.foreign_text import read_json
from mock_sites.world.shared_tables import JsonObject
from mock_sites.world.transport import Call
from mock_sites.world.unit_of_work import UnitOfWork

DEBUG_DAYS: Final = 30
"""How far in the future the prefilled end of an instance is."""

_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")
_STAMPED: Final = (
    ACTIVITY,
    signing_v1.TIMESTAMP,
    signing_v1.TOKEN,
    signing.SIGNATURE,
    signing.TIMESTAMP,
    signing.NONCE,
)
"""The parameters that signing adds."""

_IN_JSON: Final[Mapping[ValueType, type]] = {ValueType.LIST: list, ValueType.OBJECT: dict}
_NO_JSON: Final = {ValueType.LIST: N_("Fill in a list in JSON."), ValueType.OBJECT: N_("Fill in an object in JSON.")}


def prefilled(uow: UnitOfWork, agreed: Agreed, operation: Operation) -> dict[str, str]:
    """Values for debugging, by parameter. Reading them changes nothing."""
    product = uow.session.get_one(Product, agreed.content_id)
    now = envelope.moment(uow, agreed)
    last = uow.session.scalar(select(SellerCall.number).order_by(SellerCall.number.desc()).limit(1)) or 0
    values = {
        "instance": _newest_instance(uow, agreed.content_id),
        "business": uow.world.seed.random_text(f"seller-center/business/{last}", 32),
        "customer": "0" * 31 + "1",
        "product": product.product_id,
        "sku": product.sku_code,
        "product_info": json.dumps(terms.product_info(product.product_id, product.sku_code, product.title)),
        "expires": moments.to_the_second(uow.later(DEBUG_DAYS * 86400)),
        "beijing": moments.in_the_kit(now),
        "tenant": "debug-tenant",
        "app": agreed.client.app_id,
        "client": agreed.client.client_id,
        "auth_centre": agreed.auth_centre,
    }
    return {one.name: Template(one.example).substitute(values) for one in operation.parameters}


def _newest_instance(uow: UnitOfWork, content_id: str) -> str:
    """The latest instance of the seller, for a buyer or for debugging. It is no package's."""
    about = aliased(Order)
    calls = select(SellerCall).filter_by(
        content_id=content_id, activity=Activity.NEW_INSTANCE, verdict=CallVerdict.ACCEPTED
    )
    calls = calls.outerjoin(about, about.id == func.json_extract(SellerCall.asked, "$.order"))
    calls = calls.where(about.package_id.is_(None)).order_by(SellerCall.number.desc())
    call = uow.session.scalars(calls.limit(1)).first()
    if call is not None:
        return str(read_json(call.answer_body)[INSTANCE_ID])
    bought = (
        select(Resource.instance_id).join(Order).where(Order.content_id == content_id, Resource.package_id.is_(None))
    )
    return uow.session.scalars(bought.order_by(Resource.created_at.desc()).limit(1)).first() or ""


def sent(call: SellerCall | Call) -> JsonObject:
    """The parameters of a call, without those that signing adds."""
    if call.method == "GET":
        carried: JsonObject = dict(parse_qsl(urlsplit(call.url).query, keep_blank_values=True))
    else:
        carried = read_json(call.body)
    return {name: value for name, value in carried.items() if name not in _STAMPED}


def editable(operation: Operation, carried: JsonObject) -> dict[str, str]:
    """The parameters of a call, for editing. An encrypted one is masked, and stays unchanged unless it is
    overwritten.
    """
    return {
        one.name: MASK if one.kind is ValueType.SECRET else _text(carried[one.name])
        for one in operation.parameters
        if one.name in carried
    }


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def check(operation: Operation, given: Mapping[str, str]) -> None:
    """Check that the parameters can be sent.

    Raises:
        Refusal: one is unknown, missing, too long, or not of its type.
    """
    for name in given:
        if operation.parameter(name) is None:
            raise Refusal(N_("{operation} has no parameter called {name}."), operation=operation.name, name=name)
    for one in operation.parameters:
        _check(one, given.get(one.name, ""))


def _check(parameter: Parameter, value: str) -> None:
    name = parameter.name
    if not value:
        if parameter.mandatory:
            raise Refusal(N_("{name} is mandatory."), field=name, name=name)
        return
    if len(value) > parameter.longest:
        raise Refusal(N_("At most {longest} characters."), field=name, longest=parameter.longest)
    if parameter.kind is ValueType.NUMBER and not _NUMBER.fullmatch(value):
        raise Refusal(N_("Fill in a whole number."), field=name)
    if parameter.kind in _IN_JSON and not isinstance(_read(value), _IN_JSON[parameter.kind]):
        raise Refusal(_NO_JSON[parameter.kind], field=name)


def _read(value: str) -> Any:
    """A text parsed as JSON. None if it is not JSON."""
    try:
        return read_json(value)
    except ValueError:
        return None


def fields_of(
    uow: UnitOfWork, agreed: Agreed, operation: Operation, given: Mapping[str, str], before: JsonObject
) -> JsonObject:
    """The parameters as they are sent, in the format of the protocol.

    ``before`` has the parameters of an edited call: those that are not documented, or still masked, are sent unchanged.
    """
    fields = {name: value for name, value in before.items() if operation.parameter(name) is None}
    for one in operation.parameters:
        value = given.get(one.name, "")
        if one.kind is ValueType.SECRET and value == MASK and one.name in before:
            fields[one.name] = before[one.name]
        elif one.name == CLIENT_SECRET:
            fields[one.name] = _client_secret(uow, agreed, value or agreed.client.client_secret)
        elif value or one.may_be_empty:
            fields[one.name] = _in_form(uow, agreed, one, value)
    return fields


def _client_secret(uow: UnitOfWork, agreed: Agreed, secret: str) -> str:
    try:
        return kit.encrypted_secret(uow, agreed, secret)
    except ValueError as error:
        raise Refusal(N_("This is too long to be encrypted with the seller's key."), field=CLIENT_SECRET) from error


def _in_form(uow: UnitOfWork, agreed: Agreed, parameter: Parameter, value: str) -> Any:
    if parameter.kind is ValueType.SECRET:
        return operations.encrypted(uow, agreed, value)
    if parameter.kind is ValueType.NUMBER:
        return int(value)
    if parameter.kind in _IN_JSON:
        return read_json(value)
    return value
