"""What every refused request gets: a page that says why, and one line in the log."""

import logging
from typing import Any, Final

from flask import Response, g, render_template, request

from mock_sites.web.context import WORLD_KEY, discard, world
from mock_sites.world.foreign_text import on_one_line

BY_A_FORM: Final = 422
"""The status of a refused form. It shows its reasons on the page and is not logged."""

log = logging.getLogger("mock_sites")


def refusal_page(template: str, status: int, **values: Any) -> tuple[str, int]:
    """A page that refuses the whole request. All is rolled back, and others can write while the page is rendered."""
    discard()
    return render_template(template, **values), status


def because(reason: str) -> None:
    """Log ``reason`` instead of the status alone."""
    g.reason = reason


def log_refusal(response: Response) -> Response:
    """Log ``response`` if it is a refusal. For Flask's ``after_request``."""
    if response.status_code >= 400 and response.status_code != BY_A_FORM:
        write(response.status_code, g.get("reason") or response.status.partition(" ")[2].capitalize())
    return response


def write(status: int, reason: str) -> None:
    """Write a line about this request."""
    name = world().name if WORLD_KEY in request.environ else "-"
    line = f"world={name} host={request.host} {request.method} {request.path} -> {status} {reason}"
    log.warning("%s", on_one_line(line))
