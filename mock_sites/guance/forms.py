"""Fields and forms that several sites of Guance show, labelled as in the documents (spec guance A, C; S1)."""

from wtforms import BooleanField, PasswordField, RadioField, StringField, TextAreaField
from wtforms.validators import Email, EqualTo, InputRequired, Length, Optional

from mock_sites.guance.domain.accounts import PHONE
from mock_sites.guance.domain.profile import LONGEST_DESCRIPTION
from mock_sites.guance.domain.workspaces import LANGUAGES, LONGEST_NAME
from mock_sites.web.forms import SiteForm, follows, options, required, trimmed
from mock_sites.web.texts import lazy as _l
from mock_sites.world.fields import LONGEST_TEXT


def text(label: str) -> StringField:
    """A text that must be filled in."""
    return StringField(label, filters=[trimmed], validators=required())


def short_text(label: str) -> StringField:
    """A text that may stay empty."""
    return StringField(label, filters=[trimmed], validators=[Length(max=LONGEST_TEXT)])


def password(label: str) -> PasswordField:
    """A password that must be filled in."""
    return PasswordField(label, validators=[InputRequired(_l("Fill in this field."))])


def confirmation() -> PasswordField:
    """The password once more."""
    return PasswordField(
        _l("Confirm password"),
        validators=[
            InputRequired(_l("Fill in this field.")),
            EqualTo("password", _l("The two passwords are not the same.")),
        ],
    )


def email() -> StringField:
    """An email address."""
    return StringField(
        _l("Email"),
        filters=[trimmed],
        validators=[*required(), Email(_l("Enter an email address, such as li@example.com."))],
    )


def phone() -> StringField:
    """A phone number, which may stay empty."""
    return StringField(_l("Phone number"), filters=[trimmed], validators=[Optional(), follows(PHONE)])


def code() -> StringField:
    """The code that was sent."""
    return text(_l("Verification code"))


def security_code() -> StringField:
    """The code that an authenticator app shows."""
    return text(_l("MFA security code"))


def workspace_name() -> StringField:
    """The name of a new workspace."""
    return StringField(_l("Workspace name"), filters=[trimmed], validators=required(longest=LONGEST_NAME))


def language() -> RadioField:
    """The language of a new workspace."""
    return RadioField(
        _l("Workspace language"),
        choices=options(LANGUAGES),
        validators=[InputRequired(_l("Choose one of the languages."))],
        validate_choice=False,
    )


def terms() -> BooleanField:
    """The terms, without which nothing goes on."""
    return BooleanField(
        _l("Read and agree to the relevant agreements"), validators=[InputRequired(_l("Agree to go on."))]
    )


class SignInFields:
    """The sign-in of a site or of the billing center."""

    username = text(_l("Username or email"))
    password = password(_l("Password"))


class CompanyFields:
    """What a customer says of its company."""

    company = text(_l("Company name"))
    industry = short_text(_l("Industry"))
    region = short_text(_l("Region"))
    description = TextAreaField(
        _l("Company description"), filters=[trimmed], validators=[Length(max=LONGEST_DESCRIPTION)]
    )
    contact = short_text(_l("Contact name"))


class PasswordsForm(SiteForm):
    """A new password, typed twice."""

    password = password(_l("New password"))
    confirm = confirmation()


class ChangePasswordForm(PasswordsForm):
    """The current password and a new one."""

    first = ("current",)
    current = password(_l("Current password"))
