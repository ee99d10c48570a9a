"""The theme of a page: light or dark if that was chosen, else the one that the browser prefers."""

from typing import Final

from flask import Blueprint, session
from werkzeug.wrappers import Response

from mock_sites.web import assets, language
from mock_sites.world.errors import N_

AUTOMATIC: Final = "automatic"

THEMES: Final = {"light": N_("Light"), "dark": N_("Dark"), AUTOMATIC: N_("Automatic")}

blueprint = Blueprint("theme", __name__)


@blueprint.get("/theme/<chosen>")
def change(chosen: str) -> Response:
    """Store the chosen theme and go back to the page where it was chosen."""
    if chosen in THEMES:
        session["theme"] = chosen
    return language.go_back()


def current() -> str:
    """The theme of this page."""
    chosen = session.get("theme")
    return chosen if chosen in THEMES else AUTOMATIC


def asset_url(name: str) -> str:
    """The address of an asset. A style sheet is that of the theme."""
    return assets.asset_url(name.replace(".css", f".{current()}.css") if current() != AUTOMATIC else name)
