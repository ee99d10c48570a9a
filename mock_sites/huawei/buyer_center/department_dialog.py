"""The dialog in which a department is chosen from the tree (spec huawei 1.5).

It is a part of the form that needs the department: its buttons send that form, which comes back as it was typed, with
the dialog open or with the chosen department. So it needs no script.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from flask import request
from wtforms import Field

from mock_sites.huawei.domain import departments
from mock_sites.huawei.domain.tables import Department, Enterprise
from mock_sites.web import forms
from mock_sites.web.context import discard, uow
from mock_sites.web.forms import SiteForm
from mock_sites.world.rows import count_of

SENT_BY: Final = "dialog"
"""The name of its buttons. Their values: open, search, done, close."""

Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True)
class DepartmentDialog:
    """The open dialog: the departments that match its search, as many as it shows, and how many there are."""

    search: str
    rows: Sequence[Department]
    total: int
    nothing_chosen: bool


def submit(
    form: SiteForm, field: Field, enterprise: Enterprise, verb: Callable[[], Result]
) -> tuple[Result | None, DepartmentDialog | None]:
    """As ``forms.submit``, unless the form was sent by a button of the dialog, which only changes ``field``.

    Returns what ``verb`` returned, and the dialog if it is open.
    """
    if SENT_BY not in request.form:
        return forms.submit(form, verb), None
    discard()
    return None, _use(enterprise, field)


def _use(enterprise: Enterprise, field: Field) -> DepartmentDialog | None:
    """Put the chosen department into the field. None: the dialog is closed."""
    button = request.form[SENT_BY]
    chosen = departments.find(uow(), enterprise, request.form.get("chosen", "")) if button == "done" else None
    if chosen:
        field.data = chosen.path
    if chosen or button == "close":
        return None
    text = request.form.get("department_search", "").strip()
    found = departments.departments_of(enterprise, text)
    return DepartmentDialog(
        search=text,
        rows=uow().session.scalars(found.limit(departments.MOST_SUGGESTED)).all(),
        total=count_of(uow(), found),
        nothing_chosen=button == "done",
    )
