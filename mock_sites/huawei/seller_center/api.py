"""The Seller Center's REST API, with its OpenAPI document at ``/api/openapi.json``. It has everything that the pages
show and do.
"""

from functools import partial
from typing import Any

from apiflask import APIBlueprint, APIFlask
from flask.typing import ResponseReturnValue
from flask_babel import Babel

from mock_sites.huawei.domain import catalogue, supervision
from mock_sites.huawei.mistakes.catalogue import cure
from mock_sites.huawei.seller_center import (
    api_answers,
    calls,
    cases,
    comparing,
    drafting,
    explaining,
    keys,
    messages,
    packages_api,
    presenting,
    probes,
    schemas,
    sending,
    settings_schemas,
    usage,
)
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.web.context import world
from mock_sites.web.json_api import create_api, problem
from mock_sites.web.paging import page_at
from mock_sites.world.unit_of_work import UnitOfWork

blueprint = APIBlueprint("seller_api", __name__, url_prefix="/api", tag="Seller Center")


def create_app() -> APIFlask:
    """The API."""
    app = create_api(
        "huawei.seller_center.api",
        title="Mock sites: Seller Center",
        description="Calls to the sellers of one world. Moments are ISO 8601 in UTC; secrets in calls are masked.",
        not_found="No such call, product or operation",
        blueprints=[blueprint, packages_api.blueprint],
    )
    Babel(app)  # the form of a package is used, whose messages pass through it; they stay English
    app.register_error_handler(sending.UnknownItemError, _show_unknown)
    return app


# ---------------------------------------------------------------------- calls


@blueprint.get("/calls")
@blueprint.input(schemas.CallQuery, location="query")
@blueprint.output(schemas.CallList)
def call_list(query_data: schemas.CallQuery) -> dict[str, Any]:
    """A page of the calls, latest first."""
    wanted = calls.Wanted(product=query_data.product, operation=query_data.operation, verdict=query_data.verdict)
    with _reading() as uow:
        page = page_at(uow, calls.find(wanted), query_data.page)
        return page.with_rows(api_answers.line).as_json("calls")


@blueprint.post("/calls")
@blueprint.input(schemas.SendCall)
@blueprint.output(schemas.Call, status_code=201)
@blueprint.doc(responses={404: "No such product or operation"})
def send_call(json_data: schemas.SendCall) -> dict[str, Any]:
    """Send a call by hand."""
    given = json_data.parameters
    if given is None:
        with _reading() as uow:
            agreed = sellers.agreed(uow, sending.find_product(uow, json_data.product).content_id)
            given = drafting.prefilled(uow, agreed, api_answers.find_operation(agreed.protocol, json_data.operation))
    number = sending.by_hand(world(), json_data.product, json_data.operation, given)
    return _read(number)


@blueprint.get("/calls/<int:number>")
@blueprint.output(schemas.Call)
def call(number: int) -> dict[str, Any]:
    """A call and its answer."""
    return _read(number)


@blueprint.post("/calls/<int:number>/resend")
@blueprint.input(schemas.ResendCall)
@blueprint.output(schemas.Call, status_code=201)
def resend_call(number: int, json_data: schemas.ResendCall) -> dict[str, Any]:
    """Send a call again with a new signature. Parameters in the request replace those of the call."""
    return _read(sending.again(world(), number, json_data.parameters))


@blueprint.post("/calls/<int:number>/diagnosis")
@blueprint.input(schemas.Signature)
@blueprint.output(schemas.Diagnosis)
def diagnose_signature(number: int, json_data: schemas.Signature) -> dict[str, Any]:
    """Compare a signature that a seller computed for a call with the call's own."""
    with _reading() as uow:
        found = comparing.compare(uow, sending.find_call(uow, number), json_data.signature)
    return {"same": not found, "mistakes": found, "advice": [cure(mistake) for mistake in found]}


@blueprint.post("/calls/<int:number>/explanation")
@blueprint.output(schemas.Explanation)
@blueprint.doc(responses={422: "The seller did not refuse it, one of the calls got no answer, or they took too long"})
def explain_call(number: int) -> dict[str, Any]:
    """Find out why the seller refused a call: it is made again with one usual mistake after the other."""
    found = explaining.explain(world(), number)
    with _reading() as uow:
        shown = presenting.show(uow, sending.find_call(uow, number), str)
    return {"mistakes": found, "advice": shown.advice if found else []}


# ---------------------------------------------------------------------- cases


@blueprint.get("/cases")
@blueprint.output(schemas.CaseList)
def case_list() -> dict[str, Any]:
    """The saved cases, and the results of their last replay."""
    with _reading() as uow:
        return {"cases": [api_answers.case(one) for one in cases.cases(uow)]}


@blueprint.put("/cases/<int:number>")
@blueprint.output(schemas.Call)
@blueprint.doc(responses={422: "There are enough cases"})
def save_case(number: int) -> dict[str, Any]:
    """Save a call as a case."""
    with world().uow("huawei", write=True) as uow:
        cases.save(uow, number)
    return _read(number)


@blueprint.delete("/cases/<int:number>")
@blueprint.output({}, status_code=204)
def delete_case(number: int) -> str:
    """Remove a case."""
    with world().uow("huawei", write=True) as uow:
        cases.delete(uow, number)
    return ""


@blueprint.post("/cases/replay")
@blueprint.output(schemas.Replay)
def replay_cases() -> dict[str, Any]:
    """Send every case twice and compare the answers, within half a minute. A seller that does not answer is not called
    again.
    """
    done = cases.replay(world())
    return {"cases": [api_answers.case(one) for one in done.cases], "left_out": done.left_out}


# ---------------------------------------------------------------------- operations, messages, settings


@blueprint.get("/operations")
@blueprint.input(schemas.OperationQuery, location="query")
@blueprint.output(schemas.OperationList)
@blueprint.doc(responses={404: "No such product"})
def operations(query_data: schemas.OperationQuery) -> dict[str, Any]:
    """The operations of a product's protocol, with their parameters and how often each was called."""
    with _reading() as uow:
        agreed = sellers.agreed(uow, sending.find_product(uow, query_data.product).content_id)
        answer = [api_answers.covered(uow, agreed, one) for one in calls.coverage(uow, agreed.content_id)]
    return {"protocol": agreed.protocol, "operations": answer}


@blueprint.get("/messages")
@blueprint.input(schemas.PageQuery, location="query")
@blueprint.output(schemas.MessageList)
def message_list(query_data: schemas.PageQuery) -> dict[str, Any]:
    """A page of the production interface messages: operations that failed for good, latest first."""
    with _reading() as uow:
        page = page_at(uow, messages.messages(), query_data.page)
        return page.with_rows(partial(api_answers.message, uow)).as_json("messages")


@blueprint.post("/messages/<int:number>/restart")
@blueprint.output(schemas.Message)
@blueprint.doc(responses={422: "It is settled"})
def restart_message(number: int) -> dict[str, Any]:
    """Try an operation again, from the beginning of its retry policy."""
    with world().uow("huawei", write=True) as uow:
        return api_answers.message(uow, messages.restart(uow, number))


@blueprint.get("/usage-records")
@blueprint.input(schemas.UsageQuery, location="query")
@blueprint.output(schemas.UsageRecordList)
def usage_record_list(query_data: schemas.UsageQuery) -> dict[str, Any]:
    """A page of the usage records that sellers pushed, latest first."""
    wanted = usage.Wanted(product=query_data.product, state=query_data.state)
    with _reading() as uow:
        page = page_at(uow, usage.find(wanted), query_data.page)
        return page.with_rows(api_answers.usage_record).as_json("records")


@blueprint.get("/supervision")
@blueprint.input(schemas.PageQuery, location="query")
@blueprint.output(schemas.SupervisedOrderList)
def supervised_orders(query_data: schemas.PageQuery) -> dict[str, Any]:
    """A page of the orders under service supervision, newest first."""
    with _reading() as uow:
        page = page_at(uow, supervision.supervised(), query_data.page)
        return page.with_rows(api_answers.supervised).as_json("orders")


@blueprint.post("/supervision/<order_id>/deliver")
@blueprint.output(schemas.SupervisedOrder)
@blueprint.doc(responses={422: "The order does not wait for its delivery"})
def deliver_order(order_id: str) -> dict[str, Any]:
    """Confirm the delivery of an order under service supervision."""
    with world().uow("huawei", write=True) as uow:
        found = api_answers.find_supervised(uow, order_id)
        supervision.deliver(uow, found)
        return api_answers.supervised(found)


@blueprint.get("/sellers")
@blueprint.output(settings_schemas.SettingsList)
def seller_list() -> dict[str, Any]:
    """Every product with its seller."""
    with _reading() as uow:
        return {"sellers": [api_answers.settings(uow, one) for one in catalogue.all_products(uow)]}


@blueprint.get("/sellers/<product>")
@blueprint.output(settings_schemas.Settings)
def seller(product: str) -> dict[str, Any]:
    """How the seller of a product is called."""
    with _reading() as uow:
        return api_answers.settings(uow, sending.find_product(uow, product))


@blueprint.patch("/sellers/<product>")
@blueprint.input(settings_schemas.ChangeSettings)
@blueprint.output(settings_schemas.Settings)
def change_seller(product: str, json_data: settings_schemas.ChangeSettings) -> dict[str, Any]:
    """Change how the seller of a product is called."""
    with world().uow("huawei", write=True) as uow:
        found = sending.find_product(uow, product)
        sellers.configure(uow, product, **json_data.model_dump(exclude_none=True))
        return api_answers.settings(uow, found)


@blueprint.delete("/sellers/<product>")
@blueprint.output(settings_schemas.Settings)
def use_built_in_seller(product: str) -> dict[str, Any]:
    """Go back to the mock's own seller."""
    with world().uow("huawei", write=True) as uow:
        found = sending.find_product(uow, product)
        sellers.configure(uow, product, **sellers.DEFAULTS)
        return api_answers.settings(uow, found)


@blueprint.post("/sellers/<product>/keys/<interface>/renew")
@blueprint.output(settings_schemas.NewKey)
@blueprint.doc(responses={404: "There is no such product or class of interfaces", 422: "The built-in seller has it"})
def renew_key(product: str, interface: str) -> dict[str, Any]:
    """Make a new key for a class of interfaces of a product, production or kit. It is returned this once."""
    with world().uow("huawei", write=True) as uow:
        made = keys.renew(uow, product, interface)
        classes = [made.interface, *(one.interface for one in keys.renewed_with(uow, made))]
        return {"access_key": made.key, "product": product, "title": made.product.title, "classes": classes}


@blueprint.get("/access-key")
@blueprint.output(settings_schemas.AccessKey)
def access_key() -> dict[str, str]:
    """The access key id and secret access key of the sellers, and the addresses of the order query and usage push."""
    return vars(sellers.access_key(world()))


@blueprint.post("/sellers/<product>/relist")
@blueprint.output(settings_schemas.Settings)
@blueprint.doc(responses={422: "A saved case is answered differently, or there is none"})
def relist(product: str) -> dict[str, Any]:
    """Put a delisted product on sale again: its saved cases are sent, and must be answered as before."""
    with _reading() as uow:
        sending.find_product(uow, product)
    probes.relist(world(), product)
    with _reading() as uow:
        return api_answers.settings(uow, sending.find_product(uow, product))


# ---------------------------------------------------------------------- inside


def _show_unknown(error: sending.UnknownItemError) -> ResponseReturnValue:
    return problem(404, str(error))


def _reading() -> UnitOfWork:
    return world().uow("huawei")


def _read(number: int) -> dict[str, Any]:
    with _reading() as uow:
        return api_answers.call(uow, number)
