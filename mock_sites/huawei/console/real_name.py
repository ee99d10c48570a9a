"""Real-name authentication in the account center: by a certificate, a bank card or a bank account, and its states."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.console.forms import (
    AmountForm,
    AuthenticationForm,
    BankAccountForm,
    BankCardForm,
    RealNameFields,
)
from mock_sites.huawei.domain import real_names
from mock_sites.huawei.domain.states import AuthenticationState
from mock_sites.huawei.signed_in import account, login_required
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, form_page, submit
from mock_sites.web.messages import alert, notice
from mock_sites.web.paging import page_of

blueprint = Blueprint("real_name", __name__, url_prefix="/usercenter/authentication")


@blueprint.route("", methods=["GET", "POST"])
@login_required
def certificate() -> ResponseReturnValue:
    """The state of the real-name authentication. Where one can be submitted, the form for a certificate."""
    form = AuthenticationForm()

    def hand_in() -> None:
        real_names.submit_certificate(uow(), account(), kind=form.kind.data or "", **_typed(form))

    return _submitted(form, hand_in) or _page("certificate", form)


@blueprint.route("/bank-card", methods=["GET", "POST"])
@login_required
def bank_card() -> ResponseReturnValue:
    """Verify an individual by a bank card."""
    form = BankCardForm()

    def hand_in() -> None:
        real_names.submit_bank_card(uow(), account(), card=form.card.data or "", **_typed(form))

    return _submitted(form, hand_in) or _page("bank_card", form)


@blueprint.route("/bank-account", methods=["GET", "POST"])
@login_required
def bank_account() -> ResponseReturnValue:
    """Verify an enterprise by a small amount that is transferred to its bank account."""
    form = BankAccountForm()

    def hand_in() -> None:
        real_names.submit_bank_account(uow(), account(), bank_account=form.bank_account.data or "", **_typed(form))

    return _submitted(form, hand_in) or _page("bank_account", form)


@blueprint.route("/amount", methods=["GET", "POST"])
@login_required
def amount() -> ResponseReturnValue:
    """Enter the amount that the bank account has received."""
    form = AmountForm()
    if account().authentication is not AuthenticationState.TRANSFERRING:
        return redirect(url_for(".certificate"))
    right = submit(form, lambda: real_names.confirm_amount(uow(), account(), form.amount.data or ""))
    if right is None:
        return _page("amount", form)
    if right:
        notice(_("The amount is right. Your account has been verified."))
    else:
        alert(_("The amount was wrong three times. Submit the bank account again."))
    return redirect(url_for(".certificate"))


def _submitted(form: SiteForm, hand_in: Callable[[], None]) -> ResponseReturnValue | None:
    """The redirect after a form was submitted. None: it has to be shown."""

    def done() -> bool:
        hand_in()
        return True

    if not submit(form, done):
        return None
    notice(_("Your real-name authentication has been submitted."))
    return redirect(url_for(".certificate"))


def _typed(form: RealNameFields) -> dict[str, str]:
    return {"real_name": form.real_name.data or "", "number": form.number.data or ""}


def _page(method: str, form: SiteForm) -> ResponseReturnValue:
    values: dict[str, Any] = {
        "account": account(),
        "method": method,
        "may_submit": real_names.may_submit(account()),
        "last": real_names.latest(uow(), account()),
        "records": page_of(uow(), real_names.decided_of(account())),
    }
    return form_page("console/authentication.html", form, **values)
