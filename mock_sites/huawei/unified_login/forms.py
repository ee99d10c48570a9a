"""The forms of unified login."""

from wtforms import PasswordField, StringField

from mock_sites.web.forms import SiteForm, required
from mock_sites.web.texts import lazy as _l


class LoginForm(SiteForm):
    """``account@enterprise-domain`` and password."""

    account = StringField(_l("Account"), required())
    password = PasswordField(_l("Password"), required(longest=64))


class NewPasswordForm(SiteForm):
    """The password that replaces the initial one."""

    new_password = PasswordField(_l("New password"), required(longest=64))
    confirmation = PasswordField(_l("Confirm new password"), required(longest=64))
