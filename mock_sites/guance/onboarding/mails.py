"""The mails of binding. Each is in the language of the page that asked for it."""

from mock_sites.guance.domain import mails
from mock_sites.guance.domain.codes import MailText
from mock_sites.guance.domain.tables import Visit
from mock_sites.web import language
from mock_sites.world.errors import N_


def binding_code(visit: Visit, digits: str) -> MailText:
    """The mail to the holder of a fee center account. It says who wants to bind the account."""
    return mails.write(
        language.current(),
        N_("Guance verification code"),
        N_("Somebody of {enterprise} wants to bind your fee center account to the Huawei Cloud account there."),
        N_("Your verification code for binding it is:"),
        digits,
        N_("It is valid for 5 minutes and can be used once. If you did not ask for it, tell it to nobody."),
        enterprise=visit.enterprise,
    )


def workspace_code(digits: str) -> MailText:
    """The mail to the future owner of a workspace."""
    return mails.write(
        language.current(),
        N_("Guance verification code"),
        N_("Your verification code for creating a Guance workspace is:"),
        digits,
        N_("It is valid for 5 minutes and can be used once. If you did not ask for it, ignore this mail."),
    )
