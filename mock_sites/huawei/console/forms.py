"""The forms of HUAWEI ID sign-in and of the account center."""

from wtforms import BooleanField, HiddenField, PasswordField, RadioField, StringField
from wtforms.validators import InputRequired

from mock_sites.huawei.domain import accounts
from mock_sites.web.forms import SiteForm, follows, options, required, trimmed
from mock_sites.web.texts import lazy as _l

KINDS = options({"enterprise": _l("Enterprise authentication"), "individual": _l("Individual authentication")})


class AuthenticationForm(SiteForm):
    """The fields of a real-name authentication. The certificate number is checked and not stored."""

    kind = RadioField(_l("Authentication type"), choices=KINDS, default="enterprise")
    real_name = StringField(
        _l("Name on the certificate"), required(longest=accounts.LONGEST_REAL_NAME), filters=[trimmed]
    )
    number = StringField(_l("Certificate number"), required(longest=accounts.LONGEST_CERTIFICATE), filters=[trimmed])
    agreed = BooleanField(
        _l("I confirm that the information is true and agree to the privacy statement"),
        [InputRequired(_l("Confirm the information before you submit it."))],
    )


class TopUpForm(SiteForm):
    """The amount of a top-up. ``attempt`` identifies the form, so that sending it twice makes one top-up."""

    amount = StringField(_l("Amount (CNY)"), [*required(), follows(accounts.TOP_UP)])
    attempt = HiddenField()


class SignInForm(SiteForm):
    """Name and password."""

    name = StringField(_l("Account name/Phone number/Email"), required())
    password = PasswordField(_l("Password"), required())
