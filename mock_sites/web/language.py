"""The language of a page: the one chosen in the top bar, else the browser's first choice of the available ones."""

import re
from functools import cache, lru_cache
from typing import Any, Final

from babel import Locale
from flask import Blueprint, current_app, g, redirect, request, session
from flask_babel import Domain, get_locale, get_translations
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from mock_sites.world.translations import texts_in

LANGUAGES: Final = {"en": "English", "zh": "简体中文"}

_ON_THIS_SITE: Final = re.compile(r"/(?![/\\])[^\x00-\x1f\x7f]*")
"""A path that cannot be read as the address of another site: browsers skip tabs and line breaks."""

MOST_TEXTS: Final = 20_000
"""The most translated texts that are kept: each site has some hundreds in each language."""

blueprint = Blueprint("language", __name__)


class SiteTexts(Domain):
    """Where flask_babel finds the texts of a site: all sites have the same ones."""

    def get_translations(self) -> Any:
        """The texts in the language of this page."""
        return texts_in(current())


@blueprint.get("/language/<chosen>")
def change(chosen: str) -> Response:
    """Store the chosen language and go back to the page where it was chosen."""
    if chosen in LANGUAGES:
        session["language"] = chosen
    return go_back()


def go_back() -> Response:
    """Go to the page of this site that the query names."""
    back = request.args.get("back", "/")
    return redirect(back if _ON_THIS_SITE.fullmatch(back) else "/")


def page_address() -> str:
    """An address that shows this page again: its own, or the nearest one above it that accepts GET."""
    if request.method in {"GET", "HEAD"}:
        return request.full_path.rstrip("?")
    path, rules = request.path, current_app.create_url_adapter(request)
    if rules is None or rules.test(path, "GET"):
        return request.full_path.rstrip("?")
    while path and not rules.test(path, "GET"):
        path = path.rpartition("/")[0]
    return path or "/"


def choose() -> Locale:
    """The language of this page."""
    chosen = session.get("language")
    return _locale(chosen if chosen in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or "en")


def translate(text: str) -> str:
    """``text`` in the language of this page."""
    return _catalogue().ugettext(text)


def translate_markup(text: str, /, **details: Any) -> Markup:
    """``text`` in the language of this page with ``details`` in it. In templates it is called ``_``."""
    if not details:
        return _markup(_catalogue(), text)
    return Markup(translate(text)) % details  # noqa: S704 - the project's own text; the facts are escaped


def translate_for_page(text: str) -> Markup:
    """``text`` in the language of this page, as markup that ``filled`` fills."""
    return escape(translate(text))


def gap() -> str:
    """What is between two sentences on this page: in Chinese, the full stop has the room."""
    return "" if current() == "zh" else " "


def translate_number(one: str, many: str, number: int) -> str:
    """The form for ``number`` of a text in the language of this page."""
    return get_translations().ungettext(one, many, number)


def translate_in(context: str, text: str) -> str:
    """``text`` in the language of this page, where it means what it does in ``context``."""
    return get_translations().upgettext(context, text)


def _catalogue() -> Any:
    """The texts in the language of this page. They are looked up once per page, not once per text."""
    if (catalogue := g.get("catalogue")) is None:
        catalogue = g.catalogue = get_translations()
    return catalogue


@lru_cache(MOST_TEXTS)
def _markup(catalogue: Any, text: str) -> Markup:
    """A translated text without details. A page has hundreds of them."""
    return Markup(catalogue.ugettext(text)) % {}  # noqa: S704 - the project's own text


@cache
def _locale(name: str) -> Locale:
    """The locale called ``name``. Babel looks for its file whenever it reads a name."""
    return Locale.parse(name)


def current() -> str:
    """The language this page is shown in, "en" or "zh"."""
    found = get_locale()
    return found.language if found else "en"
