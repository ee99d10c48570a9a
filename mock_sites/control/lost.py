"""The page for a world or a host that does not exist: it lists what does exist."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from flask import Flask, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from mock_sites.control.register import by_company, register
from mock_sites.web import refusals, unavailable
from mock_sites.web.forms import SiteForm, refusal_text
from mock_sites.web.site import Site, create_site
from mock_sites.world.errors import UnknownWorldError, UnusableWorldError, WorldError
from mock_sites.world.unavailable import why_unavailable

LOST_KEY: Final = "mock_sites.lost"
"""The key of a ``Lost`` in the WSGI environment, set by the dispatcher for an unknown address."""


TROUBLE_KEY: Final = "mock_sites.trouble"
"""The key of the reason why a world cannot be used, set by the dispatcher."""


MOST_WORLDS: Final = 50
"""How many worlds the page names. The others are in the list of all worlds."""


@dataclass(frozen=True)
class Lost:
    """A request for a host or a world that does not exist."""

    host: str
    """Empty if the request names no host, or if the name cannot be a host."""
    site: Site | None
    """The documented site, when only its world is missing."""
    world: str
    """The name of the requested world, whether it exists or not."""


def create_app(templates: Path) -> Flask:
    """The site that answers on hosts that do not exist: all its addresses are unknown."""
    app = create_site("control.lost", company="", templates=[templates], blueprints=[], cookie="mock_sites_lost")
    app.before_request(raise_trouble)
    app.before_request(_refuse_malformed)
    app.register_error_handler(404, _show_lost)
    app.register_error_handler(WorldError, show_refusal)
    return app


def raise_trouble() -> None:
    """Answer with the dispatcher's message about the world, if there is one."""
    if (error := request.environ.get(TROUBLE_KEY)) is not None:
        raise cast("Exception", error)


def show_refusal(error: WorldError) -> Any:
    """The page that says why a world cannot be used as it is, and the way to drop it."""
    if found := why_unavailable(error):
        return unavailable.show(found)
    refusals.because(str(error))
    name = str(error.details.get("name", ""))
    page = render_template(
        "refused_world.html",
        name=name,
        reason=refusal_text(error),
        droppable=isinstance(error, UnusableWorldError),
        inside=TROUBLE_KEY not in request.environ,
        home=register().worlds.hosts.start_page,
        form=SiteForm(None),
    )
    return page, 409


def show_unknown_world(error: UnknownWorldError) -> tuple[str, int]:
    """The page for an operator's address that names something unknown: a world, or what is not in it."""
    refusals.because(str(error))
    name = str(error.details.get("name", ""))
    return _page(Lost(request.host, None, name), register().worlds.names(), headline=refusal_text(error).rstrip(".。"))


def _refuse_malformed() -> tuple[str, int] | None:
    if cast("Lost", request.environ[LOST_KEY]).host:
        return None
    refusals.because("malformed Host header")
    title, text = _("This request names no host"), _("Its Host header is missing, or is no host name or address.")
    return render_template("error.html", code=400, title=title, text=text), 400


def _show_lost(_error: HTTPException) -> tuple[str, int]:
    lost = cast("Lost", request.environ[LOST_KEY])
    refusals.because("nowhere")
    return _page(lost, register().worlds.names())


def _page(lost: Lost, known: list[str], *, headline: str = "") -> tuple[str, int]:
    here = lost.world if lost.world in known else register().first()
    worlds, shown = register().worlds, known[:MOST_WORLDS]
    page = render_template(
        "lost.html",
        lost=lost,
        there=lost.world in known,
        known=shown,
        worlds=len(known),
        headline=headline,
        home=worlds.hosts.start_page,
        here=here,
        groups=by_company([register().address(site, here) for site in register().sites if site.about]) if here else [],
        suffix=worlds.hosts.suffix(here) if here else "",
        same_site=[(name, register().address(lost.site, name).url) for name in shown] if lost.site else [],
    )
    return page, 404
