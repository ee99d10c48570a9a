"""Members of Partner Services: edit, reset the password, disable, enable, delete; administrators (spec huawei 1.5)."""

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.buyer_center import current, department_dialog
from mock_sites.huawei.buyer_center.forms import AccountForm, InitialPasswordForm, MemberDetailsForm
from mock_sites.huawei.domain import departments, member_management, members
from mock_sites.huawei.domain.states import MemberState
from mock_sites.huawei.domain.tables import Enterprise, Member
from mock_sites.huawei.signed_in import account, login_required
from mock_sites.web.context import discard, uow
from mock_sites.web.forms import SiteForm, form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_of

blueprint = Blueprint("member_management", __name__, url_prefix="/buyer/partner-services")


@blueprint.route("/members/<member_id>/edit", methods=["GET", "POST"])
@login_required
def edit(member_id: str) -> ResponseReturnValue:
    """Change a member's name, department and contact."""
    enterprise, member = _found(member_id)
    details = {"name": member.name, "phone": member.phone, "email": member.email}
    form = MemberDetailsForm(data={**details, "department": member.department.path})

    def change() -> bool:
        typed = {name: form[name].data or "" for name in ("name", "department", "phone", "email")}
        member_management.edit(uow(), member, **typed)
        return True

    changed, dialog = department_dialog.submit(form, form.department, enterprise, change)
    if not changed:
        suggested = departments.suggestions(uow(), enterprise)
        return form_page("buyer_center/edit_member.html", form, member=member, departments=suggested, dialog=dialog)
    notice(_("The details of %(name)s have been changed.", name=member.name))
    return redirect(_list_of(member))


@blueprint.route("/members/<member_id>/reset-password", methods=["GET", "POST"])
@login_required
def reset_password(member_id: str) -> ResponseReturnValue:
    """Give a member a new initial password."""
    (_enterprise, member), form = _found(member_id), InitialPasswordForm()

    def reset() -> bool:
        member_management.reset_password(uow(), member, form.password.data or "")
        return True

    if not submit(form, reset):
        return form_page("buyer_center/reset_password.html", form, member=member)
    notice(_("%(name)s has a new initial password. Pass it on in person.", name=member.name))
    return redirect(_list_of(member))


@blueprint.route("/members/<member_id>/disable", methods=["GET", "POST"])
@login_required
def disable(member_id: str) -> ResponseReturnValue:
    """The question whether to disable a member."""
    (_enterprise, member), form = _found(member_id), SiteForm()

    def confirm() -> bool:
        member_management.disable(uow(), member)
        return True

    if submit(form, confirm):
        notice(_("%(name)s has been disabled, and is in the disabled list now.", name=member.name))
        return redirect(url_for("partner.member_list"))
    return form_page("buyer_center/disable.html", form, member=member)


@blueprint.get("/members/disabled")
@login_required
def disabled() -> ResponseReturnValue:
    """The disabled members."""
    return _disabled(current.ready_enterprise(), SiteForm())


@blueprint.post("/members/enable")
@login_required
def enable() -> ResponseReturnValue:
    """Enable the picked members."""
    enterprise, form = current.ready_enterprise(), SiteForm()
    enabled = submit(form, lambda: member_management.enable(uow(), enterprise, _picked()))
    if enabled is None:
        return _disabled(enterprise, form)
    notice(_("Members enabled: %(number)s.", number=len(enabled)))
    return redirect(url_for(".disabled"))


@blueprint.post("/members/delete")
@login_required
def delete() -> ResponseReturnValue:
    """The question whether to delete the picked members, and the answer to it."""
    enterprise, form = current.ready_enterprise(), SiteForm()
    confirmed = "confirmed" in request.form
    verb = member_management.delete if confirmed else member_management.disabled_among
    picked = submit(form, lambda: verb(uow(), enterprise, _picked()))
    if picked is None or not confirmed:
        discard()  # the question changes nothing
        return _disabled(enterprise, form, to_delete=picked or [])
    notice(_("Members deleted: %(number)s.", number=len(picked)))
    return redirect(url_for(".disabled"))


@blueprint.route("/administrators", methods=["GET", "POST"])
@login_required
def administrators() -> ResponseReturnValue:
    """The administrators of the enterprise, and the form that adds one."""
    enterprise, form = current.ready_enterprise(), AccountForm()
    appointed = submit(form, lambda: member_management.appoint(uow(), enterprise, form.account.data or ""))
    if appointed is None:
        values = {
            "creator": account(),
            "administrators": page_of(uow(), member_management.administrators_of(enterprise)),
        }
        return form_page("buyer_center/administrators.html", form, action_form=SiteForm(formdata=None), **values)
    notice(_("%(name)s is an administrator now.", name=appointed.name))
    return redirect(url_for(".administrators"))


@blueprint.post("/administrators/<member_id>/remove")
@login_required
def dismiss(member_id: str) -> ResponseReturnValue:
    """Make an administrator an ordinary member."""
    (_enterprise, member), form = _found(member_id), SiteForm()

    def confirm() -> bool:
        member_management.dismiss(uow(), member)
        return True

    if submit(form, confirm):
        notice(_("%(name)s is no administrator any more.", name=member.name))
    return redirect(url_for(".administrators"))


def _found(member_id: str) -> tuple[Enterprise, Member]:
    """The enterprise and its member with this id. Not found if it is another enterprise's."""
    enterprise = current.ready_enterprise()
    return enterprise, members.find(uow(), enterprise, member_id) or abort(404)


def _list_of(member: Member) -> str:
    return url_for("partner.member_list" if member.state is MemberState.ACTIVE else ".disabled")


def _picked() -> list[str]:
    """The ids of the picked members: that of a button in a row, or those of the checkboxes."""
    return request.form.getlist("one") or request.form.getlist("members")


def _disabled(enterprise: Enterprise, form: SiteForm, to_delete: list[Member] | None = None) -> tuple[str, int]:
    text = request.args.get("search", "").strip()
    wanted = members.members_of(enterprise, text, state=MemberState.DISABLED)
    values: dict[str, Any] = {"members": page_of(uow(), wanted), "search": text, "to_delete": to_delete}
    return form_page("buyer_center/disabled.html", form, **values)
