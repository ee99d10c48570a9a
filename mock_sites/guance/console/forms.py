"""The forms of the console."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from mock_sites.guance import forms as fields
from mock_sites.guance.domain import bills, members, settings, storage, workspace_import
from mock_sites.guance.domain.money import money
from mock_sites.guance.domain.profile import LONGEST_DESCRIPTION
from mock_sites.guance.domain.storage import PRICES, Price
from mock_sites.web.forms import SiteForm, options, trimmed
from mock_sites.web.texts import lazy as _l


class AlertForm(SiteForm):
    """A billing item and its threshold."""

    item = SelectField(
        _l("Billing item"),
        choices=options({key: _l(text) for key, text in bills.ITEMS.items()}),
        validators=[InputRequired(_l("Fill in this field."))],
    )
    threshold = fields.text(_l("Alert threshold (CNY)"))


def _durations(item: str) -> SelectField:
    """For how many days an item can be kept, each with its price, such as: 7 days: 1.20 CNY for 1,000,000."""

    def choices() -> Any:
        return options({str(days): _priced(days, price) for days, price in PRICES[item].items()})

    return SelectField(_l(storage.ITEMS[item]), choices=choices, validators=[InputRequired(_l("Fill in this field."))])


def _priced(days: int, price: Price) -> str:
    kept = ngettext("%(num)d day", "%(num)d days", days)
    return _("%(kept)s: %(price)s CNY for %(unit)s", kept=kept, price=money(price.fen), unit=format(price.units, ","))


class StorageForm(SiteForm):
    """For how many days each item is kept, and the name of the workspace, which confirms it."""

    time_series = _durations("time-series")
    logs = _durations("logs")
    traces = _durations("traces")
    page_views = _durations("page-views")
    name = fields.text(_l("Workspace name"))


class BasicsForm(SiteForm):
    """What describes a workspace."""

    language = fields.language()
    remark = fields.short_text(_l("Remark"))
    description = TextAreaField(_l("Description"), filters=[trimmed], validators=[Length(max=LONGEST_DESCRIPTION)])


class TokenForm(SiteForm):
    """A new token: when the one before becomes invalid, and the name of the workspace, which confirms it."""

    grace = SelectField(
        _l("The previous token becomes invalid"),
        choices=options({key: _l(text) for key, (_length, text) in settings.GRACES.items()}),
        validators=[InputRequired(_l("Fill in this field."))],
    )
    name = fields.text(_l("Workspace name"))


class BindMfaForm(SiteForm):
    """Begin to bind MFA: the code that was mailed."""

    code = fields.code()


class SecurityCodeForm(SiteForm):
    """A code of the authenticator app, which binds or unbinds it."""

    security_code = fields.security_code()


class AddressesForm(SiteForm):
    """The addresses from which a workspace may be opened."""

    addresses = TextAreaField(_l("IP addresses"), validators=[Length(max=LONGEST_DESCRIPTION)])


class InvitationForm(SiteForm):
    """Who is invited, and in which role."""

    email = fields.email()
    role = SelectField(
        _l("Role"),
        choices=options({key: _l(text) for key, text in members.GIVEN.items()}),
        default=members.STANDARD,
        validators=[InputRequired(_l("Fill in this field."))],
    )


class ImportForm(SiteForm):
    """A configuration, what happens to its names that the workspace has already, and the name of the workspace."""

    file = FileField(_l("Configuration file (JSON)"), [FileRequired(_l("Choose a file."))])
    taken = SelectField(
        _l("If a name exists already"),
        choices=options({key: _l(text) for key, text in workspace_import.CHOICES.items()}),
        validators=[InputRequired(_l("Fill in this field."))],
    )
    name = fields.text(_l("Workspace name"))


class DeletionForm(SiteForm):
    """What is deleted, and the name of the workspace, which confirms it."""

    kind = SelectField(
        _l("What to delete"),
        choices=options({key: _l(text) for key, text in settings.KINDS.items()}),
        validators=[InputRequired(_l("Fill in this field."))],
    )
    target = fields.text(_l("Name"))
    name = fields.text(_l("Workspace name"))


class NewWorkspaceForm(SiteForm):
    """The fields of a further workspace. ``attempt`` identifies the form, so that sending it twice makes one
    workspace.
    """

    attempt = HiddenField()
    workspace_name = fields.workspace_name()
    language = fields.language()
