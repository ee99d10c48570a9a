"""IAM users who may only read: what would change something is refused, and shown as what cannot be used, with why."""

import html
import re
from typing import Final
from urllib.parse import urlsplit

from flask import current_app, request
from flask_babel import gettext as _
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from mock_sites.huawei.domain import iam_users
from mock_sites.huawei.domain.tables import IamAccess
from mock_sites.web.context import uow
from mock_sites.web.signing_in import signed_in_subject

FOR_READERS: Final = frozenset(
    {
        *("sign_in.logout", "operator_pass.enter_by_pass", "credentials.password", "credentials.new_access_key"),
        *("credentials.access_key", "credentials.access_key_enabled", "credentials.delete_access_key"),
        *("credentials.login_protection", "qr_sign_in.confirm"),
    }
)
"""The forms that they can send: those about the own sign-in and credentials."""

_ATTRIBUTES: Final = r"""(?:[^>"]|"[^"]*")*"""
_FORM: Final = re.compile(rf'(<form\b{_ATTRIBUTES}\bmethod="post"{_ATTRIBUTES}>)(.*?)</form>', re.DOTALL)
_ACTION: Final = re.compile(r'\baction="([^"]*)"')
_OFF: Final = '<fieldset class="refused" disabled aria-describedby="only-reads">'
_IN_DIALOG: Final = re.compile(
    rf"(<dialog\b{_ATTRIBUTES}\bopen\b{_ATTRIBUTES}>.*?</h\d>)(?=(?:(?!</dialog>).)*{_OFF})", re.DOTALL
)


def is_refused(view: str | None) -> bool:
    """Whether who is signed in may not send forms to a view, because an IAM user may only read."""
    return view not in FOR_READERS and _only_reads()


def usable(content: Markup) -> Markup:
    """The content of a page, in which forms that would be refused cannot be used, and a note says why."""
    if not _only_reads():
        return content
    shown = _FORM.sub(_switched_off, content)
    if shown == content:
        return content
    why = _("This IAM user may only read. Ask an administrator of the account for the permission to change something.")
    note = f'<p class="note" id="only-reads">{escape(why)}</p>\n'
    placed, dialogs = _IN_DIALOG.subn(lambda heading: heading[1] + note, shown, count=1)
    return Markup(placed if dialogs else note + shown)  # noqa: S704 - the page's own markup, and an escaped text


def _switched_off(form: re.Match[str]) -> str:
    action = _ACTION.search(form[1])
    path = urlsplit(html.unescape(action[1])).path if action else ""
    return (
        form[0] if _answered_by(path or request.path) in FOR_READERS else f"{form[1]}{_OFF}{form[2]}</fieldset></form>"
    )


def _answered_by(path: str) -> str:
    """The name of the view that takes a form of this site. Empty if none does."""
    try:
        return current_app.url_map.bind("").match(path, "POST")[0]
    except (RequestRedirect, HTTPException):
        return ""


def _only_reads() -> bool:
    user = iam_users.user_of(uow(), signed_in_subject() or "")
    return user is not None and user.access is IamAccess.READ_ONLY
