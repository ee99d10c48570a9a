"""The fields of a new password, for the console and the billing center."""

from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired

from mock_sites.web.forms import SiteForm
from mock_sites.web.texts import lazy as _l


class PasswordsForm(SiteForm):
    """A new password, typed twice."""

    password = PasswordField(_l("New password"), validators=[InputRequired(_l("Fill in this field."))])
    confirm = PasswordField(
        _l("Confirm password"),
        validators=[
            InputRequired(_l("Fill in this field.")),
            EqualTo("password", _l("The two passwords are not the same.")),
        ],
    )


class ChangePasswordForm(PasswordsForm):
    """The current password and a new one."""

    current = PasswordField(_l("Current password"), validators=[InputRequired(_l("Fill in this field."))])
