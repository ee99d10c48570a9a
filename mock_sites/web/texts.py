"""Texts as pages show them."""

import re
from typing import cast

from flask_babel import lazy_gettext
from markupsafe import Markup, escape


def lazy(text: str) -> str:
    """``text`` in the language of the page that shows it. It behaves as a string, as WTForms' types require."""
    return cast("str", lazy_gettext(text))


def breakable(address: str) -> Markup:
    """An address in which a line may break before delimiters, but not within ids that fit into the line."""
    return Markup(re.sub(r"([/?#=&]+)", r"<wbr>\1", str(escape(address))))  # noqa: S704 - escaped before
