"""The forms of the operator's pages."""

from typing import Any, Final

from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # pyright: ignore[reportAttributeAccessIssue] - newer than its types
from wtforms.validators import InputRequired, NumberRange

from mock_sites.control.register import register
from mock_sites.web.forms import SiteForm, WholeNumberField, required, trimmed
from mock_sites.web.texts import lazy as _l

UNITS: Final = {"minutes": 60, "hours": 3600, "days": 86400}
"""Seconds in a unit."""

_UNIT_CHOICES: Any = [
    SelectChoice("minutes", _l("Minutes")),
    SelectChoice("hours", _l("Hours")),
    SelectChoice("days", _l("Days")),
]


def _usual_seed() -> str:
    return register().worlds.usual_seed()


class MakeForm(SiteForm):
    """Make a world."""

    name = StringField(_l("Name"), filters=[trimmed])
    seed = StringField(_l("Seed"), default=_usual_seed, filters=[trimmed], validators=required())
    frozen = BooleanField(_l("Start with a frozen clock"))


class ForkForm(SiteForm):
    """Make a world out of another."""

    name = StringField(_l("Name of the new world"), filters=[trimmed])


class SnapshotForm(SiteForm):
    """Store the current state of a world."""

    label = StringField(_l("Label"), filters=[trimmed], validators=required())


class AdvanceForm(SiteForm):
    """Move a clock forward."""

    amount = WholeNumberField(
        _l("Advance by"),
        default=1,
        validators=[
            InputRequired(_l("Fill in a whole number.")),
            NumberRange(0, message=_l("A clock moves forward only.")),
        ],
    )
    unit = SelectField(
        _l("Unit"),
        choices=_UNIT_CHOICES,
        default="minutes",
        validators=[InputRequired()],
    )

    @property
    def seconds(self) -> int:
        """The step in seconds."""
        return int(self.amount.data or 0) * UNITS[self.unit.data]
