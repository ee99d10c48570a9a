"""Huawei Cloud's sites."""

# ruff: noqa: PLC0415 - the modules of a site are imported when it is first visited

from collections.abc import Iterable
from pathlib import Path

from flask import Blueprint, Flask

from mock_sites.huawei.protocol.addresses import ORDER_QUERY_HOST, SELLER_CENTER_HOST
from mock_sites.web.site import Site, built_once, create_site
from mock_sites.world.errors import N_

_HERE = Path(__file__).parent
_TEMPLATES = [
    _HERE / "templates",
    *(_HERE / package / "templates" for package in ("console", "marketplace", "buyer_center", "help_center")),
]


def sites() -> list[Site]:
    """All hosts of Huawei Cloud."""
    return [
        Site("www.huaweicloud.com", N_("Huawei Cloud"), "huawei", _portal, N_("The home page")),
        Site(
            "marketplace.huaweicloud.com",
            N_("Marketplace and Buyer Center"),
            "huawei",
            _marketplace,
            N_("Products, subscribing, purchased services, partner services"),
            load_api=_scenario_api,
        ),
        Site("console.huaweicloud.com", N_("Console"), "huawei", _console, N_("My Credentials with the Account ID")),
        Site(
            "account.huaweicloud.com",
            N_("Account Center"),
            "huawei",
            _account_center,
            N_("Basic information and real-name authentication"),
        ),
        Site("auth.huaweicloud.com", N_("Sign in"), "huawei", _sign_in, N_("The sign-in of Huawei Cloud accounts")),
        Site(
            "support.huaweicloud.com",
            N_("Help Center"),
            "huawei",
            _help_center,
            N_("The Partner SaaS Product Usage Guide"),
        ),
        Site(
            "macroverse.huaweicloud.com",
            N_("Unified login"),
            "huawei",
            _unified_login,
            N_("The login of enterprise members"),
        ),
        Site(
            SELLER_CENTER_HOST,
            N_("Seller Center"),
            "huawei",
            _seller_center,
            N_("Calls to sellers with their answers, debugging, saved cases, settings"),
            load_api=_seller_api,
            for_operators=True,
        ),
        Site(ORDER_QUERY_HOST, N_("Interfaces for sellers: order query and usage push"), "huawei", _seller_interfaces),
    ]


@built_once
def _portal() -> Flask:
    from mock_sites.huawei.console import portal

    return _with_accounts("portal", [portal.blueprint])


@built_once
def _marketplace() -> Flask:
    from mock_sites.huawei.buyer_center import (
        applications,
        departments,
        expenses,
        favourites,
        groups,
        member_management,
        member_sheets,
        partner_services,
        renewing,
        services,
        supervision,
    )
    from mock_sites.huawei.marketplace import agreements, approvals, checkout, packages, plans, views

    shop, buyer = (
        (views, checkout, approvals, plans, packages, agreements, favourites),
        (services, supervision, expenses, renewing),
    )
    partner = (partner_services, departments, member_management, member_sheets, groups, applications)
    pages = (*shop, *buyer, *partner)
    return _with_accounts("marketplace", [each.blueprint for each in pages])


@built_once
def _scenario_api() -> Flask:
    from mock_sites.huawei.scenario_api import api

    return api.create_app()


@built_once
def _console() -> Flask:
    from mock_sites.huawei.console import credentials, iam

    return _with_accounts("console", [credentials.blueprint, iam.blueprint])


@built_once
def _account_center() -> Flask:
    from mock_sites.huawei.console import account_center, real_name

    return _with_accounts("account", [account_center.blueprint, real_name.blueprint])


@built_once
def _sign_in() -> Flask:
    from mock_sites.huawei.console import qr_sign_in, sign_in

    return _with_accounts("auth", [sign_in.blueprint, qr_sign_in.blueprint])


@built_once
def _help_center() -> Flask:
    from mock_sites.huawei.help_center import views

    return _with_accounts("support", [views.blueprint])


@built_once
def _unified_login() -> Flask:
    from mock_sites.huawei.domain.unified_login import REALM
    from mock_sites.huawei.unified_login import oauth, redirects, views
    from mock_sites.web.signing_in import set_up_sign_in

    app = create_site(
        "huawei.unified_login",
        company="huawei",
        templates=[_HERE / "unified_login" / "templates", *_TEMPLATES],
        blueprints=[views.blueprint, redirects.blueprint, oauth.blueprint],
        cookie="member_session",
    )
    set_up_sign_in(app, realm=REALM, page="https://macroverse.huaweicloud.com/unified-login/")
    return app


@built_once
def _seller_center() -> Flask:
    from mock_sites.huawei.seller_center import opinions, packages, pages, supervision, views, vouchers

    return create_site(
        "huawei.seller_center",
        company="huawei",
        templates=[_HERE / "seller_center" / "templates", *_TEMPLATES],
        blueprints=[each.blueprint for each in (views, pages, packages, supervision, opinions, vouchers)],
        cookie="seller_session",
    )


@built_once
def _seller_api() -> Flask:
    from mock_sites.huawei.seller_center import api

    return api.create_app()


@built_once
def _seller_interfaces() -> Flask:
    from mock_sites.huawei.seller_gateway import order_query, usage_push
    from mock_sites.web import machines

    return create_site(
        "huawei.api",
        company="huawei",
        templates=_TEMPLATES,
        blueprints=[order_query.blueprint, usage_push.blueprint, machines.blueprint],
    )


def _with_accounts(name: str, blueprints: Iterable[Blueprint]) -> Flask:
    from mock_sites.huawei import signed_in

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
