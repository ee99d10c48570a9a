"""The Seller Center's other pages: saved cases, production interface messages, coverage, settings."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from mock_sites.huawei.domain import sale, usage_rules
from mock_sites.huawei.domain.states import UsageState
from mock_sites.huawei.domain.tables import Product, Seller
from mock_sites.huawei.protocol import retries
from mock_sites.huawei.seller_center import calls, cases, keys, messages, probes, usage
from mock_sites.huawei.seller_center.forms import settings_form
from mock_sites.huawei.seller_center.views import explained, or_404, products
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.web.context import local, uow, world
from mock_sites.web.forms import SiteForm, form_page, reason_not_to, refusal_text, submit
from mock_sites.web.language import translate_for_page
from mock_sites.web.messages import alert, notice
from mock_sites.web.paging import page_of
from mock_sites.world.agreement import AUTH_CENTRE
from mock_sites.world.errors import Refusal
from mock_sites.world.foreign_text import filled

_RENEWED = "renewed_keys"
"""The session key for the keys that were made and are still to be shown: the digest of each, by its address."""

blueprint = Blueprint("seller_pages", __name__)


@blueprint.get("/cases")
def case_list() -> ResponseReturnValue:
    """The saved cases, and the results of their last replay."""
    return render_template("seller_center/cases.html", cases=cases.cases(uow()), described=_in_page_language)


@blueprint.post("/cases/replay")
def replay() -> ResponseReturnValue:
    """Send every case twice and compare the answers."""
    done = cases.replay(world())
    differing = sum(1 for case in done.cases if case.differences)
    if left_out := len(done.left_out):
        alert(
            ngettext(
                "%(num)d case was left out, as the seller is silent or slow. The next replay begins with it.",
                "%(num)d cases were left out, as the seller is silent or slow. The next replay begins with them.",
                left_out,
            )
        )
    if differing:
        alert(ngettext("%(num)d case is answered differently.", "%(num)d cases are answered differently.", differing))
    elif not left_out:
        notice(_("Every case was answered as before, both times."))
    return redirect(url_for(".case_list"))


@blueprint.post("/cases/<int:number>/delete")
def delete(number: int) -> ResponseReturnValue:
    """Remove a case."""
    or_404(lambda: cases.delete(uow(), number))
    notice(_("The case was deleted. The call stays in the log."))
    return redirect(url_for(".case_list"))


@blueprint.get("/messages")
def message_list() -> ResponseReturnValue:
    """Production interface messages: the operations that failed for good."""
    found = page_of(uow(), messages.messages())
    return render_template(
        "seller_center/messages.html",
        messages=found,
        why_not={
            call.number: reason_not_to(lambda call=call: messages.check_restartable(uow(), call)) for call in found
        },
        explained=explained,
    )


@blueprint.post("/messages/<int:number>/restart")
def restart(number: int) -> ResponseReturnValue:
    """Try an operation again, from the beginning of its retry policy."""
    try:
        or_404(lambda: messages.restart(uow(), number))
    except Refusal as refusal:
        alert(refusal_text(refusal))
    else:
        notice(_("It has been restarted. Refresh the calls to see whether the seller takes it."))
    return redirect(url_for(".message_list"))


@blueprint.get("/usage-records")
def usage_records() -> ResponseReturnValue:
    """The usage records of sellers, the latest first."""
    chosen = {name: request.args.get(name, "") for name in ("product", "state")}
    wanted = usage.Wanted(**chosen)
    return render_template(
        "seller_center/usage_records.html",
        page=page_of(uow(), usage.find(wanted)),
        wanted=wanted,
        narrowed={name: value for name, value in chosen.items() if value},
        products=products(),
        states=UsageState,
        explanation=usage.explanation,
        measured_at=usage.measured_at,
        number=usage_rules.number,
    )


@blueprint.get("/coverage")
def coverage() -> ResponseReturnValue:
    """The operations that have been exercised, and the number of orders that failed this month, by product."""
    rows = [(one, sellers.agreed(uow(), one.content_id), calls.coverage(uow(), one.content_id)) for one in products()]
    there_are = [product for product, _agreed, _covered in rows]
    return render_template(
        "seller_center/coverage.html",
        rows=rows,
        failed={product.content_id: calls.failed_orders(uow(), product.content_id) for product in there_are},
        failed_days={product.content_id: probes.days_failed(uow(), product.content_id) for product in there_are},
        delisted=[product for product in there_are if sale.is_delisted(uow(), product)],
        tolerated=retries.TOLERATED_FAILURES,
        tolerated_days=retries.TOLERATED_DAYS,
    )


@blueprint.post("/coverage/<content_id>/relist")
def relist(content_id: str) -> ResponseReturnValue:
    """Put a delisted product on sale again, if its saved cases are answered as before."""
    with world().uow("huawei") as reading:
        if reading.session.get(Product, content_id) is None:
            abort(404)
    try:
        probes.relist(world(), content_id)
    except Refusal as refusal:
        alert(refusal_text(refusal))
    else:
        notice(_("The product is on sale."))
    return redirect(url_for(".coverage"))


@blueprint.get("/settings")
def settings_list() -> ResponseReturnValue:
    """The seller of each product."""
    rows = [(one, sellers.agreed(uow(), one.content_id)) for one in products()]
    return render_template("seller_center/sellers.html", rows=rows)


@blueprint.route("/settings/<content_id>", methods=["GET", "POST"])
def settings(content_id: str) -> ResponseReturnValue:
    """How the seller of a product is called."""
    product = uow().session.get(Product, content_id) or abort(404)
    row = uow().session.get(Seller, content_id)
    form = settings_form(row)
    if submit(form, lambda: sellers.configure(uow(), content_id, **form.settings())):
        notice(_("The settings were saved."))
        return redirect(url_for(".settings", content_id=content_id))
    served = local(AUTH_CENTRE)
    return form_page("seller_center/settings.html", form, product=product, row=row, auth_centre=served)


@blueprint.get("/keys")
def key_list() -> ResponseReturnValue:
    """The keys of sellers, by class of interfaces, and once each key that was made here and is still used."""
    made = session.pop(_RENEWED, {}) if request.method == "GET" else {}
    return _keys(new=[one for one in keys.keys(uow()) if made.get(_address(one)) == one.digest])


@blueprint.route("/keys/<content_id>/<interface>/renew", methods=["GET", "POST"])
def renew_key(content_id: str, interface: str) -> ResponseReturnValue:
    """The question whether to make a new key, as a dialog over the list of keys, which then shows it once."""
    found, form = or_404(lambda: keys.find(uow(), content_id, interface)), SiteForm()
    if submit(form, lambda: keys.renew(uow(), content_id, interface)):
        made = keys.find(uow(), content_id, interface)
        session[_RENEWED] = session.get(_RENEWED, {}) | {_address(made): made.digest}
        return redirect(url_for(".key_list"))
    others = {"followers": keys.renewed_with(uow(), found), "kept": keys.keeping(uow(), found)}
    return _keys(to_renew=found, form=form, **others), 422 if form.refused else 200


@blueprint.post("/settings/<content_id>/built-in")
def built_in(content_id: str) -> ResponseReturnValue:
    """Go back to the mock's own seller."""
    if uow().session.get(Product, content_id) is None:
        abort(404)
    sellers.configure(uow(), content_id, **sellers.DEFAULTS)
    notice(_("Guance delivers this product again."))
    return redirect(url_for(".settings", content_id=content_id))


def _address(key: keys.SellerKey) -> str:
    return url_for(".renew_key", content_id=key.product.content_id, interface=key.interface)


def _keys(**values: Any) -> str:
    shown = {"new": [], "to_renew": None, "keys": keys.keys(uow()), "access_key": sellers.access_key(world())}
    return render_template("seller_center/keys.html", **shown | values)


def _in_page_language(difference: cases.AnswerDifference) -> str:
    return filled(translate_for_page(difference.text), difference.details)
