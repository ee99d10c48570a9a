"""Registration in steps, each at its own address (spec guance A; S1, No Fee Center Account)."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance import code_answers
from mock_sites.guance.auth.forms import (
    ActivationForm,
    BasicsForm,
    CompanyForm,
    HuaweiActivationForm,
    RepeatedBasicsForm,
)
from mock_sites.guance.auth.mails import registration_code
from mock_sites.guance.domain import codes, registrations
from mock_sites.guance.domain.registrations import Activation, Basics, CompanyDetails
from mock_sites.guance.domain.sites import ACTIVATION_METHODS, HUAWEI_SITE, SITES, default_method, offers_huawei
from mock_sites.guance.domain.tables import Registration, Visit, Workspace
from mock_sites.guance.hosts import current_site
from mock_sites.guance.onboarding.visiting import current_visit
from mock_sites.web import language
from mock_sites.web.context import discard, uow
from mock_sites.web.forms import form_page, submit
from mock_sites.world.agreement import PRODUCT_PAGE

blueprint = Blueprint("registration", __name__, url_prefix="/businessRegister")

REGISTRATION = "registration"
"""The key in the browser's session for the id of the registration."""


@blueprint.context_processor
def _who() -> dict[str, Visit | None]:  # pyright: ignore[reportUnusedFunction]
    return {"visit": current_visit()}


def current() -> Registration | None:
    """The registration that this browser is filling in."""
    return registrations.find(uow(), session.get(REGISTRATION))


@blueprint.route("", methods=["GET", "POST"])
def basics() -> ResponseReturnValue:
    """Step 1, Basic Information."""
    registration = current()
    if registration and registration.workspace_id and request.method == "GET":
        del session[REGISTRATION]
        registration = None
    if registration and registration.account_id:
        return redirect(url_for(".activation"))
    form = _basics_form(registration)
    kept = submit(form, lambda: registrations.fill_in_basics(uow(), registration, _basics(form), current_visit()))
    if kept is None:
        return form_page("auth/basics.html", form, registration=registration, sites=SITES.values())
    session[REGISTRATION] = kept.id
    return redirect(url_for(".company"))


@blueprint.get("/code")
def after_code() -> ResponseReturnValue:
    """Where a change of the language leads from the page that ``send_code`` returns."""
    return redirect(url_for(".basics"))


@blueprint.post("/code")
def send_code() -> ResponseReturnValue:
    """Mail a verification code. A script gets the outcome as JSON. Without a script the page comes back with the typed
    values.
    """
    form = _basics_form(current())
    return code_answers.answer(
        form,
        form.email,
        lambda email: codes.send(uow(), email, registrations.PURPOSE, registration_code),
        _("We have sent a code to %(email)s. It is valid for 5 minutes.", email=form.email.data),
        lambda: render_template("auth/basics.html", form=form, registration=current(), sites=SITES.values()),
    )


@blueprint.route("/company", methods=["GET", "POST"])
def company() -> ResponseReturnValue:
    """Step 2, Company Information. At its end the console account is opened."""
    registration = current()
    if registration is None:
        return redirect(url_for(".basics"))
    if registration.account_id:
        return redirect(url_for(".activation"))
    visit = current_visit()
    form = CompanyForm(company=registration.company or (visit.enterprise if visit else ""))
    account = submit(form, lambda: registrations.fill_in_company(uow(), registration, _company(form)))
    if account is None:
        return form_page("auth/company.html", form, registration=registration)
    return redirect(url_for(".activation"))


@blueprint.route("/activation", methods=["GET", "POST"])
def activation() -> ResponseReturnValue:
    """Step 3, Choose Subscription Method. At its end the workspace and the billing center account are opened."""
    registration = current()
    if registration is None or not registration.account_id:
        return redirect(url_for(".company"))
    if registration.workspace_id:
        return redirect(url_for(".success"))
    site = registrations.site_of(registration)
    method = "huawei" if registration.visit_id else request.args.get("method", "")
    if method not in ACTIVATION_METHODS:
        method = default_method(site)
    if method == "guance":
        form = ActivationForm(language=language.current())
    elif method == "huawei" and offers_huawei(site):
        form = HuaweiActivationForm(language=language.current())
    else:
        discard()
        return _activation_page(registration, method)
    workspace = submit(form, lambda: registrations.activate(uow(), registration, _activation(form)))
    if workspace is None:
        return _activation_page(registration, method, form), 422 if form.refused else 200
    return redirect(url_for(".success"))


@blueprint.get("/success")
def success() -> ResponseReturnValue:
    """The last page: what was opened, and the link to the login page of the chosen site."""
    registration = current()
    if registration is None or not registration.workspace_id:
        return redirect(url_for(".activation"))
    workspace = uow().session.get_one(Workspace, registration.workspace_id)
    return render_template(
        "auth/success.html", registration=registration, workspace=workspace, site=SITES[workspace.site]
    )


def _activation_page(registration: Registration, method: str, form: ActivationForm | None = None) -> str:
    """The page of the third step. It has no form if the method cannot be used here."""
    return render_template(
        "auth/activation.html",
        form=form,
        registration=registration,
        site=registrations.site_of(registration),
        method=method,
        methods=ACTIVATION_METHODS,
        product_page=PRODUCT_PAGE,
        huawei_sites=[site for site in SITES.values() if offers_huawei(site)],
    )


def _basics_form(registration: Registration | None) -> BasicsForm:
    visit = current_visit()
    asked = SITES.get(request.args.get("site", ""), current_site())  # the site whose sign-in page led here
    site = HUAWEI_SITE if visit else asked
    if registration is None:
        form = BasicsForm(site=site.code, email=visit.email if visit else "")
    else:
        form = RepeatedBasicsForm(obj=registration)
    form.offer_sites(huawei_only=visit is not None)
    return form


def _basics(form: BasicsForm) -> Basics:
    return Basics(
        site=form.site.data,
        username=form.username.data or "",
        password=form.password.data or "",
        email=form.email.data or "",
        code=form.code.data or "",
        phone=form.phone.data or "",
    )


def _company(form: CompanyForm) -> CompanyDetails:
    return CompanyDetails(
        company=form.company.data or "",
        industry=form.industry.data or "",
        region=form.region.data or "",
        description=form.description.data or "",
        contact=form.contact.data or "",
    )


def _activation(form: ActivationForm) -> Activation:
    payer = (form.huawei_account_id.data or "").lower() if isinstance(form, HuaweiActivationForm) else None
    return Activation(form.workspace_name.data or "", form.language.data or "", payer)
