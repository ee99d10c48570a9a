"""The mailbox as a site: ``mail.localhost`` in the world ``main``, ``mail.<world>.localhost`` in another."""

from pathlib import Path

from mock_sites.mailbox import api, views
from mock_sites.web.site import Site, create_site
from mock_sites.world.errors import N_

HOST = "mail"


def sites() -> list[Site]:
    """The only site of the mailbox."""
    app = create_site(
        "mailbox",
        company="",
        templates=[Path(__file__).parent / "templates"],
        blueprints=[views.blueprint],
        cookie="mock_sites_mail",
    )
    about = N_("Every mail that was sent in this world, whoever it is for.")
    return [Site(HOST, N_("Mailbox"), "", app, about, for_operators=True, api=api.create_app())]
