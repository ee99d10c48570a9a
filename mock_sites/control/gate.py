"""Asks for the token before the operator's pages and similar ones, if other machines can reach the server."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.http import parse_cookie
from wtforms import PasswordField

from mock_sites.web import refusals
from mock_sites.web.forms import SiteForm, form_page, required
from mock_sites.web.site import create_site
from mock_sites.web.texts import lazy as _l
from mock_sites.world.exposure import Exposure

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

COOKIE: Final = "mock_sites_token"
FIELD: Final = "operator_token"


class TokenForm(SiteForm):
    """The token that the server printed when it started."""

    operator_token = PasswordField(_l("Token of this server"), required())


class Gate:
    """Lets requests with the token through, and asks others for it."""

    def __init__(self, exposure: Exposure, templates: Path) -> None:
        """Ask for the token of ``exposure``."""
        self._exposure = exposure
        self.app = self._create_app(templates)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Ask for the token."""
        return self.app(environ, start_response)

    def allows(self, environ: WSGIEnvironment) -> bool:
        """Whether the request has the token, or the cookie that a browser got for it."""
        scheme, _blank, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() == "bearer" and self._exposure.is_token(token.strip()):
            return True
        return self._exposure.is_cookie(parse_cookie(environ).get(COOKIE, ""))

    def _create_app(self, templates: Path) -> Flask:
        app = create_site("control.gate", company="", templates=[templates], blueprints=[], cookie="mock_sites_gate")
        # The form answers all other requests, and checks its own token.
        app.config["WTF_CSRF_CHECK_DEFAULT"] = False
        app.before_request(self._ask)
        return app

    def _ask(self) -> ResponseReturnValue | None:
        if request.endpoint == "language.change":
            return None
        refusals.because("the token of this server is missing")
        challenge = {"WWW-Authenticate": "Bearer"}
        if request.path.startswith("/api/"):
            return {"message": "Send the token that the server printed: Authorization: Bearer TOKEN."}, 401, challenge
        form = TokenForm() if FIELD in request.form else TokenForm(None)
        if FIELD in request.form and form.validate_on_submit():
            if self._exposure.is_token((form.operator_token.data or "").strip()):
                return self._open()
            form.operator_token.errors = [_("This is not the token of this server.")]
        page, status = form_page("gate.html", form)
        return page, status if form.refused else 401, challenge

    def _open(self) -> Any:
        answer = redirect(request.full_path.rstrip("?"), 303)
        answer.set_cookie(COOKIE, self._exposure.cookie, httponly=True, samesite="Lax")
        return answer
