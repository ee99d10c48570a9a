"""The mailbox as a site: ``mail.localhost`` in the world ``main``, ``mail.<world>.localhost`` in another."""

# ruff: noqa: PLC0415 - the modules of a site are imported when it is first visited

from pathlib import Path

from flask import Flask

from mock_sites.web.site import Site, built_once, create_site
from mock_sites.world.errors import N_

HOST = "mail"


def sites() -> list[Site]:
    """The only site of the mailbox."""
    about = N_("Every mail that was sent in this world, whoever it is for")
    return [Site(HOST, N_("Mailbox"), "", _pages, about, for_operators=True, load_api=_api)]


@built_once
def _pages() -> Flask:
    from mock_sites.mailbox import authenticator, views

    return create_site(
        "mailbox",
        company="",
        templates=[Path(__file__).parent / "templates"],
        blueprints=[views.blueprint, authenticator.blueprint],
        cookie="mock_sites_mail",
    )


@built_once
def _api() -> Flask:
    from mock_sites.mailbox import api

    return api.create_app()
