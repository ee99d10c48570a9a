"""The production address: every call is authenticated, checked to be new, executed and answered (spec huawei 2 and
4.1).
"""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Request, Response, abort, request

from mock_sites.guance.production_api import answers, envelope, kit, nonces, operations
from mock_sites.guance.production_api.answers import NOT_AUTHENTICATED, Fault
from mock_sites.guance.production_api.changes import Operation, PreparedChange
from mock_sites.guance.production_api.envelope import ProductionCall
from mock_sites.web.context import uow, world
from mock_sites.web.machines import refuse_pages_elsewhere
from mock_sites.web.site import csrf
from mock_sites.world.agreement import seller_keys
from mock_sites.world.shared_tables import JsonObject

Open = Callable[[Request, str, datetime], ProductionCall]

blueprint = Blueprint("production_api", __name__, url_prefix="/huaweicloud")
csrf.exempt(blueprint)
blueprint.before_request(refuse_pages_elsewhere)


@blueprint.get("")
def base_v1() -> Response:
    """The base interface, V1.0. ``activity`` names the operation. Every answer is signed."""
    return _answer(envelope.base_v1, operations.of, signed=True)


@blueprint.post("")
def base_v2() -> Response:
    """The base interface, V2.0. ``activity`` names the operation."""
    return _answer(envelope.base_v2, operations.of)


@blueprint.post("/produceAPI/<interface>")
def kit_v1(interface: str) -> Response:
    """The joint-operation kit, V1.0. Every answer is signed."""
    return _answer(envelope.kit_v1, _interface(interface), signed=True)


@blueprint.post("/produceAPI/v2/<interface>")
def kit_v2(interface: str) -> Response:
    """The joint-operation kit, V2.0."""
    return _answer(envelope.kit_v2, _interface(interface))


def _interface(name: str) -> Operation:
    return kit.INTERFACES.get(name) or abort(404)


def _answer(open_envelope: Open, read: Operation, *, signed: bool = False) -> Response:
    keys = seller_keys(world().seed)
    key = keys.kit_key if open_envelope is envelope.kit_v2 else keys.access_key
    try:
        call = open_envelope(request, key, world().clock.now())
        details = answers.success(_carry_out(call, read(call)))
    except Fault as fault:
        details = answers.no(fault)
    return answers.answer(details, sign_with=key if signed else "")


def _carry_out(call: ProductionCall, change: PreparedChange) -> JsonObject:
    """Make the change, if this call was not made before. The call cannot be repeated, even if it fails now.

    Raises:
        Fault: it was made before, or it cannot be executed.
    """
    if not nonces.use_up(uow(write=True), call.fingerprint):
        raise Fault(NOT_AUTHENTICATED, "this call was made before")
    return change.rehearsed if call.is_test else change.make(uow())
