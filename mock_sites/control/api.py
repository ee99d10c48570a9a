"""The control API's app: who may call it, what a refusal looks like, and its OpenAPI document.

It has no secrets to sign in with, so it answers this machine's own clients only: a web page elsewhere that makes a
browser call it is refused by the headers which browsers put on such calls.
"""

import logging
from typing import Any

from apiflask import APIFlask, HTTPError, abort
from flask import Response, request
from flask.typing import ResponseReturnValue

from mock_sites.control import api_views, schemas
from mock_sites.web import refusals
from mock_sites.world.errors import ConflictError, UnknownWorldError, WorldError

log = logging.getLogger("mock_sites")


def create_app() -> APIFlask:
    """The API and its OpenAPI document at ``/api/openapi.json``."""
    app = APIFlask(
        "control.api",
        title="Mock sites: control",
        version="1",
        spec_path="/api/openapi.json",
        docs_path=None,
        static_folder=None,  # pyright: ignore[reportArgumentType] - Flask takes it, APIFlask forgets to say so
    )
    app.config.update(
        MAX_CONTENT_LENGTH=64 * 1024,
        AUTO_OPERATION_ID=True,
        AUTO_SERVERS=False,
        DESCRIPTION="Worlds of the mock sites and everything in them. Moments are ISO 8601 in UTC.",
        HTTP_ERROR_SCHEMA=schemas.PROBLEM,
        VALIDATION_ERROR_SCHEMA=schemas.PROBLEM,
        VALIDATION_ERROR_DESCRIPTION="Not valid",
        NOT_FOUND_DESCRIPTION="No such world or snapshot",
    )
    app.json.sort_keys = False  # pyright: ignore[reportAttributeAccessIssue]
    app.url_map.strict_slashes = False
    app.register_blueprint(api_views.blueprint)
    app.before_request(_refuse_strangers)
    app.after_request(_set_headers)
    app.error_processor(_show_http_error)
    app.spec_processor(_require_bodies)
    app.register_error_handler(WorldError, _show_refusal)
    app.register_error_handler(Exception, _show_defect)
    return app


def _refuse_strangers() -> None:
    origin = request.headers.get("Origin")
    if request.headers.get("Sec-Fetch-Site") == "cross-site" or origin not in {None, f"http://{request.host}"}:
        abort(403, "Only pages of this host may call the control API.")
    if (request.mimetype or request.content_length) and request.mimetype != "application/json":
        abort(415, "Send JSON, with the content type application/json.")


def _set_headers(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _require_bodies(spec: Any) -> Any:
    """Say in the OpenAPI document that a body which is described must be there."""
    for operations in spec["paths"].values():
        for operation in operations.values():
            if "requestBody" in operation:
                operation["requestBody"]["required"] = True
    return spec


def _show_http_error(error: HTTPError) -> Any:
    message = error.message
    for place, problems in error.detail.items():
        said = "; ".join(f"{field}: {' '.join(texts)}" for field, texts in problems.items())
        message = f"{message} ({place}): {said}"
    return _problem(error.status_code, message, dict(error.headers or {}))


def _show_refusal(error: WorldError) -> ResponseReturnValue:
    status = 404 if isinstance(error, UnknownWorldError) else 409 if isinstance(error, ConflictError) else 422
    return _problem(status, str(error))


def _show_defect(error: Exception) -> ResponseReturnValue:
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return _problem(500, "A defect of the mock sites. The server's log says what happened.")


def _problem(status: int, message: str, headers: Any = None) -> ResponseReturnValue:
    refusals.write(status, message)
    return {"message": message}, status, headers or {}
