"""Ways to change the answers of a site from outside. Paths may have wildcards: ``/jobs/*``."""

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from threading import Event
from typing import Final

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

ALTERED: Final = "altered"
"""The extension of an app that is there when a change was made at least once."""

Alteration = Callable[[Flask], None]
"""Changes a site before it is served."""

Answers = Callable[[Response], Response]


def answers(path: str, change: Answers) -> Alteration:
    """Change each answer at a path. What ``change`` returns unchanged does not count."""

    def alter(app: Flask) -> None:
        def after(response: Response) -> Response:
            if not fnmatchcase(request.path, path):
                return response
            response.direct_passthrough = False
            before = (response.status_code, response.get_data(), [*response.headers])
            changed = change(response)
            if before != (changed.status_code, changed.get_data(), [*changed.headers]):
                app.extensions[ALTERED] = True
            return changed

        app.after_request(after)

    return alter


def edit(path: str, old: str, new: str) -> Alteration:
    """Replace a text of an answer, and of the address it leads to."""
    return rewrite(path, re.escape(old), new)


def rewrite(path: str, pattern: str, new: str) -> Alteration:
    """Replace what a regular expression matches in an answer, and in the address it leads to."""

    def change(response: Response) -> Response:
        response.set_data(re.sub(pattern, lambda _found: new, response.get_data(as_text=True)))
        if response.location:
            response.location = re.sub(pattern, lambda _found: new, response.location)
        return response

    return answers(path, change)


def swap(path: str, one: str, other: str) -> Alteration:
    """Exchange two texts of an answer."""

    def change(response: Response) -> Response:
        parts = response.get_data(as_text=True).split(one)
        response.set_data(other.join(part.replace(other, one) for part in parts))
        return response

    return answers(path, change)


def fail(path: str, status: int) -> Alteration:
    """Answer with another status, and the same content."""

    def change(response: Response) -> Response:
        response.status_code = status
        return response

    return answers(path, change)


def header(path: str, name: str, value: str) -> Alteration:
    """Send another header."""

    def change(response: Response) -> Response:
        response.headers[name] = value
        return response

    return answers(path, change)


def detour(path: str, over: str) -> Alteration:
    """Redirect a request to another path, which answers it."""

    def alter(app: Flask) -> None:
        def before() -> AnyResponse | None:
            if request.path != path:
                return None
            app.extensions[ALTERED] = True
            query = request.query_string.decode()
            return redirect(f"{over}?{query}" if query else over)

        app.before_request(before)
        _serve_at(app, path, over)

    return alter


def move(path: str, to: str) -> Alteration:
    """Serve a page at another address, to which all links to it lead."""

    def alter(app: Flask) -> None:
        edit("/*", f'href="{path}"', f'href="{to}"')(app)
        _serve_at(app, path, to)

    return alter


def _serve_at(app: Flask, path: str, other: str) -> None:
    """Serve what is at a path at another one too."""
    for rule in [*app.url_map.iter_rules()]:
        if rule.rule == path:
            app.add_url_rule(other, f"{rule.endpoint} at {other}", app.view_functions[rule.endpoint])


def delay(path: str, seconds: float) -> Alteration:
    """Answer so much later."""

    def alter(app: Flask) -> None:
        def before() -> None:
            if fnmatchcase(request.path, path):
                app.extensions[ALTERED] = True
                Event().wait(seconds)

        app.before_request(before)

    return alter


def setting(name: str, value: object) -> Alteration:
    """Give a setting of the site another value."""

    def alter(app: Flask) -> None:
        assert app.config[name] != value
        app.config[name] = value
        app.extensions[ALTERED] = True

    return alter
