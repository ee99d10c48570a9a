"""Huawei Cloud's sites."""

from collections.abc import Iterable
from pathlib import Path

from flask import Blueprint, Flask

from mock_sites.huawei import signed_in
from mock_sites.huawei.buyer_center import partner_services, renewing, services
from mock_sites.huawei.console import account_center, credentials, portal, sign_in
from mock_sites.huawei.domain import unified_login as members_sign_in
from mock_sites.huawei.help_center import views as help_center
from mock_sites.huawei.marketplace import checkout, plans
from mock_sites.huawei.marketplace import views as marketplace
from mock_sites.huawei.protocol.addresses import ORDER_QUERY_HOST
from mock_sites.huawei.seller_center import api as seller_api
from mock_sites.huawei.seller_center import pages as seller_pages
from mock_sites.huawei.seller_center import views as seller_calls
from mock_sites.huawei.seller_gateway import order_query
from mock_sites.huawei.unified_login import oauth, redirects
from mock_sites.huawei.unified_login import views as unified_login
from mock_sites.web import machines
from mock_sites.web.signing_in import set_up_sign_in
from mock_sites.web.site import Site, create_site
from mock_sites.world.errors import N_

_HERE = Path(__file__).parent
_TEMPLATES = [
    _HERE / "templates",
    *(_HERE / package / "templates" for package in ("console", "marketplace", "buyer_center", "help_center")),
]


def sites() -> list[Site]:
    """All hosts of Huawei Cloud."""
    return [
        Site(
            "www.huaweicloud.com",
            N_("Huawei Cloud"),
            "huawei",
            _with_accounts("portal", [portal.blueprint]),
            N_("The home page"),
        ),
        Site(
            "marketplace.huaweicloud.com",
            N_("Marketplace and Buyer Center"),
            "huawei",
            _with_accounts(
                "marketplace",
                [
                    marketplace.blueprint,
                    checkout.blueprint,
                    plans.blueprint,
                    services.blueprint,
                    renewing.blueprint,
                    partner_services.blueprint,
                ],
            ),
            N_("Products, subscribing, purchased services, partner services"),
        ),
        Site(
            "console.huaweicloud.com",
            N_("Console"),
            "huawei",
            _with_accounts("console", [credentials.blueprint]),
            N_("My Credentials with the Account ID"),
        ),
        Site(
            "account.huaweicloud.com",
            N_("Account Center"),
            "huawei",
            _with_accounts("account", [account_center.blueprint]),
            N_("Basic information and real-name authentication"),
        ),
        Site(
            "auth.huaweicloud.com",
            N_("Sign in"),
            "huawei",
            _with_accounts("auth", [sign_in.blueprint]),
            N_("The sign-in of Huawei Cloud accounts"),
        ),
        Site(
            "support.huaweicloud.com",
            N_("Help Center"),
            "huawei",
            _with_accounts("support", [help_center.blueprint]),
            N_("The Partner SaaS Product Usage Guide"),
        ),
        Site(
            "macroverse.huaweicloud.com",
            N_("Unified login"),
            "huawei",
            _unified_login(),
            N_("The login of enterprise members"),
        ),
        Site(
            "seller.huaweicloud.com",
            N_("Seller Center"),
            "huawei",
            create_site(
                "huawei.seller_center",
                company="huawei",
                templates=[_HERE / "seller_center" / "templates", *_TEMPLATES],
                blueprints=[seller_calls.blueprint, seller_pages.blueprint],
                cookie="seller_session",
            ),
            N_("Calls to sellers with their answers, debugging, saved cases, settings"),
            api=seller_api.create_app(),
            for_operators=True,
        ),
        Site(ORDER_QUERY_HOST, N_("Order query"), "huawei", _api()),
    ]


def _with_accounts(name: str, blueprints: Iterable[Blueprint]) -> Flask:
    app = create_site(
        f"huawei.{name}",
        company="huawei",
        templates=_TEMPLATES,
        blueprints=blueprints,
        domain=signed_in.DOMAIN,
        cookie="huawei_session",
    )
    signed_in.set_up(app)
    return app


def _unified_login() -> Flask:
    app = create_site(
        "huawei.unified_login",
        company="huawei",
        templates=[_HERE / "unified_login" / "templates", *_TEMPLATES],
        blueprints=[unified_login.blueprint, redirects.blueprint, oauth.blueprint],
        cookie="member_session",
    )
    set_up_sign_in(app, realm=members_sign_in.REALM, page="https://macroverse.huaweicloud.com/unified-login/")
    return app


def _api() -> Flask:
    return create_site(
        "huawei.api", company="huawei", templates=_TEMPLATES, blueprints=[order_query.blueprint, machines.blueprint]
    )
