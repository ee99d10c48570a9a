"""The forms of the console."""

from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired

from mock_sites.guance.domain import bills, workspaces
from mock_sites.web.forms import SiteForm, options, required, trimmed
from mock_sites.web.texts import lazy as _l


class AlertForm(SiteForm):
    """A billing item and its threshold."""

    item = SelectField(
        _l("Billing item"),
        choices=options({key: _l(text) for key, text in bills.ITEMS.items()}),
        validators=[InputRequired(_l("Fill in this field."))],
    )
    threshold = StringField(_l("Alert threshold (CNY)"), filters=[trimmed], validators=required())


class NewWorkspaceForm(SiteForm):
    """The fields of a further workspace. ``attempt`` identifies the form, so that sending it twice makes one
    workspace.
    """

    attempt = HiddenField()
    workspace_name = StringField(
        _l("Workspace name"), filters=[trimmed], validators=required(longest=workspaces.LONGEST_NAME)
    )
    language = RadioField(
        _l("Workspace language"),
        choices=options(workspaces.LANGUAGES),
        validators=[InputRequired(_l("Choose one of the languages."))],
        validate_choice=False,
    )
