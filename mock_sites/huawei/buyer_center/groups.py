"""Groups of members and automatic authorization in Partner Services (spec huawei 1.1 and 1.6)."""

from typing import Any, Final

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.buyer_center import current, department_dialog
from mock_sites.huawei.buyer_center.forms import AccountForm, AutomaticForm, GroupForm
from mock_sites.huawei.domain import automatic, departments, groups, members
from mock_sites.huawei.domain.tables import Department, Enterprise, Group
from mock_sites.huawei.signed_in import login_required
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_of

SUGGESTED: Final = 25
"""How many groups, and how many departments, the form of automatic authorization suggests."""

blueprint = Blueprint("groups", __name__, url_prefix="/buyer/partner-services")


@blueprint.get("/groups/")
@login_required
def group_list() -> ResponseReturnValue:
    """The groups of the enterprise."""
    return render_template("buyer_center/groups.html", **_listed(current.ready_enterprise()))


@blueprint.route("/groups/new", methods=["GET", "POST"])
@login_required
def new() -> ResponseReturnValue:
    """Make a group."""
    enterprise, form = current.ready_enterprise(), GroupForm()
    made = submit(form, lambda: groups.add(uow(), enterprise, **form.typed()))
    if made is None:
        return form_page("buyer_center/group_form.html", form, group=None)
    notice(_("The group %(name)s has been made. Add its members.", name=made.name))
    return redirect(url_for(".show", group_id=made.id))


@blueprint.route("/groups/<group_id>", methods=["GET", "POST"])
@login_required
def show(group_id: str) -> ResponseReturnValue:
    """The members of a group, and the form that adds one."""
    (enterprise, group), form = _found(group_id), AccountForm()
    added = submit(form, lambda: groups.put_in(uow(), enterprise, group, form.account.data or ""))
    if added is None:
        size = groups.sizes(uow(), [group.id]).get(group.id, 0)
        values = {"group": group, "members": page_of(uow(), groups.members_in(enterprise, group), total=size)}
        return form_page("buyer_center/group.html", form, action_form=SiteForm(formdata=None), **values)
    notice(_("%(name)s is in the group now.", name=added.name))
    return redirect(url_for(".show", group_id=group_id))


@blueprint.post("/groups/<group_id>/members/<member_id>/remove")
@login_required
def take_out(group_id: str, member_id: str) -> ResponseReturnValue:
    """Take a member out of a group."""
    (enterprise, group), form = _found(group_id), SiteForm()
    member = members.find(uow(), enterprise, member_id) or abort(404)

    def confirm() -> bool:
        groups.take_out(uow(), enterprise, group, member)
        return True

    if submit(form, confirm):
        notice(_("%(name)s is not in the group any more.", name=member.name))
    return redirect(url_for(".show", group_id=group_id))


@blueprint.route("/groups/<group_id>/edit", methods=["GET", "POST"])
@login_required
def edit(group_id: str) -> ResponseReturnValue:
    """Change the name and the description of a group."""
    enterprise, group = _found(group_id)
    form = GroupForm(data={"name": group.name, "description": group.description})

    def change() -> bool:
        groups.edit(uow(), enterprise, group, **form.typed())
        return True

    if not submit(form, change):
        return form_page("buyer_center/group_form.html", form, group=group)
    notice(_("The group has been changed."))
    return redirect(url_for(".show", group_id=group_id))


@blueprint.route("/groups/<group_id>/delete", methods=["GET", "POST"])
@login_required
def delete(group_id: str) -> ResponseReturnValue:
    """The question whether to delete a group, as a dialog over the list."""
    (enterprise, group), form = _found(group_id), SiteForm()
    if name := submit(form, lambda: groups.remove(uow(), enterprise, group)):
        notice(_("The group %(name)s has been deleted.", name=name))
        return redirect(url_for(".group_list"))
    return form_page("buyer_center/groups.html", form, **_listed(enterprise) | {"to_delete": group})


@blueprint.route("/authorize/automatic", methods=["GET", "POST"])
@login_required
def authorize() -> ResponseReturnValue:
    """The departments and groups whose members are authorized, and the form that adds one."""
    enterprise, form = current.ready_enterprise(), AutomaticForm()

    def confirm() -> bool:
        name = form.name.data or ""
        found = (
            groups.named(uow(), enterprise, name)
            if form.kind.data == "group"
            else departments.chosen(uow(), enterprise, name, "name")
        )
        automatic.authorize(uow(), enterprise, found, agreed=bool(form.agreed.data))
        return True

    confirmed, dialog = department_dialog.submit(form, form.name, enterprise, confirm)
    if confirmed:
        notice(_("The members have been authorized."))
        return redirect(url_for(".authorize"))
    if department_dialog.SENT_BY in request.form:
        form.kind.data = "department"
    by_name = uow().session.scalars(groups.groups_of(enterprise).limit(SUGGESTED))
    values: dict[str, Any] = {
        "departments": page_of(uow(), automatic.departments_that_authorize(enterprise)),
        "groups": page_of(uow(), automatic.groups_that_authorize(enterprise), "groups"),
        "suggestions": [*(group.name for group in by_name), *departments.suggestions(uow(), enterprise)[:SUGGESTED]],
        "action_form": SiteForm(formdata=None),
        "service": current.service(),
        "dialog": dialog,
    }
    return form_page("buyer_center/automatic.html", form, **values)


@blueprint.post("/departments/<code>/cancel-authorization")
@login_required
def cancel_department(code: str) -> ResponseReturnValue:
    """End the automatic authorization of a department."""
    enterprise = current.ready_enterprise()
    return _cancel(enterprise, departments.find(uow(), enterprise, code) or abort(404))


@blueprint.post("/groups/<group_id>/cancel-authorization")
@login_required
def cancel_group(group_id: str) -> ResponseReturnValue:
    """End the automatic authorization of a group."""
    return _cancel(*_found(group_id))


def _cancel(enterprise: Enterprise, found: Department | Group) -> ResponseReturnValue:
    def confirm() -> bool:
        automatic.cancel(uow(), enterprise, found)
        return True

    if submit(SiteForm(), confirm):
        notice(
            _("Members who were authorized only through %(name)s can no longer use the application.", name=found.name)
        )
    return redirect(url_for(".authorize"))


def _found(group_id: str) -> tuple[Enterprise, Group]:
    """The enterprise and its group with this id. Not found if it is another enterprise's."""
    enterprise = current.ready_enterprise()
    return enterprise, groups.find(uow(), enterprise, group_id) or abort(404)


def _listed(enterprise: Enterprise) -> dict[str, Any]:
    found = page_of(uow(), groups.groups_of(enterprise))
    return {"groups": found, "sizes": groups.sizes(uow(), [one.id for one in found]), "to_delete": None}
