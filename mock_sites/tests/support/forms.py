"""The forms of all sites, and their text fields."""

from collections.abc import Iterator
from typing import Any

from wtforms import Field, HiddenField, IntegerField, StringField

from mock_sites.web.forms import SiteForm


def kinds(form: type[SiteForm]) -> dict[str, type[Field]]:
    """The types of fields, by form."""
    made: dict[str, Any] = {name: getattr(form, name) for name in dir(form)}
    return {name: field.field_class for name, field in made.items() if hasattr(field, "field_class")}


def fields(form: type[SiteForm]) -> dict[str, type[Field]]:
    """The text fields of a form, with passwords."""
    return {
        name: kind
        for name, kind in kinds(form).items()
        if issubclass(kind, (StringField, IntegerField)) and not issubclass(kind, HiddenField)
    }


def forms(above: type[SiteForm] = SiteForm) -> Iterator[type[SiteForm]]:
    """Every form of the sites."""
    for form in above.__subclasses__():
        yield form
        yield from forms(form)


def named(form: type[SiteForm]) -> str:
    """The name of a form, with its module."""
    return f"{form.__module__.removeprefix('mock_sites.')}.{form.__name__}"
