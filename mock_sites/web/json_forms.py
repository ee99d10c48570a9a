"""The fields of an API's request, checked as a page checks them."""

from collections.abc import Mapping
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from mock_sites.web.forms import SiteForm
from mock_sites.world.errors import Refusal

Form = TypeVar("Form", bound=SiteForm)


def typed(form: type[Form], texts: Mapping[str, str]) -> Form:
    """A page's form, filled in with ``texts`` by the names of its fields. It needs no CSRF token.

    Raises:
        Refusal: the page would refuse a field, for the same reason.
    """
    filled = form(formdata=MultiDict(texts), meta={"csrf": False})
    filled.validate()
    for name, reasons in filled.errors.items():
        raise Refusal(str(next(iter(reasons))), field=str(name))
    return filled
