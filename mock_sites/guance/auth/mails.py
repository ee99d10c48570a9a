"""The mails of registration. Each is in the language of the page that asked for it."""

from mock_sites.guance.domain import mails
from mock_sites.guance.domain.codes import MailText
from mock_sites.web import language
from mock_sites.world.errors import N_


def registration_code(digits: str) -> MailText:
    """The mail with the verification code. The code is on a line of its own."""
    return mails.write(
        language.current(),
        N_("Guance verification code"),
        N_("Your verification code for registering with Guance is:"),
        digits,
        N_("It is valid for 5 minutes and can be used once. If you did not ask for it, ignore this mail."),
    )
