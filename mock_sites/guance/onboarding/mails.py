"""The mails of binding. Each is in the language of the page that asked for it."""

from flask_babel import gettext as _

from mock_sites.guance.domain.codes import MailText
from mock_sites.guance.domain.tables import Visit


def binding_code(visit: Visit, digits: str) -> MailText:
    """The mail to the holder of a fee center account. It says who wants to bind the account."""
    lines = (
        _("Hello,"),
        _(
            "Somebody of %(enterprise)s wants to bind your fee center account to the Huawei Cloud account there.",
            enterprise=visit.enterprise,
        ),
        _("Your verification code for binding it is:"),
        digits,
        _("It is valid for 5 minutes and can be used once. If you did not ask for it, tell it to nobody."),
        _("Guance"),
    )
    return MailText(_("Guance verification code"), "\n\n".join(lines) + "\n", _("Guance"))


def workspace_code(digits: str) -> MailText:
    """The mail to the future owner of a workspace."""
    lines = (
        _("Hello,"),
        _("Your verification code for creating a Guance workspace is:"),
        digits,
        _("It is valid for 5 minutes and can be used once. If you did not ask for it, ignore this mail."),
        _("Guance"),
    )
    return MailText(_("Guance verification code"), "\n\n".join(lines) + "\n", _("Guance"))
