"""The account center (account.huaweicloud.com): basic information and the balance."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.console.forms import TopUpForm
from mock_sites.huawei.domain import accounts
from mock_sites.huawei.signed_in import account, login_required
from mock_sites.web.context import uow
from mock_sites.web.forms import attempt_number, form_page, submit
from mock_sites.web.messages import notice

blueprint = Blueprint("account_center", __name__)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The first page, which redirects to the basic information."""
    return redirect(url_for(".information"))


@blueprint.get("/usercenter/")
@login_required
def information() -> ResponseReturnValue:
    """Basic information of the account."""
    return render_template("console/information.html", account=account())


@blueprint.route("/usercenter/top-up", methods=["GET", "POST"])
@login_required
def top_up() -> ResponseReturnValue:
    """Top up the account. Its balance pays for Guance workspaces too (S2)."""
    form = TopUpForm()
    if not form.is_submitted():
        form.attempt.data = str(account().top_ups + 1)

    def put_on() -> bool:
        number, amount = attempt_number(form.attempt.data), int(form.amount.data or "0")
        accounts.top_up(uow(), account(), attempt=number, amount=amount)
        return True

    if submit(form, put_on):
        notice(_("The account has been topped up."))
        return redirect(url_for(".top_up"))
    return form_page("console/top_up.html", form, account=account())
