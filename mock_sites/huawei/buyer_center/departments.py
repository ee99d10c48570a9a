"""Department management of Partner Services: the tree of departments (spec huawei 1.1 and 1.5)."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.buyer_center import current, department_dialog
from mock_sites.huawei.buyer_center.forms import DepartmentForm
from mock_sites.huawei.domain import departments
from mock_sites.huawei.domain.tables import Department, Enterprise
from mock_sites.huawei.signed_in import login_required
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, form_page, reason_not_to, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_of

blueprint = Blueprint("departments", __name__, url_prefix="/buyer/partner-services/departments")


@blueprint.get("/")
@login_required
def tree() -> ResponseReturnValue:
    """The departments of the enterprise."""
    return render_template("buyer_center/departments.html", **_tree(current.ready_enterprise()))


@blueprint.route("/new", methods=["GET", "POST"])
@login_required
def new() -> ResponseReturnValue:
    """Add a department. ``below`` in the address is the code of the one above it."""
    enterprise = current.ready_enterprise()
    above = departments.find(uow(), enterprise, request.args.get("below", ""))
    form = DepartmentForm(data={"parent": above.path if above else enterprise.name})

    def add() -> Department:
        return departments.add(uow(), enterprise, name=form.name.data or "", parent=form.parent.data or "")

    added, dialog = department_dialog.submit(form, form.parent, enterprise, add)
    if added is None:
        return _form_page(enterprise, form, dialog=dialog)
    notice(_("The department %(name)s has been added.", name=added.name))
    return redirect(url_for(".tree"))


@blueprint.route("/<code>/edit", methods=["GET", "POST"])
@login_required
def edit(code: str) -> ResponseReturnValue:
    """Rename or move a department."""
    enterprise, department = _found(code)
    above = department.parent
    form = DepartmentForm(data={"name": department.name, "parent": above.path if above else ""})

    def change() -> bool:
        names = {"name": form.name.data or "", "parent": form.parent.data or ""}
        departments.change(uow(), enterprise, department, **names)
        return True

    changed, dialog = department_dialog.submit(form, form.parent, enterprise, change)
    if not changed:
        why_not = reason_not_to(lambda: departments.check_changeable(department))
        return _form_page(enterprise, form, department=department, why_not=why_not, dialog=dialog)
    notice(_("The department has been changed."))
    return redirect(url_for(".tree"))


@blueprint.route("/<code>/delete", methods=["GET", "POST"])
@login_required
def delete(code: str) -> ResponseReturnValue:
    """The question whether to delete a department, as a dialog over the tree."""
    (enterprise, department), form = _found(code), SiteForm()
    if removed := submit(form, lambda: departments.remove(uow(), enterprise, department)):
        notice(_("The department %(name)s has been deleted.", name=removed))
        return redirect(url_for(".tree"))
    why_not = reason_not_to(lambda: departments.check_empty(uow(), department))
    values = _tree(enterprise) | {"to_delete": department, "why_not": why_not}
    return form_page("buyer_center/departments.html", form, **values)


def _found(code: str) -> tuple[Enterprise, Department]:
    """The enterprise and its department with this code. Not found if it is another enterprise's."""
    enterprise = current.ready_enterprise()
    return enterprise, departments.find(uow(), enterprise, code) or abort(404)


def _tree(enterprise: Enterprise) -> dict[str, Any]:
    """A page of the departments, or of those that match the search, with how many members each has."""
    text = request.args.get("search", "").strip()
    found = page_of(uow(), departments.departments_of(enterprise, text))
    sizes = departments.sizes(uow(), [one.code for one in found])
    shown = {"departments": found, "sizes": sizes, "search": text, "deepest": departments.DEEPEST}
    return {"enterprise": enterprise, "to_delete": None, **shown}


def _form_page(enterprise: Enterprise, form: DepartmentForm, **values: Any) -> tuple[str, int]:
    values = {"department": None, "why_not": "", **values}
    suggested = departments.suggestions(uow(), enterprise)
    return form_page("buyer_center/department.html", form, enterprise=enterprise, suggestions=suggested, **values)
