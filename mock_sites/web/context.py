"""A view's access to the world of its request."""

from collections.abc import Callable
from typing import cast
from urllib.parse import quote, urlsplit

from flask import g, request

from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

WORLD_KEY = "mock_sites.world"
"""The key of the world in a request's WSGI environment, set by the dispatcher."""


def world() -> World:
    """The world of this request."""
    return cast("World", request.environ[WORLD_KEY])


def uow(*, write: bool = False) -> UnitOfWork:
    """This request's unit of work for the site's company.

    A request that may change something (POST and others) takes the write lock at once. The rare GET that changes
    something, such as the return from a login elsewhere, takes it with ``write`` before anything else uses the unit of
    work. The site commits when the answer is a success or a redirect, and otherwise rolls back. Before a page is
    rendered, ``commit`` or ``discard`` gives the write lock back: rendering takes milliseconds, in which nobody else
    could write.
    """
    if "uow" not in g:
        g.uow = world().uow(g.company, write=write or _may_write())
        g.uow.source = request.remote_addr or ""
    return cast("UnitOfWork", g.uow)


def commit() -> None:
    """Commit what this request has done so far. From now on it only reads, to render its page."""
    _finish(lambda done: done.commit())


def discard() -> None:
    """Undo what this request has done so far. From now on it only reads, to render the page that says why."""
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
    """The local address of a documented ``https://`` address in this world."""
    return world().local(url)
