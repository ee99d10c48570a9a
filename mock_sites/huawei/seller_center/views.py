"""The Seller Center's pages about calls: the list, one call, and a call by hand."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.domain.states import CallVerdict
from mock_sites.huawei.domain.tables import Product, SellerCall
from mock_sites.huawei.mistakes.catalogue import cure
from mock_sites.huawei.protocol import operations
from mock_sites.huawei.protocol.debugging import SAVED
from mock_sites.huawei.seller_center import (
    calls,
    cases,
    comparing,
    debugging,
    drafting,
    explaining,
    presenting,
    sending,
)
from mock_sites.huawei.seller_center.forms import ParametersForm, SignatureForm
from mock_sites.huawei.seller_gateway import log, sellers
from mock_sites.web.context import commit, discard, uow, world
from mock_sites.web.forms import Result, form_page, refusal_text, submit
from mock_sites.web.language import translate_for_page
from mock_sites.web.messages import alert, notice
from mock_sites.web.paging import page_of
from mock_sites.world.errors import Refusal

blueprint = Blueprint("seller", __name__)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """The calls to sellers, the latest first."""
    chosen = {name: request.args.get(name, "") for name in ("product", "operation", "verdict")}
    wanted = calls.Wanted(**chosen)
    return render_template(
        "seller_center/calls.html",
        page=page_of(uow(), calls.find(wanted)),
        wanted=wanted,
        narrowed={name: value for name, value in chosen.items() if value},
        products=products(),
        operations=calls.operations_called(uow()),
        verdicts=CallVerdict,
        explained=explained,
    )


@blueprint.route("/calls/<int:number>", methods=["GET", "POST"])
def show(number: int) -> ResponseReturnValue:
    """One call: what was sent and signed, the answer, and the marketplace's verdict.

    If the form has a signature, it is compared with the call's own.
    """
    call, form = the_call(number), SignatureForm()
    found = submit(form, lambda: comparing.compare(uow(), call, form.signature.data or ""))
    discard()
    return form_page(
        "seller_center/call.html",
        form,
        call=call,
        product=uow().session.get_one(Product, call.content_id),
        shown=presenting.show(uow(), call, translate_for_page),
        unexplained=explaining.is_unexplained(uow(), call),
        editable=operations.find(call.protocol, call.activity) is not None,
        compared=found is not None,
        advice=[cure(mistake, translate_for_page) for mistake in found or []],
    )


@blueprint.post("/calls/<int:number>/resend")
def resend(number: int) -> ResponseReturnValue:
    """Send a call again, with a new signature."""
    sent = or_404(lambda: sending.again(world(), number))
    notice(_("The call was sent again."))
    return redirect(url_for(".show", number=sent))


@blueprint.post("/calls/<int:number>/explain")
def explain(number: int) -> ResponseReturnValue:
    """Find out why the seller refused a call."""
    try:
        found = or_404(lambda: explaining.explain(world(), number))
    except Refusal as refusal:
        alert(refusal_text(refusal))
    else:
        if found:
            notice(_("The mistake was found."))
        else:
            alert(_("None of the usual mistakes explains the refusal."))
    return redirect(url_for(".show", number=number))


@blueprint.post("/calls/<int:number>/save")
def save(number: int) -> ResponseReturnValue:
    """Save a call as a case."""
    try:
        or_404(lambda: cases.save(uow(), number))
    except Refusal as refusal:
        alert(refusal_text(refusal))
    else:
        notice(_("The call was saved as a case."))
    return redirect(url_for(".show", number=number))


@blueprint.get("/send")
def choose() -> ResponseReturnValue:
    """Choose a product, and one of the operations of its seller's protocol."""
    there_are = products()
    agreed = {one.content_id: sellers.agreed(uow(), one.content_id) for one in there_are}
    return render_template(
        "seller_center/choose.html", products=there_are, agreed=agreed, operations=operations.OPERATIONS
    )


@blueprint.route("/send/<content_id>/<name>", methods=["GET", "POST"])
def send(content_id: str, name: str) -> ResponseReturnValue:
    """The parameters of an operation, filled with values for debugging. Sending the form makes the call."""
    with world().uow("huawei") as reading:
        product = reading.session.get(Product, content_id) or abort(404)
        agreed = sellers.agreed(reading, content_id)
        operation = operations.find(agreed.protocol, name) or abort(404)
        values = drafting.prefilled(reading, agreed, operation)
    form = ParametersForm(operation, values)
    page: dict[str, Any] = {"product": product, "operation": operation, "agreed": agreed, "protocol": agreed.protocol}
    if _then() == "show":
        call = submit(form, lambda: sending.signed_now(uow(), content_id, name, form.typed()))
        commit()
        return form_page("seller_center/send.html", form, command=sending.command(call) if call else "", **page)
    sent = submit(form, lambda: sending.by_hand(world(), content_id, name, form.typed()))
    return _sent(sent) if sent else form_page("seller_center/send.html", form, **page)


@blueprint.route("/calls/<int:number>/edit", methods=["GET", "POST"])
def edit(number: int) -> ResponseReturnValue:
    """The parameters of an earlier call, to change and send again."""
    with world().uow("huawei") as reading:
        call = or_404(lambda: sending.find_call(reading, number))
        operation = operations.find(call.protocol, call.activity) or abort(404)
        product = reading.session.get_one(Product, call.content_id)
        agreed = sellers.agreed(reading, call.content_id)
        values = drafting.editable(operation, drafting.sent(call))
    form = ParametersForm(operation, values)
    page: dict[str, Any] = {"product": product, "operation": operation, "agreed": agreed, "protocol": call.protocol}
    sent = submit(form, lambda: sending.again(world(), number, form.typed()))
    return _sent(sent) if sent else form_page("seller_center/send.html", form, call=call, **page)


def _then() -> str:
    """What the form asks for: the call is shown, or sent, or sent and saved as a case."""
    return request.form.get("then", "")


def _sent(number: int) -> ResponseReturnValue:
    """The page of a call that was sent. If it was to be a case and was answered rightly, it is saved."""
    if _then() == "save":
        call = the_call(number)
        said = debugging.message(call)
        if call.verdict in {CallVerdict.ACCEPTED, CallVerdict.PROCESSING} and said in {"", SAVED}:
            cases.save(uow(), number)
            notice(_("The call was saved as a case."))
        else:
            alert(explained(call))
    return redirect(url_for(".show", number=number))


def explained(call: SellerCall) -> str:
    """The marketplace's verdict on an answer, in the language of the page."""
    return log.explained(call, translate_for_page)


def products() -> list[Product]:
    """All products."""
    return catalogue.all_products(uow())


def the_call(number: int) -> SellerCall:
    """The call with this number. Else a 404."""
    return or_404(lambda: sending.find_call(uow(), number))


def or_404(verb: Callable[[], Result]) -> Result:
    """The result of ``verb``. A 404 if something does not exist."""
    try:
        return verb()
    except sending.UnknownItemError:
        abort(404)
