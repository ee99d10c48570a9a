"""Partner Services: onboarding, role, enterprise, members, authorization, handover (S1, Step Two)."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.buyer_center import current, department_dialog, failures
from mock_sites.huawei.buyer_center.forms import (
    AuthorizeForm,
    EnterpriseForm,
    ExistingForm,
    MemberForm,
    RoleForm,
)
from mock_sites.huawei.domain import departments, enterprises, members, orders
from mock_sites.huawei.domain.states import EnterpriseState
from mock_sites.huawei.domain.tables import Enterprise, Member
from mock_sites.huawei.seller_gateway import kit, sellers
from mock_sites.huawei.signed_in import account, called, login_required
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, form_page, options, submit
from mock_sites.web.messages import alert, notice
from mock_sites.web.paging import page_of
from mock_sites.world.rows import are_any

blueprint = Blueprint("partner", __name__, url_prefix="/buyer/partner-services")


@blueprint.get("")
@login_required
def onboarding() -> ResponseReturnValue:
    """The onboarding page. Pending Tasks and the sidebar lead here."""
    service = orders.resource_in_use(uow(), account())
    return render_template("buyer_center/onboarding.html", service=service, **failures.listed())


@blueprint.get("/use")
@login_required
def use() -> ResponseReturnValue:
    """Use Now: continue with the next step of the buyer."""
    service = current.service()
    enterprise = enterprises.enterprise_of(uow(), service)
    if enterprise is None:
        return redirect(url_for(".enterprise" if service.role else ".role"))
    return redirect(url_for(".member_list" if enterprise.state is EnterpriseState.READY else ".progress"))


@blueprint.route("/role", methods=["GET", "POST"])
@login_required
def role() -> ResponseReturnValue:
    """Select the role; "For Personal Use" is recommended."""
    service, form = current.service(), RoleForm()

    def choose() -> bool:
        enterprises.choose_role(uow(), service, form.role.data or "")
        return True

    if submit(form, choose):
        return redirect(url_for(".enterprise"))
    return form_page("buyer_center/role.html", form, service=service)


@blueprint.route("/enterprise", methods=["GET", "POST"])
@login_required
def enterprise() -> ResponseReturnValue:
    """Set up a new enterprise. Once it exists, its name and domain are only shown."""
    service, form = current.service(), EnterpriseForm()
    if not service.role:
        return redirect(url_for(".role"))

    def set_up() -> Enterprise:
        return enterprises.set_up(uow(), account(), service, name=form.name.data or "", domain=form.domain.data or "")

    if submit(form, set_up):
        return redirect(url_for(".progress"))
    existing = enterprises.enterprise_of(uow(), service)
    return form_page("buyer_center/enterprise.html", form, enterprise=existing, **_earlier())


@blueprint.post("/enterprise/existing")
@login_required
def use_existing() -> ResponseReturnValue:
    """Continue with an enterprise that was set up for an earlier service."""
    service, form = current.service(), ExistingForm()
    if not service.role:
        return redirect(url_for(".role"))
    chosen = submit(form, lambda: enterprises.bind(uow(), account(), service, form.enterprise.data or ""))
    if chosen is None:
        page = {"form": EnterpriseForm(formdata=None), "enterprise": enterprises.enterprise_of(uow(), service)}
        return render_template("buyer_center/enterprise.html", **page, **_earlier(form)), 422
    notice(_("%(name)s uses the service now, with the members it has.", name=chosen.name))
    return redirect(url_for(".use"))


@blueprint.get("/enterprise/progress")
@login_required
def progress() -> ResponseReturnValue:
    """The progress of the enterprise's set-up. The page reloads until the enterprise is ready."""
    enterprise = current.enterprise()
    if enterprise.state is EnterpriseState.READY:
        notice(_("Your enterprise has been set up."))
        return redirect(url_for(".member_list"))
    whole = (enterprise.ready_at - enterprise.created_at).total_seconds()
    passed = (uow().now - enterprise.created_at).total_seconds()
    return render_template("buyer_center/progress.html", enterprise=enterprise, percent=int(100 * passed / whole))


@blueprint.get("/members")
@login_required
def member_list() -> ResponseReturnValue:
    """The enterprise's members."""
    enterprise = current.ready_enterprise()
    return render_template(
        "buyer_center/members.html",
        enterprise=enterprise,
        any_authorized=are_any(uow(), members.authorized_of(enterprise)),
        any_failures=are_any(uow(), kit.failures_of(account().id)),
        action_form=SiteForm(formdata=None),
        **_members(enterprise),
    )


@blueprint.post("/members/<member_id>/cancel-authorization")
@login_required
def cancel_authorization(member_id: str) -> ResponseReturnValue:
    """Revoke a member's authorization for the application (spec huawei 1.6)."""
    enterprise, form = current.enterprise(), SiteForm()
    if members.find(uow(), enterprise, member_id) is None:
        abort(404)
    member = submit(form, lambda: members.cancel_authorization(uow(), enterprise, member_id))
    if member is None:
        alert(form.form_errors[0])
        return redirect(url_for(".member_list"))
    notice(_("%(name)s cannot use the application any more.", name=member.name))
    return redirect(url_for(".member_list"))


@blueprint.post("/failures/<int:number>/retry")
@login_required
def retry(number: int) -> ResponseReturnValue:
    """Send the seller a failed call again (spec huawei 2.8). Sending the form twice makes one call."""
    failure, form = kit.failure_of(uow(write=True), account().id, number) or abort(404), SiteForm()
    match submit(form, lambda: kit.retry(uow(), failure)):
        case None:
            alert(form.form_errors[0])
        case False:
            alert(_("Nothing was sent: later changes have made this call untrue. It is not listed any longer."))
        case True:
            notice(_("The seller is told again. Refresh this page to see whether it took it."))
    return redirect(url_for(".onboarding"))


@blueprint.route("/members/new", methods=["GET", "POST"])
@login_required
def add_member() -> ResponseReturnValue:
    """Add a member. The form of the first member is prefilled."""
    enterprise = current.ready_enterprise()
    filled = members.prefilled(uow(), account(), enterprise)
    if filled:
        filled = replace(filled, name=called(filled.name))
    form = MemberForm(obj=filled)

    def add() -> Member:
        return members.add(uow(), enterprise, form.details(), password=form.password.data or "")

    added, dialog = department_dialog.submit(form, form.department, enterprise, add)
    if added is None:
        return form_page(
            "buyer_center/add_member.html",
            form,
            enterprise=enterprise,
            first=filled is not None,
            departments=departments.suggestions(uow(), enterprise),
            dialog=dialog,
        )
    notice(_("%(name)s has been added.", name=added.name))
    return redirect(url_for(".add_member" if "again" in request.form else ".member_list"))


@blueprint.route("/authorize", methods=["GET", "POST"])
@login_required
def authorize() -> ResponseReturnValue:
    """Select members and authorize them for the application."""
    enterprise, form = current.ready_enterprise(), AuthorizeForm()
    picked = request.form.getlist("members")
    if submit(form, lambda: members.authorize(uow(), enterprise, picked, agreed=bool(form.agreed.data))):
        notice(_("The members have been authorized."))
        return redirect(url_for(".hand_over"))
    shown = {"enterprise": enterprise, "service": current.service(), "picked": picked}
    return form_page("buyer_center/authorize.html", form, **shown, **_members(enterprise))


@blueprint.get("/hand-over")
@login_required
def hand_over() -> ResponseReturnValue:
    """The data that the administrator passes to the authorized members outside of the site."""
    return _hand_over("buyer_center/hand_over.html")


@blueprint.get("/hand-over/slips")
@login_required
def slips() -> ResponseReturnValue:
    """The same data as slips to print, one for each member."""
    return _hand_over("buyer_center/slips.html")


def _hand_over(template: str) -> ResponseReturnValue:
    enterprise = current.enterprise()
    authorized = page_of(uow(), members.authorized_of(enterprise))
    if not authorized.rows:
        return redirect(url_for(".authorize"))
    service = current.service()
    login_url = sellers.unified_login_url(uow(), service.order.content_id)
    values = {"enterprise": enterprise, "service": service, "members": authorized, "login_url": login_url}
    return render_template(template, **values)


def _members(enterprise: Enterprise) -> dict[str, Any]:
    """A page of the members, or of those that match the search."""
    text = request.args.get("search", "").strip()
    department = departments.find(uow(), enterprise, request.args.get("department", ""))
    found = page_of(uow(), members.members_of(enterprise, text, department))
    return {"members": found, "search": text, "department": department}


def _earlier(form: ExistingForm | None = None) -> dict[str, Any]:
    """The enterprises that were set up for earlier services and can be used again."""
    form, mine = form or ExistingForm(formdata=None), page_of(uow(), enterprises.enterprises_of(account()))
    form.enterprise.choices = options({one.id: f"{one.name} ({one.domain})" for one in mine})
    if mine.rows and not form.enterprise.data:
        form.enterprise.data = mine.rows[0].id
    return {"earlier": mine, "existing_form": form}
