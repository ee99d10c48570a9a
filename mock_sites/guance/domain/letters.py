"""Letters in the language of whom they go to, wherever they are written: for a page, or by a job."""

import gettext
from functools import cache
from pathlib import Path
from typing import Final

from mock_sites.guance.domain.codes import SENDER, Letter
from mock_sites.world.book import Book
from mock_sites.world.errors import N_

_TRANSLATIONS: Final = Path(__file__).parents[2] / "translations"


def write(language: str, subject: str, *paragraphs: str, **facts: object) -> Letter:
    """A letter with a greeting, ``paragraphs`` and a signature; ``{names}`` in the texts are filled from ``facts``."""
    told = [in_language(language, text).format(**facts) for text in (N_("Hello,"), *paragraphs, N_("Guance"))]
    # A subject stands on one line, whatever somebody has called a workspace.
    return Letter(" ".join(in_language(language, subject).format(**facts).split()), "\n\n".join(told) + "\n")


def send(book: Book, email: str, letter: Letter) -> None:
    """Mail a letter."""
    book.send_mail(sender=SENDER, to=email, subject=letter.subject, text=letter.text)


def in_language(language: str, text: str) -> str:
    """``text``, marked by ``N_``, in ``language``."""
    return _catalogue(language).gettext(text)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", _TRANSLATIONS, languages=[language], fallback=True)
