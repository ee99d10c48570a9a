"""The fields of choosing, binding and creating, labelled as in the documents (S1, Start Using Guance)."""

from wtforms import BooleanField, PasswordField, RadioField, StringField
from wtforms.validators import AnyOf, Email, EqualTo, InputRequired, Optional

from mock_sites.guance.domain.accounts import PHONE
from mock_sites.guance.domain.workspaces import LANGUAGES, LONGEST_NAME
from mock_sites.web.forms import SiteForm, follows, options, required, trimmed
from mock_sites.web.texts import lazy as _l


class ChoiceForm(SiteForm):
    """Whether there is a fee center account."""

    account = RadioField(
        _l("Do you have a fee center account?"),
        choices=options({"no": _l("No Fee Center Account"), "existing": _l("Existing Fee Center Account")}),
        validators=[InputRequired(_l("Choose one of the two.")), AnyOf(["no", "existing"])],
        validate_choice=False,
    )


class AccountForm(SiteForm):
    """Bind Fee Center Account."""

    username = StringField(_l("Username"), filters=[trimmed], validators=required())
    code = StringField(_l("Verification code"), filters=[trimmed], validators=required())


def _workspace_name() -> StringField:
    return StringField(_l("Workspace name"), filters=[trimmed], validators=required(longest=LONGEST_NAME))


def _language() -> RadioField:
    return RadioField(
        _l("Workspace language"),
        choices=options(LANGUAGES),
        validators=[InputRequired(_l("Choose one of the languages."))],
        validate_choice=False,
    )


def _email() -> StringField:
    return StringField(
        _l("Email"),
        filters=[trimmed],
        validators=[*required(), Email(_l("Enter an email address, such as li@example.com."))],
    )


def _code() -> StringField:
    return StringField(_l("Verification code"), filters=[trimmed], validators=required())


def _terms() -> BooleanField:
    return BooleanField(
        _l("Read and agree to the relevant agreements"), validators=[InputRequired(_l("Agree to go on."))]
    )


class CreateForm(SiteForm):
    """Create Workspace > Have Guance Account."""

    workspace_name = _workspace_name()
    language = _language()
    email = _email()
    code = _code()
    terms = _terms()


class RegisterAndCreateForm(SiteForm):
    """Create Workspace > No Guance Account. The fields are in the order of the page, because the first refused field
    gets the focus.
    """

    workspace_name = _workspace_name()
    language = _language()
    username = StringField(_l("Username"), filters=[trimmed], validators=required())
    password = PasswordField(_l("Login password"), validators=[InputRequired(_l("Fill in this field."))])
    confirm = PasswordField(
        _l("Confirm password"),
        validators=[
            InputRequired(_l("Fill in this field.")),
            EqualTo("password", _l("The two passwords are not the same.")),
        ],
    )
    email = _email()
    code = _code()
    phone = StringField(
        _l("Phone number"),
        filters=[trimmed],
        validators=[Optional(), follows(PHONE)],
    )
    terms = _terms()
