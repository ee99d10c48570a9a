"""Members of Partner Services in sheets: batch import with template and records, and export (spec huawei 1.5)."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from mock_sites.huawei.buyer_center import current
from mock_sites.huawei.buyer_center.forms import ImportForm, MemberForm
from mock_sites.huawei.domain import member_import, members
from mock_sites.huawei.domain.member_import import COLUMNS, NewRow
from mock_sites.huawei.domain.tables import MemberImport
from mock_sites.huawei.signed_in import login_required
from mock_sites.web import sheets
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, form_page, refusal_text, submit
from mock_sites.web.json_forms import typed
from mock_sites.web.language import LANGUAGES, translate
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_of
from mock_sites.world.errors import Refusal

blueprint = Blueprint("member_sheets", __name__, url_prefix="/buyer/partner-services/members")


@blueprint.route("/import", methods=["GET", "POST"])
@login_required
def batch_import() -> ResponseReturnValue:
    """Import members from a sheet."""
    enterprise, form = current.ready_enterprise(), ImportForm()

    def take() -> MemberImport:
        with uow().aside():
            sheet = sheets.read(form.sheet.data.read(), field="sheet")
        rows = member_import.rows_of(sheet, _titles())
        name = form.sheet.data.filename or ""
        return member_import.import_rows(uow(), enterprise, name, rows, _check, _reason)

    made = submit(form, take)
    if made is None:
        return form_page("buyer_center/import.html", form, most=member_import.MOST_ROWS)
    notice(
        _(
            "The sheet has been read. Members added: %(added)s, failed rows: %(failed)s.",
            added=made.added,
            failed=made.failed,
        )
    )
    return redirect(url_for(".record", import_id=made.id))


@blueprint.get("/import/template.csv", endpoint="template_csv")
@blueprint.get("/import/template.xlsx", endpoint="template_xlsx")
@login_required
def template() -> ResponseReturnValue:
    """The contact template, in the language of the pages."""
    return _file("contact-template", _header()[:-1], [[_(cell) for cell in member_import.EXAMPLE]])


@blueprint.get("/imports")
@login_required
def records() -> ResponseReturnValue:
    """The imports so far."""
    found = page_of(uow(), member_import.imports_of(current.ready_enterprise()))
    return render_template("buyer_center/imports.html", records=found)


@blueprint.get("/imports/<import_id>")
@login_required
def record(import_id: str) -> ResponseReturnValue:
    """One import, with the rows that failed."""
    found = _found(import_id)
    values: dict[str, Any] = {"record": found, "failed": page_of(uow(), member_import.failed_rows(found))}
    return render_template("buyer_center/import_record.html", action_form=SiteForm(formdata=None), **values)


@blueprint.post("/imports/<import_id>/failed.csv", endpoint="failed_members_csv")
@blueprint.post("/imports/<import_id>/failed.xlsx", endpoint="failed_members_xlsx")
@login_required
def failed_members(import_id: str) -> ResponseReturnValue:
    """The failed rows as a sheet that can be imported once it is corrected and has passwords."""
    found = _found(import_id)
    rows = uow().session.scalars(member_import.failed_rows(found))
    cells = ([row.name, row.department, row.phone, row.email, row.account, "", row.reason] for row in rows)
    return _file("failed-members", _header(), cells)


@blueprint.post("/export.csv", endpoint="export_csv")
@blueprint.post("/export.xlsx", endpoint="export_xlsx")
@login_required
def export() -> ResponseReturnValue:
    """All active members as a sheet."""
    enterprise = current.ready_enterprise()
    rows = uow().session.scalars(members.members_of(enterprise))
    titles = [_("Employee name"), _("Department"), _("Phone number"), _("Email"), _("Account"), _("State")]
    states = {True: _("Authorized"), False: _("Not authorized")}
    cells = [
        [one.name, one.department.path, one.phone, one.email, one.login_name, states[one.authorized]] for one in rows
    ]
    uow().record("members.exported", enterprise=enterprise.domain, members=len(cells))
    return _file("members", titles, cells)


def _file(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """A list as a file of the kind that the address of the request ends with."""
    return sheets.sheet_file(request.path.rpartition(".")[2], name, header, rows, made=uow().now)


def _found(import_id: str) -> MemberImport:
    """The import with this id. Not found if it is another enterprise's."""
    return member_import.find(uow(), current.ready_enterprise(), import_id) or abort(404)


def _check(row: NewRow) -> None:
    """Check a row as the form of a new member does."""
    typed(MemberForm, {**asdict(row.details), "password": row.password})


def _reason(refusal: Refusal) -> str:
    """Why a row is refused, with the title of the column that is meant."""
    reason = refusal_text(refusal, translate)
    if title := COLUMNS.get(refusal.field):
        return _("%(column)s: %(reason)s", column=_(title), reason=reason)
    return reason


def _header() -> list[str]:
    """The titles of the columns, and that of the reason."""
    return [_(title) for title in (*COLUMNS.values(), member_import.REASON)]


def _titles() -> list[list[str]]:
    """The header of the sheet in each language."""
    found: list[list[str]] = []
    for language in LANGUAGES:
        with force_locale(language):
            found.append(_header())
    return found
