"""The fields of choosing, binding and creating, labelled as in the documents (S1, Start Using Guance)."""

from wtforms import RadioField
from wtforms.validators import AnyOf, InputRequired

from mock_sites.guance import forms as fields
from mock_sites.web.forms import SiteForm, options
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

    username = fields.text(_l("Username"))
    code = fields.code()


class CreateForm(SiteForm):
    """Create Workspace > Have Guance Account."""

    workspace_name = fields.workspace_name()
    language = fields.language()
    email = fields.email()
    code = fields.code()
    terms = fields.terms()


class RegisterAndCreateForm(SiteForm):
    """Create Workspace > No Guance Account. The fields are in the order of the page, because the first refused field
    gets the focus.
    """

    workspace_name = fields.workspace_name()
    language = fields.language()
    username = fields.text(_l("Username"))
    password = fields.password(_l("Login password"))
    confirm = fields.confirmation()
    email = fields.email()
    code = fields.code()
    phone = fields.phone()
    terms = fields.terms()
