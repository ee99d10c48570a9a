"""The operator's pages and API as one WSGI app, with the page for unknown addresses."""

# ruff: noqa: PLC0415 - the modules of an app are imported when it is first asked for

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from mock_sites.control import lost
from mock_sites.control.demo_notes import DemoState, note_end
from mock_sites.control.demos import Demo, Demos
from mock_sites.control.gate import Gate
from mock_sites.control.register import Register, enter
from mock_sites.web.site import Site, built_once, create_site
from mock_sites.world.errors import UnknownWorldError, WorldError
from mock_sites.world.exposure import Exposure
from mock_sites.world.store import Worlds

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

TEMPLATES = Path(__file__).parent / "templates"


class ControlApp:
    """Chooses between the operator's pages, the API and the page for unknown addresses."""

    def __init__(self, loaders: Mapping[str, Callable[[], Flask]]) -> None:
        """Made by ``create_app``: what builds the apps called "pages", "api" and "lost"."""
        self._loaders = loaders

    @property
    def apps(self) -> dict[str, Flask]:
        """All three apps, by their names."""
        return {name: load() for name, load in self._loaders.items()}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a browser or a client."""
        if lost.LOST_KEY in environ:
            name = "lost"
        elif environ["PATH_INFO"].startswith("/api/"):
            name = "api"
        else:
            name = "lost" if lost.TROUBLE_KEY in environ else "pages"
        return self._loaders[name]()(environ, start_response)


def create_app(worlds: Worlds, sites: Sequence[Site]) -> ControlApp:
    """The operator's app over ``worlds``, in each of which ``sites`` are served."""

    def note_lost(demo: Demo) -> None:
        note_end(worlds, demo, DemoState.LOST)

    register = Register(worlds, tuple(sites), Demos(note_lost))

    def loader(build: Callable[[], Flask]) -> Callable[[], Flask]:
        def build_entered() -> Flask:
            app = build()
            enter(app, register)
            return app

        return built_once(build_entered)

    return ControlApp({"pages": loader(_pages), "api": loader(_api), "lost": loader(_lost_page)})


def _pages() -> Flask:
    from mock_sites.control import (
        clock_pages,
        demo_pages,
        import_page,
        journal_pages,
        people_pages,
        recording_pages,
        snapshot_pages,
        start_page,
        switches,
        timeline_pages,
        world_pages,
    )
    from mock_sites.control.shown_facts import job_name, shown_facts

    pages = (
        start_page,
        world_pages,
        import_page,
        clock_pages,
        people_pages,
        demo_pages,
        switches,
        snapshot_pages,
        timeline_pages,
        journal_pages,
        recording_pages,
    )

    app = create_site(
        "control",
        company="",
        templates=[TEMPLATES],
        blueprints=[each.blueprint for each in pages],
        cookie="mock_sites_control",
    )
    app.jinja_env.filters["job_name"] = job_name
    app.jinja_env.globals["shown_facts"] = shown_facts  # pyright: ignore[reportArgumentType] - any name is allowed
    app.register_error_handler(UnknownWorldError, lost.show_unknown_world)
    app.register_error_handler(WorldError, lost.show_refusal)
    return app


def _api() -> Flask:
    from mock_sites.control import api

    return api.create_app()


def _lost_page() -> Flask:
    return lost.create_app(TEMPLATES)


def create_gate(exposure: Exposure) -> Gate:
    """The app that asks for the token of a server that other machines can reach."""
    return Gate(exposure, TEMPLATES)
