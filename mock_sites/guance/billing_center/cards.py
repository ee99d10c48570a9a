"""Prepaid cards: those of the account, and crediting one that was bought on Huawei Cloud (spec guance C.6)."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance.billing_center import exports
from mock_sites.guance.billing_center.forms import PrepaidCardForm
from mock_sites.guance.billing_center.signed_in import account
from mock_sites.guance.domain import wallet
from mock_sites.guance.domain.money import money
from mock_sites.guance.domain.tables import Credit
from mock_sites.guance.production_api import orders
from mock_sites.web import csv_file
from mock_sites.web.context import uow, world
from mock_sites.web.forms import form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_of
from mock_sites.web.signing_in import login_required
from mock_sites.world.agreement import CARD_PAGE

blueprint = Blueprint("cards", __name__, url_prefix="/wallet/prepaid-cards")


@blueprint.get("")
@login_required
def listing() -> ResponseReturnValue:
    """Manage Prepaid Cards."""
    if csv_file.is_asked():
        return exports.credits_file(wallet.credits_of(account().id, wallet.PREPAID_CARD), "prepaid-cards")
    return render_template("billing_center/cards.html", **_list())


@blueprint.route("/purchase", methods=["GET", "POST"])
@login_required
def purchase() -> ResponseReturnValue:
    """Purchase Prepaid Card, a dialog: credit a card that was bought on Huawei Cloud, by its order number."""
    form = PrepaidCardForm()
    card = submit(form, lambda: _credit(form.huawei_account_id.data or "", form.order_number.data or ""))
    if card is None:
        return form_page("billing_center/purchase_card.html", form, card_page=CARD_PAGE, **_list())
    notice(_("The prepaid card was credited: %(amount)s CNY.", amount=money(card.fen)))
    return redirect(url_for(".listing"))


def _credit(huawei_account_id: str, order_id: str) -> Credit:
    """Credit the card. The marketplace is asked between two units of work, so that no transaction waits for its
    answer.
    """
    wallet.check_may_buy_card(uow(), account(), order_id)
    with uow().aside():
        paid = orders.look_up_card(world(), order_id)
    return wallet.credit_card(uow(), account(), paid, huawei_account_id=huawei_account_id, order_id=order_id)


def _list() -> dict[str, object]:
    who = account()
    cards = page_of(uow(), wallet.credits_of(who.id, wallet.PREPAID_CARD))
    return {"page": "cards", "wallet": wallet.wallet_of(uow(), who.id), "cards": cards, "states": wallet.STATES}
