"""The mails of registration. Each is in the language of the page that asked for it."""

from flask_babel import gettext as _

from mock_sites.guance.domain.codes import MailText


def registration_code(digits: str) -> MailText:
    """The mail with the verification code. The code is on a line of its own."""
    lines = (
        _("Hello,"),
        _("Your verification code for registering with Guance is:"),
        digits,
        _("It is valid for 5 minutes and can be used once. If you did not ask for it, ignore this mail."),
        _("Guance"),
    )
    return MailText(_("Guance verification code"), "\n\n".join(lines) + "\n", _("Guance"))
