"""Texts that are translated when they are shown."""

from typing import cast

from flask_babel import lazy_gettext


def lazy(text: str) -> str:
    """``text`` in the language of whatever page shows it; behaves as a string, which WTForms' types ask for."""
    return cast("str", lazy_gettext(text))
