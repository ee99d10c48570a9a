"""Real-name authentication in the account center: by a certificate, a QR code, a bank card or a bank account.

The pages behind a QR code are for a phone, on which nobody is signed in.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.console.forms import (
    AmountForm,
    AuthenticationForm,
    BankAccountForm,
    BankCardForm,
    QrCodeForm,
    RealNameFields,
)
from mock_sites.huawei.domain import certificates, real_name_scans, real_names
from mock_sites.huawei.domain.states import AuthenticationState
from mock_sites.huawei.signed_in import account, login_required
from mock_sites.web import uploads
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, done, form_page, reason_not_to, submit
from mock_sites.web.messages import alert, notice
from mock_sites.web.paging import page_of
from mock_sites.web.qr import qr
from mock_sites.web.site import csrf

blueprint = Blueprint("real_name", __name__, url_prefix="/usercenter/authentication")


@csrf.exempt  # ``uploads`` checks the token
@blueprint.route("", methods=["GET", "POST"])
@login_required
def certificate() -> ResponseReturnValue:
    """The state of the real-name authentication. Where one can be submitted, the form for a certificate."""
    if not uploads.may_be_read(certificates.LARGEST_SCAN):
        form = AuthenticationForm(None)
        form.scan.errors = [uploads.too_large(certificates.LARGEST_SCAN)]
        return _page("certificate", form)
    form = AuthenticationForm()

    def hand_in() -> None:
        scan = form.scan.data.read(certificates.LONGEST_BEGINNING)
        real_names.submit_certificate(uow(), account(), kind=form.kind.data or "", scan=scan, **_typed(form))

    return _submitted(form, hand_in) or _page("certificate", form)


@blueprint.route("/qr-code", methods=["GET", "POST"])
@login_required
def qr_code() -> ResponseReturnValue:
    """Verify an individual by a QR code: who it is."""
    form = QrCodeForm()
    if form.is_submitted() and (reason := _reason_not_to_submit()):
        return _not_now(reason)
    if submit(form, lambda: real_name_scans.begin(uow(), account(), **_typed(form))):
        return redirect(url_for(".show_code"))
    return _page("qr_code", form)


@blueprint.get("/qr-code/shown")
@login_required
def show_code() -> ResponseReturnValue:
    """The QR code. The page refreshes itself until it is confirmed on a phone."""
    if not real_names.may_submit(account()):
        return redirect(url_for(".certificate"))
    scan = real_name_scans.of_account(uow(), account())
    if scan is None:
        alert(_("This QR code has expired. Show a new one."))
        return redirect(url_for(".qr_code"))
    address = request.host_url.removesuffix("/") + url_for(".confirm_on_phone", ticket=scan.ticket)
    return render_template("console/real_name_code.html", picture=qr(address))


@blueprint.route("/qr-scan/<ticket>", methods=["GET", "POST"])
def confirm_on_phone(ticket: str) -> ResponseReturnValue:
    """Where the code leads: who has scanned it confirms the name."""
    if not real_name_scans.is_ticket(ticket):
        abort(404)
    form = SiteForm()
    if submit(form, done(lambda: real_name_scans.confirm(uow(), ticket))):
        return redirect(url_for(".confirmed_on_phone"))
    return form_page("console/real_name_phone.html", form, scan=real_name_scans.with_ticket(uow(), ticket), ended=False)


@blueprint.get("/qr-scan")
def confirmed_on_phone() -> ResponseReturnValue:
    """The end on the phone."""
    return render_template("console/real_name_phone.html", form=SiteForm(), scan=None, ended=True)


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
    return redirect(url_for(".certificate"))


def _submitted(form: SiteForm, hand_in: Callable[[], None]) -> ResponseReturnValue | None:
    """The redirect after a form was submitted, or could not be. None: it has to be shown."""
    if form.is_submitted() and (reason := _reason_not_to_submit()):
        return _not_now(reason)
    if not submit(form, done(hand_in)):
        return None
    notice(_("Your real-name authentication has been submitted."))
    return redirect(url_for(".certificate"))


def _reason_not_to_submit() -> str:
    return reason_not_to(lambda: real_names.check_may_submit(account()))


def _not_now(reason: str) -> ResponseReturnValue:
    """Lead to the state of the account, which has no form to show the reason at."""
    alert(reason)
    return redirect(url_for(".certificate"))


def _typed(form: RealNameFields) -> dict[str, str]:
    return {"real_name": form.real_name.data or "", "number": form.number.data or ""}


def _page(method: str, form: SiteForm) -> ResponseReturnValue:
    values: dict[str, Any] = {
        "account": account(),
        "method": method,
        "may_submit": real_names.may_submit(account()),
        "largest_scan": certificates.LARGEST_SCAN,
        "last": real_names.latest(uow(), account()),
        "records": page_of(uow(), real_names.decided_of(account())),
    }
    return form_page("console/authentication.html", form, **values)
