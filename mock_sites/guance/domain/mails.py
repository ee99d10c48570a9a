"""Letters in the language of whom they go to, wherever they are written: for a page, or by a job."""

import gettext
from functools import cache
from pathlib import Path
from typing import Final

from mock_sites.guance.domain.codes import SENDER, MailText
from mock_sites.world.errors import N_
from mock_sites.world.unit_of_work import UnitOfWork

_TRANSLATIONS: Final = Path(__file__).parents[2] / "translations"


def write(language: str, subject: str, *paragraphs: str, **details: object) -> MailText:
    """A mail with a greeting, ``paragraphs`` and a signature; ``{names}`` in the texts are filled from ``details``."""
    told = [in_language(language, text).format(**details) for text in (N_("Hello,"), *paragraphs, N_("Guance"))]
    # A subject stands on one line, whatever somebody has called a workspace.
    return MailText(" ".join(in_language(language, subject).format(**details).split()), "\n\n".join(told) + "\n")


def send(uow: UnitOfWork, email: str, letter: MailText) -> None:
    """Mail a letter."""
    uow.send_mail(sender=SENDER, to=email, subject=letter.subject, text=letter.text)


def in_language(language: str, text: str) -> str:
    """``text``, marked by ``N_``, in ``language``."""
    return _catalogue(language).gettext(text)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", _TRANSLATIONS, languages=[language], fallback=True)
