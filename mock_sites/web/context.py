"""What a view knows of the world it is asked in."""

from collections.abc import Callable
from typing import cast
from urllib.parse import quote, urlsplit

from flask import g, request

from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

WORLD_KEY = "mock_sites.world"
"""Where the dispatcher puts the world into a request's WSGI environment."""


def world() -> World:
    """The world of this request."""
    return cast("World", request.environ[WORLD_KEY])


def uow(*, write: bool = False) -> UnitOfWork:
    """This request's unit of work for the site's company.

    A request that may change something (POST and the like) takes the right to write at once; the rare GET that
    must, such as the return from a login elsewhere, asks for it by ``write`` before anything else uses the unit of
    work. The site commits when the answer is a success or a redirect, and otherwise keeps nothing. Before a page is
    drawn, ``keep`` or ``discard`` ends the right to write: drawing takes milliseconds, and nobody else can write
    meanwhile.
    """
    if "uow" not in g:
        g.uow = world().uow(g.company, write=write or _may_write())
        g.uow.source = request.remote_addr or ""
    return cast("UnitOfWork", g.uow)


def keep() -> None:
    """Keep what this request has done so far; from now on it only reads, as for the page that it shows."""
    _finish(lambda done: done.commit())


def discard() -> None:
    """Undo what this request has done so far; from now on it only reads, as for the page that says why."""
    _finish(lambda done: done.rollback())


def _may_write() -> bool:
    return request.method not in {"GET", "HEAD", "OPTIONS"} and not g.get("only_reads")


def _finish(end: Callable[[UnitOfWork], None]) -> None:
    g.only_reads = True
    if "uow" in g and uow().writes:
        end(uow())
        uow().only_read()


def may_follow_forms_to(address: str) -> None:
    """Let the browser follow redirects from a form of this page to an address outside of the mock."""
    parts = urlsplit(address)
    g.form_target = f"{parts.scheme}://{parts.netloc}{quote(parts.path, safe='/%')}"


def local(url: str) -> str:
    """Where the documented ``https://`` address is served in this world."""
    return world().local(url)
