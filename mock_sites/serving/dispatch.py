"""One WSGI app for all sites of all worlds, chosen by the Host header. The only file that knows every site.

``http/host_names.py`` says how a host name is made. ``localhost`` and the loopback addresses have the operator's pages
in every domain.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from string import printable
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import httpx

from mock_sites import control, guance, huawei, mailbox
from mock_sites.http.host_names import LOCALHOST, MAIN
from mock_sites.web import hosts
from mock_sites.web.assets import PREFIX, serve_asset
from mock_sites.web.context import WORLD_KEY
from mock_sites.web.site import Site
from mock_sites.world import jobs
from mock_sites.world.errors import UnknownWorldError
from mock_sites.world.exposure import Exposure
from mock_sites.world.sightings import PAGE
from mock_sites.world.store import Worlds

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_IN_ADDRESSES: Final = printable.strip()
"""ASCII without blanks and line breaks: a redirect repeats a query in a header."""

LONGEST_PATH: Final = 200
"""How many bytes of a page's path the timeline keeps."""


def all_sites() -> list[Site]:
    """Every site that a world has."""
    return [*huawei.sites(), *guance.sites(), *mailbox.sites()]


class Dispatcher:
    """All sites of all worlds below one folder."""

    def __init__(
        self,
        folder: Path,
        port: int,
        domain: str = LOCALHOST,
        *,
        lasting: bool = False,
        exposure: Exposure | None = None,
    ) -> None:
        """Build the sites; ``port`` and ``domain`` are those of their addresses, ``lasting`` as in ``StateFolder``.

        ``exposure`` has the rules of a server that other machines can reach.

        Raises:
            WorldError: the folder cannot be written.
        """
        self.worlds = Worlds(folder, [huawei.COMPANY, guance.COMPANY], port, domain, lasting=lasting, exposure=exposure)
        self.worlds.transport.transport = httpx.WSGITransport(self._answer_call)
        self.sites: dict[str, Site] = {site.host: site for site in all_sites()}
        self.control = control.create_app(self.worlds, list(self.sites.values()))
        self.gate = control.create_gate(exposure) if exposure else None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a browser or a client."""
        if environ["PATH_INFO"].startswith(PREFIX):
            return serve_asset(environ, start_response)
        return self._answer(environ, start_response)

    def _answer_call(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one company on behalf of the other; jobs wait until the caller is done."""
        return self._answer(environ, start_response, run_jobs=False)

    def _answer(
        self, environ: WSGIEnvironment, start_response: StartResponse, *, run_jobs: bool = True
    ) -> Iterable[bytes]:
        began = time.perf_counter()
        shown = dict[str, str]()
        # An address is ASCII (RFC 3986). Other bytes are read as if they had been escaped, as browsers do.
        environ["QUERY_STRING"] = quote(environ.get("QUERY_STRING", ""), safe=_IN_ADDRESSES, encoding="latin-1")

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            shown.update(status=status.partition(" ")[0], kind=dict(headers).get("Content-Type", ""))
            spent = (time.perf_counter() - began) * 1000
            return start_response(status, [*headers, ("Server-Timing", f"app;dur={spent:.2f}")], exc_info)

        with ExitStack() as stack:
            answer = _read(self._app_for(environ, stack, run_jobs=run_jobs), environ, start)
            if run_jobs:
                self._note_page(environ, shown)
            return answer

    def _note_page(self, environ: WSGIEnvironment, shown: dict[str, str]) -> None:
        """Keep for the timeline that a page was opened. Its query is left out, as it may have a code or a token."""
        world, method, path = environ.get(WORLD_KEY), environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if world is None or method == "HEAD" or not shown["kind"].startswith("text/html"):
            return
        name = (hosts.name_in(environ["HTTP_HOST"]) or "").removesuffix(world.host_suffix)
        if not self.sites[name].is_for_operators(path):
            path = path[:LONGEST_PATH].encode("latin-1").decode(errors="replace")
            world.see(PAGE, f"{method} {name}{path}", status=shown["status"])

    def _app_for(self, environ: WSGIEnvironment, stack: ExitStack, *, run_jobs: bool) -> WSGIApplication:
        """The app that answers a request. ``stack`` keeps its world in place until it has been answered."""
        host = hosts.name_in(environ.get("HTTP_HOST", ""))
        if host is None:
            environ["HTTP_HOST"] = f"{LOCALHOST}:{self.worlds.hosts.port}"  # url_for needs a host
            environ[control.LOST_KEY] = control.Lost("", None, "")
            return self.control
        if host in hosts.LOOPBACK_NAMES or host == self.worlds.hosts.start_host:
            return self._for_operators(self.control, environ)
        site, world_name = self._locate(host)
        try:
            world = stack.enter_context(self.worlds.using(world_name))
            if run_jobs and site is not None:
                jobs.run_due(world)
        except UnknownWorldError:
            pass  # the page for unknown addresses says so
        except Exception as error:  # noqa: BLE001 - a page shows whatever went wrong
            environ[control.TROUBLE_KEY] = error
            return self.control
        else:
            if site is not None:
                environ[WORLD_KEY] = world
                path = environ["PATH_INFO"]
                app = site.app_for(path)
                return self._for_operators(app, environ) if site.is_for_operators(path) else app
        environ[control.LOST_KEY] = control.Lost(host, site, world_name)
        return self._for_operators(self.control, environ)

    def _for_operators(self, app: WSGIApplication, environ: WSGIEnvironment) -> WSGIApplication:
        """``app``, or the app that asks for the token of this server."""
        return app if self.gate is None or self.gate.allows(environ) else self.gate

    def _locate(self, host: str) -> tuple[Site | None, str]:
        """The site and the world's name behind a host name; no site when no such host is documented."""
        name = host.removesuffix(f".{self.worlds.hosts.domain}")
        if name == host:
            return None, ""
        if name in self.sites:
            return self.sites[name], MAIN
        documented, _, world_name = name.rpartition(".")
        return self.sites.get(documented), world_name


def _read(app: WSGIApplication, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
    """The whole answer, so that the world is no longer in use when it is sent."""
    answer = app(environ, start)
    try:
        return list(answer)
    finally:
        close = getattr(answer, "close", None)
        if close:
            close()
