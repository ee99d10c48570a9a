"""The fields of registration and sign-in, labelled as in the documents (spec guance A.2 to A.4, S1)."""

from flask_babel import gettext as _
from wtforms import BooleanField, PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Email, EqualTo, InputRequired, Length, Optional

from mock_sites.guance.domain.accounts import PHONE
from mock_sites.guance.domain.profile import LONGEST_DESCRIPTION
from mock_sites.guance.domain.sites import SITES, RegionalSite, offers_huawei
from mock_sites.guance.domain.workspaces import LANGUAGES, LONGEST_NAME
from mock_sites.web.forms import SiteForm, follows, options, required, trimmed
from mock_sites.web.texts import lazy as _l
from mock_sites.world.fields import LONGEST_TEXT


class BasicsForm(SiteForm):
    """The fields of step 1 when it is filled in for the first time."""

    site = SelectField(_l("Site"), validators=[InputRequired(_l("Fill in this field."))])
    username = StringField(_l("Username"), filters=[trimmed], validators=required())
    password = PasswordField(_l("Login password"), validators=[InputRequired(_l("Fill in this field."))])
    confirm = PasswordField(
        _l("Confirm password"),
        validators=[
            InputRequired(_l("Fill in this field.")),
            EqualTo("password", _l("The two passwords are not the same.")),
        ],
    )
    email = StringField(
        _l("Email"),
        filters=[trimmed],
        validators=[*required(), Email(_l("Enter an email address, such as li@example.com."))],
    )
    code = StringField(_l("Verification code"), filters=[trimmed], validators=required())
    phone = StringField(
        _l("Phone number"),
        filters=[trimmed],
        validators=[Optional(), follows(PHONE)],
    )

    def offer_sites(self, *, huawei_only: bool) -> None:
        """Fill the list of sites. A visitor from Huawei Cloud gets only sites where a Huawei Cloud account can pay."""
        self.site.choices = options(
            {site.code: site_name(site) for site in SITES.values() if offers_huawei(site) or not huawei_only}
        )


class RepeatedBasicsForm(BasicsForm):
    """The fields of step 1 when it is opened again. An empty password keeps the one that was set. An unchanged email
    needs no new code.
    """

    password = PasswordField(_l("Login password"))
    confirm = PasswordField(
        _l("Confirm password"), validators=[EqualTo("password", _l("The two passwords are not the same."))]
    )
    code = StringField(_l("Verification code"), filters=[trimmed], validators=[Length(max=LONGEST_TEXT)])


class CompanyForm(SiteForm):
    """The fields of step 2."""

    company = StringField(_l("Company name"), filters=[trimmed], validators=required())
    industry = StringField(_l("Industry"), filters=[trimmed], validators=[Length(max=LONGEST_TEXT)])
    region = StringField(_l("Region"), filters=[trimmed], validators=[Length(max=LONGEST_TEXT)])
    description = TextAreaField(
        _l("Company description"), filters=[trimmed], validators=[Length(max=LONGEST_DESCRIPTION)]
    )
    contact = StringField(_l("Contact name"), filters=[trimmed], validators=[Length(max=LONGEST_TEXT)])
    terms = BooleanField(
        _l("Read and agree to the relevant agreements"), validators=[InputRequired(_l("Agree to go on."))]
    )


class ActivationForm(SiteForm):
    """The fields of step 3 when the billing center account pays."""

    workspace_name = StringField(_l("Workspace name"), filters=[trimmed], validators=required(longest=LONGEST_NAME))
    language = RadioField(
        _l("Workspace language"),
        choices=options(LANGUAGES),
        validators=[InputRequired(_l("Choose one of the languages."))],
        validate_choice=False,
    )
    terms = BooleanField(
        _l("Read and agree to the relevant agreements"), validators=[InputRequired(_l("Agree to go on."))]
    )


class HuaweiActivationForm(ActivationForm):
    """The fields of step 3 when a Huawei Cloud account pays."""

    huawei_account_id = StringField(_l("Huawei Cloud Account ID"), filters=[trimmed], validators=required())


class TypeForm(SiteForm):
    """The type of a new workspace."""

    method = RadioField(
        _l("Activation method"), validators=[InputRequired(_l("Choose one of them."))], validate_choice=True
    )


class SignInForm(SiteForm):
    """The fields of the sign-in page of a site."""

    username = StringField(_l("Username or email"), filters=[trimmed], validators=required())
    password = PasswordField(_l("Password"), validators=[InputRequired(_l("Fill in this field."))])


def site_name(site: RegionalSite) -> str:
    """The site's name in the language of the page."""
    return _(site.name)
