"""What the JSON interfaces for this machine's own clients share: who may call them, and what a refusal looks like.

They have no secrets to sign in with, so they answer this machine's own clients only: a web page elsewhere that makes a
browser call them is refused by the headers which browsers put on such calls.
"""

import logging
from typing import Any, Final

from apiflask import APIBlueprint, APIFlask, HTTPError, abort
from flask import Response, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict

from mock_sites.web import hindered, refusals
from mock_sites.world.hindrances import hindrance

log = logging.getLogger("mock_sites")

PROBLEM: Final = {
    "type": "object",
    "title": "Problem",
    "description": "Why something was not done.",
    "properties": {"message": {"type": "string"}},
    "required": ["message"],
}
"""The shape of every refusal."""


class Body(BaseModel):
    """A request's body: nothing in it is guessed, and nothing unknown is overlooked."""

    model_config = ConfigDict(extra="forbid", strict=True)


def create_api(name: str, *, title: str, description: str, not_found: str, blueprint: APIBlueprint) -> APIFlask:
    """An interface and its OpenAPI document at ``/api/openapi.json``; ``not_found`` says what a 404 means."""
    app = APIFlask(
        name,
        title=title,
        version="1",
        spec_path="/api/openapi.json",
        docs_path=None,
        static_folder=None,  # pyright: ignore[reportArgumentType] - Flask takes it, APIFlask forgets to say so
    )
    app.config.update(
        MAX_CONTENT_LENGTH=64 * 1024,
        AUTO_OPERATION_ID=True,
        AUTO_SERVERS=False,
        DESCRIPTION=description,
        HTTP_ERROR_SCHEMA=PROBLEM,
        VALIDATION_ERROR_SCHEMA=PROBLEM,
        VALIDATION_ERROR_DESCRIPTION="Not valid",
        NOT_FOUND_DESCRIPTION=not_found,
    )
    app.json.sort_keys = False  # pyright: ignore[reportAttributeAccessIssue]
    app.url_map.strict_slashes = False
    app.register_blueprint(blueprint)
    app.before_request(_refuse_strangers)
    app.after_request(_set_headers)
    app.error_processor(_show_http_error)
    app.spec_processor(_require_bodies)
    app.register_error_handler(Exception, _show_defect)
    return app


def problem(status: int, message: str, headers: Any = None) -> ResponseReturnValue:
    """A refusal, which is also written into the log."""
    refusals.write(status, message)
    return {"message": message}, status, headers or {}


def _refuse_strangers() -> None:
    origin = request.headers.get("Origin")
    if request.headers.get("Sec-Fetch-Site") == "cross-site" or origin not in {None, f"http://{request.host}"}:
        abort(403, "Only pages of this host may call this API.")
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
    return problem(error.status_code, message, dict(error.headers or {}))


def _show_defect(error: Exception) -> ResponseReturnValue:
    if found := hindrance(error):
        return problem(hindered.status_of(found), str(found), hindered.headers_of(found))
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return problem(500, "A defect of the mock sites. The server's log says what happened.")
