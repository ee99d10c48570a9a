"""Texts as pages show them."""

import re
from typing import cast

from flask_babel import lazy_gettext
from markupsafe import Markup, escape


def lazy(text: str) -> str:
    """``text`` in the language of whatever page shows it; behaves as a string, which WTForms' types ask for."""
    return cast("str", lazy_gettext(text))


def breakable(address: str) -> Markup:
    """An address that a line may break before its delimiters, and not within its ids where these have room."""
    return Markup(re.sub(r"([/?#=&]+)", r"<wbr>\1", str(escape(address))))  # noqa: S704 - escaped before
