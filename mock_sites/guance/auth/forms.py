"""The fields of registration and sign-in, labelled as in the documents (spec guance A.2 to A.4, S1)."""

from flask_babel import gettext as _
from wtforms import PasswordField, RadioField, SelectField, TextAreaField
from wtforms.validators import EqualTo, InputRequired

from mock_sites.guance import forms as fields
from mock_sites.guance.domain.profile import LONGEST_DESCRIPTION
from mock_sites.guance.domain.sites import SITES, RegionalSite, offers_huawei
from mock_sites.web.forms import SiteForm, options, required, trimmed
from mock_sites.web.texts import lazy as _l


class BasicsForm(SiteForm):
    """The fields of step 1 when it is filled in for the first time."""

    site = SelectField(_l("Site"), validators=[InputRequired(_l("Fill in this field."))])
    username = fields.text(_l("Username"))
    password = fields.password(_l("Login password"))
    confirm = fields.confirmation()
    email = fields.email()
    code = fields.code()
    phone = fields.phone()

    def offer_sites(self, *, huawei_only: bool) -> None:
        """Fill the list of sites. A visitor from Huawei Cloud gets only sites where a Huawei Cloud account can pay."""
        self.site.choices = options(
            {site.code: site_name(site) for site in SITES.values() if offers_huawei(site) or not huawei_only}
        )


class RepeatedBasicsForm(BasicsForm):
    """The fields of step 1 when it is opened again. An empty password keeps the one that was set. An unchanged email
    needs no new code.
    """

    first = ("site", "username", "password", "confirm", "email", "code")
    password = PasswordField(_l("Login password"))
    confirm = PasswordField(
        _l("Confirm password"), validators=[EqualTo("password", _l("The two passwords are not the same."))]
    )
    code = fields.short_text(_l("Verification code"))


class CompanyForm(fields.CompanyFields, SiteForm):
    """The fields of step 2."""

    terms = fields.terms()


class ActivationForm(SiteForm):
    """The fields of step 3 when the billing center account pays."""

    workspace_name = fields.workspace_name()
    language = fields.language()
    terms = fields.terms()


class HuaweiActivationForm(ActivationForm):
    """The fields of step 3 when a Huawei Cloud account pays."""

    first = ("workspace_name", "language", "huawei_account_id")
    huawei_account_id = fields.text(_l("Huawei Cloud Account ID"))


class TypeForm(SiteForm):
    """The type of a new workspace."""

    method = RadioField(
        _l("Activation method"), validators=[InputRequired(_l("Choose one of them."))], validate_choice=True
    )


class SignInForm(fields.SignInFields, SiteForm):
    """The fields of the sign-in page of a site."""

    saves = False


class ForgotForm(SiteForm):
    """The username or email of the account whose password is forgotten."""

    saves = False

    username = fields.text(_l("Username or email"))


class ResetForm(fields.PasswordsForm):
    """The mailed code and the new password."""

    first = ("code",)
    code = fields.code()


class SecurityCodeForm(SiteForm):
    """A code of the authenticator app, after the password."""

    saves = False

    security_code = fields.security_code()


class UnbindMfaForm(SiteForm):
    """What customer service needs to unbind MFA."""

    description = TextAreaField(_l("Description"), filters=[trimmed], validators=required(longest=LONGEST_DESCRIPTION))
    code = fields.code()


def site_name(site: RegionalSite) -> str:
    """The site's name in the language of the page."""
    return _(site.name)
