"""The answer when the disk is full or a world is busy: a page here, JSON in the APIs."""

from typing import Final

from flask import render_template

from mock_sites.web import refusals
from mock_sites.web.context import discard
from mock_sites.web.forms import refusal_text
from mock_sites.web.texts import lazy as _l
from mock_sites.world.errors import NoSpaceError, WorldError

RETRY_AFTER: Final = "5"
"""Seconds after which a client of a busy world may try again."""

_TITLES: Final = {503: _l("This world is busy"), 507: _l("There is no space left")}


def status_of(problem: WorldError) -> int:
    """The status of an answer to such a request."""
    return 507 if isinstance(problem, NoSpaceError) else 503


def headers_of(problem: WorldError) -> dict[str, str]:
    """The header that says when to try again, if that is known."""
    return {} if isinstance(problem, NoSpaceError) else {"Retry-After": RETRY_AFTER}


def show(problem: WorldError) -> tuple[str, int, dict[str, str]]:
    """The page that says what the problem is, and what to do."""
    refusals.because(str(problem))
    discard()
    status = status_of(problem)
    page = render_template("error.html", code=status, title=_TITLES[status], text=refusal_text(problem))
    return page, status, headers_of(problem)
