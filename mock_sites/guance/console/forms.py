"""The forms of the console."""

from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired

from mock_sites.guance import forms as fields
from mock_sites.guance.domain import bills
from mock_sites.web.forms import SiteForm, options
from mock_sites.web.texts import lazy as _l


class AlertForm(SiteForm):
    """A billing item and its threshold."""

    item = SelectField(
        _l("Billing item"),
        choices=options({key: _l(text) for key, text in bills.ITEMS.items()}),
        validators=[InputRequired(_l("Fill in this field."))],
    )
    threshold = fields.text(_l("Alert threshold (CNY)"))


class NewWorkspaceForm(SiteForm):
    """The fields of a further workspace. ``attempt`` identifies the form, so that sending it twice makes one
    workspace.
    """

    attempt = HiddenField()
    workspace_name = fields.workspace_name()
    language = fields.language()
