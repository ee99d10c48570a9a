"""The texts of each language, for the sites and for the programs."""

from functools import cache
from pathlib import Path
from typing import Final, Literal

from babel.support import NullTranslations, Translations

Language = Literal["en", "zh"]
"""The languages of a world. ``web.language`` has what pages call them."""

FOLDER: Final = Path(__file__).parents[1] / "translations"


class Texts(Translations):
    """The texts of a language. An empty text stays empty: under it catalogs keep facts about themselves (gettext)."""

    def gettext(self, message: str) -> str:
        """``message`` in this language."""
        return super().gettext(message) if message else ""

    ugettext = gettext


@cache
def texts_in(language: str) -> NullTranslations:
    """The texts in a language, such as "zh". English has no file: its texts are their own translations."""
    return Texts.load(FOLDER, [language])
