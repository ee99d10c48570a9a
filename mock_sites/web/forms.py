"""Forms that keep what was typed, show errors beside the field, and change nothing when they are refused."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final, TypeVar

from flask import render_template
from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import (
    Field,
    FileField,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectChoice,  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType] - newer than the type stubs
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, StopValidation, ValidationError

from mock_sites.web.context import discard
from mock_sites.web.language import translate_for_page
from mock_sites.web.texts import lazy as _l
from mock_sites.world.errors import Labels, Refusal
from mock_sites.world.fields import LONGEST_TEXT, FieldRule
from mock_sites.world.foreign_text import filled

_LINE_BREAKS: Final = "\r\n\t"
_INVISIBLE: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNING: Final = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Characters that change the direction of the text around them. Right-to-left scripts do not need them."""

Result = TypeVar("Result")


class SiteForm(FlaskForm):
    """A form with CSRF protection and a place for refusals that do not belong to one field."""

    saves: ClassVar[bool] = True
    """Whether it saves something. Not a sign-in, which only checks what was typed."""

    first: ClassVar[tuple[str, ...]] = ()
    """The names of the fields that the page shows before those of a base class. Errors are listed in this order."""

    class Meta(FlaskForm.Meta):
        """How its fields are made."""

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            """Bind a field. Text fields that people read later accept readable characters only."""
            field = super().bind_field(form, unbound_field, options)
            if isinstance(field, StringField) and not isinstance(field, (HiddenField, PasswordField)):
                field.validators = [*field.validators, readable]
            return field

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._fields = {name: self._fields[name] for name in dict.fromkeys([*self.first, *self._fields])}

    def refuse(self, refusal: Refusal) -> None:
        """Show a domain's refusal beside its field, or above the form."""
        text = refusal_text(refusal)
        field = self._fields.get(refusal.field)
        if field is None:
            self.form_errors.append(text)
        else:
            field.errors = [*field.errors, text]

    def again(self, field: Field) -> str:
        """What to do with a field whose content does not come back with the page, as browsers fill in no password and
        no file. Empty if there was none, or if an error says what to do.
        """
        if not (self.saves and self.is_submitted() and field.data) or field.errors:
            return ""
        if isinstance(field, PasswordField):
            return gettext("Type it again: a password is not shown.")
        return gettext("Choose the file again.") if isinstance(field, FileField) else ""

    @property
    def refused(self) -> bool:
        """Whether this form was sent and is not valid."""
        return bool(self.errors or self.form_errors)


class WholeNumberField(IntegerField):
    """A whole number of at most 15 digits. WTForms' own field fails on long numbers."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        self.data = None
        if valuelist and valuelist[0]:
            if not re.fullmatch(r"[+-]?[0-9]{1,15}", valuelist[0].strip()):
                raise ValueError(gettext("Fill in a whole number."))
            self.data = int(valuelist[0])


def refusal_text(refusal: Refusal, translated: Callable[[str], str] = translate_for_page) -> str:
    """The refusal's reason in the language of the page: as markup, or as ``translated`` returns it."""
    details = {name: _shown(value, translated) for name, value in refusal.details.items()}
    return filled(translated(refusal.reason), details)


def _shown(detail: object, translated: Callable[[str], str]) -> object:
    match detail:
        case Labels():
            return translated(", ").join([translated(label) for label in detail])
        case Refusal():
            return refusal_text(detail, translated)
        case _:
            return detail


def reason_not_to(check: Callable[[], object]) -> str:
    """Why something cannot be done now, in the language of the page. Empty if it can be done."""
    try:
        check()
    except Refusal as refusal:
        return refusal_text(refusal)
    return ""


def submit(form: SiteForm, verb: Callable[[], Result]) -> Result | None:
    """Call ``verb`` if the form was sent and is valid. None: it was not, or the domain refuses; nothing changed."""
    if not form.is_submitted():
        return None
    if not form.validate():
        discard()
        return None
    try:
        return verb()
    except Refusal as refusal:
        discard()
        form.refuse(refusal)
        return None


def done(verb: Callable[[], None]) -> Callable[[], bool]:
    """``verb`` as a function that returns True, which ``submit`` needs: None means that the form was refused."""

    def run() -> bool:
        verb()
        return True

    return run


def attempt_number(text: str | None) -> int:
    """The number by which a form that is sent twice is recognized. 0, which no attempt has, if it was manipulated."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else 0


def form_page(template: str, form: SiteForm, **values: Any) -> tuple[str, int]:
    """The page with the form. The status is 422 if the form was refused."""
    return render_template(template, form=form, **values), 422 if form.refused else 200


def required(*, longest: int = LONGEST_TEXT) -> list[Any]:
    """Validators of a text that must not be empty after blanks at both ends are removed."""
    return [InputRequired(_l("Fill in this field.")), present, Length(max=longest)]


def follows(rule: FieldRule) -> Callable[[FlaskForm, Field], None]:
    """A validator of a text that is written as a rule of the domain says."""

    def validate(_form: FlaskForm, field: Field) -> None:
        if not rule.allows(field.data or ""):
            raise ValidationError(gettext(rule.complaint))

    return validate


def present(_form: FlaskForm, field: Field) -> None:
    """Refuse a text of blanks only."""
    if isinstance(field.data, str) and not field.data.strip():
        raise StopValidation(gettext("Fill in this field."))


def readable(_form: FlaskForm, field: Field) -> None:
    """Refuse control characters, and marks that change the direction of the text around them."""
    allowed = _LINE_BREAKS if isinstance(field, TextAreaField) else ""
    signs = set(str(field.data or "")).difference(allowed)
    if signs & _TURNING or any(unicodedata.category(sign) in _INVISIBLE for sign in signs):
        raise StopValidation(gettext("Remove control characters and marks that change the direction of text."))


def options(labels: Mapping[str, str]) -> Any:
    """The choices of a select or radio field: their labels by value."""
    return [SelectChoice(value, label) for value, label in labels.items()]


def trimmed(text: str | None) -> str | None:
    """A filter for text fields: without blanks at both ends."""
    return text.strip() if text is not None else None
