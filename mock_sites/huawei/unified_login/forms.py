"""The forms of unified login."""

from wtforms import PasswordField, StringField

from mock_sites.web.forms import SiteForm, required
from mock_sites.web.texts import lazy as _l
from mock_sites.world import passwords


class LoginForm(SiteForm):
    """``account@enterprise-domain`` and password."""

    account = StringField(_l("Account"), required())
    password = PasswordField(_l("Password"), required(longest=passwords.LONGEST))


class NewPasswordForm(SiteForm):
    """The password that replaces the initial one."""

    new_password = PasswordField(_l("New password"), required(longest=passwords.LONGEST))
    confirmation = PasswordField(_l("Confirm new password"), required(longest=passwords.LONGEST))
