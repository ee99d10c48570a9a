"""The console (console.huaweicloud.com) and My Credentials: API credentials, access keys and the password."""

from typing import Final

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.console.forms import AccessKeyForm, ChangePasswordForm, DescriptionForm, LoginProtectionForm
from mock_sites.huawei.domain import access_keys, iam_users, own_password, regions, second_verification
from mock_sites.huawei.domain.second_verification import Channel, Holder
from mock_sites.huawei.domain.tables import AccessKey
from mock_sites.huawei.signed_in import account, iam_user, login_required
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, form_page, reason_not_to, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_among
from mock_sites.web.signing_in import sign_in

PROJECTS: Final = 10
"""Projects a page."""

_CREATED: Final = "access_keys"
"""The session key for the access keys whose secrets are still to be shown."""

blueprint = Blueprint("credentials", __name__)


@blueprint.get("/")
@login_required
def console() -> ResponseReturnValue:
    """The first page of the console."""
    return render_template("console/console.html")


@blueprint.get("/iam/")
@login_required
def my_credentials() -> ResponseReturnValue:
    """My Credentials. It opens the API credentials (S1, How to Obtain Your Huawei Cloud Account ID)."""
    return redirect(url_for(".api_credentials"))


@blueprint.get("/iam/apiCredential")
@login_required
def api_credentials() -> ResponseReturnValue:
    """The page that shows the Account ID, the IAM user and the projects."""
    search = request.args.get("search", "").strip()
    projects = page_among(regions.projects_of(uow(), account(), search), PROJECTS)
    return render_template(
        "console/api_credentials.html",
        account=account(),
        user=iam_user() or account(),
        user_id=_user_id(),
        projects=projects,
        search=search,
    )


@blueprint.get("/iam/accessKey")
@login_required
def access_keys_page() -> ResponseReturnValue:
    """The user's access keys, and once the secret of each that was created here."""
    found = access_keys.keys_of(uow(), _user_id())
    created = set(session.pop(_CREATED, []))
    shown = [(key.id, access_keys.secret_of(uow(), key)) for key in found if key.id in created]
    hindrance = reason_not_to(lambda: access_keys.check_may_create(uow(), _user_id()))
    return render_template("console/access_keys.html", keys=found, created=shown, hindrance=hindrance)


@blueprint.route("/iam/accessKey/new", methods=["GET", "POST"])
@login_required
def new_access_key() -> ResponseReturnValue:
    """Create an access key, with the password of the user once more."""
    form = AccessKeyForm()

    def create() -> AccessKey:
        own_password.check(uow(), account(), iam_user(), form.password.data or "", field="password")
        return access_keys.create(uow(), _user_id(), form.description.data or "")

    key = submit(form, create)
    if key is None:
        return form_page("console/new_access_key.html", form)
    session[_CREATED] = [*session.get(_CREATED, []), key.id]
    return redirect(url_for(".access_keys_page"))


@blueprint.route("/iam/accessKey/<key_id>", methods=["GET", "POST"])
@login_required
def access_key(key_id: str) -> ResponseReturnValue:
    """Change the description of an access key."""
    key = _key(key_id)
    form = DescriptionForm(obj=key)

    def describe() -> bool:
        key.description = form.description.data or ""
        return True

    if submit(form, describe):
        notice(_("The access key has been changed."))
        return redirect(url_for(".access_keys_page"))
    return form_page("console/access_key.html", form, key=key)


@blueprint.post("/iam/accessKey/<key_id>/enabled")
@login_required
def access_key_enabled(key_id: str) -> ResponseReturnValue:
    """Enable or disable an access key."""
    wanted = request.form.get("enabled") == "y"
    access_keys.enable(uow(), _key(key_id), enabled=wanted)
    notice(_("The access key has been enabled.") if wanted else _("The access key has been disabled."))
    return redirect(url_for(".access_keys_page"))


@blueprint.route("/iam/accessKey/<key_id>/delete", methods=["GET", "POST"])
@login_required
def delete_access_key(key_id: str) -> ResponseReturnValue:
    """Delete an access key, after a question."""
    key, form = _key(key_id), SiteForm()

    def remove() -> bool:
        access_keys.remove(uow(), key)
        return True

    if submit(form, remove):
        notice(_("The access key has been deleted."))
        return redirect(url_for(".access_keys_page"))
    return form_page("console/delete_access_key.html", form, key=key)


@blueprint.route("/iam/password", methods=["GET", "POST"])
@login_required
def password() -> ResponseReturnValue:
    """Change the password of the one who is signed in, and sign the same out everywhere else."""
    form, user = ChangePasswordForm(), iam_user()

    def change() -> bool:
        own_password.change(uow(), account(), user, current=form.current.data or "", new=form.chosen())
        return True

    if submit(form, change):
        sign_in(user.subject if user else account().id)
        notice(_("Your password has been changed. You are signed out everywhere else."))
        return redirect(url_for(".password"))
    return form_page("console/password.html", form, user=user or account())


@blueprint.route("/iam/loginProtection", methods=["GET", "POST"])
@login_required
def login_protection() -> ResponseReturnValue:
    """Turn the second verification on or off."""
    holder = Holder(account(), iam_user())
    form = LoginProtectionForm(channel=holder.row.second_verification)

    def protect() -> bool:
        own_password.check(uow(), holder.account, holder.user, form.password.data or "", field="password")
        second_verification.protect(uow(), holder, Channel(form.channel.data))
        return True

    if submit(form, protect):
        notice(_("Login protection has been changed."))
        return redirect(url_for(".login_protection"))
    return form_page("console/login_protection.html", form, holder=holder)


def _user_id() -> str:
    return iam_users.id_of(uow(), account(), iam_user())


def _key(key_id: str) -> AccessKey:
    return access_keys.find(uow(), _user_id(), key_id) or abort(404)
