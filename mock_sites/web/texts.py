"""Texts as pages show them."""

import re
from collections.abc import Mapping
from typing import cast

from flask_babel import lazy_gettext, lazy_pgettext
from markupsafe import Markup, escape

from mock_sites.web import language


def lazy(text: str) -> str:
    """``text`` in the language of the page that shows it. It behaves as a string, as WTForms' types require."""
    return cast("str", lazy_gettext(text))


def lazy_in(context: str, text: str) -> str:
    """The same, where ``text`` means what it does in ``context``."""
    return cast("str", lazy_pgettext(context, text))


def breakable(address: str) -> Markup:
    """An address in which a line may break before delimiters, but not within ids; of a mail only after the @."""
    if "@" in address and "/" not in address:
        return escape(address).replace("@", Markup("@<wbr>"))
    return Markup(re.sub(r"(?<!^)(?<!:)(?<!:/)([/?#=&@]+|[.:](?=\w))", r"<wbr>\1", str(escape(address))))  # noqa: S704 - escaped before


class Unbroken(str):
    """A day, a moment or a phone number. No line breaks at its hyphens."""

    __slots__ = ()

    def __html__(self) -> Markup:
        """The text as markup."""
        word, blank, rest = str(self).partition(" ")
        return Markup('<span class="text-nowrap">{}</span>{}').format(word, blank + rest)


def spoken(text: Mapping[str, str]) -> str:
    """A text that is given in several languages, by their codes: in the language of the page, else in English."""
    return text.get(language.current(), text["en"])
