"""The forms of unified login."""

from wtforms import PasswordField, StringField
from wtforms.validators import Length, Optional

from mock_sites.huawei.domain import enterprises
from mock_sites.web.forms import SiteForm, required, trimmed
from mock_sites.web.texts import lazy as _l
from mock_sites.world import passwords


class LoginForm(SiteForm):
    """``account@enterprise-domain`` and password. Who types the account alone is asked for the domain (1.7)."""

    saves = False

    account = StringField(_l("Account"), required())
    domain = StringField(
        _l("Enterprise domain (abbreviation)"), [Optional(), Length(max=enterprises.LONGEST_DOMAIN)], filters=[trimmed]
    )
    password = PasswordField(_l("Password"), required(longest=passwords.LONGEST))

    @property
    def lacks_domain(self) -> bool:
        """Whether the account was typed without the domain of its enterprise."""
        return bool(self.account.data) and "@" not in (self.account.data or "")

    def login_name(self) -> str:
        """The account with the domain of its enterprise, as far as they were typed."""
        return f"{self.account.data}@{self.domain.data or ''}" if self.lacks_domain else self.account.data or ""


class NewPasswordForm(SiteForm):
    """The password that replaces the initial one."""

    new_password = PasswordField(_l("New password"), required(longest=passwords.LONGEST))
    confirmation = PasswordField(_l("Confirm new password"), required(longest=passwords.LONGEST))
