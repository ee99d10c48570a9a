"""The factory of every site: one Flask app with the same security, language, errors and look."""

import logging
import secrets
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, Flask, Response, current_app, g, render_template, request, session
from flask_babel import Babel
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError, CSRFProtect
from jinja2 import ChoiceLoader, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed

from mock_sites.process.imports import lasting_imports
from mock_sites.web import language, packing, paging, recorder, refusals, theme, unavailable
from mock_sites.web.context import WORLD_KEY, discard, local, world
from mock_sites.web.converters import add_converters
from mock_sites.web.facts import fact_id
from mock_sites.web.icons import icon
from mock_sites.web.sessions import WorldSessions
from mock_sites.web.tables import labelled
from mock_sites.web.texts import Unbroken, breakable, spoken
from mock_sites.web.texts import lazy as _l
from mock_sites.world.clock import BEIJING
from mock_sites.world.foreign_text import ForeignText, filled
from mock_sites.world.unavailable import why_unavailable
from mock_sites.world.unit_of_work import UnitOfWork

TEMPLATES: Final = Path(__file__).parent / "templates"
LARGEST_BODY: Final = 1024 * 1024
"""The most bytes of a request."""

CSRF_KEY: Final = secrets.token_bytes(32)
"""Signs the CSRF tokens of all sites of this process. Sessions are signed with the world's own key."""

CSRF_FIELD: Final = "csrf_token"
"""The hidden field of every form, and what the session calls the same."""

TEMPLATE_CODE: Final = FileSystemBytecodeCache()
"""Compiled templates, in the system's temporary folder. To compile them takes seconds."""

log = logging.getLogger("mock_sites")

csrf = CSRFProtect()
"""Protects every form of every site; server-to-server interfaces are exempted one by one."""

EXPLANATIONS: Final = {
    400: (_l("This request cannot be read"), _l("Something in it is missing or malformed. Go back and try again.")),
    401: (_l("You are not signed in"), _l("Your session has ended. Sign in again; nothing was changed.")),
    403: (_l("This is not for you"), _l("Your account has no right to see or do this.")),
    404: (_l("There is no such page"), _l("The address is wrong, or what was here is not yours or is gone.")),
    405: (_l("That is not possible here"), _l("The page exists, but it cannot be called this way.")),
    409: (_l("That does not fit any more"), _l("Something has changed in the meantime. Look again and try anew.")),
    413: (_l("That is too large"), _l("A request may have at most 1 MiB.")),
    500: (
        _l("Something went wrong in the mock"),
        _l("This is a defect of the mock site. The server's log says what happened."),
    ),
}


_building = threading.RLock()


def built_once(build: Callable[[], Flask]) -> Callable[[], Flask]:
    """Make ``build`` return the same app each time: it is built when it is first asked for, by one thread.

    To import the pages of an app and to compile their addresses takes longer than to answer a request. Apps know no
    worlds, so all servers of a process share them.
    """
    built: list[Flask] = []

    @wraps(build)
    def app() -> Flask:
        if not built:  # every request comes here, and a lock would line them up
            with _building:
                if not built:
                    with lasting_imports():
                        built.append(build())
        return built[0]

    return app


@dataclass(frozen=True)
class Site:
    """A documented host and the app that serves it."""

    host: str
    title: str
    company: str
    load: Callable[[], Flask]
    """Gives the app; made by ``built_once``."""
    about: str = ""
    """One English sentence for the start page, which translates it. Without one, the site is for programs only."""
    path: str = "/"
    for_operators: bool = False
    """Whether its pages are for the operator: they ask for the token if other machines can reach the server."""
    load_api: Callable[[], Flask] | None = None
    """Gives the app that answers below ``/api/``, if it is another one. It asks for the token likewise."""

    @property
    def app(self) -> Flask:
        """The app of the pages."""
        return self.load()

    @property
    def api(self) -> Flask | None:
        """The app that answers below ``/api/``, if it is another one."""
        return self.load_api() if self.load_api else None

    def app_for(self, path: str) -> Flask:
        """The app that answers at ``path``."""
        return self.load_api() if self.load_api and self._is_of_api(path) else self.app

    def is_for_operators(self, path: str) -> bool:
        """Whether what answers at ``path`` is for the operator."""
        return self.for_operators or self._is_of_api(path)

    def _is_of_api(self, path: str) -> bool:
        return self.load_api is not None and path.startswith("/api/")


def create_site(
    name: str,
    *,
    company: str,
    templates: Iterable[Path],
    blueprints: Iterable[Blueprint],
    domain: str = "",
    cookie: str = "session",
) -> Flask:
    """A site's app.

    Args:
        name: what the site is called in logs, such as "huawei.marketplace".
        company: whose units of work its views open.
        templates: folders of templates, searched before the shared ones. The first has ``layout.html``.
        blueprints: its pages.
        domain: the documented domain whose hosts share the session cookie. Empty: this host only.
        cookie: the name of the session cookie.
    """
    app = Flask(name, root_path=str(TEMPLATES.parent), static_folder=None, template_folder=None)
    app.secret_key = CSRF_KEY
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        SESSION_COOKIE_NAME=cookie,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_FIELD_NAME=CSRF_FIELD,
        BABEL_DEFAULT_LOCALE="en",
    )
    app.session_interface = WorldSessions(domain)
    add_converters(app.url_map)
    app.jinja_env.loader = ChoiceLoader([FileSystemLoader(folder) for folder in (*templates, TEMPLATES)])
    app.jinja_env.bytecode_cache = TEMPLATE_CODE
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.before_request(lambda: setattr(g, "company", company))
    csrf.init_app(app)
    babel: Any = Babel(app, locale_selector=language.choose)
    babel.domain_instance = language.SiteTexts()
    install: Any = app.jinja_env.install_gettext_callables  # pyright: ignore[reportAttributeAccessIssue] - by an extension
    install(language.translate, language.translate_number, newstyle=True, pgettext=language.translate_in)
    tools: dict[str, Any] = {
        "_": language.translate_markup,
        "asset_url": theme.asset_url,
        "theme": theme.current,
        "themes": theme.THEMES,
        "fact_id": fact_id,
        "icon": icon,
        "local": local,
        "language": language.current,
        "gap": language.gap,
        "page_address": language.page_address,
        "page_url": paging.address_of,
        "languages": language.LANGUAGES,
    }
    app.jinja_env.globals.update(tools)
    filters: dict[str, Any] = {
        "moment": show_moment,
        "day": show_day,
        "breakable": breakable,
        "unbroken": Unbroken,
        "spoken": spoken,
        "labelled": labelled,
        "filled": filled,
        "foreign": ForeignText,
        "usable": _as_it_is,
    }
    app.jinja_env.filters.update(filters)

    app.context_processor(lambda: {"world": world()} if WORLD_KEY in request.environ else {})
    app.after_request(packing.pack)
    recorder.set_up(app)
    app.after_request(refusals.log_refusal)
    app.after_request(_set_headers)
    app.after_request(_finish_uow)  # the last one is called first
    app.teardown_request(_close_uow)
    app.register_error_handler(HTTPException, _show_error)
    app.register_error_handler(Exception, _show_defect)
    app.register_blueprint(language.blueprint)
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    return app


def show_moment(moment: datetime | None) -> str:
    """A moment as the pages show it: Beijing time, to the second, or a dash."""
    return Unbroken(f"{moment + BEIJING:%Y-%m-%d %H:%M:%S}" if moment else "-")


def show_day(moment: datetime | None) -> str:
    """A day as the pages show it: in Beijing, or a dash."""
    return Unbroken(f"{moment + BEIJING:%Y-%m-%d}" if moment else "-")


def _finish_uow(response: Response) -> Response:
    if (uow := g.get("uow")) is not None:
        if response.status_code < 400:
            return _commit(uow) or response
        uow.rollback()
    return response


def _commit(uow: UnitOfWork) -> Response | None:
    """Commit what the request has done. If that is impossible, return the answer that says so."""
    try:
        uow.commit()
    except Exception as error:
        if found := why_unavailable(error):
            return current_app.make_response(unavailable.show(found))
        raise
    return None


def _close_uow(_error: BaseException | None) -> None:
    if (uow := g.pop("uow", None)) is not None:
        uow.session.close()


def _set_headers(response: Response) -> Response:
    hosts = ""
    if WORLD_KEY in request.environ:
        hosts = f" http://*{world().suffix}"
    if target := g.get("form_target"):
        hosts += f" {target}"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self'; form-action 'self'{hosts}; frame-ancestors 'none'; base-uri 'none'"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers.setdefault("Cache-Control", "no-store")
    if response.mimetype in {"text/html", "application/json"}:
        response.headers["Content-Language"] = language.current()
    return response


def _as_it_is(content: Markup) -> Markup:
    """The content of a page on which everybody may use everything. A site may have another filter of this name."""
    return content


def _show_error(error: HTTPException) -> tuple[str, int, dict[str, str]] | HTTPException:
    code = error.code or 500
    if code < 400:
        return error
    advice = ""
    if isinstance(error, CSRFError):
        title, text = (
            _("This form is no longer valid"),
            _("Open the page anew and send the form again. Nothing was changed."),
        )
        reason, advice = error.description or "CSRF", _advice_on_forms()
    else:
        title, text = EXPLANATIONS.get(code, EXPLANATIONS[400])
        reason = error.name
    refusals.because(reason)
    discard()
    headers = {"Allow": ", ".join(error.valid_methods or ())} if isinstance(error, MethodNotAllowed) else {}
    return render_template("error.html", code=code, title=title, text=text, advice=advice), code, headers


def _advice_on_forms() -> str:
    """What a form without a valid CSRF token lacks, and where a program gets it."""
    if not any(name.endswith(CSRF_FIELD) for name in request.form):
        lack = _("The field %(field)s is missing.", field=CSRF_FIELD)
    elif CSRF_FIELD not in session:
        lack = _("The session cookie is missing.")
    else:
        lack = _("The field %(field)s is of another session.", field=CSRF_FIELD)
    source = _(
        "A program opens the page with the form first, then sends back the cookies of that answer and the hidden field"
        " %(field)s with the other fields.",
        field=CSRF_FIELD,
    )
    return f"{lack} {source}"


def _show_defect(error: Exception) -> tuple[str, int, dict[str, str]] | HTTPException:
    if found := why_unavailable(error):
        return unavailable.show(found)
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return _show_error(InternalServerError())
