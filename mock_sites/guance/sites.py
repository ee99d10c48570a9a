"""Guance's hosts and the apps behind them."""

from pathlib import Path
from typing import Final

from mock_sites.guance import hosts
from mock_sites.guance.auth import new_workspace as first_workspace
from mock_sites.guance.auth import registration, sign_in
from mock_sites.guance.billing_center import passes as entry
from mock_sites.guance.billing_center import views as billing_center
from mock_sites.guance.console import account, high_consumption, locks, new_workspace, passes
from mock_sites.guance.console import views as console
from mock_sites.guance.documents import views as documents
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.onboarding import binding, creating
from mock_sites.guance.onboarding import views as onboarding
from mock_sites.guance.production_api import views as production_api
from mock_sites.guance.settling import settle_days
from mock_sites.web import machines
from mock_sites.web.signing_in import set_up_sign_in
from mock_sites.web.site import Site, create_site
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
    auth = create_site(
        "guance.auth",
        company=COMPANY,
        templates=TEMPLATES,
        blueprints=[
            sign_in.blueprint,
            registration.blueprint,
            first_workspace.blueprint,
            onboarding.blueprint,
            binding.blueprint,
            creating.blueprint,
        ],
        domain=DOMAIN,
        cookie=COOKIE,
    )
    workspace = create_site(
        "guance.console",
        company=COMPANY,
        templates=TEMPLATES,
        blueprints=[
            console.blueprint,
            account.blueprint,
            high_consumption.blueprint,
            locks.blueprint,
            new_workspace.blueprint,
            passes.blueprint,
        ],
        domain=DOMAIN,
        cookie=COOKIE,
    )
    for app in (auth, workspace):
        set_up_sign_in(app, realm=hosts.current_realm, page=hosts.current_login_page)
    boss = create_site(
        "guance.billing_center",
        company=COMPANY,
        templates=TEMPLATES,
        blueprints=[billing_center.blueprint, entry.blueprint],
        cookie="boss_session",
    )
    for app in (workspace, boss):
        app.before_request(settle_days)
    set_up_sign_in(boss, realm=billing_center.REALM, page=billing_center.SIGN_IN_PAGE)
    manual = create_site("guance.documents", company=COMPANY, templates=TEMPLATES, blueprints=[documents.blueprint])
    interface = create_site(
        "guance.production_api",
        company=COMPANY,
        templates=TEMPLATES,
        blueprints=[production_api.blueprint, machines.blueprint],
    )
    return [
        *(
            Site(
                site.login_host,
                N_("Guance sign-in and registration"),
                COMPANY,
                auth,
                about=site.name,
                path="/login/pwd",
            )
            for site in SITES.values()
        ),
        *(
            Site(
                site.console_host,
                N_("Guance console"),
                COMPANY,
                workspace,
                about=site.name,
            )
            for site in SITES.values()
        ),
        Site(
            billing_center.HOST,
            N_("Guance Billing Center"),
            COMPANY,
            boss,
            about=N_("Billing accounts, their workspaces and how they are settled."),
        ),
        Site(
            documents.HOST,
            N_("Guance documentation"),
            COMPANY,
            manual,
            about=N_("How to register for the Commercial Plan."),
        ),
        Site("openapi.guance.com", N_("Guance production API"), COMPANY, interface, path="/huaweicloud"),
    ]
