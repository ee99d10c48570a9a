"""The operator's pages and API as one WSGI app, with the page for unknown addresses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from mock_sites.control import api, journal_pages, lost, start_page, switches, world_pages
from mock_sites.control.gate import Gate
from mock_sites.control.register import Register, enter
from mock_sites.web.site import Site, create_site
from mock_sites.world.errors import UnknownWorldError, WorldError
from mock_sites.world.exposure import Exposure
from mock_sites.world.store import Worlds

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

TEMPLATES = Path(__file__).parent / "templates"


class ControlApp:
    """Chooses between the operator's pages, the API and the page for unknown addresses."""

    def __init__(self, pages: Flask, interface: Flask, lost_page: Flask) -> None:
        """Made by ``create_app``."""
        self.apps = {"pages": pages, "api": interface, "lost": lost_page}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a browser or a client."""
        if lost.LOST_KEY in environ:
            name = "lost"
        elif environ["PATH_INFO"].startswith("/api/"):
            name = "api"
        else:
            name = "lost" if lost.TROUBLE_KEY in environ else "pages"
        return self.apps[name](environ, start_response)


def create_app(worlds: Worlds, sites: Sequence[Site]) -> ControlApp:
    """The operator's app over ``worlds``, in each of which ``sites`` are served."""
    register = Register(worlds, tuple(sites))
    pages = create_site(
        "control",
        company="",
        templates=[TEMPLATES],
        blueprints=[start_page.blueprint, world_pages.blueprint, switches.blueprint, journal_pages.blueprint],
        cookie="mock_sites_control",
    )
    pages.register_error_handler(UnknownWorldError, lost.show_unknown_world)
    pages.register_error_handler(WorldError, lost.show_refusal)
    control = ControlApp(pages, api.create_app(), lost.create_app(TEMPLATES))
    for app in control.apps.values():
        enter(app, register)
    return control


def create_gate(exposure: Exposure) -> Gate:
    """The app that asks for the token of a server that other machines can reach."""
    return Gate(exposure, TEMPLATES)
