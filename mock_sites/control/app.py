"""The operator's room as one WSGI app: pages, API, and the page for those who are lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mock_sites.control import api, journal_pages, lost, start_page, switches, world_pages
from mock_sites.control.register import Register, enter
from mock_sites.web.site import Site, create_site
from mock_sites.world.errors import UnknownWorldError
from mock_sites.world.store import Worlds

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

TEMPLATES = Path(__file__).parent / "templates"


def create_app(worlds: Worlds, sites: Sequence[Site]) -> WSGIApplication:
    """The operator's room over ``worlds``, in each of which ``sites`` are served."""
    register = Register(worlds, tuple(sites))
    pages = create_site(
        "control",
        company="",
        templates=[TEMPLATES],
        blueprints=[start_page.blueprint, world_pages.blueprint, switches.blueprint, journal_pages.blueprint],
        cookie="mock_sites_control",
    )
    pages.register_error_handler(UnknownWorldError, lost.show_unknown_world)
    apps = {"pages": pages, "api": api.create_app(), "lost": lost.create_app(TEMPLATES)}
    for app in apps.values():
        enter(app, register)

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a browser or a client."""
        room = "lost" if lost.LOST_KEY in environ else "api" if environ["PATH_INFO"].startswith("/api/") else "pages"
        return apps[room](environ, start_response)

    return answer
