"""Guance's hosts and the apps behind them."""

# ruff: noqa: PLC0415 - the modules of a site are imported when it is first visited

from pathlib import Path
from types import ModuleType
from typing import Final

from flask import Flask

from mock_sites.guance.domain.sites import BILLING_CENTER_HOST, DOCUMENTS_HOST, SITES
from mock_sites.web.site import Site, built_once, create_site
from mock_sites.world.errors import N_

COMPANY: Final = "guance"
_HERE: Final = Path(__file__).parent
TEMPLATES: Final = [
    _HERE / "templates",
    *(_HERE / package / "templates" for package in ("auth", "billing_center", "console", "documents", "onboarding")),
]
DOMAIN: Final = "guance.com"
COOKIE: Final = "guance_session"


def sites() -> list[Site]:
    """All sites of Guance. The sites of all regions share two apps and a cookie; the host name selects the region."""
    return [
        *(
            Site(
                site.login_host,
                N_("Guance sign-in and registration"),
                COMPANY,
                _auth,
                about=site.name,
                path="/login/pwd",
            )
            for site in SITES.values()
        ),
        *(Site(site.console_host, N_("Guance console"), COMPANY, _console, about=site.name) for site in SITES.values()),
        Site(
            BILLING_CENTER_HOST,
            N_("Guance Billing Center"),
            COMPANY,
            _billing_center,
            about=N_("Billing accounts, their workspaces and how they are settled"),
        ),
        Site(
            DOCUMENTS_HOST,
            N_("Guance documentation"),
            COMPANY,
            _documents,
            about=N_("How to register for the Commercial Plan"),
        ),
        Site(
            "openapi.guance.com",
            N_("Guance production API"),
            COMPANY,
            _production_api,
            path="/huaweicloud",
            load_api=_datakit_api,
        ),
    ]


@built_once
def _auth() -> Flask:
    from mock_sites.guance.auth import forgotten, mfa, new_workspace, registration, sign_in
    from mock_sites.guance.onboarding import binding, creating, views

    pages = (sign_in, forgotten, mfa, registration, new_workspace, views, binding, creating)
    return _app_of_all_regions("guance.auth", *pages)


@built_once
def _console() -> Flask:
    from mock_sites.guance.console import (
        account,
        billing,
        dashboards,
        errors,
        events,
        features,
        high_consumption,
        infrastructure,
        integrations,
        locks,
        logs,
        members,
        metrics,
        mfa,
        new_workspace,
        passes,
        records,
        settings,
        storage,
        views,
    )
    from mock_sites.guance.settling import settle_days
    from mock_sites.web import theme

    data = (dashboards, infrastructure, metrics, logs, events, errors, records, features, integrations)
    rest = (billing, high_consumption, settings, members, storage, locks, new_workspace, passes)
    app = _app_of_all_regions("guance.console", views, account, mfa, theme, *data, *rest)
    app.before_request(settle_days)
    return app


@built_once
def _billing_center() -> Flask:
    from mock_sites.guance.billing_center import passes, sign_in, views
    from mock_sites.guance.settling import settle_days
    from mock_sites.web.signing_in import set_up_sign_in

    app = create_site(
        "guance.billing_center",
        company=COMPANY,
        templates=TEMPLATES,
        blueprints=[views.blueprint, passes.blueprint],
        cookie="boss_session",
    )
    app.before_request(settle_days)
    set_up_sign_in(app, realm=views.REALM, page=views.SIGN_IN_PAGE, begin=sign_in.start_session_of)
    return app


@built_once
def _documents() -> Flask:
    from mock_sites.guance.documents import views

    return create_site("guance.documents", company=COMPANY, templates=TEMPLATES, blueprints=[views.blueprint])


@built_once
def _production_api() -> Flask:
    from mock_sites.guance.production_api import views
    from mock_sites.web import machines

    return create_site(
        "guance.production_api",
        company=COMPANY,
        templates=TEMPLATES,
        blueprints=[views.blueprint, machines.blueprint],
    )


@built_once
def _datakit_api() -> Flask:
    from mock_sites.guance import datakit_api

    return datakit_api.create_app()


def _app_of_all_regions(name: str, *pages: ModuleType) -> Flask:
    """An app of the blueprints of ``pages``. The host name selects the region where people sign in."""
    from mock_sites.guance import hosts, signing_in
    from mock_sites.web.signing_in import set_up_sign_in

    app = create_site(
        name,
        company=COMPANY,
        templates=TEMPLATES,
        blueprints=[each.blueprint for each in pages],
        domain=DOMAIN,
        cookie=COOKIE,
    )
    set_up_sign_in(app, realm=hosts.current_realm, page=hosts.current_login_page, begin=signing_in.enter_by_id)
    return app
