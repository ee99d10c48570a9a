"""Signing in and out of a site, on Flask-Login, with the sign-ins kept in the world."""

import re
from collections.abc import Callable
from typing import Final, cast
from urllib.parse import urlencode

from flask import Flask, abort, current_app, redirect, request, session
from flask_babel import gettext as _
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from mock_sites.web import refusals
from mock_sites.web.context import local, uow, world
from mock_sites.web.messages import alert
from mock_sites.world import sign_ins
from mock_sites.world.sign_ins import SignIn

KEPT_AT_SIGN_IN: Final = "language"

_ADDRESS: Final = re.compile(r"http://([a-z0-9.-]+:[0-9]+)(?:[/?#][^\x00-\x1f\x7f]*)?")


class SignedIn(UserMixin):
    """Flask-Login's user: one sign-in of one subject."""

    def __init__(self, sign_in: SignIn) -> None:
        """For the sign-in found behind the session cookie."""
        self.id = sign_in.token
        self.subject = sign_in.subject


def set_up_sign_in(app: Flask, *, realm: str | Callable[[], str], page: str | Callable[[], str]) -> None:
    """Add a sign-in to the site: ``realm`` names it, ``page`` is the documented address of its sign-in page.

    An app that serves several hosts passes functions that depend on the host of the request.
    """
    manager = LoginManager(app)
    find_realm = app.config["SIGN_IN_REALM"] = realm if callable(realm) else lambda: realm
    find_page = page if callable(page) else lambda: page

    @manager.user_loader
    def load(token: str) -> SignedIn | None:  # pyright: ignore[reportUnusedFunction]
        sign_in = sign_ins.find(uow(), find_realm(), token)
        return SignedIn(sign_in) if sign_in else None

    @manager.unauthorized_handler
    def refuse() -> Response:  # pyright: ignore[reportUnusedFunction]
        if request.method != "GET":
            abort(401)
        if "_user_id" in session:
            alert(_("Your session has ended. Sign in again to go on."))
            refusals.write(302, "the session has ended")
        return redirect(f"{local(find_page())}?{urlencode({'next': request.url})}")


def sign_in(subject: str, *, realm: str = "") -> None:
    """Sign ``subject`` in at this site (or at another one with the same cookie: ``realm``), with a new session."""
    kept = session.get(KEPT_AT_SIGN_IN)
    session.clear()
    if kept:
        session[KEPT_AT_SIGN_IN] = kept
    find_realm = cast("Callable[[], str]", current_app.config["SIGN_IN_REALM"])
    login_user(SignedIn(sign_ins.begin(uow(), realm or find_realm(), subject)))


def sign_out() -> None:
    """End the current sign-in, if there is one."""
    if current_user.is_authenticated:
        sign_ins.end(uow(), current_user.id)
    logout_user()
    session.clear()


def signed_in_subject() -> str | None:
    """Who is signed in at this site, if anybody."""
    return current_user.subject if current_user.is_authenticated else None


def safe_next(default: str, domain: str) -> str:
    """Where to go after signing in: the requested address if it is on ``domain`` in this world, else ``default``."""
    wanted = request.args.get("next", "")
    found, home = _ADDRESS.fullmatch(wanted), f"{domain}{world().suffix}"
    return wanted if found and (found[1] == home or found[1].endswith(f".{home}")) else default
