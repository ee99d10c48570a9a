"""Mails in the language of their recipient, for pages and for jobs."""

from mock_sites.guance.domain.codes import MailText
from mock_sites.world.errors import N_
from mock_sites.world.translations import texts_in
from mock_sites.world.unit_of_work import UnitOfWork


def write(language: str, subject: str, *paragraphs: str, **details: object) -> MailText:
    """A mail with a greeting, ``paragraphs`` and a signature. ``details`` fill the ``{names}`` in the texts."""
    texts = [in_language(language, text).format(**details) for text in (N_("Hello,"), *paragraphs, N_("Guance"))]
    # A subject is one line, whatever characters the name of a workspace has.
    title = " ".join(in_language(language, subject).format(**details).split())
    return MailText(title, "\n\n".join(texts) + "\n", in_language(language, N_("Guance")))


def send(uow: UnitOfWork, email: str, mail: MailText) -> None:
    """Send a mail."""
    uow.send_mail(sender=mail.sender, to=email, subject=mail.subject, text=mail.text)


def in_language(language: str, text: str) -> str:
    """``text``, which is marked by ``N_``, translated into ``language``."""
    return texts_in(language).gettext(text)
