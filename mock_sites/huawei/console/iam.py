"""Identity and Access Management (console.huaweicloud.com/iam): the IAM users of an account."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.console.forms import IamAccessForm, IamUserForm, NewPasswordForm
from mock_sites.huawei.domain import approvals, iam_users
from mock_sites.huawei.domain.tables import IamAccess, IamUser
from mock_sites.huawei.signed_in import account, for_administrators, for_the_account
from mock_sites.web.context import local, uow
from mock_sites.web.forms import SiteForm, form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_of

SIGN_IN = "https://auth.huaweicloud.com/authui/iam-login?id="

blueprint = Blueprint("iam", __name__, url_prefix="/iam/users")


@blueprint.get("")
@for_administrators
def users() -> ResponseReturnValue:
    """The IAM users, the latest first, and the address at which they sign in."""
    search = request.args.get("search", "").strip()
    found = page_of(uow(), iam_users.users_of(account(), search))
    sign_in = local(SIGN_IN + account().name)
    return render_template("console/iam_users.html", users=found, search=search, sign_in=sign_in, account=account())


@blueprint.post("/order-approval/wanted")
@for_the_account
def order_approval() -> ResponseReturnValue:
    """Let the orders of IAM users wait for approval, or not."""
    wanted = request.form.get("wanted") == "y"
    approvals.want(uow(), account(), wanted=wanted)
    notice(_("Orders of IAM users wait for your approval.") if wanted else _("Orders of IAM users need no approval."))
    return redirect(url_for(".users"))


@blueprint.route("/new", methods=["GET", "POST"])
@for_administrators
def new() -> ResponseReturnValue:
    """Create a user."""
    form = IamUserForm()

    def create() -> IamUser:
        details = iam_users.Details(
            name=form.name.data or "",
            email=form.email.data or "",
            phone=form.phone.data or "",
            description=form.description.data or "",
            access=IamAccess(form.access.data),
        )
        return iam_users.create(uow(), account(), details, password=form.chosen())

    user = submit(form, create)
    if user is None:
        return form_page("console/new_iam_user.html", form)
    notice(_("The user %(name)s has been created. Pass on the sign-in address and the password.", name=user.name))
    return redirect(url_for(".user", user_id=user.id))


@blueprint.route("/<user_id>", methods=["GET", "POST"])
@for_administrators
def user(user_id: str) -> ResponseReturnValue:
    """A user, and what the user may do, which can be changed."""
    found = _user(user_id)
    form = IamAccessForm(obj=found)

    def change() -> bool:
        access, description = IamAccess(form.access.data), form.description.data or ""
        iam_users.change(uow(), found, access=access, description=description)
        return True

    if submit(form, change):
        notice(_("The user has been changed."))
        return redirect(url_for(".user", user_id=user_id))
    return form_page("console/iam_user.html", form, user=found, sign_in=local(SIGN_IN + account().name))


@blueprint.post("/<user_id>/enabled")
@for_administrators
def enabled(user_id: str) -> ResponseReturnValue:
    """Enable or disable a user."""
    wanted = request.form.get("enabled") == "y"
    iam_users.enable(uow(), _user(user_id), enabled=wanted)
    notice(_("The user has been enabled.") if wanted else _("The user has been disabled and signed out."))
    return redirect(url_for(".user", user_id=user_id))


@blueprint.route("/<user_id>/password", methods=["GET", "POST"])
@for_administrators
def password(user_id: str) -> ResponseReturnValue:
    """Choose another password for a user."""
    found, form = _user(user_id), NewPasswordForm()

    def reset() -> bool:
        iam_users.reset_password(uow(), found, form.chosen())
        return True

    if submit(form, reset):
        notice(_("The password has been reset. The user has been signed out."))
        return redirect(url_for(".user", user_id=user_id))
    return form_page("console/iam_password.html", form, user=found)


@blueprint.route("/<user_id>/delete", methods=["GET", "POST"])
@for_administrators
def delete(user_id: str) -> ResponseReturnValue:
    """Delete a user, after a question."""
    found, form = _user(user_id), SiteForm()

    def remove() -> bool:
        iam_users.delete(uow(), found)
        return True

    if submit(form, remove):
        notice(_("The user %(name)s has been deleted.", name=found.name))
        return redirect(url_for(".users"))
    return form_page("console/delete_iam_user.html", form, user=found)


def _user(user_id: str) -> IamUser:
    return iam_users.find(uow(), account(), user_id) or abort(404)
