"""What the JSON APIs for this machine's own clients share: who may call them, and the form of a refusal.

They need no password, so they answer this machine's own clients only. Calls that a foreign web page makes through a
browser are recognized by the headers that browsers add, and refused.
"""

import logging
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Annotated, Any, Final

from apiflask import APIBlueprint, APIFlask, HTTPError, abort
from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, BeforeValidator, ConfigDict

from mock_sites.web import machines, refusals, unavailable
from mock_sites.web.converters import add_converters
from mock_sites.world.errors import Refusal
from mock_sites.world.fields import FieldRule
from mock_sites.world.foreign_text import HalfCharacterError, read_whole_json
from mock_sites.world.unavailable import why_unavailable
from mock_sites.world.world_files import LARGEST_FILE

log = logging.getLogger("mock_sites")

LARGEST_BODY: Final = 64 * 1024

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


def _whole(value: Any) -> Any:
    """A number without a fraction as a whole one: JSON has one kind of numbers (RFC 8259, 6)."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


WholeNumber = Annotated[int, BeforeValidator(_whole)]
"""The type of a whole number in a ``Body``."""


def written_as(rule: FieldRule) -> dict[str, Any]:
    """What an OpenAPI document says of a text that the rule is about, for ``json_schema_extra``.

    The rule itself refuses the text, in the sentence of the pages.
    """
    return {"pattern": f"^(?:{rule.pattern})$"}


def create_api(
    name: str,
    *,
    title: str,
    description: str,
    not_found: str,
    blueprints: Iterable[APIBlueprint],
    patterns: Mapping[str, str] | None = None,
) -> APIFlask:
    """An API and its OpenAPI document at ``/api/openapi.json``.

    ``not_found`` says what a 404 means. ``patterns`` has regular expressions for parameters in paths, by name.
    """
    app = APIFlask(
        name,
        title=title,
        version="1",
        spec_path="/api/openapi.json",
        docs_path=None,
        static_folder=None,  # pyright: ignore[reportArgumentType] - Flask takes it, APIFlask forgets to say so
    )
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY,
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
    add_converters(app.url_map)
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    for check in (_refuse_pages_elsewhere, _refuse_what_is_not_json, _refuse_repeated):
        app.before_request(check)
    app.after_request(_set_headers)
    app.error_processor(_show_http_error)
    app.spec_processor(partial(_completed, patterns or {}))
    app.register_error_handler(Refusal, show_refusal)
    app.register_error_handler(Exception, _show_defect)
    return app


def takes_file(kind: str) -> dict[str, Any]:
    """The extension of an operation's description that makes its body a file of the content type ``kind``."""
    return {"requestBody": {"content": {kind: {"schema": {"type": "string", "format": "binary"}}}}}


def problem(status: int, message: str, headers: Any = None) -> ResponseReturnValue:
    """A refusal. It is also written into the log."""
    refusals.write(status, message)
    return {"message": message}, status, headers or {}


def show_refusal(refusal: Refusal) -> ResponseReturnValue:
    """What a company refuses, with the field it is about."""
    return problem(422, f"{refusal.field}: {refusal}" if refusal.field else str(refusal))


def _refuse_pages_elsewhere() -> None:
    if machines.is_from_a_page_elsewhere():
        abort(403, "Only pages of this host may call this API.")


def _refuse_what_is_not_json() -> None:
    if kind := _kind_of_file():
        request.max_content_length = LARGEST_FILE
        if request.mimetype != kind:
            abort(415, f"Send a file, with the content type {kind}.")
        return
    if (request.mimetype or request.content_length) and request.mimetype != "application/json":
        abort(415, "Send JSON, with the content type application/json.")
    if not _takes_a_body():
        return
    try:
        body = read_whole_json(request.get_data())
    except HalfCharacterError as error:
        abort(422, str(error))
    except ValueError:
        abort(400, "The body is no JSON.")
    if not isinstance(body, dict):
        abort(422, "The body is a JSON object.")


def _takes_a_body() -> bool:
    return "body" in description()


def _kind_of_file() -> str:
    """The content type of the file that the operation takes; empty if it takes none."""
    extensions: dict[str, Any] = description().get("extensions") or {}
    return next(iter(extensions["requestBody"]["content"]), "") if "requestBody" in extensions else ""


def description() -> dict[str, Any]:
    """What APIFlask has stored about the operation of this request."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "_spec", {})


def _refuse_repeated() -> None:
    for name, values in request.args.lists():
        if len(values) > 1:
            abort(422, f"The parameter {name} is given {len(values)} times.")


def _set_headers(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


_EVERYWHERE: Final = {
    "403": "Called by a web page of another host",
    "503": "Busy; try again in a few seconds",
    "507": "The disk that keeps the worlds is full",
}
_WITH_BODY: Final = {"400": "No JSON", "413": "More than 64 KiB", "415": "Not called JSON"}
_WITH_FILE: Final = {"413": "More than 64 MiB", "415": "Called another content type"}


def _completed(patterns: Mapping[str, str], spec: Any) -> Any:
    """The OpenAPI document with the rules of all operations: refusals, required bodies, patterns."""
    for operation in (operation for operations in spec["paths"].values() for operation in operations.values()):
        refusals_there_are = dict(_EVERYWHERE)
        if operation["responses"].get("422") is None and "security" in operation:
            refusals_there_are["422"] = "Refused, for the reason in the message"
        if "requestBody" in operation:
            operation["requestBody"]["required"] = True
            refusals_there_are |= (
                _WITH_BODY if "application/json" in operation["requestBody"]["content"] else _WITH_FILE
            )
        if "security" in operation:
            refusals_there_are["401"] = "Not signed in"
        for status, text in refusals_there_are.items():
            content = {"application/json": {"schema": {"$ref": "#/components/schemas/HTTPError"}}}
            operation["responses"].setdefault(status, {"description": text, "content": content})
        for parameter in operation.get("parameters", ()):
            if parameter["in"] == "path" and parameter["name"] in patterns:
                parameter["schema"]["pattern"] = patterns[parameter["name"]]
    return spec


def _show_http_error(error: HTTPError) -> Any:
    if error.status_code == 404 and request.routing_exception is not None:
        return problem(404, f"The API at {request.host} has no address {request.path}. See /api/openapi.json.")
    message = error.message
    for place, problems in error.detail.items():
        details = "; ".join(f"{field}: {' '.join(texts)}" for field, texts in problems.items())
        message = f"{message} ({place}): {details}"
    return problem(error.status_code, message, dict(error.headers or {}))


def _show_defect(error: Exception) -> ResponseReturnValue:
    if found := why_unavailable(error):
        return problem(unavailable.status_of(found), str(found), unavailable.headers_of(found))
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return problem(500, "A defect of the mock sites. The server's log says what happened.")
