"""The forms of the operator's pages."""

from datetime import datetime, timezone
from typing import Any, Final, cast

from flask_babel import gettext
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateTimeField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # pyright: ignore[reportAttributeAccessIssue] - newer than its types
from wtforms.validators import InputRequired, NumberRange

from mock_sites.control.register import register
from mock_sites.web import language, uploads
from mock_sites.web.forms import SiteForm, WholeNumberField, required, trimmed
from mock_sites.web.texts import lazy as _l
from mock_sites.world import world_files
from mock_sites.world.clock import BEIJING

UNITS: Final = {"minutes": 60, "hours": 3600, "days": 86400}
"""Seconds in a unit."""

MOVES: Final = {("1", "minutes"): _l("+1 minute"), ("1", "hours"): _l("+1 hour"), ("14", "days"): _l("+14 days")}
"""Usual steps of a clock, as amount and unit, with their labels: 14 days is how long a locked workspace is kept."""

_UNIT_CHOICES: Any = [
    SelectChoice("minutes", _l("Minutes")),
    SelectChoice("hours", _l("Hours")),
    SelectChoice("days", _l("Days")),
]


_LANGUAGE_CHOICES: Any = [SelectChoice(code, name) for code, name in language.LANGUAGES.items()]

_PACE_CHOICES: Any = [
    SelectChoice("0", _l("As the player was started")),
    SelectChoice("0.5", _l("Slow")),
    SelectChoice("1", _l("Normal")),
    SelectChoice("2", _l("Fast")),
]
"""The speeds of a demo, as players count them (``journeys player --speed``)."""


def _playable() -> list[Any]:
    spoken = language.current()
    return [SelectChoice(each.name, each.title(spoken)) for each in register().demos.known() if not each.after_en]


def _usual_seed() -> str:
    return register().worlds.usual_seed()


class NameField(StringField):
    """A name or label, as people type it."""

    @property
    def as_name(self) -> str:
        """It in lower case, with hyphens for blanks."""
        return "-".join((self.data or "").lower().split())


class MakeForm(SiteForm):
    """Make a world."""

    name = NameField(_l("Name"), filters=[trimmed])
    seed = StringField(_l("Seed"), default=_usual_seed, filters=[trimmed], validators=required())
    frozen = BooleanField(_l("Start with a frozen clock"))


class ImportForm(SiteForm):
    """Make a world from an exported one."""

    file = FileField(
        _l("File of a world"),
        validators=[FileRequired(_l("Choose a file.")), uploads.at_most(world_files.LARGEST_FILE)],
    )
    name = NameField(_l("Name of the new world"), filters=[trimmed])


class ForkForm(SiteForm):
    """Make a world out of another."""

    name = NameField(_l("Name of the new world"), filters=[trimmed])


class SnapshotForm(SiteForm):
    """Store the current state of a world."""

    label = NameField(_l("Label"), filters=[trimmed], validators=required())


class DemoForm(SiteForm):
    """Have a journey played in a world. What can be played may have changed since the form was shown."""

    journey = SelectField(
        _l("Journey"), choices=_playable, validators=[InputRequired(_l("Choose a journey."))], validate_choice=False
    )
    language = SelectField(_l("Language"), choices=_LANGUAGE_CHOICES, default=language.current)
    speed = SelectField(_l("Pace"), choices=_PACE_CHOICES, default="0")


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


class MomentField(DateTimeField):
    """A day and a time, as people type them."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """With or without seconds, and with a space or a T before the time."""
        formats: Any = [f"%Y-%m-%d{between}%H:%M{end}" for between in " T" for end in (":%S", "")]
        super().__init__(*args, format=formats, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(gettext("Write a day and a time as in 2026-03-02 09:00.")) from error


class MomentForm(SiteForm):
    """Move a clock forward to a moment."""

    moment = MomentField(
        _l("Date and time"), validators=[InputRequired(_l("Write a day and a time as in 2026-03-02 09:00."))]
    )

    @staticmethod
    def shown(moment: datetime) -> datetime:
        """A moment as the field shows it: in Beijing, as everywhere on the pages."""
        return moment.astimezone(timezone(BEIJING))

    @property
    def chosen(self) -> datetime:
        """The moment that was typed."""
        typed = cast("datetime", self.moment.data)  # there is one: the field is required
        return typed.replace(tzinfo=timezone(BEIJING))
