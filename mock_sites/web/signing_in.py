"""Signing in and out of a site, with the sign-ins kept in the world."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Final, ParamSpec, TypeVar, cast
from urllib.parse import urlencode

from flask import Blueprint, Flask, abort, current_app, g, redirect, request, session
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mock_sites.web import language, recorder, refusals
from mock_sites.web.context import local, uow, world
from mock_sites.web.messages import alert
from mock_sites.web.site import csrf
from mock_sites.world import sign_ins
from mock_sites.world.sign_ins import SignIn

KEPT_AT_SIGN_IN: Final = "language"

_ADDRESS: Final = re.compile(r"http://((?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{1,63}:[0-9]+)(?:[/?#][^\x00-\x1f\x7f]*)?")
"""An address of the sites. A label of a host has 1 to 63 characters (RFC 1035, 2.3.4)."""

_TOKEN: Final = "_user_id"
"""What the session cookie calls the token of the sign-in."""

_SUBJECT: Final = "_subject"
"""What the session cookie calls who signed in.

A world that is restored makes its tokens again. A browser that is still open then has the token of somebody else.
"""

PASS_PATH: Final = "/operator-pass"
PASS_FIELD: Final = "pass"
"""Where a site takes a pass, and the field of its form."""

operator_pass = Blueprint("operator_pass", __name__)

Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class _SignInSite:
    """How a site signs people in, for the host of the request."""

    realm: Callable[[], str]
    page: Callable[[], str]
    begin: Callable[[str], None]


def set_up_sign_in(
    app: Flask,
    *,
    realm: str | Callable[[], str],
    page: str | Callable[[], str],
    begin: Callable[[str], None] | None = None,
) -> None:
    """Add a sign-in to the site: ``realm`` names it, ``page`` is the documented address of its sign-in page.

    An app that serves several hosts passes functions that depend on the host of the request. ``begin`` signs a subject
    in, if that takes more than ``sign_in``.
    """
    app.extensions[__name__] = _SignInSite(
        realm if callable(realm) else lambda: realm, page if callable(page) else lambda: page, begin or sign_in
    )
    app.extensions[recorder.SIGN_INS] = recorder.SignIns(_held_subject, lambda: _site().page())
    app.register_blueprint(operator_pass)


@operator_pass.post(PASS_PATH)
@csrf.exempt
def enter_by_pass() -> Response:
    """Sign in the holder of a pass that the operator's pages have issued. A pass works once.

    The form comes from the operator's host, so it cannot carry a CSRF token of this site. The pass proves where it
    comes from, and a request without a pass changes nothing.
    """
    subject = sign_ins.redeem_pass(uow(), _site().realm(), request.form.get(PASS_FIELD, ""))
    if subject is None:
        alert(_("This way in has been used or is too old. Sign in to go on."))
        return redirect(local(_site().page()))
    _site().begin(subject)
    return redirect("/")


def login_required(view: Callable[Parameters, Answer]) -> Callable[Parameters, Answer | Response]:
    """Let only people who are signed in see the page; others are led to the sign-in page first."""

    @wraps(view)
    def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Answer | Response:
        return view(*args, **kwargs) if signed_in_subject() else _lead_to_sign_in()

    return guarded


def sign_in(subject: str, *, realm: str = "") -> None:
    """Sign ``subject`` in at this site (or at another one with the same cookie: ``realm``), with a new session.

    The sign-in that the cookie held before ends, so that a copy of the old cookie opens nothing.
    """
    _end_held()
    world().speak(language.current())
    kept = session.get(KEPT_AT_SIGN_IN)
    session.clear()
    if kept:
        session[KEPT_AT_SIGN_IN] = kept
    begun = sign_ins.begin(uow(), realm or _site().realm(), subject)
    session.update(cookie_of(begun))
    g.signed_in = subject


def cookie_of(begun: SignIn) -> dict[str, str]:
    """What the session cookie holds of a sign-in."""
    return {_TOKEN: begun.token, _SUBJECT: begun.subject}


def sign_out() -> None:
    """End the sign-in that the cookie holds, if there is one, also when another site with this cookie began it."""
    _end_held()
    g.signed_in = None
    session.clear()


def signed_in_subject() -> str | None:
    """Who is signed in at this site, if anybody. The sign-in is looked up once a request."""
    if "signed_in" not in g:
        token = session.get(_TOKEN)
        found = sign_ins.find(uow(), _site().realm(), token) if token else None
        known = found is not None and found.subject == session.get(_SUBJECT)
        g.signed_in = found.subject if found and known else None
        uow().subject = g.signed_in or ""
    return g.signed_in


def _held_subject() -> str:
    """The subject in the session cookie, whether the sign-in lasts or not."""
    return str(session.get(_SUBJECT, ""))


def _end_held() -> None:
    if _TOKEN in session:
        sign_ins.end(uow(), session[_TOKEN], session.get(_SUBJECT, ""))


def _lead_to_sign_in() -> Response:
    if request.method != "GET":
        abort(401)
    if _TOKEN in session:
        alert(_("Your session has ended. Sign in again to go on."))
        refusals.write(302, "the session has ended")
    return redirect(f"{local(_site().page())}?{urlencode({'next': request.url})}")


def _site() -> _SignInSite:
    return cast("_SignInSite", current_app.extensions[__name__])


def safe_next(default: str, domain: str) -> str:
    """Where to go after signing in: the requested address if it is on ``domain`` in this world, else ``default``."""
    wanted = request.args.get("next", "")
    found, home = _ADDRESS.fullmatch(wanted), f"{domain}{world().suffix}"
    return wanted if found and (found[1] == home or found[1].endswith(f".{home}")) else default
