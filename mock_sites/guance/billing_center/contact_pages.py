"""Change Email and Change Phone Number: a code to the old address, then a code to the new one (spec guance C.2)."""

from datetime import datetime, timedelta
from typing import Final

from flask import Blueprint, abort, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance import code_answers
from mock_sites.guance.billing_center.forms import CodeForm, NewEmailForm, NewPhoneForm
from mock_sites.guance.billing_center.signed_in import account
from mock_sites.guance.domain import contacts
from mock_sites.guance.domain.contacts import Kind
from mock_sites.guance.domain.tables import BillingAccount
from mock_sites.web import language
from mock_sites.web.context import uow
from mock_sites.web.forms import form_page, submit
from mock_sites.web.messages import alert, notice
from mock_sites.web.signing_in import login_required

PROOF: Final = "proved-contact"
"""The key in the browser's session for a finished first stage: what is changed, what was proved, and until when it
counts.
"""

PROOF_LIFETIME: Final = timedelta(minutes=10)

KIND: Final = "/<any('email', 'phone'):kind>"

blueprint = Blueprint("contacts", __name__, url_prefix="/account")


@blueprint.route(KIND, methods=["GET", "POST"])
@login_required
def old(kind: Kind) -> ResponseReturnValue:
    """The first stage: a code to the current email or phone."""
    who, form = account(), CodeForm()
    if submit(form, lambda: _prove(who, kind, form.code.data or "")) is None:
        return form_page("billing_center/contact_old.html", form, **_values(who, kind))
    ends_at = uow().now + PROOF_LIFETIME
    session[PROOF] = [kind, contacts.current(who, kind), ends_at.isoformat()]
    return redirect(url_for(".new", kind=kind))


@blueprint.post(f"{KIND}/code")
@login_required
def send_old(kind: Kind) -> ResponseReturnValue:
    """Send the code of the first stage."""
    who, form = account(), CodeForm()
    return code_answers.answer(
        form,
        form["csrf_token"],  # the recipient is known
        lambda _to: contacts.send_to_current(uow(), who, kind, language.current()),
        _("We have sent a code to %(email)s. It is valid for 5 minutes.", email=contacts.current(who, kind)),
        lambda: render_template("billing_center/contact_old.html", form=form, **_values(who, kind)),
    )


@blueprint.route(f"{KIND}/new", methods=["GET", "POST"])
@login_required
def new(kind: Kind) -> ResponseReturnValue:
    """The second stage: a code to the new email or phone."""
    who = account()
    if not _proved(who, kind):
        alert(_("Begin with a code to the one you have."))
        return redirect(url_for(".old", kind=kind))
    form, first = _new_form(kind), contacts.is_first(who, kind)
    if submit(form, lambda: _change(who, kind, form)) is None:
        return form_page("billing_center/contact_new.html", form, **_values(who, kind))
    session.pop(PROOF)
    notice(
        _("Your email was changed.")
        if kind == "email"
        else _("Your phone number was bound.")
        if first
        else _("Your phone number was changed.")
    )
    return redirect(url_for("billing_center.account.show_profile"))


@blueprint.post(f"{KIND}/new/code")
@login_required
def send_new(kind: Kind) -> ResponseReturnValue:
    """Send the code of the second stage."""
    who = account()
    if not _proved(who, kind):
        abort(409)
    form = _new_form(kind)
    return code_answers.answer(
        form,
        form.new,
        lambda to: contacts.send_to_new(uow(), who, kind, to, language.current()),
        _("We have sent a code to %(email)s. It is valid for 5 minutes.", email=form.new.data),
        lambda: render_template("billing_center/contact_new.html", form=form, **_values(who, kind)),
    )


def _new_form(kind: Kind) -> NewEmailForm | NewPhoneForm:
    return NewEmailForm() if kind == "email" else NewPhoneForm()


def _prove(who: BillingAccount, kind: Kind, digits: str) -> bool:
    contacts.prove_current(uow(), who, kind, digits)
    return True


def _proved(who: BillingAccount, kind: Kind) -> bool:
    proved_kind, contact, ends_at = session.get(PROOF) or ("", "", "")
    return (proved_kind, contact) == (kind, contacts.current(who, kind)) and (
        uow().now < datetime.fromisoformat(ends_at)
    )


def _change(who: BillingAccount, kind: Kind, form: NewEmailForm | NewPhoneForm) -> bool:
    contacts.change(uow(), who, kind, form.new.data or "", form.code.data or "")
    return True


def _values(who: BillingAccount, kind: Kind) -> dict[str, object]:
    return {"page": "account", "tab": "profile", "kind": kind, "account": who, "current": contacts.current(who, kind)}
