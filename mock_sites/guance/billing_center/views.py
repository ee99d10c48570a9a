"""The billing center (spec guance C): the app with all its pages."""

from flask import Blueprint, request, url_for

from mock_sites.guance.billing_center import (
    account_pages,
    bills,
    cards,
    contact_pages,
    overview,
    recharging,
    sign_in,
    signed_in,
    support,
    vouchers,
    workspaces,
)
from mock_sites.guance.domain import billing_accounts, profile
from mock_sites.guance.domain.money import money
from mock_sites.web.context import uow
from mock_sites.web.signing_in import signed_in_subject
from mock_sites.world.phones import sms_address

SIGN_IN_PAGE = signed_in.SIGN_IN_PAGE
REALM = profile.REALM

blueprint = Blueprint("billing_center", __name__)
for _pages in (
    sign_in,
    overview,
    recharging,
    vouchers,
    cards,
    workspaces,
    bills,
    account_pages,
    contact_pages,
    support,
):
    blueprint.register_blueprint(_pages.blueprint)


@blueprint.context_processor
def _who() -> dict[str, object]:  # pyright: ignore[reportUnusedFunction]
    """The sign-in pages show nobody's account menu, also if somebody is signed in already."""
    signs_in = request.blueprint == f"{blueprint.name}.{sign_in.blueprint.name}"
    who = None if signs_in else billing_accounts.find(uow(), signed_in_subject())
    return {
        "signed_in": who,
        "sign_out_url": url_for("billing_center.sign_in.leave"),
        "money": money,
        "sms": sms_address,
    }
